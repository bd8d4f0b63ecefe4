"""Parts of one act are handled as one act, whole and in order, and nobody else waits for them."""

from pathlib import Path
from typing import Any

from bot.conversation.gather import Ready, ready
from bot.conversation.intake import address
from bot.conversation.rows import InboxRow
from tests.conversation.house import AASE, GROUP, KARIM, METTE, House, photo, pressed, said

T = 1000.0


def row(update: dict[str, Any], received: float = T) -> InboxRow:
    arrival = address(update)
    return InboxRow(
        update["update_id"], "telegram", arrival.key, arrival.lane, arrival.gather, update, received, 0
    )  # fmt: skip


def acts(found: Ready) -> list[list[int]]:
    return [[one.id for one in act] for act in found.acts]


def test_what_stands_alone_is_ready_at_once() -> None:
    assert acts(ready([row(said(1)), row(said(2))], T, 0)) == [[1], [2]]


def test_an_album_is_whole_when_no_part_has_come_for_a_while() -> None:
    rows = [row(photo(1, "a"), T), row(photo(2, "a"), T + 1)]
    waiting = ready(rows, T + 2, 0)
    assert (acts(waiting), waiting.wake) == ([], T + 2.2)
    assert acts(ready(rows, T + 2.21, 0)) == [[1, 2]]


def test_an_album_of_ten_is_whole_at_once() -> None:
    assert acts(ready([row(photo(n, "a")) for n in range(1, 11)], T, 0)) == [list(range(1, 11))]


def test_what_follows_an_album_in_its_chat_waits_and_other_chats_do_not() -> None:
    rows = [row(photo(1, "a")), row(said(2)), row(photo(3, "a")), row(said(4, chat=KARIM))]
    assert acts(ready(rows, T, 0)) == [[4]]
    assert acts(ready(rows, T + 2, 0)) == [[1, 3], [2], [4]]


def test_an_old_act_that_may_go_on_beyond_what_was_looked_at_waits_for_a_wider_look() -> None:
    for old in ([row(photo(1, "a")), row(photo(2, "a"))], [row(said(1, "x" * 4096))]):
        seen = ready([*old, row(said(9, chat=KARIM))], T + 60, 0, more=True)
        assert (acts(seen), seen.cut) == ([[9]], True)
        ended = ready([*old, row(said(3, "/mine"))], T + 60, 0, more=True)
        assert (acts(ended), ended.cut) == ([[one.id for one in old], [3]], False)


def test_two_albums_in_one_chat_stay_two() -> None:
    rows = [row(photo(1, "a")), row(photo(2, "b")), row(photo(3, "a"))]
    assert acts(ready(rows, T + 2, 0)) == [[1, 3], [2]]


def test_after_a_restart_an_old_album_waits_for_the_parts_that_telegram_still_has() -> None:
    rows = [row(photo(1, "a"), T - 600)]
    assert acts(ready(rows, T + 1, since=T)) == []
    assert acts(ready(rows, T + 1.3, since=T)) == [[1]]


def test_a_long_text_is_whole_with_its_first_shorter_part() -> None:
    rows = [row(said(1, "x" * 4096)), row(said(2, "y" * 4096)), row(said(3, "z" * 10)), row(said(4, "hej"))]
    assert acts(ready(rows, T, 0)) == [[1, 2, 3], [4]]


def test_a_long_text_alone_waits_for_its_next_part() -> None:
    waiting = ready([row(said(1, "x" * 4096))], T + 1, 0)
    assert (acts(waiting), waiting.wake) == ([], T + 2.5)
    assert acts(ready([row(said(1, "x" * 4096))], T + 2.6, 0)) == [[1]]


def test_a_press_or_a_command_or_an_hour_ends_a_long_text() -> None:
    long = row(said(1, "x" * 4096))
    assert acts(ready([long, row(said(2, "/status"))], T, 0)) == [[1], [2]]
    assert acts(ready([long, row(said(2, "og så", date=1_793_610_000))], T, 0)) == [[1], [2]]
    assert acts(ready([long, row(photo(2, "a"))], T + 2, 0)) == [[1], [2]]


def test_in_a_group_the_next_part_is_of_the_same_person() -> None:
    other = said(2, "ja", chat=GROUP)
    other["message"]["from"] = {"id": METTE + 1}
    rows = [row(said(1, "x" * 4096, chat=GROUP)), row(other), row(said(3, "rest", chat=GROUP))]
    assert acts(ready(rows, T, 0)) == [[1, 3], [2]]
    assert acts(ready([row(said(1, "x" * 4096, chat=GROUP)), row(pressed(2, chat=GROUP))], T, 0)) == [[1], [2]]


async def test_an_album_split_over_two_fetches_gets_one_answer(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.shell.take([photo(1, "a"), photo(2, "a")])
        await house.shell.take([photo(3, "a"), photo(4, "a"), said(5, "bagefter"), said(6, "hej", KARIM)])
        await house.idle()
        assert house.telegram.texts(AASE) == ["4 photos", "bagefter"]
        assert house.telegram.texts(KARIM) == ["hej"]
        assert house.telegram.calls[0].lane == str(KARIM)


async def test_a_text_of_five_thousand_characters_in_two_parts_is_one_act(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        text = "".join(f"{n:04} " for n in range(1000))
        await house.shell.take([said(1, text[:4096])])
        await house.shell.take([said(2, text[4096:])])
        await house.idle()
        assert house.telegram.texts(AASE) == [text]
