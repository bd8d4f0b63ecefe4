"""Several real bots on one PostgreSQL database, one of which leads; a journey kills and starts any of them."""

import asyncio
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from bot.store.watch import LEADING
from tests.journeys.patience import Patience, worked
from tests.journeys.process import READY_SECONDS, Ask, Bot
from tests.journeys.sandbox import Sandbox

READY = "klar: @"
LEAD_SECONDS = 15.0
LEADS = """
SELECT activity.application_name FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 1
AND (classid::bigint << 32) + objid::bigint = ?
AND activity.datname = current_database() AND activity.application_name LIKE 'skab %'
"""
"""Who holds the lock of the one that leads; a bot that begins holds another one while it looks at the tables."""


class Member(Bot):
    """One of the bots; only the one that leads asks for updates, so that it is ready when it says so."""

    async def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        said = self.log().count(READY)
        began = time.monotonic()
        await self.begins()
        still = Patience(READY_SECONDS, lambda: worked(self.process.pid))
        while self.log().count(READY) == said:
            assert self.runs, f"the bot ended with {self.process.returncode}:\n{self.log()[-4000:]}"
            assert not still.over(), f"the bot is not ready:\n{self.log()[-4000:]}"
            await asyncio.sleep(0.02)
        self.started_in = time.monotonic() - began


class Fleet(Bot):
    """So many bots, seen as one; `address` is their database's."""

    def __init__(self, sandbox: Sandbox, folder: Path, settings: dict[str, str], address: str, size: int = 3) -> None:
        super().__init__(sandbox, folder, settings | {"SKAB_DATABASE": address})
        self.address = address
        self.database_name = make_url(address).database or ""
        self.members: list[Member] = []
        for number in range(1, size + 1):
            place = folder / f"bot{number}"
            place.mkdir()
            self.members.append(Member(sandbox, place, self.settings))

    async def start(self) -> None:
        """Start them all; the first one makes the tables, and learns the rules for the others too."""
        first, *others = self.members
        await first.start()
        await asyncio.gather(*(member.start() for member in others))
        await self.led()

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End them all; the highest exit code."""
        return max(await asyncio.gather(*(member.stop(how) for member in self.members if member.starts)), default=0)

    @property
    def runs(self) -> bool:
        """Whether one of them is running now."""
        return any(member.runs for member in self.members)

    async def led(self) -> Member:
        """The one that leads, as soon as there is one."""
        until = time.monotonic() + LEAD_SECONDS
        while (leader := self.leader()) is None:
            assert time.monotonic() < until, f"none of them leads:\n{self.log()[-4000:]}"
            await asyncio.sleep(0.02)
        return leader

    def leader(self) -> Member | None:
        """The one that leads now, or None while they change."""
        names = {str(row[0]) for row in self.rows(LEADS, LEADING)}
        assert len(names) <= 1, f"{len(names)} of them lead"
        return next((one for one in self.members if one.runs and f"skab {one.process.pid}" in names), None)

    def log(self) -> str:
        """All that they have printed."""
        return "".join(member.log() for member in self.members)

    @contextmanager
    def reader(self) -> Iterator[Ask | None]:
        """A way to ask their database, as an operator might."""
        with psycopg.connect(self.address, autocommit=True) as connection:

            def ask(query: str, values: Sequence[str | float]) -> list[tuple[Any, ...]]:
                there = query.replace("%", "%%").replace("?", "%s")
                return connection.execute(there, values).fetchall()  # type: ignore[arg-type]

            yield ask
