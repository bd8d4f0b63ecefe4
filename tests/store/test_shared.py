"""Several processes on one PostgreSQL database: who gets what, who leads, and what a broken line does."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import make_url

from bot.conversation.rows import Arrival, Leaving, Timer
from bot.conversation.storage import StoreUnavailable
from bot.conversation.timers import fall
from bot.store.database import Database
from bot.store.faults import StoreError
from bot.store.transaction import Transaction
from tests.conversation.house import until
from tests.store.cluster import Cluster
from tests.store.test_tables import initiative

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
PATIENCE = 10.0


@pytest_asyncio.fixture
async def pair(cluster: Cluster) -> AsyncIterator[tuple[Database, Database]]:
    """One database, opened twice as two processes open it; the first one leads."""
    address = cluster.database()
    first = await Database.open(address)
    second = await Database.open(address)
    yield first, second
    await first.close()
    await second.close()


class Pause:
    """Holds a transaction open in its thread, until the test lets it go on."""

    def __init__(self) -> None:
        self._here, self._go = threading.Event(), threading.Event()

    def __call__(self) -> None:
        """Called within the transaction."""
        self._here.set()
        assert self._go.wait(PATIENCE)

    async def reached(self) -> None:
        """Wait until the transaction has come so far."""
        await asyncio.to_thread(self._here.wait, PATIENCE)

    def over(self) -> None:
        """Let it go on."""
        self._go.set()


def arrive(one: Transaction, *rows: tuple[str, str]) -> None:
    one.inbox.add([Arrival("telegram", key, lane, {}) for key, lane in rows], 1.0)


def claim(one: Transaction, enough: int = 50, then: Callable[[], None] | None = None) -> list[tuple[str, str]]:
    found = one.inbox.claim(200, enough)
    if then is not None:
        then()
    one.inbox.done([row.id for row in found.rows])
    return [(row.key, row.lane) for row in found.rows]


async def test_a_chat_that_one_works_on_is_left_alone_by_the_others_and_freed_by_the_commit(
    pair: tuple[Database, Database],
) -> None:
    first, second = pair
    await first.write(arrive, ("1", "71"), ("2", "71"))
    pause = Pause()
    working = asyncio.create_task(first.write(claim, 50, pause))
    await pause.reached()
    await second.write(arrive, ("3", "71"), ("4", "72"))
    assert await second.write(claim) == [("4", "72")]
    pause.over()
    assert await working == [("1", "71"), ("2", "71")]
    assert await second.write(claim) == [("3", "71")]


async def test_no_more_chats_are_claimed_than_are_worked_on_so_that_others_get_the_rest(
    pair: tuple[Database, Database],
) -> None:
    first, second = pair
    await first.write(arrive, *((str(n), str(n)) for n in range(40)))
    pause = Pause()
    working = asyncio.create_task(first.write(claim, 5, pause))
    await pause.reached()
    others = await second.write(claim)
    pause.over()
    ours = await working
    assert 5 <= len(ours) < 40
    assert sorted(ours + others) == sorted((str(n), str(n)) for n in range(40))


async def test_rows_that_were_seen_before_are_handled_only_where_they_still_wait(
    pair: tuple[Database, Database],
) -> None:
    first, second = pair
    await first.write(arrive, ("1", "71"), ("2", "72"))
    rows = await first.read(lambda one: one.inbox.waiting(10))
    pause = Pause()
    working = asyncio.create_task(second.write(claim, 1, pause))
    await pause.reached()
    again = [await first.write(lambda one, row=row: one.inbox.claim_again([row])) for row in rows]
    assert not all(again), "one of them is held by the other process"
    pause.over()
    await working
    await second.write(claim)
    assert [await first.write(lambda one, row=row: one.inbox.claim_again([row])) for row in rows] == [False, False]


async def test_two_that_change_the_same_row_lose_neither_change(pair: tuple[Database, Database]) -> None:
    def count_up(one: Transaction) -> None:
        one.settings.put("n", (one.settings.get("n") or 0) + 1)

    await asyncio.gather(*(store.write(count_up) for store in pair for _ in range(40)))
    assert await pair[0].read(lambda one: one.settings.get("n")) == 80


async def test_two_new_initiatives_at_once_get_two_numbers(pair: tuple[Database, Database]) -> None:
    def send(one: Transaction, owner: int) -> int:
        number = one.initiatives.next_number()
        one.initiatives.save(initiative(number, owner=owner))
        return number

    numbers = await asyncio.gather(*(store.write(send, owner) for owner in range(15) for store in pair))
    assert sorted(numbers) == list(range(1, 31))


async def test_a_timer_falls_once_however_many_look_at_it(pair: tuple[Database, Database]) -> None:
    await pair[0].write(lambda one: [one.timers.set(Timer(f"t{n}", "remind", NOW, 12)) for n in range(50)])
    fell = await asyncio.gather(*(store.write(fall, lambda: NOW, 1.0) for store in pair for _ in range(3)))
    assert sum(timers for timers, _ in fell) == 50
    rows = await pair[0].read(lambda one: one.inbox.waiting(100))
    assert sorted(row.body["key"] for row in rows) == sorted(f"t{n}" for n in range(50))


async def test_a_timer_that_is_set_anew_while_it_falls_is_not_forgotten(pair: tuple[Database, Database]) -> None:
    first, second = pair
    later = NOW.replace(day=5)
    await first.write(lambda one: one.timers.set(Timer("remind:12", "remind", NOW, 12)))
    pause = Pause()

    def sets_anew(one: Transaction) -> None:
        one.timers.set(Timer("remind:12", "remind", later, 12))
        pause()

    setting = asyncio.create_task(first.write(sets_anew))
    await pause.reached()
    assert await second.write(fall, lambda: NOW, 1.0) == (0, 0)
    pause.over()
    await setting
    assert await second.write(fall, lambda: NOW, 1.0) == (0, 0)
    assert await first.read(lambda one: one.timers.due(later, 5)) == [Timer("remind:12", "remind", later, 12)]


async def test_calls_get_ids_that_rise_with_each_transaction(pair: tuple[Database, Database]) -> None:
    calls = [Leaving("71", "sendMessage", {"n": n}) for n in range(3)]
    ids: list[int] = []
    for store in (*pair, *pair):
        ids += await store.write(lambda one: one.outbox.add(calls, 1.0))
    assert ids == sorted(set(ids))


async def test_one_leads_and_when_it_ends_another_does(pair: tuple[Database, Database]) -> None:
    first, second = pair
    assert (first.lead.held, second.lead.held) == (True, False)
    await first.close()
    await asyncio.wait_for(second.lead.until(True), PATIENCE)


async def test_who_loses_the_line_leads_no_more(pair: tuple[Database, Database], cluster: Cluster) -> None:
    first, second = pair
    cluster.ask("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1")
    await asyncio.wait_for(first.lead.until(False), PATIENCE)
    await until(lambda: first.lead.held or second.lead.held, PATIENCE)
    assert not (first.lead.held and second.lead.held)


async def test_each_hears_of_the_others_rows_and_not_of_its_own(pair: tuple[Database, Database]) -> None:
    heard: list[str] = []
    for name, store in zip(("first", "second"), pair, strict=True):
        store.listen(lambda name=name: heard.append(f"{name}: in"), lambda name=name: heard.append(f"{name}: out"))
    await pair[0].write(arrive, ("1", "71"))
    await until(lambda: "second: in" in heard, PATIENCE)
    await pair[1].write(lambda one: one.outbox.add([Leaving("71", "sendMessage", {})], 1.0))
    await until(lambda: "first: out" in heard, PATIENCE)
    assert not {"first: in", "second: out"} & set(heard)


async def test_a_server_that_went_away_is_passing_and_work_goes_on_when_it_is_back(
    pair: tuple[Database, Database], cluster: Cluster
) -> None:
    first, _ = pair
    await first.write(arrive, ("1", "71"))

    def cut(one: Transaction) -> None:
        arrive(one, ("2", "71"))
        cluster.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'skab %'")
        one.inbox.waiting(5)

    with pytest.raises(StoreUnavailable, match=r"^postgresql://skab@/"):
        await first.write(cut)
    assert [row.key for row in await first.read(lambda one: one.inbox.waiting(5))] == ["1"]
    await first.write(arrive, ("3", "71"))


async def test_work_that_fails_by_itself_is_not_run_again(pair: tuple[Database, Database]) -> None:
    runs: list[int] = []

    def fails(one: Transaction) -> None:
        runs.append(1)
        arrive(one, ("1", "71"))
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        await pair[0].write(fails)
    assert (len(runs), await pair[0].read(lambda one: one.inbox.waiting(5))) == (1, [])


async def test_many_that_start_at_once_make_the_tables_once_and_one_leads(cluster: Cluster) -> None:
    address = cluster.database("template0")
    stores = await asyncio.gather(*(Database.open(address) for _ in range(4)))
    await until(lambda: sum(store.lead.held for store in stores) == 1, PATIENCE)
    assert cluster.ask("SELECT count(*) FROM schema_version", str(make_url(address).database)) == [(1,)]
    for store in stores:
        await store.close()


async def test_a_look_from_the_command_line_takes_nobodys_lead(cluster: Cluster) -> None:
    address = cluster.database()
    looking = await Database.open(address, alone=False)
    running = await Database.open(address)
    assert (looking.lead.held, running.lead.held) == (False, True)
    await looking.close()
    await running.close()


async def test_a_newer_schema_is_refused(cluster: Cluster) -> None:
    address = cluster.database()
    cluster.ask("UPDATE schema_version SET version = 99", str(make_url(address).database))
    with pytest.raises(StoreError, match=r"nyere version af skab \(99"):
        await Database.open(address)


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("postgresql://skab:hemmeligt@127.0.0.1:1/skab", r"^Databasen postgresql://skab:\*\*\*@127\.0\.0\.1:1/skab"
         r" kan ikke bruges: .*Connection refused.*\. \(It can't be used\.\)$"),
        ("postgresql+asyncpg://skab:hemmeligt@127.0.0.1", r"slutter med databasens navn"),
    ],
)  # fmt: skip
async def test_a_server_that_cannot_be_used_is_one_clear_line_without_the_password(address: str, line: str) -> None:
    with pytest.raises(StoreError, match=line) as fault:
        await Database.open(address)
    assert "hemmeligt" not in str(fault.value)
    assert len(str(fault.value).splitlines()) == 1


async def test_a_database_that_is_not_there_is_one_clear_line(cluster: Cluster) -> None:
    with pytest.raises(StoreError, match=r'kan ikke bruges: .*database "nowhere" does not exist\. '):
        await Database.open(cluster.address("nowhere"))


async def test_the_servers_own_tools_take_a_copy_and_put_it_back(cluster: Cluster) -> None:
    address, other = cluster.database(), cluster.database()
    store = await Database.open(address)
    await store.write(lambda one: one.initiatives.save(initiative(7)))
    await store.write(lambda one: one.outbox.add([Leaving("71", "sendMessage", {})], 1.0))
    await asyncio.to_thread(cluster.call, "pg_dump", "--format=custom", "--file", str(cluster.folder / "dump"), address)
    await store.close()
    words = ("--clean", "--if-exists", "--dbname", other, str(cluster.folder / "dump"))
    await asyncio.to_thread(cluster.call, "pg_restore", *words)
    again = await Database.open(other)
    assert await again.read(lambda one: one.initiatives.some([7])) == {7: initiative(7)}
    assert await again.write(lambda one: one.outbox.add([Leaving("71", "sendMessage", {})], 1.0)) == [2]
    await again.close()


async def test_a_look_sees_one_moment_only_on_a_file_too(database: Database) -> None:
    pause = Pause()

    def looks(one: Transaction) -> tuple[Any, Any]:
        before = one.settings.get("n")
        pause()
        return before, one.settings.get("n")

    looking = asyncio.create_task(database.read(looks))
    await pause.reached()
    await database.write(lambda one: one.settings.put("n", 1))
    pause.over()
    assert await looking == (None, None)
