"""Draws the QR codes that lead from the board into Telegram: as they are alike but for a number, from shared parts."""

import re
from functools import lru_cache
from typing import Final

import segno

MASK: Final = 0
"""The mask of the QR codes: each of the eight can be read, and trying all of them takes longer than the whole page."""
PARTS: Final = 512
"""Parts that are kept: one for each digit at each place of a number, for each length of it."""
LINES: Final = 4096
"""Lines of squares that are kept as they are drawn: two of three lines of a code stand in another one too."""
_RUN: Final = re.compile("0+|1+")


def draw(address: str, number: int) -> str:
    """The code of an address with the number for its `{n}`, as SVG without a size.

    With one mask and one length each bit of a text turns the same squares, whatever its other bits are: so a code is
    that of zeros, turned by what each digit alone turns. To make one from the start takes as long as its whole page.
    """
    digits = str(number)
    zeros = "0" * len(digits)
    bare, size = _squares(address.format(n=zeros))
    squares = bare
    for place, digit in enumerate(digits):
        if digit != "0":
            squares ^= bare ^ _squares(address.format(n=f"{zeros[:place]}{digit}{zeros[place + 1 :]}"))[0]
    return _svg(squares, size)


@lru_cache(PARTS)
def _squares(text: str) -> tuple[int, int]:
    """The dark squares of a text's code as the bits of a number, row by row, and how many a row has."""
    matrix = segno.make(text, error="m", mask=MASK, micro=False).matrix
    return int("".join("1" if square else "0" for row in matrix for square in row), 2), len(matrix)


def _svg(squares: int, size: int) -> str:
    bits = f"{squares:0{size * size}b}"
    lines = "".join(f"M0 {row}.5{_line(bits[row * size : (row + 1) * size])}" for row in range(size))
    return f'<svg viewBox="0 0 {size} {size}"><path stroke="#000" d="{lines}"/></svg>'


@lru_cache(LINES)
def _line(bits: str) -> str:
    return _RUN.sub(_stroke, bits)


def _stroke(run: re.Match[str]) -> str:
    """A line along dark squares, a leap over light ones: told from where the last ended, which packs well."""
    many = run.end() - run.start()
    return f"h{many}" if run[0][0] == "1" else f"m{many} 0"
