"""Moves what a file's database holds to an empty one on a server: all of it in one transaction, or nothing."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, StaticPool, Table, create_engine, func, select, text

from bot.conversation.storage import StoreUnavailable
from bot.store.backup import Copy, look_at
from bot.store.database import Database
from bot.store.departed import Departed
from bot.store.faults import StoreError
from bot.store.lock import ProcessLock
from bot.store.migrations import STEPS
from bot.store.tables import counters, metadata, outbox, outbox_ids, schema_version
from bot.store.transaction import Transaction

TABLES = tuple(table for table in metadata.sorted_tables if table is not schema_version)
COUNTED = tuple(table for table in TABLES if table.dialect_options["sqlite"]["autoincrement"])
"""Those that number their rows by themselves, and never give a number twice."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What is on the server now: how many rows in each table, as they were counted on both sides."""

    found: Copy
    rows: Mapping[str, int]


async def move(source: Path, where: str, beside: Path) -> Moved:
    """Bring all that the file holds to the server that `where` names; the file stays as it is.

    `beside` is what files beside the server's database are named after: who was deleted is brought along there.

    Raises:
        StoreError: a bot runs on the file, the file is not whole or of another version, the server's database can't be
            used or is not empty, or not everything arrived; then nothing did.
    """
    found = look_at(source)
    lock = ProcessLock(source)
    lock.take()
    try:
        # Before the rows: a server without it could bring back, from a copy, whom it does not know as deleted.
        _bring_departed(Departed(source).path, Departed(beside).path)
        store = await Database.open(where, alone=False)
        try:
            return Moved(found, await store.write(_bring, source))
        except StoreUnavailable as error:
            raise StoreError(f"Intet er flyttet: {error}. (Nothing was moved.)") from error
        finally:
            await store.close()
    finally:
        lock.release()


def _bring(transaction: Transaction, source: Path) -> dict[str, int]:
    target = transaction.connection
    # First of all: a bot that starts now waits until all of it is there.
    target.execute(text(f"LOCK TABLE {', '.join(table.name for table in TABLES)} IN ACCESS EXCLUSIVE MODE"))
    taken = [table.name for table in TABLES if target.execute(select(table).limit(1)).first() is not None]
    if taken:
        raise StoreError(
            f"Databasen på serveren er ikke tom: der står noget i {', '.join(taken)}. Intet er flyttet. Lav en ny, tom "
            "database. (The server's database is not empty.)"
        )
    with _reading(source) as origin:
        rows = {table.name: _copy(origin, target, table) for table in TABLES}
        _count_on(origin, target)
    target.execute(text("ANALYZE"))
    return rows


@contextmanager
def _reading(source: Path) -> Iterator[Connection]:
    """The file at one moment, for reading only."""
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as raw:
        raw.execute("BEGIN").close()
        with create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool).connect() as origin:
            version = origin.execute(select(schema_version.c.version)).scalar_one()
            if version != 1 + len(STEPS):
                raise StoreError(
                    f"{source} er skrevet af en ældre version af skab ({version}, her {1 + len(STEPS)}). Start botten "
                    "på den én gang, stop den, og prøv igen. (The file is of an older version.)"
                )
            yield origin


def _copy(origin: Connection, target: Connection, table: Table) -> int:
    """Bring a table's rows, and see that as many are there."""
    name = target.dialect.identifier_preparer.format_column
    columns = ", ".join(name(column) for column in table.columns)
    driver: Any = target.connection.driver_connection
    faults: tuple[type[Exception], ...] = (target.dialect.loaded_dbapi.Error, UnicodeError)
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in origin.execute(select(table).execution_options(yield_per=1000)):
                copy.write_row(row)
    except faults as error:
        # Its own words can hold the row's, which are a citizen's.
        raise StoreError(
            f"Intet er flyttet: {table.name} kunne ikke skrives på serveren ({type(error).__name__}). "
            "(Nothing was moved.)"
        ) from None
    count = select(func.count()).select_from(table)
    there, here = origin.execute(count).scalar_one(), target.execute(count).scalar_one()
    if there != here:
        raise StoreError(
            f"Intet er flyttet: {table.name} har {there} rækker i filen og {here} på serveren. (Nothing was moved.)"
        )
    return int(here)


def _count_on(origin: Connection, target: Connection) -> None:
    """Let the server give the numbers that come after those that the file has given, also to rows that are gone."""
    for table in COUNTED:
        last = origin.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}).scalar()
        if last:
            _begin_after(target, f"pg_get_serial_sequence('{table.name}', 'id')", last)
    calls = origin.execute(select(counters.c.value).where(counters.c.name == outbox.name)).scalar()
    if calls:
        _begin_after(target, f"'{outbox_ids.name}'", calls)


def _begin_after(target: Connection, sequence: str, last: int) -> None:
    target.execute(text(f"SELECT setval({sequence}, :last)"), {"last": last})


def _bring_departed(old: Path, new: Path) -> None:
    """Bring along who was deleted, readable by its owner only.

    Raises:
        StoreError: another one lies there, or it can't be written.
    """
    try:
        if not old.exists():
            return
        whole = old.read_bytes()
        if new.exists() and new.read_bytes() != whole:
            raise StoreError(
                f"{new} er der allerede, og er en anden end {old}. Intet er flyttet. (Another one is there.)"
            )
        new.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "wb") as written:
            written.write(whole)
            written.flush()
            os.fsync(written.fileno())
    except OSError as error:
        raise StoreError(
            f"{new} kan ikke skrives: {error.strerror}. Intet er flyttet. (It can't be written.)"
        ) from error
