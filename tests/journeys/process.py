"""The real bot in a process of its own, which a journey starts, kills and starts again."""

import asyncio
import signal
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.journeys.nursery import NURSERY, Child
from tests.journeys.patience import Patience, begun_with, family, worked
from tests.journeys.sandbox import Sandbox
from tests.journeys.surroundings import learned, surroundings

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 45.0
"""Seconds of its own that a start may take, see `Patience`."""
FOR_EVER = 100_000.0
Ask = Callable[[str, Sequence[str | float]], list[tuple[Any, ...]]]
"""Asks a database: a query with "?" where its values stand."""
LOOK_SECONDS = 0.01
BUSY = """
    SELECT EXISTS(SELECT 1 FROM inbox WHERE state = 'new'),
        EXISTS(SELECT 1 FROM outbox WHERE state = 'due' AND due <= ?),
        EXISTS(SELECT 1 FROM outbox WHERE state = 'held' AND hold <= ?),
        EXISTS(SELECT 1 FROM timers WHERE due <= ?)
"""


class Bot:
    """`python -m bot run` against a sandbox. `folder` takes its database and log; `settings` are added SKAB_*."""

    def __init__(self, sandbox: Sandbox, folder: Path, settings: dict[str, str]) -> None:
        self.sandbox = sandbox
        self.folder = folder
        self.database = folder / "skab.db"
        self.settings = settings
        self.whole = "PYTHONPATH" in settings
        """Whether it begins with Python itself, as for an operator, instead of where the imports are done already."""
        self.starts = 0
        self.commands = 0
        self.started_in = 0.0
        self._process: Child | asyncio.subprocess.Process | None = None

    def environment(self) -> dict[str, str]:
        """What the process is told; nothing of this shell's own SKAB_* reaches it."""
        return (
            surroundings()
            | {
                "PYTHONPATH": str(ROOT),
                "PYTHONUNBUFFERED": "1",
                "SKAB_BOT_TOKEN": self.sandbox.token,
                "SKAB_API_URL": self.sandbox.url,
                "SKAB_DATABASE": str(self.database),
                "SKAB_CLOCK_FILE": str(self.sandbox.clock_file),
                "SKAB_LOG_LEVEL": "INFO",
                "SKAB_SEMANTIC": "off",
                "SKAB_CACHE": str(learned()),
            }
            | self.settings
        )

    async def begins(self) -> None:
        """Start it and wait for nothing."""
        self._process = await self._runs()

    def children(self) -> list[bytes]:
        """The words with which it has begun other processes that run now."""
        return [begun_with(one) for one in family(self.process.pid)[1:]]

    async def start(self, patience: float = READY_SECONDS) -> None:
        """Start it and wait until it asks for updates, or has named its webhook, with so much patience."""
        asks = "setWebhook" if "SKAB_WEBHOOK_URL" in self.settings else "getUpdates"
        before = await self.sandbox.last_call()
        began = time.monotonic()
        await self.begins()

        async def polls() -> bool:
            return bool(await self.sandbox.calls(after=before, method=asks, polls=True))

        await self.works_until(polls, "it asks for updates", patience)
        self.started_in = time.monotonic() - began

    async def works_until(
        self, condition: Callable[[], Awaitable[bool]], what: str, patience: float = READY_SECONDS
    ) -> None:
        """Wait for what takes it seconds of work, as long as it moves, see `Patience`."""
        pid, before = self.process.pid, worked(self.process.pid)
        still = Patience(patience, lambda: worked(pid) - before)

        async def there() -> bool:
            assert self.runs, f"the bot ended with {self.process.returncode}:\n{self.log()[-4000:]}"
            assert not still.over(), f"waited in vain: {what}\n{self.log()[-4000:]}"
            return await condition()

        await self.sandbox.until(there, FOR_EVER, what)

    async def _runs(self) -> Child | asyncio.subprocess.Process:
        self.starts += 1
        return await self._begin(["run"], self.folder / "bot.log", self.environment())

    async def _begin(
        self, words: list[str], path: Path, environment: dict[str, str]
    ) -> Child | asyncio.subprocess.Process:
        if not self.whole:
            return await NURSERY.bear(["bot", *words], path, self.folder, environment)
        with path.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *words, stdout=log, stderr=log, cwd=self.folder, env=environment
            )

    @property
    def process(self) -> Child | asyncio.subprocess.Process:
        """The running process."""
        assert self._process is not None, "the bot was never started"
        return self._process

    @property
    def runs(self) -> bool:
        """Whether it is running now."""
        return self._process is not None and self._process.returncode is None

    async def kill(self) -> None:
        """SIGKILL: no chance to say goodbye."""
        self.process.kill()
        await self.process.wait()

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it as an operator does; its exit code. It must take less than 10 s."""
        if self.runs:
            self.process.send_signal(how)
            await asyncio.wait_for(self.process.wait(), 10)
        code = self.process.returncode
        assert code is not None
        return code

    async def restart(self) -> None:
        """End it and start it again."""
        await self.stop()
        await self.start()

    async def once(self, *words: str, **changes: str | None) -> tuple[int, str]:
        """Run one command of the bot's (`check`, `run` that fails ...) to its end: exit code, and all it printed.

        `changes` are settings for this time only, without SKAB_; None leaves one out.
        """
        environment = self.environment()
        for name, value in changes.items():
            key = name if name == "TZ" else f"SKAB_{name}"
            environment.pop(key, None)
            if value is not None:
                environment[key] = value
        self.commands += 1
        path = self.folder / f"command-{self.commands}.log"
        process = await self._begin(list(words), path, environment)
        try:
            code = await asyncio.wait_for(process.wait(), READY_SECONDS)
        except TimeoutError:
            process.kill()
            raise AssertionError(f"`{' '.join(words)}` did not end by itself") from None
        return code, path.read_text(errors="replace")

    def log(self) -> str:
        """All that it has printed, over all starts."""
        path = self.folder / "bot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def assert_calm(self) -> None:
        """Nothing that it printed is a stack trace."""
        log = self.log()
        at = log.find("Traceback (most recent call last)")
        assert at < 0, f"a stack trace in the bot's log:\n{log[max(0, at - 600) : at + 3000]}"

    def rows(self, query: str, *values: str | float) -> list[tuple[object, ...]]:
        """Read the bot's own database, as an operator might, without writing to it."""
        with self.reader() as ask:
            return ask(query, values) if ask is not None else []

    @contextmanager
    def reader(self) -> Iterator[Ask | None]:
        """A way to ask the bot's own database several things, which is opened once; None where there is none yet."""
        if not self.database.exists():
            yield None
            return
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=5)) as connection:
            yield lambda query, values: connection.execute(query, values).fetchall()

    async def rests(self, patience: float, soon: float = 1.0) -> bool:
        """Whether, after `patience` at most, nothing waits to be handled, has fallen due, or is to be sent `soon`."""
        deadline = time.monotonic() + patience
        # Opened once for all looks: that takes ten times as long as one look.
        with self.reader() as ask:
            while ask is not None and self._busy(ask, soon):
                if time.monotonic() > deadline:
                    return False
                await asyncio.sleep(LOOK_SECONDS)
        return True

    def _busy(self, ask: Ask, soon: float) -> bool:
        # One statement: between two of them a row could pass from the outbox to the inbox unseen.
        here = self._moved_now() if self.runs else 0.0
        return any(ask(BUSY, (time.time() + soon, here, here))[0])

    def _moved_now(self) -> float:
        """The time that the municipality lives by, in seconds since 1970."""
        return time.time() + float(self.sandbox.clock_file.read_text() or 0)
