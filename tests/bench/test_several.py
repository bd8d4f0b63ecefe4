"""What an update costs on a file and on a server, with one bot and with three; `docs/scaling.md` counts with it."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from tests.bench.conftest import Tell
from tests.bench.drain import FIRST, OURS, SETTINGS, made, said, start
from tests.journeys.fleet import READY
from tests.journeys.sandbox import Sandbox
from tests.store.cluster import Cluster

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]

CHATS = 60
COUNT = 300
ROUNDS = 3
TALK = (
    "der mangler bænke langs stien ved søen, min mor kan ikke gå hele vejen uden at hvile sig",
    "spring over",
    "hvad sker der nu",
    "hvornår får man svar",
)
"""A piece of a talk: words for an idea, an answer, and two questions. They cost more than "hej" does."""


@dataclass(frozen=True, slots=True)
class Cost:
    """For one update: seconds of real time, of the bots' processors, and of the server's."""

    real: float
    bots: float
    server: float


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def safe() -> AsyncIterator[Cluster]:
    """A server that waits for its disk, as a real one does."""
    running = Cluster(safe=True)
    try:
        running.start()
        yield running
    finally:
        running.stop()


class Bench:
    """A sandbox, some bots on one database, and people who write to them."""

    def __init__(self, folder: Path, database: str, size: int, cluster: Cluster | None) -> None:
        self.folder, self.database, self.size, self.cluster = folder, database, size, cluster
        self.sandbox = Sandbox(made(folder))
        self.bots: list[asyncio.subprocess.Process] = []
        self._number = count()

    async def opens(self) -> None:
        """Start everything, and wait until it has nothing to do."""
        await self.sandbox.start()
        await self.sandbox.post("limits", enforce=False)
        for n in range(CHATS):
            await self.sandbox.post("people", id=FIRST + n, first_name="Borger", language_code="da")
            await self.sandbox.post("start", person=FIRST + n)
        for n in range(self.size):
            place = made(self.folder / f"bot{n}")
            # The first one learns the rules for all of them.
            self.bots.append(await start(self.sandbox, place, OURS, SETTINGS | {"SKAB_DATABASE": self.database,
                             "SKAB_CACHE": str(self.folder)}))  # fmt: skip
            await self.sandbox.until(lambda place=place: _is_ready(place), 60, "a bot is ready")
        await self.answers(0, CHATS)

    async def closes(self) -> None:
        """End everything."""
        for bot in self.bots:
            bot.kill()
            await bot.wait()
        await self.sandbox.stop()

    async def costs(self, texts: Sequence[str]) -> Cost:
        """Let as many updates come at once, and wait for the last answer."""
        before, began = await self.sandbox.last_call(), time.monotonic()
        bots, server = self._seconds_of_bots(), self._seconds_of_server()
        updates = [said(n, texts[n // CHATS % len(texts)], FIRST + n % CHATS) for n in (next(self._number)
                   for _ in range(COUNT))]  # fmt: skip
        for at in range(0, COUNT, 300):
            await self.sandbox.post("updates", updates=updates[at : at + 300])
        await self.answers(before, COUNT)
        real = time.monotonic() - began
        return Cost(
            real / COUNT, (self._seconds_of_bots() - bots) / COUNT, (self._seconds_of_server() - server) / COUNT
        )

    async def answers(self, before: int, wanted: int) -> None:
        """Wait until so many messages went out."""
        while True:
            assert all(bot.returncode is None for bot in self.bots)
            if await self.sandbox.last_call() - before >= wanted:
                calls = await self.sandbox.calls(after=before, method="sendMessage")
                if sum(call["status"] == 200 for call in calls) >= wanted:
                    return
            await asyncio.sleep(0.2)

    def memory(self) -> float:
        """Bytes of one bot, in the middle."""
        return float(sorted(psutil.Process(bot.pid).memory_info().rss for bot in self.bots)[len(self.bots) // 2])

    def _seconds_of_bots(self) -> float:
        return sum(_seconds(psutil.Process(bot.pid)) for bot in self.bots)

    def _seconds_of_server(self) -> float:
        if self.cluster is None or self.cluster.process is None:
            return 0.0
        server = psutil.Process(self.cluster.process.pid)
        return sum(_seconds(one) for one in (server, *server.children()))


async def _is_ready(place: Path) -> bool:
    return READY in (await asyncio.to_thread((place / "bot.log").read_text))


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


@pytest.mark.parametrize(("engine", "size"), [("file", 1), ("server", 1), ("server", 3)])
async def test_what_an_update_costs(tmp_path: Path, safe: Cluster, tell: Tell, engine: str, size: int) -> None:
    address = str(tmp_path / "skab.db") if engine == "file" else safe.database()
    bench = Bench(tmp_path, address, size, safe if engine == "server" else None)
    try:
        await bench.opens()
        found = sorted([await bench.costs(TALK) for _ in range(ROUNDS)], key=lambda cost: cost.bots)[ROUNDS // 2]
        name = f"{size} on a {engine}"
        tell(f"{name}: updates", 1 / found.real, "/s")
        tell(f"{name}: the bots' processors, an update", found.bots * 1000, "ms")
        tell(f"{name}: the server's processors, an update", found.server * 1000, "ms")
        tell(f"{name}: memory of a bot (RSS)", bench.memory() / 1e6, "MB")
    finally:
        await bench.closes()
