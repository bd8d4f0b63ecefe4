"""What the store takes: updates a second on a safe disk, and the cost of an update in a large database."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.handle import Handler
from bot.conversation.intake import take_in
from bot.core.effects import Note, Quote, Say, SetTimer, Tag, To
from bot.core.events import Event, Said
from bot.core.people import Person, Talk
from bot.core.world import Link, Move, Needs, World
from bot.store import records
from bot.store.database import Database
from bot.store.tables import followers, initiatives, messages, people, talks, timeline
from tests.bench.conftest import Tell
from tests.conversation.house import MONDAY, House, initiative, said

pytestmark = pytest.mark.bench
COUNT = 3000
CHATS = 300
BATCH = 100


def _relay(world: World, event: Event) -> Move:
    """What a message inside an open dialogue does: the talk, the initiative, its timeline, a timer, two messages."""
    move = Move.of(world)
    assert isinstance(event, Said)
    move.talk = replace(move.talk, puzzled=move.talk.puzzled + 1)
    for mine in list(world.initiatives.values())[:1]:
        move.save(replace(mine, touched=world.now, lang="da"))
        move.do(
            Note(mine.number, "said", "Aase"),
            SetTimer(f"remind:{mine.number}", "remind", MONDAY.replace(year=2030), mine.number),
            Say(To(-1001, topic_of=mine.number), Quote(event.text), tag=Tag("relay", mine.number)),
        )
    move.do(Say(To(event.chat.id), Quote("Sendt"), tag=Tag("sent")))
    return move


def _own(event: Event, *_: Any) -> Needs:
    return Needs(owned_by=event.sender.id) if isinstance(event, Said) else Needs()


async def _measure(store: Database, house: House, first: int, real: Callable[[], float]) -> tuple[float, float]:
    """Seconds an update for taking in and for handling, over `COUNT` updates."""
    updates = [said(first + n, "Der er stadig ikke plads til cyklerne", 1_000_000 + n % CHATS) for n in range(COUNT)]
    began = time.perf_counter()
    for at in range(0, COUNT, BATCH):
        await store.write(take_in, house.rooms, updates[at : at + BATCH], None, real())
    taken = time.perf_counter()
    handler, handled = Handler(store, house.rooms), 0
    while handled < COUNT:
        handled += (await handler.turn()).handled
    done = time.perf_counter()
    return (taken - began) / COUNT, (done - taken) / COUNT


async def test_updates_are_taken_in_and_handled_on_a_safe_disk(tmp_path: Path, tell: Tell) -> None:
    store, house = await Database.open(tmp_path / "skab.db"), House(tmp_path)
    rates = [await _measure(store, house, turn * COUNT + 1, time.time) for turn in range(3)]
    intake, both = (statistics.median(1 / one for one in found) for found in
                    ([taking for taking, _ in rates], [sum(found) for found in rates]))  # fmt: skip
    one_by_one = await _alone(store, house)
    tell("durable intake, 100 updates a fetch", intake, "updates/s")
    tell("durable intake, one update a fetch", one_by_one, "updates/s")
    tell("intake, handling and outbox, a step that answers", both, "updates/s")
    await store.close()
    assert intake >= 500
    assert one_by_one >= 500
    assert both >= 600


async def _alone(store: Database, house: House) -> float:
    began = time.perf_counter()
    for n in range(500):
        await store.write(take_in, house.rooms, [said(1_000_000 + n)], None, time.time())
    return 500 / (time.perf_counter() - began)


async def test_an_update_costs_hardly_more_in_a_large_database(tmp_path: Path, tell: Tell) -> None:
    rooms: dict[str, Any] = {"step": _relay, "needs": _own}
    house = House(tmp_path, **rooms)
    small, large = await Database.open(tmp_path / "small.db"), await Database.open(tmp_path / "large.db")
    await small.write(_fill, range(1, CHATS + 1), 1)
    for first in range(1, 100_001, 10_000):
        await large.write(_fill, range(first, first + 10_000), 10)
    assert (
        await large.read(lambda one: one.connection.exec_driver_sql("SELECT count(*) FROM timeline").scalar()) == 10**6
    )
    costs: dict[str, list[float]] = {"small": [], "large": []}
    for turn in range(5):
        for name, store in (("small", small), ("large", large)):
            costs[name].append(sum(await _measure(store, house, turn * COUNT + 1, time.time)))
    await small.close()
    await large.close()
    ratio = statistics.median(costs["large"]) / statistics.median(costs["small"])
    tell("an update in an empty database", statistics.median(costs["small"]) * 1000, "ms")
    tell("an update beside 100,000 initiatives and 1,000,000 lines", statistics.median(costs["large"]) * 1000, "ms")
    tell("large against empty", ratio, "times the cost")
    assert ratio <= 1.3


def _fill(one: Any, numbers: range, lines: int) -> None:
    """Initiatives of as many citizens, with their talks, messages, followers and timelines."""
    run, at = one.connection.execute, records.stamp(MONDAY)
    owners = {number: 1_000_000 + number - 1 for number in numbers}
    run(people.insert(), [{"id": owner, "body": records.dump(Person, Person(owner, "Aase"))}
                          for owner in owners.values()])  # fmt: skip
    run(talks.insert(), [{"key": str(owner), "person": owner, "body": records.dump(Talk, Talk(focus=number))}
                         for number, owner in owners.items()])  # fmt: skip
    run(
        initiatives.insert(),
        [
            {
                "number": number, "owner": owner, "stage": "with_agent", "closed": False, "responsible": "mette",
                "due": at + number, "public": number % 7 == 0,
                "body": records.dump(type(initiative()), initiative(number, owner)),
            }
            for number, owner in owners.items()
        ],
    )  # fmt: skip
    run(followers.insert(), [{"about": number, "person": owner} for number, owner in owners.items()])
    note = {"kind": "said", "actor": "Aase", "seen_by": "staff", "at": at, "data": "{}"}
    run(timeline.insert(), [{"about": number} | note for number in numbers for _ in range(lines)])
    link = Link(0, 0, "relay", 0, 0, 0, 0, "", MONDAY)
    kept = {"role": link.role, "origin_chat": -1001, "by": 0, "detail": "", "at": at}
    run(messages.insert(), [{"chat": owner, "message_id": number * 10 + n, "about": number, "origin_message": number,
                             **kept} for number, owner in owners.items() for n in range(3)])  # fmt: skip
