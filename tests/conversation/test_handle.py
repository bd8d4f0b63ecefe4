"""Each act is handled exactly once, and one that can't be handled harms nobody else."""

import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.conversation.handle import Handler
from bot.conversation.pace import UNLIMITED
from bot.conversation.ports import Moved
from bot.conversation.rows import Arrival
from bot.conversation.shell import Shell
from bot.conversation.storage import StoreUnavailable
from bot.core.effects import Follow, MoveChat, Note, Say, SetTimer, Tag, To, Words
from bot.core.events import Delivery, Event
from bot.core.people import Person
from bot.core.world import Move, World
from bot.store.database import Database
from tests.conversation.house import AASE, GROUP, KARIM, MONDAY, ULLA, House, echo, initiative, pressed, said


async def test_within_a_batch_later_acts_see_what_earlier_ones_changed(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.hears(*(said(n) for n in range(1, 21)))
        talk = await house.store.read(lambda one: one.people.talk(str(AASE)))
        assert talk is not None
        assert talk.puzzled == 20


async def test_two_new_initiatives_in_one_batch_get_two_numbers(tmp_path: Path) -> None:
    def found(world: World, _event: Event) -> Move:
        move = Move.of(world)
        move.save(initiative(world.next_number, world.person.id))
        return move

    async with House(tmp_path, step=found) as house:
        await house.hears(said(1), said(2, chat=KARIM), said(3))
        rows = await house.rows("SELECT number, owner FROM initiatives ORDER BY number")
        assert rows == [(1, AASE), (2, KARIM), (3, AASE)]


async def test_one_act_that_fails_is_put_aside_after_three_tries_and_the_others_are_answered(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.hears(said(1, "før"), said(2, "stumble"), said(3, "efter"), said(4, "hej", KARIM))
        assert house.telegram.texts(AASE) == ["før", "citizen.not_understood_fault", "efter"]
        assert house.telegram.texts(KARIM) == ["hej"]
        assert await house.rows("SELECT key, state, tries FROM inbox WHERE state != 'done'") == [("2", "parked", 2)]


async def test_the_admins_are_told_what_was_put_aside_without_a_word_of_the_citizens(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.store.write(lambda one: one.people.save(Person(ULLA, "Ulla")))
        with structlog.testing.capture_logs() as logs:
            await house.hears(said(1, "stumble"))
        told = house.telegram.texts(ULLA)
        assert len(told) == 1
        assert told[0].startswith("admin.update_parked reason=KeyError at ")
        assert not house.telegram.texts(GROUP)
        parked = await house.rows("SELECT error FROM inbox WHERE state = 'parked'")
        assert "secret" not in str((logs, parked, told))


async def test_a_press_that_cannot_be_handled_is_answered_all_the_same(tmp_path: Path) -> None:
    def fails(_world: World, _event: Event) -> Move:
        raise RuntimeError

    async with House(tmp_path, step=fails) as house:
        await house.hears(pressed(1))
        assert [call.method for call in house.telegram.calls if call.lane != str(GROUP)] == [
            "answerCallbackQuery", "sendMessage",
        ]  # fmt: skip


async def test_a_failed_act_keeps_its_chat_in_order_while_it_is_tried_again(tmp_path: Path) -> None:
    fails = iter([True, True, True])

    def twice(world: World, event: Event) -> Move:
        # Once with the batch, once alone; then it succeeds.
        if getattr(event, "text", "") == "første" and next(fails, False):
            raise OSError
        return echo(world, event)

    async with House(tmp_path, step=twice) as house:
        await house.hears(said(1, "første"), said(2, "anden"))
        assert house.telegram.texts(AASE) == ["første", "anden"]
        assert not house.telegram.texts(GROUP)


async def test_an_update_that_nobody_needs_is_done_without_a_word(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.hears({"update_id": 1, "message_reaction": {"chat": {"id": AASE}}})
        assert house.telegram.calls == []
        assert await house.rows("SELECT state, body FROM inbox") == [("done", "")]


async def test_a_kill_between_taking_in_and_handling_loses_nothing(tmp_path: Path) -> None:
    house = House(tmp_path)
    store = await Database.open(tmp_path / "skab.db")
    await Shell(store, house.rooms, UNLIMITED).take([said(1, "hej")])
    await store.close()
    async with house:
        await house.idle()
        assert house.telegram.texts(AASE) == ["hej"]


async def test_a_kill_in_the_middle_of_handling_leaves_no_half_of_it(tmp_path: Path) -> None:
    house = House(tmp_path)
    store = await Database.open(tmp_path / "skab.db")
    await Shell(store, house.rooms, UNLIMITED).take([said(1, "hej")])
    handler = Handler(store, house.rooms)

    class Killed(BaseException):
        pass

    def killed(transaction: Any) -> None:
        handler._batch(transaction)
        assert transaction.outbox.due(5, ())
        raise Killed

    with pytest.raises(Killed):
        await store.write(killed)
    await store.close()
    with sqlite3.connect(tmp_path / "skab.db") as connection:
        assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM talks").fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    async with house:
        await house.idle()
        assert house.telegram.texts(AASE) == ["hej"]


async def test_a_full_disk_costs_no_try_and_parks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with House(tmp_path) as house:
        write, refusals = house.store.write, iter(range(4))

        async def full(work: Any, *args: Any) -> Any:
            if work.__name__ == "_batch" and next(refusals, None) is not None:
                raise StoreUnavailable("database or disk is full")
            return await write(work, *args)

        monkeypatch.setattr(house.store, "write", full)
        await house.hears(said(1, "hej"))
        assert house.telegram.texts(AASE) == ["hej"]
        assert await house.rows("SELECT tries, state FROM inbox") == [(0, "done")]


async def test_what_a_step_decides_is_kept_in_the_same_transaction(tmp_path: Path) -> None:
    def decided(world: World, _event: Event) -> Move:
        move = Move.of(world)
        move.person = replace(move.person, name="Aase W.")
        move.save(initiative(12))
        move.do(
            Follow(KARIM, 12), Note(12, "sent", "Aase"), SetTimer("t", "late", MONDAY.replace(year=2027), 12),
            Say(To(AASE), Words("receipt"), tag=Tag("receipt", 12)),
        )  # fmt: skip
        return move

    async with House(tmp_path, step=decided) as house:
        await house.hears(said(1))
        assert await house.rows("SELECT about, person FROM followers") == [(12, KARIM)]
        assert await house.rows("SELECT about, kind, person FROM timeline") == [(12, "sent", AASE)]
        assert await house.rows("SELECT key, kind FROM timers") == [("t", "late")]
        assert await house.rows("SELECT role, about FROM messages") == [("receipt", 12)]
        assert (await house.store.read(lambda one: one.people.person(AASE))) == Person(AASE, "Aase W.")


async def test_a_stranger_in_a_group_is_not_kept_unless_something_about_them_changes(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.hears({"update_id": 1, "message": said(1, chat=GROUP)["message"]})
        assert await house.rows("SELECT count(*) FROM people") == [(0,)]
        assert await house.rows("SELECT key FROM talks") == [(f"{GROUP}:2001",)]


async def test_a_delivery_comes_back_as_an_event(tmp_path: Path) -> None:
    heard: list[Event] = []

    def hears(world: World, event: Event) -> Move:
        heard.append(event)
        return Move.of(world)

    async with House(tmp_path, step=hears) as house:
        await house.does(Say(To(AASE), Words("relay"), tag=Tag("relay", 12, GROUP, 5, 2001), tell=True))
        message = house.telegram.next_message
        assert heard == [Delivery("delivered", AASE, message, "relay", 12, GROUP, 5, "", MONDAY)]


async def test_a_source_that_nobody_knows_is_put_aside(tmp_path: Path) -> None:
    async with House(tmp_path) as house:
        await house.store.write(lambda one: one.inbox.add([Arrival("moon", "1", "0", {})], time.time()))
        house.shell.look()
        await house.idle()
        assert await house.rows("SELECT state FROM inbox") == [("parked",)]


async def test_whoever_holds_the_old_address_of_a_group_is_told_the_new_one(tmp_path: Path) -> None:
    def moves(world: World, _event: Event) -> Move:
        move = Move.of(world)
        move.do(MoveChat(GROUP, -7), Say(To(-7), Words("x")))
        return move

    told: dict[int, int] = {}
    async with House(tmp_path, step=moves, moved=told.__setitem__) as house:
        house.telegram.answers["-7"] = [Moved(-8)]
        await house.hears(said(1))
        assert told == {GROUP: -7, -7: -8}
        assert house.telegram.texts(-8) == ["x"]
