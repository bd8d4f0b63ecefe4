"""The board under 100 readers at once, with 10,000 initiatives on it, on the same two cores as the bot."""

import asyncio
import json
import os
import statistics
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest

from bot.core.effects import Note
from bot.core.match import TopicScore
from tests.bench.conftest import Tell
from tests.core.town import DUE, NOW
from tests.web.board_town import Hall, open_hall, public

pytestmark = pytest.mark.bench
MANY = 10_000
READERS = 100
SECONDS = 15
READ = """
import asyncio, json, random, sys, time
import aiohttp

async def reader(http, address, until, taken, number):
    pick = random.Random(number)
    known = {}
    await asyncio.sleep(pick.random() * 2 * float(sys.argv[4]))
    while time.perf_counter() < until:
        path = pick.choices(
            ["/", f"/?side={pick.randint(2, 400)}", f"/nr/{pick.randint(1, 12000)}", "/tal", "/?fase=developing",
             "/en/", "/feed.atom"], [20, 15, 45, 6, 6, 4, 4])[0]
        began = time.perf_counter()
        headers = {"If-None-Match": known[path]} if path in known and pick.random() < 0.5 else {}
        async with http.get(address + path, headers=headers) as answer:
            await answer.read()
            assert answer.status in (200, 304, 404), answer.status
            known[path] = answer.headers["ETag"]
        taken.append(time.perf_counter() - began)
        await asyncio.sleep(pick.random() * 2 * float(sys.argv[4]))

async def main():
    address, readers, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    taken = []
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(reader(http, address, until, taken, n) for n in range(readers)))
    print(json.dumps(taken))

asyncio.run(main())
"""


async def read(hall: Hall, pause: float) -> list[float]:
    """Seconds each answer took, to readers in a process of their own who pause so long on average between two pages.

    The processor's time that an answer cost here comes last.
    """
    began = time.process_time()
    readers = await asyncio.create_subprocess_exec(
        sys.executable, "-c", READ, hall.url, str(READERS), str(SECONDS), str(pause), stdout=asyncio.subprocess.PIPE
    )
    told, _ = await readers.communicate()
    assert readers.returncode == 0
    taken: list[float] = sorted(json.loads(told))
    return [*taken, (time.process_time() - began) / len(taken)]


async def fill(hall: Hall) -> None:
    """Ten thousand public initiatives with their timelines, and two thousand that nobody may see."""
    topics = [TopicScore(topic, 90.0, ()) for topic in ("trafik", "natur", "skole", "kultur", "senior")]
    for first in range(1, MANY + 2001, 1000):
        numbers = range(first, first + 1000)
        some = [
            replace(public(n, title=f"Idé nummer {n} ved Ordrup Station", touched=NOW - timedelta(minutes=n)),
                    topics=(topics[n % 5],), public=n <= MANY, answered=NOW if n % 3 else None)
            for n in numbers
        ]  # fmt: skip
        await hall.keep(*some, notes=tuple(Note(n, kind, "Mette") for n in numbers for kind in ("taken", "form_step")))


async def test_a_hundred_readers_of_ten_thousand_initiatives(tmp_path: Path, tell: Tell) -> None:
    async with open_hall(tmp_path) as hall:
        await fill(hall)
        hall.now = DUE - timedelta(hours=1)
        began = asyncio.get_running_loop().time()
        await hall.get("/")
        tell("board: the first edition of 10,000", asyncio.get_running_loop().time() - began, "s")
        calm = await read(hall, 0.5)
        writes = asyncio.create_task(write(hall))
        busy = await read(hall, 0.5)
        writes.cancel()
        await asyncio.gather(writes, return_exceptions=True)
        hard = await read(hall, 0.0)
        tell("board: memory of the whole process", psutil.Process(os.getpid()).memory_info().rss / 1e6, "MB")
    for name, taken in (
        ("100 readers who read", calm),
        ("the same while ideas move", busy),
        ("100 without a pause", hard),
    ):
        tell(f"board: {name}, processor time an answer", taken.pop() * 1000, "ms")
        tell(f"board: {name}, answers", len(taken) / SECONDS, "a second")
        tell(f"board: {name}, median", statistics.median(taken) * 1000, "ms")
        tell(f"board: {name}, p99", taken[int(len(taken) * 0.99)] * 1000, "ms")
    assert calm[int(len(calm) * 0.99)] <= 0.1
    assert busy[int(len(busy) * 0.99)] <= 0.1


async def write(hall: Hall) -> None:
    """Something public changes all the time."""
    number = 0
    while True:
        number = number % MANY + 1
        idea: Any = public(number, title=f"Idé nummer {number} i bevægelse", touched=NOW)
        await hall.store.write(lambda one, idea=idea: one.initiatives.save(idea))
        await asyncio.sleep(0.1)
