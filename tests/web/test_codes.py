"""The QR codes of the board: drawn from shared parts, and the very ones that are made from the start."""

import re

import pytest
import segno

from bot.web.codes import MASK, draw


def squares_of(svg: str) -> list[list[bool]]:
    """What a drawing shows, square by square."""
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert found
    size = int(found[1])
    assert found[1] == found[2]
    drawn = [[False] * size for _ in range(size)]
    x = y = 0
    for row, leap, line in re.findall(r"M0 (\d+)\.5|m(\d+) 0|h(\d+)", svg):
        if row:
            x, y = 0, int(row)
        for at in range(x, x + int(line or 0)):
            drawn[y][at] = True
        x += int(leap or 0) + int(line or 0)
    return drawn


@pytest.mark.parametrize(
    "address", ["https://t.me/ideer_bot?start=f{n}", "https://t.me/en_meget_lang_botnavn_bot?start=board-{n}-x"]
)
@pytest.mark.parametrize(
    "numbers", [range(1, 10), range(10, 1000, 37), range(1000, 100_000, 4099), (10_000, 999_999_999)]
)
def test_a_code_from_shared_parts_is_the_one_made_from_the_start(address: str, numbers: range) -> None:
    for number in numbers:
        whole = segno.make(address.format(n=number), error="m", mask=MASK).matrix
        assert squares_of(draw(address, number)) == [[bool(square) for square in row] for row in whole], number
