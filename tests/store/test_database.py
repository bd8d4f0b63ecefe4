"""The database as a file: who may open it, what a fault says, what a transaction keeps."""

import asyncio
import gc
import os
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text

from bot.conversation.rows import Arrival
from bot.conversation.storage import StoreUnavailable
from bot.store.database import Database
from bot.store.faults import StoreError
from bot.store.migrations import keep_pages, migrate
from bot.store.transaction import Transaction

ROOT = Path(__file__).resolve().parents[2]
OPEN = """
import asyncio, sys
from bot.store.database import Database
from bot.store.faults import StoreError
async def main():
    try:
        database = await Database.open(sys.argv[1])
    except StoreError as error:
        print(error)
        sys.exit(3)
    print("open", flush=True)
    sys.stdin.readline()
    await database.close()
asyncio.run(main())
"""


def _count(transaction: Transaction) -> int:
    return len(transaction.inbox.waiting(1000))


def _arrive(transaction: Transaction, key: str) -> None:
    transaction.inbox.add([Arrival("telegram", key, "1", {})], 1.0)


async def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "deep" / "skab.db")
    await database.write(_arrive, "1")
    for path in (tmp_path / "deep").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    await database.close()


async def test_it_writes_ahead_and_waits_for_the_disk(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")
    pragmas = [
        await database.write(lambda one, name: one.connection.exec_driver_sql(f"PRAGMA {name}").scalar(), name)
        for name in ("journal_mode", "synchronous")
    ]
    assert pragmas == ["wal", 2]
    await database.close()


async def test_a_second_process_gets_one_clear_line(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")
    second = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OPEN, str(tmp_path / "skab.db"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    out, errors = await second.communicate()
    assert second.returncode == 3
    assert out.decode().strip() == (
        f"skab kører allerede på {tmp_path / 'skab.db'} (proces {os.getpid()}). Stop den først. "
        "(Another one already runs there.)"
    )
    assert errors == b""
    await database.close()


async def test_a_process_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    first = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OPEN, str(tmp_path / "skab.db"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert first.stdout is not None
    assert await first.stdout.readline() == b"open\n"
    first.kill()
    await first.communicate()
    database = await Database.open(tmp_path / "skab.db")
    await database.close()


async def test_a_look_from_the_command_line_needs_no_lock(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")
    await database.write(_arrive, "1")
    beside = await Database.open(tmp_path / "skab.db", alone=False)
    assert await beside.read(_count) == 1
    await beside.close()
    await database.close()


async def test_a_database_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        StoreError, match=r"^Databasen .*/file/skab.db kan ikke skrives: .*\. \(It can't be written\.\)$"
    ):
        await Database.open(tmp_path / "file" / "skab.db")
    with pytest.raises(StoreError, match=r"kan ikke skrives: Is a directory\. "):
        await Database.open(tmp_path)


async def test_a_file_that_is_no_database_is_one_clear_line_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("kære kommune " * 100)
    with pytest.raises(StoreError, match=r"kan ikke bruges: file is not a database\. "):
        await Database.open(path)
    assert path.read_text().startswith("kære kommune")


async def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")
    await database.write(lambda one: one.connection.exec_driver_sql("UPDATE schema_version SET version = 99"))
    await database.close()
    with pytest.raises(StoreError, match=r"nyere version af skab \(99, her \d+\)"):
        await Database.open(tmp_path / "skab.db")
    with sqlite3.connect(tmp_path / "skab.db") as connection:
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(99,)]
    connection.close()


def test_an_older_database_is_brought_up_step_by_step_and_only_once() -> None:
    engine = create_engine("sqlite://")
    steps: list[str] = []

    def add_colour(connection: Connection) -> None:
        steps.append("colour")
        connection.execute(text("ALTER TABLE people ADD COLUMN colour TEXT"))

    def add_size(connection: Connection) -> None:
        steps.append("size")
        connection.execute(text("ALTER TABLE people ADD COLUMN size TEXT"))

    with engine.begin() as connection:
        assert migrate(connection, []) == 1
        assert migrate(connection, [add_colour]) == 2
        assert migrate(connection, [add_colour, add_size]) == 3
        assert migrate(connection, [add_colour, add_size]) == 3
        connection.execute(text("SELECT colour, size FROM people"))
    assert steps == ["colour", "size"]
    engine.dispose()


async def test_a_database_from_before_the_pages_were_kept_gets_their_table(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    await database.write(lambda one: one.connection.exec_driver_sql("DROP TABLE page_versions"))
    await database.write(lambda one: keep_pages(one.connection))
    number = await database.write(lambda one: one.pages.keep("da/raadene.md", "hej", now, "Ulla"))
    draft = await database.write(lambda one: one.pages.keep_draft(7, "da/raadene.md", "hej igen", now))
    versions = await database.read(lambda one: one.pages.versions("da/raadene.md", 5))
    assert [(version.id, version.text, version.who) for version in versions] == [(number, "hej", "Ulla")]
    assert await database.write(lambda one: one.pages.keep("da/raadene.md", "hej", now, "Tom")) == number
    await database.write(lambda one: one.pages.drop_draft(draft))
    await database.write(lambda one: one.pages.drop_draft(number))
    assert await database.read(lambda one: (one.pages.get(draft), one.pages.get(number) is not None)) == (None, True)
    await database.close()


async def test_work_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")

    def half(transaction: Transaction) -> None:
        _arrive(transaction, "1")
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        await database.write(half)
    assert await database.read(_count) == 0
    await database.close()


async def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")

    def count_up(transaction: Transaction) -> None:
        transaction.settings.put("n", (transaction.settings.get("n") or 0) + 1)

    await asyncio.gather(*(database.write(count_up) for _ in range(200)))
    assert await database.read(lambda one: one.settings.get("n")) == 200
    await database.close()


async def test_readers_see_what_was_committed_while_somebody_writes(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")
    seen: list[int] = []

    def slow(transaction: Transaction, looks: Any) -> None:
        _arrive(transaction, "1")
        looks.result(5)

    loop = asyncio.get_running_loop()

    async def look() -> None:
        seen.append(await database.read(_count))

    looking = asyncio.run_coroutine_threadsafe(look(), loop)
    await database.write(slow, looking)
    seen.append(await database.read(_count))
    assert seen == [0, 1]
    await database.close()


async def test_a_file_that_another_process_holds_too_long_is_told_as_passing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sqlite.BUSY_SECONDS", 0.05)
    database = await Database.open(tmp_path / "skab.db")
    other = sqlite3.connect(tmp_path / "skab.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await database.write(_arrive, "1")
    other.execute("ROLLBACK")
    other.close()
    await database.write(_arrive, "1")
    assert await database.read(_count) == 1
    await database.close()


async def test_what_was_written_does_not_stay_in_memory_with_the_statement(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")
    now = datetime(2026, 11, 2, tzinfo=UTC)
    for marker in ("en hel fil med regler", "en hel side"):
        text_of_it = marker * 1000
        await database.write(lambda one, text: one.rules.keep("hash", text, now, ""), text_of_it)
        await database.write(lambda one, text: one.rules.keep_draft(1, "x.yaml", text, 0, now), text_of_it)
        await database.write(lambda one, text: one.pages.keep("side", text, now, ""), text_of_it)
        holders = [one for one in gc.get_objects() if isinstance(one, dict) and one.get("value") == text_of_it]
        assert not holders, "a statement that is kept for the next time holds what it was first used with"
    await database.close()


async def test_a_disk_that_only_reads_is_passing_and_work_goes_on_when_it_writes_again(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "skab.db")

    async def turn(word: str) -> None:
        writer: Any = database._engine._writer  # type: ignore[attr-defined]
        await writer._in_thread(lambda: writer._conn.execute(f"PRAGMA query_only = {word}").close())

    await turn("ON")
    with pytest.raises(StoreUnavailable, match="readonly"):
        await database.write(_arrive, "1")
    await turn("OFF")
    await database.write(_arrive, "1")
    assert await database.read(_count) == 1
    await database.close()
