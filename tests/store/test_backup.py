"""A copy is whole and private although the bot writes on; put back, it says nothing twice and names what is lost."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.outage import LAST_SEEN
from bot.conversation.rows import Arrival, Leaving, Timer
from bot.store.backup import back_up, look_at
from bot.store.database import Database
from bot.store.faults import StoreError
from bot.store.lock import ProcessLock
from bot.store.migrations import STEPS
from bot.store.restore import restore
from bot.store.transaction import Transaction
from tests.conversation.house import AASE, MONDAY, initiative

LATER = MONDAY + timedelta(days=1)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Database]:
    database = await Database.open(path)
    try:
        yield database
    finally:
        await database.close()


def names(folder: Path, sign: str) -> set[str]:
    return {path.name for path in folder.iterdir() if sign in path.name}


def ideas(transaction: Transaction, *numbers: int) -> None:
    for number in numbers:
        transaction.initiatives.save(initiative(number))


async def with_ideas(path: Path, *numbers: int) -> None:
    async with opened(path) as database:
        await database.write(ideas, *numbers)


def _say(text: str, **more: Any) -> Leaving:
    return Leaving(str(AASE), "sendMessage", {"chat_id": AASE, "text": text}, **more)


async def test_a_copy_that_is_taken_while_others_write_is_one_moment_and_for_its_owner_only(tmp_path: Path) -> None:
    async with opened(tmp_path / "skab.db") as database:
        await database.write(ideas, 1)
        writing = True

        async def write_on() -> int:
            number = 1
            while writing:
                number += 1
                await database.write(ideas, number)
                await database.write(lambda one, n: one.inbox.add([Arrival("telegram", str(n), "1", {})], 1.0), number)
            return number

        busy = asyncio.create_task(write_on())
        copies = [
            await asyncio.to_thread(back_up, tmp_path / "skab.db", tmp_path / f"copy{n}.db", 7.0) for n in range(5)
        ]
        writing = False
        last = await busy
    for copy in copies:
        assert stat.S_IMODE(copy.path.stat().st_mode) == 0o600
        with closing(sqlite3.connect(copy.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            newest, arrived = connection.execute(
                "SELECT (SELECT max(number) FROM initiatives), (SELECT count(*) FROM inbox)"
            ).fetchone()
        assert newest - arrived in (1, 2), "an idea is there with its message, or the message is just about to be"
    assert copies[0].initiatives <= copies[-1].initiatives <= last
    assert names(tmp_path, "copy") == {f"copy{n}.db" for n in range(5)}, "each copy is one file"


async def test_what_had_waited_is_put_aside_and_not_said_again_and_what_is_lost_is_named(tmp_path: Path) -> None:
    path = tmp_path / "skab.db"
    async with opened(path) as database:
        await database.write(ideas, 1, 2)

        def wait(transaction: Transaction) -> None:
            transaction.inbox.add([Arrival("telegram", "1", "1", {})], 1.0)
            at_seven = MONDAY + timedelta(hours=22)
            far = MONDAY + timedelta(days=9)
            transaction.outbox.add([_say("due"), _say("held", hold=at_seven), _say("in time", hold=far)], 1.0)
            transaction.timers.set(Timer("promise_due:1", "promise_due", MONDAY + timedelta(hours=1), about=1))

        await database.write(wait)
        back_up(path, tmp_path / "copy.db", MONDAY.timestamp())
        await database.write(ideas, 3, 4)
    done = await restore(tmp_path / "copy.db", path, LATER)
    assert (done.lost, done.parked_inbox, done.parked_outbox) == ((3, 4), 1, 2)
    assert done.copy.taken == MONDAY.timestamp()
    assert done.first == 101
    assert done.aside is not None
    async with opened(path) as database:

        def look(transaction: Transaction) -> tuple[Any, ...]:
            open_ones = transaction.initiatives.open()
            held = transaction.connection.exec_driver_sql("SELECT params FROM outbox WHERE state = 'held'").all()
            return (
                sorted(open_ones), transaction.initiatives.next_number(), transaction.inbox.waiting(9),
                transaction.outbox.due(9, ()), len(held), len(transaction.timers.due(LATER, 9)),
                transaction.settings.get(LAST_SEEN), open_ones[1].responsible_name, open_ones[1].step.due,
            )  # fmt: skip

        found = await database.read(look)
    step = initiative(1)
    assert found == ([1, 2], 101, [], [], 1, 1, LATER.isoformat(), step.responsible_name, step.step.due)
    with closing(sqlite3.connect(done.aside)) as old:
        assert old.execute("SELECT count(*) FROM initiatives").fetchone() == (4,), "nothing of the old one is gone"


async def test_on_another_machine_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    await with_ideas(tmp_path / "skab.db", 1)
    back_up(tmp_path / "skab.db", tmp_path / "copy.db", 7.0)
    done = await restore(tmp_path / "copy.db", tmp_path / "other" / "skab.db", LATER)
    assert (done.lost, done.aside, done.copy.initiatives, done.first) == ((), None, 1, 101)
    assert stat.S_IMODE((tmp_path / "other" / "skab.db").stat().st_mode) == 0o600


async def test_nothing_is_put_back_under_a_bot_that_runs(tmp_path: Path) -> None:
    await with_ideas(tmp_path / "skab.db", 1)
    back_up(tmp_path / "skab.db", tmp_path / "copy.db", 7.0)
    lock = ProcessLock(tmp_path / "skab.db")
    lock.take()
    with pytest.raises(StoreError, match="kører allerede"):
        await restore(tmp_path / "copy.db", tmp_path / "skab.db", LATER)
    lock.release()
    assert not names(tmp_path, ".before-")


def damaged(path: Path) -> None:
    """A copy with a hole in the middle."""
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 12] = b"\xff" * (4096 * 9)
    path.write_bytes(data)


def newer(path: Path) -> None:
    """A copy that a newer version has written."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE schema_version SET version = ?", (2 + len(STEPS),))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (damaged, "skab"),
        (newer, "nyere version"),
        (lambda path: path.write_bytes(b"not a database"), "ikke en kopi"),
        (lambda path: path.write_bytes(b""), "ikke en kopi"),
        (lambda path: path.unlink(), "er der ikke"),
    ],
)
async def test_a_copy_that_is_no_copy_is_refused_in_one_line_and_changes_nothing(
    tmp_path: Path, spoil: Any, says: str
) -> None:
    path = tmp_path / "skab.db"
    await with_ideas(path, *range(1, 60))
    back_up(path, tmp_path / "copy.db", 7.0)
    spoil(tmp_path / "copy.db")
    with pytest.raises(StoreError, match=says) as refused:
        await restore(tmp_path / "copy.db", path, LATER)
    assert len(str(refused.value).splitlines()) == 1
    async with opened(path) as database:
        assert len(await database.read(lambda one: one.initiatives.open())) == 59


@pytest.mark.parametrize("name", ["kopi #2.db", "100 % hel?.db", "sørens kopi.db"])
async def test_a_file_may_be_called_what_one_likes(tmp_path: Path, name: str) -> None:
    here = tmp_path / "mappe #1"
    here.mkdir()
    await with_ideas(here / f"min {name}", 1)
    copy = back_up(here / f"min {name}", here / name, 7.0)
    assert copy.initiatives == 1
    done = await restore(here / name, here / f"min {name}", LATER)
    assert done.lost == ()


async def test_a_backup_writes_over_an_older_copy_and_over_nothing_else(tmp_path: Path) -> None:
    await with_ideas(tmp_path / "skab.db", 1)
    back_up(tmp_path / "skab.db", tmp_path / "copy.db", 7.0)
    assert back_up(tmp_path / "skab.db", tmp_path / "copy.db", 8.0).taken == 8.0
    rules = tmp_path / "routing_rules.yaml"
    rules.write_text("kommune:", encoding="utf-8")
    for target in (rules, tmp_path):
        with pytest.raises(StoreError, match="ikke en kopi"):
            back_up(tmp_path / "skab.db", target, 9.0)
    assert rules.read_text(encoding="utf-8") == "kommune:"


async def test_the_database_itself_is_no_copy_to_put_back(tmp_path: Path) -> None:
    await with_ideas(tmp_path / "skab.db", 1)
    with pytest.raises(StoreError, match="databasen selv"):
        await restore(tmp_path / "skab.db", tmp_path / "skab.db", LATER)
    assert not names(tmp_path, ".before-")


async def test_a_backup_without_room_or_over_itself_is_refused_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "skab.db"
    await with_ideas(path, 1)
    for target, says in ((path, "databasen selv"), (tmp_path / "nowhere" / "copy.db", "nowhere er der ikke")):
        with pytest.raises(StoreError, match=says):
            back_up(path, target, 7.0)
    with pytest.raises(StoreError, match="er der ikke"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db", 7.0)
    assert not names(tmp_path, "copy") | names(tmp_path, "part")
    assert look_at(path).initiatives == 1
