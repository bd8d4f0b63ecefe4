"""What falls due is handled once, by the domain clock."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.conversation.timers import fall
from bot.core.effects import DropTimer, Quote, Say, SayFollowers, SetTimer, To
from bot.core.events import Event, Fell
from bot.core.people import Person
from bot.core.world import Move, World
from bot.store.database import Database
from tests.conversation.house import AASE, KARIM, MONDAY, House, initiative, until


class Hearing:
    """A step that remembers what it heard."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, world: World, event: Event) -> Move:
        """Remember, and change nothing."""
        self.events.append(event)
        return Move.of(world)


async def test_a_timer_falls_once_when_the_clock_passes_it(tmp_path: Path) -> None:
    hearing = Hearing()
    async with House(tmp_path, step=hearing) as house:
        due = MONDAY + timedelta(days=2)
        await house.does(SetTimer("late:12", "late", due, about=12, chat=AASE))
        assert hearing.events == []
        house.clock.now = MONDAY + timedelta(days=3)
        await until(lambda: hearing.events)
        await house.idle()
        assert hearing.events == [Fell("late:12", "late", 12, AASE, due, house.clock.now)]


async def test_a_timer_that_is_dropped_or_replaced_does_not_fall(tmp_path: Path) -> None:
    hearing = Hearing()
    async with House(tmp_path, step=hearing) as house:
        soon, later = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=5)
        await house.does(SetTimer("a", "k", soon), SetTimer("b", "k", soon), SetTimer("b", "k", later), DropTimer("a"))
        house.clock.now = MONDAY + timedelta(hours=2)
        await house.idle()
        await house.store.write(lambda one: fall(one, house.clock, time.time()))
        assert hearing.events == []
        house.clock.now = MONDAY + timedelta(hours=6)
        await until(lambda: len(hearing.events) == 1)


async def test_timers_fall_in_their_order_after_a_long_sleep(tmp_path: Path) -> None:
    hearing = Hearing()
    async with House(tmp_path, step=hearing) as house:
        await house.does(*(SetTimer(f"t{n}", "k", MONDAY + timedelta(hours=n)) for n in (3, 1, 2)))
        house.clock.now = MONDAY + timedelta(days=30)
        await until(lambda: len(hearing.events) == 3)
        assert [event.key for event in hearing.events if isinstance(event, Fell)] == ["t1", "t2", "t3"]


async def test_a_kill_between_falling_due_and_handling_makes_it_fall_once(tmp_path: Path) -> None:
    hearing = Hearing()
    house = House(tmp_path, step=hearing)
    async with house:
        await house.does(SetTimer("late", "late", MONDAY + timedelta(days=1)))

    def halfway(one: Any) -> None:
        fall(one, house.clock, time.time())

    house.clock.now = MONDAY + timedelta(days=2)
    store = await Database.open(tmp_path / "skab.db")
    await store.write(halfway)
    await store.close()
    async with house:
        await until(lambda: hearing.events)
        await house.idle()
        assert len(hearing.events) == 1


async def test_what_is_held_until_morning_lets_answers_pass(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        house.clock.now = MONDAY.replace(hour=22)
        morning = MONDAY.replace(hour=7) + timedelta(days=1)
        await house.does(Say(To(AASE), Quote("nyt"), after=morning), Say(To(AASE), Quote("svar")))
        assert house.telegram.texts(AASE) == ["svar"]
        house.clock.now = morning
        await until(lambda: house.telegram.texts(AASE) == ["svar", "nyt"])


async def test_followers_are_not_woken_at_night(tmp_path: Path) -> None:
    async with House(tmp_path) as house:

        def follow(one: Any) -> None:
            one.people.save(Person(AASE, "Aase", lang="en"))
            one.people.save(Person(KARIM, "Karim", reachable=False))
            one.initiatives.follow(AASE, 12, True)
            one.initiatives.follow(KARIM, 12, True)

        await house.store.write(follow)
        house.clock.now = MONDAY.replace(hour=3)
        await house.does(SayFollowers(12, "news"), about=initiative(12))
        assert not house.telegram.calls
        house.clock.now = MONDAY.replace(hour=7)
        await until(lambda: house.telegram.texts(AASE) == ["news"])
        await house.idle()
        assert not house.telegram.texts(KARIM)
