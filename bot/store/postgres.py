"""PostgreSQL as the store's engine: one database, several processes, each of them with a writer of its own."""

import asyncio
import os
import random
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from bot.conversation.storage import StoreUnavailable
from bot.store.faults import StoreError
from bot.store.lead import Lead
from bot.store.migrations import migrate
from bot.store.shared import SharedTransaction
from bot.store.tables import metadata
from bot.store.transaction import Transaction
from bot.store.watch import Watch

Result = TypeVar("Result")

READERS = 2
TRIES = 30
"""Times that work is run until it meets no other process's; each time it sees what the others committed."""
LONGEST_PAUSE = 0.1
MIGRATING = 0x736B6D67
"""The advisory lock under which tables are made and changed."""
SESSION = {
    # Seconds until a server that does not answer counts as away; a database that is cut off must not hold the bot up.
    "connect_timeout": "5",
    "tcp_user_timeout": "10000",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    # So that an operator sees in pg_stat_activity which process it is.
    "application_name": f"skab {os.getpid()}",
}
GUARDS = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
"""A process that was stopped in the middle of a transaction must not keep its lanes for ever."""

COLLIDED = frozenset({"40001", "40P01", "23505", "25P02"})
"""Another process changed the same rows at the same time (PostgreSQL's codes): the work is run anew."""
PASSING = frozenset({"08", "53", "57", "58", "40"})
"""Classes of codes that tell of the server and not of the work: gone, full, stopping, or a fault of its disk."""
PASSING_CODES = frozenset({"55P03", "25006"})
"""A lock that was not to be had in time; a server that only reads, as one does that is about to take over."""


class PostgresServer:
    """`Engine` over a database on a server, with psycopg in threads.

    Transactions run at the isolation of one snapshot (REPEATABLE READ). Where two processes change the same row, the
    later one is undone and run again, so that no change is lost. See `docs/decisions/0060-several-processes.md`.
    """

    shared = True

    def __init__(self, url: URL, *, alone: bool) -> None:
        """`alone` takes part in who leads, and hears what other processes put into inbox and outbox."""
        self.name = url.set(drivername="postgresql").render_as_string(hide_password=True)
        self.lead = Lead()
        self._sender = secrets.token_hex(8)
        self._url = _guarded(url)
        self._engine = create_engine(
            self._url, isolation_level="REPEATABLE READ", pool_size=READERS + 1, max_overflow=0
        )
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._watch = Watch(self._engine, self._sender, self.lead) if alone else None

    async def open(self) -> None:
        """Reach the server, make or migrate the tables, and find out who leads.

        Raises:
            StoreError: it can't be reached, or the database is of a newer version.
        """
        try:
            await self._in(self._writer, self._migrate)
        except (StoreError, SQLAlchemyError) as error:
            await self.close()
            raise _fault(self.name, error) from error
        if self._watch is not None:
            await self._watch.start()

    async def begin(self, work: Callable[[Transaction], Result]) -> Result:
        """Run work in a transaction of its own, again where it met another process's.

        Raises:
            StoreUnavailable: the server is away, full, or busy for too long; nothing was kept, unless the line broke in
                the very moment of the commit.
        """
        with _told(self.name):
            for attempt in range(1, TRIES):
                try:
                    return await self._in(self._writer, lambda: self._once(work))
                except DBAPIError as error:
                    if _code(error) not in COLLIDED:
                        raise
                await asyncio.sleep(random.uniform(0, min(LONGEST_PAUSE, 0.002 * 2**attempt)))  # nosec B311 # noqa: S311
            return await self._in(self._writer, lambda: self._once(work))

    async def look(self, work: Callable[[Transaction], Result]) -> Result:
        """Run work on a connection that only looks, at one snapshot."""

        def run() -> Result:
            with self._engine.connect() as connection:
                return work(Transaction(connection))

        with _told(self.name):
            return await self._in(self._readers, run)

    async def scrub(self) -> bool:
        """Give the space of deleted rows back at once; what the server's log and copies hold is its administrator's."""

        def run() -> bool:
            with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                connection.exec_driver_sql("VACUUM")
            return True

        with _told(self.name):
            return await self._in(self._writer, run)

    def listen(self, on_arrivals: Callable[[], None], on_leaving: Callable[[], None]) -> None:
        """Call these, in the running event loop, when another process put rows into the inbox or the outbox."""
        if self._watch is not None:
            self._watch.listen(on_arrivals, on_leaving)

    async def close(self) -> None:
        """Let another process lead, finish what is being written, and hang up."""
        if self._watch is not None:
            await self._watch.close()
        for threads in (self._writer, self._readers):
            await asyncio.to_thread(threads.shutdown)
        self._engine.dispose()

    def _once(self, work: Callable[[Transaction], Result]) -> Result:
        with self._engine.begin() as connection:
            return work(SharedTransaction(connection, self._sender))

    def _migrate(self) -> None:
        # Not at one snapshot: who waited for the lock must see the tables that the other one has made.
        plain = self._engine.execution_options(isolation_level="READ COMMITTED")
        with plain.begin() as connection:
            _alone(connection)
            _take_over_conditions()
            migrate(connection)

    @staticmethod
    async def _in(threads: ThreadPoolExecutor, run: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(threads, run)


def _guarded(url: URL) -> URL:
    """The address with what every connection of ours is to have; what it says itself goes before."""
    said = url.query.get("options", "")
    options = " ".join([GUARDS, *((said,) if isinstance(said, str) else said)]).strip()
    return url.set(query={**SESSION, **url.query, "options": options})


def _alone(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})


def _code(error: DBAPIError) -> str:
    """PostgreSQL's code of what went wrong (SQLSTATE); "" where the line is broken."""
    return getattr(error.orig, "sqlstate", None) or ""


def _fault(name: str, error: Exception) -> StoreError:
    """One line for the person who runs the bot."""
    if isinstance(error, StoreError):
        return error
    reason = " ".join(str(getattr(error, "orig", error)).split())
    return StoreError(f"Databasen {name} kan ikke bruges: {reason.removesuffix('.')}. (It can't be used.)")


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Say in the shell's own words that it is the database that fails, and not the work."""
    try:
        yield
    except DBAPIError as error:
        code = _code(error)
        lost = error.connection_invalidated or (not code and isinstance(error, OperationalError | InterfaceError))
        if not lost and code[:2] not in PASSING and code not in PASSING_CODES:
            raise
        reason = " ".join(str(error.orig).split())
        raise StoreUnavailable(f"{name}: {reason}") from error


def _take_over_conditions() -> None:
    """Partial indexes are partial here too. Told only now: a table that names this dialect would load it everywhere."""
    for index in (index for table in metadata.tables.values() for index in table.indexes):
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
