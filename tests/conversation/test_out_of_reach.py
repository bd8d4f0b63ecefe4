"""What the shell learns about the staff: who can't be written to, and what is kept of each of them."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.conversation.ports import Unreachable
from bot.conversation.staff import call_muster, frame_in_force, keep_post
from bot.core import bridges, marks
from bot.core.effects import SendWaiting, Tag
from bot.core.events import Event, Fell
from bot.core.people import Person
from bot.core.relay import BETWEEN, FELLOW
from bot.core.world import Move, World
from tests.conversation.house import AASE, METTE, MONDAY, House, initiative, say, until
from tests.core.town import JONAS


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("chat not found", "agent_unstarted"), ("Forbidden: bot was blocked by the user", "agent_blocked")],
)
async def test_an_agent_who_cannot_be_reached_is_known_by_the_refusal(tmp_path: Path, reason: str, kind: str) -> None:
    heard: list[Event] = []

    def hears(world: World, event: Event) -> Move:
        heard.append(event)
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        house.telegram.answers[str(METTE)] = [Unreachable(reason)]
        await house.does(say("kort", METTE))
        await until(lambda: bool(heard))
        assert [(event.kind, event.chat) for event in heard if isinstance(event, Fell)] == [(kind, METTE)]


async def test_what_is_known_of_an_agent_is_kept_and_stands_in_the_next_frame(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.store.write(keep_post, "mette", {"silent": "blocked"})
        await house.store.write(keep_post, "nobody", {"silent": "blocked"})
        frame = await house.store.read(frame_in_force, house.rooms)
        assert frame.agents["mette"].silent == "blocked"
        assert set(frame.agents) == {"mette"}
        await house.store.write(keep_post, "mette", {})
        frame = await house.store.read(frame_in_force, house.rooms)
        assert frame == house.rooms.frame() or frame.agents == house.rooms.frame().agents


@pytest.mark.parametrize(("kept", "may_write", "kinds"), [
    ({}, True, ["muster"]), ({}, False, ["agent_unstarted", "muster"]),
    ({"silent": "unstarted"}, True, ["agent_started", "muster"]), ({"silent": "blocked"}, False, ["muster"]),
])  # fmt: skip
async def test_the_muster_tells_only_what_is_news(
    tmp_path: Path, kept: dict[str, str], may_write: bool, kinds: list[str]
) -> None:
    heard: list[str] = []

    def hears(world: World, event: Event) -> Move:
        heard.extend([event.kind] if isinstance(event, Fell) else [])
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        await house.store.write(keep_post, "mette", kept)
        await house.store.write(call_muster, {METTE: may_write}, house.rooms)
        await until(lambda: "muster" in heard)
        assert sorted(heard) == kinds


async def test_a_citizen_whose_phone_refuses_is_known_at_once_and_what_waits_is_sent_when_they_are_back(
    tmp_path: Path,
) -> None:
    heard: list[Event] = []

    def hears(world: World, event: Event) -> Move:
        heard.append(event)
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        await house.store.write(lambda one: one.people.save(Person(AASE, "Aase")))
        house.telegram.answers[str(AASE)] = [Unreachable("bot was blocked by the user")] * 5
        by_mette = [say(text, tag=Tag("reply", 12, METTE, n)) for n, text in enumerate(("første", "anden"), start=1)]
        by_jonas = [say(role, tag=Tag(role, 12, JONAS, 5, JONAS)) for role in (FELLOW, BETWEEN)]
        await house.does(by_mette[0], say("botten siger noget", tag=Tag("late", 12)), by_mette[1], *by_jonas)
        await until(lambda: any(isinstance(event, Fell) for event in heard))
        assert [(event.kind, event.chat) for event in heard if isinstance(event, Fell)] == [("citizen_lost", AASE)]
        house.telegram.answers.clear()
        house.telegram.calls.clear()
        await house.does(SendWaiting(AASE))
        came = ["første", "anden", FELLOW, BETWEEN]
        assert house.telegram.texts(AASE) == came, "in order, of citizens too, and not what the bot had to say then"
        await house.does(SendWaiting(AASE))
        assert house.telegram.texts(AASE) == came, "each once"


@pytest.mark.parametrize(("said", "comes"), [("", ["vil gå med"]), ("silent", []), ("yes", [])])
async def test_a_fellow_citizens_question_comes_after_all_while_it_waits_for_its_answer(
    tmp_path: Path, said: str, comes: list[str]
) -> None:
    question = bridges.Bridge(1, "join", JONAS, "Jonas", "da", "vil gå med", MONDAY.isoformat(), said=said)
    asked = initiative(extra={marks.BRIDGES: json.dumps([asdict(question)])})
    async with House(tmp_path) as house:
        await house.store.write(lambda one: (one.people.save(Person(AASE, "Aase")), one.initiatives.save(asked)))
        house.telegram.answers[str(AASE)] = [Unreachable("bot was blocked by the user")] * 2
        own = say("botten siger noget", tag=Tag("bridge", 12))
        await house.does(say("vil gå med", tag=Tag("bridge", 12, by=JONAS, detail="1")), own)
        house.telegram.answers.clear()
        house.telegram.calls.clear()
        await house.does(SendWaiting(AASE))
        assert house.telegram.texts(AASE) == comes
