"""What followers were told of a step and read wrong: it is mended there and told once more, and only to them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.core.effects import Follow, MendFollowers, SayFollowers, Tag
from bot.core.people import Person
from tests.conversation.house import AASE, GROUP, KARIM, MONDAY, House, initiative, until

WEEKLY, LATE = 73, 74
TAG = Tag("news", origin_chat=GROUP, origin_message=500)
WRONG, RIGHT = SayFollowers(12, "news", {"what": "plasder"}, TAG), SayFollowers(12, "news", {"what": "pladser"}, TAG)
MENDED = MendFollowers(RIGHT, WRONG.fields)
CORRECTION = "citizen_step.followers.mended n=12\nnews what=pladser"


async def followed(house: House) -> None:
    def follow(one: Any) -> None:
        for n, lang in ((AASE, "da"), (KARIM, "en"), (WEEKLY, "da"), (LATE, "da")):
            one.people.save(Person(n, "Følger", lang=lang, weekly=n == WEEKLY))
            if n != LATE:
                one.initiatives.follow(n, 12, True)

    await house.store.write(follow)


async def test_whoever_read_it_wrong_reads_it_right_there_and_is_told_without_a_sound(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await followed(house)
        await house.does(WRONG, about=initiative(12))
        read = {call.lane: call for call in house.telegram.calls}
        assert read.keys() == {str(AASE), str(KARIM)}
        await house.does(Follow(LATE, 12), Follow(KARIM, 12, on=False))
        house.telegram.calls.clear()
        await house.does(MENDED)
        assert [(call.method, call.lane) for call in house.telegram.calls] == [
            ("editMessageText", str(AASE)),
            ("sendMessage", str(AASE)),
        ]
        assert house.telegram.texts(AASE) == ["news what=pladser", CORRECTION]
        again = MendFollowers(SayFollowers(12, "news", {"what": "pladserne"}, TAG), RIGHT.fields)
        await house.does(again)
        later = [call.params["text"] for call in house.telegram.calls[2:]]
        assert [text.splitlines()[-1] for text in later] == ["news what=pladserne"] * 3
        assert len({call.params.get("message_id") for call in house.telegram.calls[2:4]}) == 2
        weekly = await house.store.read(lambda one: one.people.some([WEEKLY]))
        assert weekly[WEEKLY].news == (12,)


async def test_what_has_not_left_yet_leaves_right_and_only_once(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await followed(house)
        house.clock.now = MONDAY.replace(hour=23)
        await house.does(WRONG, about=initiative(12))
        await house.does(MENDED)
        assert not house.telegram.calls
        house.clock.now = MONDAY.replace(hour=7) + timedelta(days=1)
        await until(lambda: bool(house.telegram.texts(AASE) and house.telegram.texts(KARIM)))
        await house.idle()
        assert house.telegram.texts(AASE) == house.telegram.texts(KARIM) == ["news what=pladser"]


async def test_what_reads_the_same_to_them_is_told_to_nobody_again(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await followed(house)
        await house.does(WRONG, about=initiative(12))
        told = len(house.telegram.calls)
        await house.does(MendFollowers(WRONG, dict(WRONG.fields)))
        assert len(house.telegram.calls) == told
