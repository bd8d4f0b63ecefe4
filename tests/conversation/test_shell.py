"""The way of a message through the shell, on a real database."""

from pathlib import Path

from tests.conversation.house import AASE, KARIM, House, said


async def test_what_is_said_is_answered_once(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.hears(said(1, "hej"))
        await house.hears(said(1, "hej"))
        assert house.telegram.texts(AASE) == ["hej"]


async def test_each_chat_gets_its_answers_in_its_own_order(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        updates = [said(n, f"{n}", AASE if n % 2 else KARIM) for n in range(1, 201)]
        await house.hears(*updates)
        assert house.telegram.texts(AASE) == [str(n) for n in range(1, 201, 2)]
        assert house.telegram.texts(KARIM) == [str(n) for n in range(2, 201, 2)]
        assert 1 < house.telegram.most_in_flight <= 8
