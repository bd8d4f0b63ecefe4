"""From a file to a server: every row of every table, or none; the file stays as it is."""

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import BigInteger, Boolean, Float, Integer, Table, Text, create_engine, delete, insert, make_url, select

from bot.conversation.rows import Arrival, Leaving
from bot.store.database import Database
from bot.store.departed import Departed
from bot.store.faults import StoreError
from bot.store.lock import ProcessLock
from bot.store.move import TABLES, move
from bot.store.tables import inbox, outbox
from bot.store.transaction import Transaction
from tests.store.cluster import Cluster
from tests.store.test_tables import initiative

ROWS = 40
WORDS = ("", "æøå ЩЇ 🌳", "tab\tlinje\nbagud \\N \\. \"'", json.dumps({"text": "ø\ud800\0"}))
BIG = 1 << 62


def value(column: Any, n: int) -> object:
    """Something that this column may hold, and that is another one in each row."""
    if column.nullable and n % 3 == 0:
        return None
    match column.type:
        case Boolean():
            return n % 2 == 0
        case Float():
            return n + 1 / 3
        case BigInteger():
            return n + 1 if n % 2 else BIG - n
        case Integer():
            return n
        case Text():
            return f"{WORDS[n % len(WORDS)]}{n}"
    raise AssertionError(column)


def rows_of(table: Table, address: str) -> set[tuple[object, ...]]:
    """All rows of a table, wherever it lies."""
    engine = create_engine(address)
    with engine.connect() as connection:
        found = {tuple(row) for row in connection.execute(select(table))}
    engine.dispose()
    return found


def at(address: str) -> str:
    """A server's address for SQLAlchemy."""
    return make_url(address).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


async def filled(path: Path) -> None:
    """A file in which each table holds rows of every kind, and some numbers were given and are gone."""
    database = await Database.open(path)

    def work(one: Transaction) -> None:
        one.inbox.add([Arrival("telegram", str(n), "71", {}) for n in range(90)], 1.0)
        one.outbox.add([Leaving("71", "sendMessage", {}) for _ in range(90)], 1.0)
        for table in (inbox, outbox):
            one.connection.execute(delete(table))
        for table in TABLES:
            had = {row[0] for row in one.connection.execute(select(table))} if table.name == "counters" else set()
            rows = [{column.name: value(column, n) for column in table.columns} for n in range(1, ROWS)]
            if "id" in table.columns:
                rows = [row | {"id": n} for n, row in enumerate(rows, start=1)]
            one.connection.execute(insert(table), [row for row in rows if row.get("name") not in had])

    await database.write(work)
    await database.close()


async def test_every_row_of_every_table_is_on_the_server_and_numbers_go_on_after_the_last_one_given(
    tmp_path: Path, cluster: Cluster
) -> None:
    path, address = tmp_path / "skab.db", cluster.database()
    await filled(path)
    Departed(path).add(7, 71)
    before = path.read_bytes()
    done = await move(path, address, tmp_path / "cache" / "skab")
    assert path.read_bytes() == before
    assert set(done.rows) == {table.name for table in TABLES}
    for table in TABLES:
        here = rows_of(table, f"sqlite:///{path}")
        assert len(here) == done.rows[table.name] >= ROWS - 1, table.name
        assert rows_of(table, at(address)) == here, table.name
    brought = Departed(tmp_path / "cache" / "skab")
    assert brought.those_of([70, 71], brought.entries().values()) == {71}
    assert stat.S_IMODE(brought.path.stat().st_mode) == 0o600
    server = await Database.open(address)

    def go_on(one: Transaction) -> tuple[object, object]:
        one.inbox.add([Arrival("new", "new", "71", {})], 1.0)
        newest = one.connection.exec_driver_sql("SELECT id FROM inbox WHERE source = 'new'").scalar()
        return newest, one.outbox.add([Leaving("71", "sendMessage", {})], 1.0)

    assert await server.write(go_on) == (91, [91])
    await server.close()


async def test_a_server_that_holds_anything_is_refused_and_stays_as_it_is(tmp_path: Path, cluster: Cluster) -> None:
    path, address = tmp_path / "skab.db", cluster.database()
    await filled(path)
    server = await Database.open(address)
    await server.write(lambda one: one.initiatives.save(initiative(7)))
    await server.close()
    with pytest.raises(StoreError, match=r"ikke tom: der står noget i initiatives, ledger\. Intet er flyttet"):
        await move(path, address, tmp_path / "skab")
    assert [len(rows_of(table, at(address))) for table in TABLES if table.name in ("initiatives", "people")] == [1, 0]


async def test_what_the_server_cannot_hold_leaves_nothing_there_and_its_words_are_not_told(
    tmp_path: Path, cluster: Cluster
) -> None:
    path, address = tmp_path / "skab.db", cluster.database()
    await filled(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE timers SET kind = 'hemmeligt' || char(0)").close()
    with pytest.raises(StoreError, match=r"timers kunne ikke skrives") as told:
        await move(path, address, tmp_path / "skab")
    assert "hemmeligt" not in str(told.value)
    assert [rows_of(table, at(address)) for table in TABLES] == [set()] * len(TABLES)


async def test_a_bot_that_runs_and_a_file_of_another_version_are_refused(tmp_path: Path, cluster: Cluster) -> None:
    path, address = tmp_path / "skab.db", cluster.database()
    await filled(path)
    lock = ProcessLock(path)
    lock.take()
    with pytest.raises(StoreError, match="kører allerede"):
        await move(path, address, tmp_path / "skab")
    lock.release()
    other = Departed(tmp_path / "skab")
    other.add(1, 1)
    Departed(path).add(7, 71)
    with pytest.raises(StoreError, match="er der allerede"):
        await move(path, address, tmp_path / "skab")
    other.path.unlink()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE schema_version SET version = version - 1").close()
    with pytest.raises(StoreError, match="ældre version"):
        await move(path, address, tmp_path / "skab")
    assert rows_of(TABLES[0], at(address)) == set()
