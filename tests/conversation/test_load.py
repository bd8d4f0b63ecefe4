"""A step sees what its event is about, and no more than that."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.conversation.load import load, seat_of
from bot.core.events import (
    Chat,
    Delivery,
    Edited,
    Event,
    Fell,
    Membership,
    Migrated,
    Pressed,
    Said,
    Sender,
    TopicChanged,
    Unknown,
)
from bot.core.initiative import Stage
from bot.core.people import Person, Talk
from bot.core.world import Link, Needs, World
from bot.store.database import Database
from tests.conversation.house import AASE, GROUP, KARIM, METTE, MONDAY, House, initiative

ME = Sender(AASE, "Aase")
HERE = Chat(AASE, "private")
DESK = Chat(GROUP, "group", thread=5)


def link(message: int, chat: int = AASE, origin: int = 0, role: str = "relay") -> Link:
    return Link(chat, message, role, 12, GROUP if origin else 0, origin, 0, "", MONDAY)


async def seen(folder: Path, event: Event, needs: Needs | None = None, **rooms: Any) -> World:
    """The world of an event, in a town with a few initiatives."""
    house = House(folder, needs=lambda *_: needs or Needs(), **rooms)
    store = await Database.open(folder / f"{uuid4()}.db")

    def work(one: Any) -> World:
        one.people.save(Person(AASE, "Aase W."))
        one.people.save(Person(KARIM, "Karim", lang="en"))
        one.people.save_talk(str(AASE), AASE, Talk(focus=12))
        one.initiatives.save(initiative(12, AASE))
        one.initiatives.save(initiative(14, KARIM, public=True))
        one.initiatives.save(initiative(9, AASE, stage=Stage.DONE))
        one.initiatives.follow(AASE, 14, True)
        one.initiatives.follow(KARIM, 14, True)
        one.topics.keep(GROUP, 12, 5)
        for made in (link(500), link(501, origin=70), link(502, KARIM, origin=70), link(503, GROUP, role="card"),
                     link(504, origin=71, role="news")):  # fmt: skip
            one.messages.add(made)
        world, _ = load(one, house.rooms, event, MONDAY)
        return world

    world = await store.write(work)
    await store.close()
    return world


async def test_the_person_and_their_talk_are_there_and_strangers_are_new(tmp_path: Path) -> None:
    world = await seen(tmp_path, Said(HERE, ME, (1,), MONDAY, "hej"))
    assert (world.person, world.talk) == (Person(AASE, "Aase W."), Talk(focus=12))
    assert (world.initiatives, world.next_number, world.followed) == ({}, 15, {14})
    stranger = await seen(tmp_path, Said(Chat(99, "private"), Sender(99, "Ny"), (1,), MONDAY, "hej"))
    assert (stranger.person, stranger.talk) == (Person(99, "Ny"), Talk())


@pytest.mark.parametrize(
    ("needs", "numbers"),
    [
        (Needs(initiatives=frozenset({12, 0, 77})), {12}),
        (Needs(owned_by=AASE), {9, 12}),
        (Needs(owned_by=AASE, initiatives=frozenset({14, 12})), {9, 12, 14}),
        (Needs(queue=True), {12, 14}),
        (Needs(lately_of="mette"), {12, 14}),
        (Needs(lately_of="mette", since=MONDAY), {12, 14}),
        (Needs(lately_of="bo"), set()),
    ],
)
async def test_the_initiatives_that_it_needs_are_there_with_their_owners(
    tmp_path: Path, needs: Needs, numbers: set[int]
) -> None:
    world = await seen(tmp_path, Said(HERE, ME, (1,), MONDAY, "hej"), needs)
    assert world.initiatives.keys() == numbers
    assert {one.owner for one in world.initiatives.values()} <= world.people.keys()
    assert world.followers == ({14: 2} if 14 in numbers else {})


async def test_the_message_that_is_answered_pressed_or_edited_is_known(tmp_path: Path) -> None:
    answer = await seen(tmp_path, Said(HERE, ME, (1,), MONDAY, "ja", reply_to=500))
    press = await seen(tmp_path, Pressed(HERE, ME, 501, "cb", "undo", MONDAY))
    edit = await seen(tmp_path, Edited(DESK, ME, 70, MONDAY, "rettet"))
    assert answer.target == link(500)
    assert press.target == link(501, origin=70)
    assert [copy.message_id for copy in press.copies] == [501, 502]
    assert edit.target is None
    assert [copy.message_id for copy in edit.copies] == [501, 502]
    assert (await seen(tmp_path, Said(HERE, ME, (1,), MONDAY, "ja", reply_to=9))).target is None
    assert (await seen(tmp_path, Said(HERE, ME, (1,), MONDAY, "ja", reply_to=504))).target is None, "news is no talk"


async def test_copies_are_found_for_the_message_that_a_step_asks_for(tmp_path: Path) -> None:
    world = await seen(tmp_path, Pressed(DESK, ME, 503, "cb", "undo:70", MONDAY), Needs(copies_of=70))
    assert [copy.message_id for copy in world.copies] == [501, 502]


async def test_what_happens_in_a_topic_is_about_its_initiative(tmp_path: Path) -> None:
    assert (await seen(tmp_path, Said(DESK, ME, (1,), MONDAY, "hej"))).topic == 12
    assert (await seen(tmp_path, TopicChanged(DESK, ME, "closed", MONDAY))).topic == 12
    assert (await seen(tmp_path, Said(replace(DESK, thread=None), ME, (1,), MONDAY, "hej"))).topic == 0


async def test_a_citizens_words_are_routed_and_looked_up_and_staffs_are_not(tmp_path: Path) -> None:
    def answer(words: str, lang: str) -> tuple[str, str]:
        return words, lang

    heard = {"intent": lambda words: f"<{words}>", "answer": answer}
    citizen = await seen(tmp_path, Said(HERE, ME, (1,), MONDAY, " hvad sker der? "), **heard)
    assert citizen.match is not None
    assert (citizen.intent, citizen.answer) == ("<hvad sker der?>", ("hvad sker der?", "da"))
    for event in (
        Said(DESK, ME, (1,), MONDAY, "hvad sker der?"),
        Said(Chat(METTE, "private"), Sender(METTE, "Mette"), (1,), MONDAY, "hvad sker der?"),
    ):
        staff = await seen(tmp_path, event, **heard)
        assert (staff.match, staff.answer, staff.intent) == (None, None, "<hvad sker der?>")
    command = await seen(tmp_path, Said(HERE, ME, (1,), MONDAY, "12", command="status"), **heard)
    assert (command.intent, command.match) == ("<status>", None)
    photo = await seen(tmp_path, Said(HERE, ME, (1,), MONDAY), **heard)
    assert (photo.intent, photo.match, photo.answer) == ("", None, None)


@pytest.mark.parametrize(
    ("event", "person", "key"),
    [
        (Said(HERE, ME, (1,), MONDAY), AASE, str(AASE)),
        (Said(DESK, ME, (1,), MONDAY), AASE, f"{GROUP}:{AASE}"),
        (Membership(HERE, ME, "kicked", frozenset(), MONDAY), AASE, str(AASE)),
        (Fell("t", "late", 12, AASE, MONDAY, MONDAY), AASE, str(AASE)),
        (Fell("t", "late", 12, 0, MONDAY, MONDAY), 0, ""),
        (Fell("t", "late", 12, GROUP, MONDAY, MONDAY), 0, ""),
        (Delivery("delivered", AASE, 1, "relay", 12, 0, 0, "", MONDAY), AASE, str(AASE)),
        (Migrated(1, 2, MONDAY), 0, ""),
        (Unknown(None, None, "new", MONDAY), 0, ""),
        (Unknown(HERE, None, "new", MONDAY), 0, ""),
    ],
)
def test_each_event_is_somebodys_or_nobodys(event: Event, person: int, key: str) -> None:
    seat = seat_of(event)
    assert (seat.person, seat.key) == (person, key)


async def test_a_delivery_knows_the_message_and_its_other_copies(tmp_path: Path) -> None:
    world = await seen(tmp_path, Delivery("delivered", AASE, 501, "relay", 12, GROUP, 70, "", MONDAY))
    assert world.target == link(501, origin=70)
    assert [copy.message_id for copy in world.copies] == [501, 502]
