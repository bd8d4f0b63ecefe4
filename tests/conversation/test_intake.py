"""What comes in is stored whole, once, under the chat whose order it keeps."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.intake import address
from tests.conversation.house import AASE, GROUP, ULLA, House, photo, pressed, said

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["update_id", "message", "chat", "id", "from", "text", "media_group_id", "callback_query"]),
        inner, max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@given(json)
def test_nothing_that_telegram_could_ever_send_makes_intake_stumble(update: Any) -> None:
    arrival = address(update)
    assert arrival.key
    assert arrival.lane


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        (said(1), str(AASE)),
        (said(1, chat=GROUP), str(GROUP)),
        ({"update_id": 1, "edited_message": said(1)["message"]}, str(AASE)),
        (pressed(1, chat=GROUP), str(GROUP)),
        ({"update_id": 1, "callback_query": {"id": "x", "from": {"id": AASE}}}, str(AASE)),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": AASE}, "from": {"id": AASE}}}, str(AASE)),
        ({"update_id": 1, "poll_answer": {"user": {"id": AASE}}}, str(AASE)),
        ({"update_id": 1, "of_the_future": {"what": "nobody knows"}}, "0"),
    ],
)
def test_an_update_belongs_to_the_chat_it_happened_in(update: Any, lane: str) -> None:
    arrival = address(update)
    assert (arrival.key, arrival.lane, arrival.fault) == ("1", lane, "")


def test_parts_of_an_album_and_texts_that_were_cut_are_marked() -> None:
    assert address(photo(1, "a7")).gather == "album:a7"
    assert address(said(1, "x" * 4096)).gather == f"long:{AASE}:{AASE}"
    assert address(said(1, "😀" * 2000)).gather == f"long:{AASE}:{AASE}"
    assert address(said(1, "x" * 3999)).gather is None
    edited = {"update_id": 1, "edited_message": said(1, "x" * 4096)["message"]}
    assert address(edited).gather is None


async def test_an_update_that_cannot_be_read_is_put_aside_told_once_and_holds_nobody_up(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.hears({"no": "number"}, said(1, "hej"))
        await house.hears({"no": "number"}, "nonsense", {"update_id": 2})
        assert house.telegram.texts(AASE) == ["hej"]
        assert len(house.telegram.texts(GROUP)) == 3
        assert all(text.startswith("admin.update_unreadable") for text in house.telegram.texts(GROUP))
        assert await house.rows("SELECT count(*) FROM inbox WHERE state = 'parked'") == [(3,)]


async def test_the_offset_is_on_the_disk_together_with_the_updates(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        assert await house.shell.polling_offset() is None
        await house.shell.take([said(7)], offset=8)
        assert await house.shell.polling_offset() == 8
    async with House(tmp_path) as house:
        assert await house.shell.polling_offset() == 8
        assert await house.shell.last_alive() is not None


async def test_hundreds_of_updates_at_once_are_all_answered_in_order(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        assert await house.shell.take([said(n, str(n), AASE + n % 7) for n in range(700)]) == 700
        await house.idle(60)
        for chat in range(AASE, AASE + 7):
            answered = [int(text) for text in house.telegram.texts(chat)]
            assert answered == [n for n in range(700) if AASE + n % 7 == chat]
        assert not house.telegram.texts(ULLA)
