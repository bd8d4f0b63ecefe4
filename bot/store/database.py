"""Opens the database that a setting names and runs transactions on it, without holding up the event loop."""

from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from bot.store.address import path_of, server_of
from bot.store.engine import Engine
from bot.store.faults import StoreError
from bot.store.lead import Lead
from bot.store.sqlite import SqliteFile
from bot.store.transaction import Transaction

Asked = ParamSpec("Asked")
Result = TypeVar("Result")
Work = Callable[Concatenate[Transaction, Asked], Result]


class Database:
    """A SQLite file or a PostgreSQL server. Work is a plain function of a transaction, and runs in a thread.

    See `docs/decisions/0004-one-writer-thread.md` and `docs/decisions/0060-several-processes.md`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    async def open(cls, where: str | Path, *, alone: bool = True) -> Self:
        """Open the database, make or migrate its tables. `where` is a path, or a `sqlite:` or `postgresql:` address.

        `alone` is for a running bot: it keeps a second one off a file, and takes part in who leads on a server. The
        command line's short looks at a running bot's database go without.

        Raises:
            StoreError: it can't be opened, belongs to another process, or is of a newer version.
        """
        database = cls(_engine(where, alone=alone))
        await database._engine.open()
        return database

    @property
    def name(self) -> str:
        """How people know the database; without its password."""
        return self._engine.name

    @property
    def shared(self) -> bool:
        """Whether other processes may work on it too."""
        return self._engine.shared

    @property
    def lead(self) -> Lead:
        """Whether this process is the one that fetches, sends and keeps the rules."""
        return self._engine.lead

    def listen(self, on_arrivals: Callable[[], None], on_leaving: Callable[[], None]) -> None:
        """Call these, in the running event loop, when another process put rows into the inbox or the outbox."""
        self._engine.listen(on_arrivals, on_leaving)

    async def write(self, work: Work[Asked, Result], *args: Asked.args, **kwargs: Asked.kwargs) -> Result:
        """Run `work` in a transaction of its own; it is on the disk when this returns, or not there at all.

        On a server it may run several times until it meets no other process's work: it changes nothing besides.

        Raises:
            StoreUnavailable: the disk is full, the server is away, or another process holds what is needed for too
                long; nothing was kept.
        """
        return await self._engine.begin(lambda transaction: work(transaction, *args, **kwargs))

    async def read(self, work: Work[Asked, Result], *args: Asked.args, **kwargs: Asked.kwargs) -> Result:
        """Run `work` on a connection that only looks; it sees what was committed when it began."""
        return await self._engine.look(lambda transaction: work(transaction, *args, **kwargs))

    async def scrub(self) -> bool:
        """Let as little as the engine allows remain of what was deleted; False while somebody still reads it."""
        return await self._engine.scrub()

    async def close(self) -> None:
        """Finish what is being written, then let go of the database."""
        await self._engine.close()


def _engine(where: str | Path, *, alone: bool) -> Engine:
    server = server_of(where)
    if server is None:
        return SqliteFile(path_of(where), alone=alone)
    try:
        # Only here: who has a file needs no driver for a server.
        from bot.store.postgres import PostgresServer
    except ModuleNotFoundError:
        raise StoreError(
            "En database på en PostgreSQL-server kræver et bibliotek mere: .venv/bin/pip install 'psycopg[binary]' "
            "(It needs the extra `postgres`.)"
        ) from None
    return PostgresServer(server, alone=alone)
