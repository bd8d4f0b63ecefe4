"""SQLite as the store's engine: one file, one process, one writer."""

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.conversation.storage import StoreUnavailable
from bot.store.faults import StoreError
from bot.store.lead import Lead
from bot.store.lock import ProcessLock
from bot.store.migrations import migrate
from bot.store.transaction import Transaction
from bot.store.worker import Worker

Result = TypeVar("Result")

READERS = 2
BUSY_SECONDS = 10.0
"""How long a transaction waits for one of another process (the command line beside the running bot)."""

PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
    }
)  # fmt: skip
"""Faults of the disk or of another process: the same work may succeed later."""


class SqliteFile:
    """`Engine` over one file in WAL with synchronous FULL.

    Writing work runs in one thread, one transaction after the other, so no two of this process ever wait for each
    other inside SQLite; reading work runs beside it. See `docs/decisions/0004-one-writer-thread.md`.
    """

    shared = False

    def __init__(self, path: Path, *, alone: bool) -> None:
        """`alone` takes the process lock; the command line's short looks at a running bot's database go without."""
        self.path = path
        self.name = str(path)
        self.lead = Lead(held=True)
        self._lock = ProcessLock(path) if alone else None
        self._writer = Worker(path, immediate=True, patience=BUSY_SECONDS)
        self._readers = [Worker(path, immediate=False, patience=BUSY_SECONDS) for _ in range(READERS)]
        self._reads = itertools.cycle(self._readers)
        self._open: list[Worker] = []

    async def open(self) -> None:
        """Open the file, make or migrate its tables.

        Raises:
            StoreError: it can't be opened, belongs to another process, or is of a newer version.
        """
        self._make()
        try:
            for worker in (self._writer, *self._readers):
                await worker.open()
                self._open.append(worker)
            await self.begin(lambda transaction: migrate(transaction.connection))
        except StoreError:
            await self.close()
            raise
        except (SQLAlchemyError, sqlite3.Error, StoreUnavailable) as error:
            await self.close()
            cause = error.__cause__ if isinstance(error, StoreUnavailable) else error
            reason = str(getattr(cause, "orig", cause)).splitlines()[0]
            raise StoreError(f"Databasen {self.path} kan ikke bruges: {reason}. (It can't be used.)") from error

    async def begin(self, work: Callable[[Transaction], Result]) -> Result:
        """Run work in a transaction of its own.

        Raises:
            StoreUnavailable: the disk is full, or another process holds the file for too long; nothing was kept.
        """
        with _told(self.path):
            return await self._writer.begin(lambda connection: work(Transaction(connection)))

    async def look(self, work: Callable[[Transaction], Result]) -> Result:
        """Run work on a connection that only looks, at one snapshot."""
        with _told(self.path):
            return await next(self._reads).look(lambda connection: work(Transaction(connection)))

    async def scrub(self) -> bool:
        """Let nothing of what was deleted remain in the log beside the file; False while somebody still reads it."""
        with _told(self.path):
            return await self._writer.checkpoint()

    def listen(self, on_arrivals: Callable[[], None], on_leaving: Callable[[], None]) -> None:
        """Nobody else works on the file."""

    async def close(self) -> None:
        """Finish what is being written, then let go of the file and the lock."""
        for worker in self._open:
            await worker.close()
        self._open = []
        self._release()

    def _make(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self._lock is not None:
                self._lock.take()
            # Made before SQLite opens it, so that not even for a moment others can read it.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            self.path.chmod(0o600)
        except OSError as error:
            self._release()
            raise StoreError(
                f"Databasen {self.path} kan ikke skrives: {error.strerror}. (It can't be written.)"
            ) from error

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in the shell's own words that it is the database that fails, and not the work."""
    try:
        yield
    except OperationalError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0)
        if code & 0xFF not in PASSING:
            raise
        raise StoreUnavailable(f"{path}: {error.orig}") from error
