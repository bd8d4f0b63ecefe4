"""Opens the database and runs transactions, one connection each, without holding up the event loop."""

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from bot.conversation.storage import StoreUnavailable
from bot.store.faults import StoreError
from bot.store.lock import ProcessLock
from bot.store.migrations import migrate
from bot.store.transaction import Transaction
from bot.store.worker import Worker

Asked = ParamSpec("Asked")
Result = TypeVar("Result")
Work = Callable[Concatenate[Transaction, Asked], Result]

READERS = 2
WRITER_CACHE, READER_CACHE = 8000, 2000
"""Pages in memory for each connection, in KiB."""
BUSY_SECONDS = 10.0
"""How long a transaction waits for one of another process (the command line beside the running bot)."""

PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
    }
)  # fmt: skip
"""Faults of the disk or of another process: the same work may succeed later."""


class Database:
    """One SQLite file in WAL with synchronous FULL.

    Work is a plain function of a transaction. Writing work runs in one thread, one transaction after the other, so no
    two of this process ever wait for each other inside SQLite; reading work runs beside it. See
    `docs/decisions/0004-one-writer-thread.md`.
    """

    def __init__(self, path: Path, lock: ProcessLock | None) -> None:
        self.path = path
        self._lock = lock
        self._writer = Worker(path, immediate=True, patience=BUSY_SECONDS)
        self._readers = [Worker(path, immediate=False, patience=BUSY_SECONDS) for _ in range(READERS)]
        self._reads = itertools.cycle(self._readers)
        self._open: list[Worker] = []

    @classmethod
    async def open(cls, where: str | Path, *, alone: bool = True) -> Self:
        """Open the database, make or migrate its tables. `where` is a path or a `sqlite:///` address.

        `alone` takes the process lock; the command line's short looks at a running bot's database go without.

        Raises:
            StoreError: it can't be opened, belongs to another process, or is of a newer version.
        """
        path = path_of(where)
        lock = ProcessLock(path) if alone else None
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if lock is not None:
                lock.take()
            # Made before SQLite opens it, so that not even for a moment others can read it.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            path.chmod(0o600)
        except OSError as error:
            _release(lock)
            raise StoreError(f"The database {path} can't be written: {error.strerror}.") from error
        database = cls(path, lock)
        try:
            await database._start()
            await database.write(lambda transaction: migrate(transaction.connection))
        except StoreError:
            await database.close()
            raise
        except (SQLAlchemyError, sqlite3.Error, StoreUnavailable) as error:
            await database.close()
            cause = error.__cause__ if isinstance(error, StoreUnavailable) else error
            reason = str(getattr(cause, "orig", cause)).splitlines()[0]
            raise StoreError(f"The database {path} can't be used: {reason}.") from error
        return database

    async def write(self, work: Work[Asked, Result], *args: Asked.args, **kwargs: Asked.kwargs) -> Result:
        """Run `work` in a transaction of its own; it is on the disk when this returns, or not there at all.

        Raises:
            StoreUnavailable: the disk is full, or another process holds the file for too long; nothing was kept.
        """
        with _told(self.path):
            return await self._writer.begin(lambda connection: work(Transaction(connection), *args, **kwargs))

    async def read(self, work: Work[Asked, Result], *args: Asked.args, **kwargs: Asked.kwargs) -> Result:
        """Run `work` on a connection that only looks; it sees what was committed."""
        with _told(self.path):
            reader = next(self._reads)
            return await reader.look(lambda connection: work(Transaction(connection), *args, **kwargs))

    async def scrub(self) -> bool:
        """Let nothing of what was deleted remain in the log beside the file; False while somebody still reads it."""
        with _told(self.path):
            return await self._writer.checkpoint()

    async def close(self) -> None:
        """Finish what is being written, then let go of the file and the lock."""
        for worker in self._open:
            await worker.close()
        self._open = []
        _release(self._lock)

    async def _start(self) -> None:
        for worker in (self._writer, *self._readers):
            await worker.open()
            self._open.append(worker)


def path_of(where: str | Path) -> Path:
    """The file that a setting names: a path, or an address such as `sqlite+aiosqlite:///var/skab.db`.

    Raises:
        StoreError: it names another kind of database.
    """
    if isinstance(where, Path) or "://" not in where:
        return Path(where)
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise StoreError(f"{where} is not the address of a database.") from error
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StoreError(f"{url.get_backend_name()} is not a database that skab knows; give the path of a file.")
    return Path(url.database)


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


def _release(lock: ProcessLock | None) -> None:
    if lock is not None:
        lock.release()
