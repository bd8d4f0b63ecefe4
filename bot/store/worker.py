"""One SQLite connection in a thread of its own, which is given whole transactions to run."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import aiosqlite
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

Result = TypeVar("Result")

ROWS_AT_ONCE = 64
SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -16000",
)


class Worker(aiosqlite.Connection):
    """aiosqlite's connection and thread, with SQLAlchemy Core on the same connection inside that thread.

    aiosqlite goes to its thread and back for each statement; here a transaction goes there once.
    See `docs/decisions/0004-one-writer-thread.md`.
    """

    def __init__(self, path: Path, *, immediate: bool, patience: float) -> None:
        """`immediate` begins each transaction as a writer; `patience` is seconds to wait for another process."""
        super().__init__(self._connect_here, ROWS_AT_ONCE)
        self._path = path
        self._immediate = immediate
        self._patience = patience
        self._engine: Engine | None = None

    async def open(self) -> None:
        """Start the thread and open the file.

        Raises:
            sqlite3.Error: it can't be opened; the thread has ended.
        """
        try:
            await self
        except sqlite3.Error:
            # aiosqlite tells its thread to end and does not wait for it.
            await asyncio.to_thread(self._thread.join)
            raise

    async def begin(self, work: Callable[[Connection], Result]) -> Result:
        """Run work in a transaction: all of it is kept when this returns, none of it when it raises."""

        def run() -> Result:
            with self._here().begin() as connection:
                return work(connection)

        return await self._in_thread(run)

    async def look(self, work: Callable[[Connection], Result]) -> Result:
        """Run work that only reads, at one snapshot: what is written meanwhile it sees as a whole, or not at all."""

        def run() -> Result:
            with self._here().connect() as connection:
                return work(connection)

        return await self._in_thread(run)

    async def checkpoint(self) -> bool:
        """Bring all that the log beside the file holds into the file, and empty the log; False while it is read."""

        def run() -> bool:
            busy, _, _ = self._conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

        return await self._in_thread(run)

    async def _in_thread(self, run: Callable[[], Result]) -> Result:
        # What aiosqlite builds its own methods on: a function for the thread, and its result awaited.
        execute: Callable[[Callable[[], Result]], Awaitable[Result]] = self._execute
        return await execute(run)

    def _here(self) -> Engine:
        if self._engine is None:
            raise ValueError("the connection is not open")
        return self._engine

    def _connect_here(self) -> sqlite3.Connection:
        # The driver must not begin or commit by itself: it begins too late, and then loses updates.
        raw = sqlite3.connect(self._path, timeout=self._patience, isolation_level=None)
        try:
            for line in SETTINGS:
                raw.execute(line).close()
        except sqlite3.Error:
            raw.close()
            raise
        self._engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
        event.listen(self._engine, "begin", _begin_as_writer if self._immediate else _begin_as_reader)
        return raw


def _begin_as_writer(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_as_reader(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
