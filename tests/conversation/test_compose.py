"""Effects become calls in their order, each tagged with what it is."""

from pathlib import Path
from typing import Any

import pytest

from bot.conversation.compose import Composer, calls
from bot.conversation.ports import Call
from bot.conversation.rows import Rank
from bot.core.effects import Answer, MakeTopic, MoveChat, Note, Quote, Say, Tag, TellHumans, To, Words
from bot.core.people import Person
from bot.store.database import Database
from tests.conversation.house import AASE, GROUP, KARIM, MONDAY, ULLA, House


async def composed(folder: Path, *effects: Any, prepare: Any = None, **rooms: Any) -> list[Any]:
    house = House(folder, **rooms)
    store = await Database.open(folder / "skab.db")

    def work(one: Any) -> list[Any]:
        if prepare is not None:
            prepare(one)
        composer = Composer(one, house.rooms, MONDAY)
        composer.follow(effects)
        return composer.leaving

    leaving = await store.write(work)
    await store.close()
    return leaving


def test_every_part_of_a_message_is_tagged_and_only_the_last_tells_of_its_delivery(tmp_path: Path) -> None:
    def in_two(_effect: Any, _speak: Any) -> list[Call]:
        return [Call("sendMessage", "71", {"text": part}) for part in "ab"]

    house = House(tmp_path, render=in_two)
    tag = Tag("relay", 12)
    made = list(calls(house.rooms, Say(To(AASE), Quote("ab"), tag=tag, tell=True), MONDAY))
    assert [(one.params["text"], one.tag, one.tell) for one in made] == [("a", tag, False), ("b", tag, True)]


async def test_calls_leave_in_the_order_of_the_effects(tmp_path: Path) -> None:
    made = await composed(
        tmp_path, Say(To(AASE), Quote("et")), Note(12, "x", "y"), Answer("cb"), Say(To(KARIM), Quote("to"))
    )
    assert [(one.lane, one.rank) for one in made] == [
        ("71", Rank.REPLY), ("press:cb", Rank.PRESS), ("72", Rank.REPLY),
    ]  # fmt: skip


async def test_a_topic_is_tagged_with_its_initiative(tmp_path: Path) -> None:
    made = await composed(tmp_path, MakeTopic(GROUP, 12, "Nr. 12"))
    assert made[0].tag == Tag("topic", 12)


async def test_a_message_whose_time_has_come_is_not_held_back(tmp_path: Path) -> None:
    later = MONDAY.replace(hour=10)
    made = await composed(
        tmp_path, Say(To(AASE), Quote("nu"), after=MONDAY), Say(To(AASE), Quote("senere"), after=later)
    )
    assert [one.hold for one in made] == [None, later]


@pytest.mark.parametrize(
    ("known", "chats"),
    [
        ([Person(ULLA, "Ulla")], [ULLA]),
        ([Person(ULLA, "Ulla", reachable=False)], [GROUP]),
        ([], [GROUP]),
    ],
)
async def test_humans_are_the_admins_who_can_be_reached_or_else_the_staff_group(
    tmp_path: Path, known: list[Person], chats: list[int]
) -> None:
    made = await composed(
        tmp_path, TellHumans(Words("mend")), prepare=lambda one: [one.people.save(person) for person in known]
    )
    assert [int(one.lane) for one in made] == chats


async def test_a_moved_group_is_moved_by_its_effect(tmp_path: Path) -> None:
    await composed(tmp_path, MoveChat(GROUP, -7))
    store = await Database.open(tmp_path / "skab.db")
    assert await store.read(lambda one: one.settings.get("moved_chats")) == {str(GROUP): -7}
    await store.close()
