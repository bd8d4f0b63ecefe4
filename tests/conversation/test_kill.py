"""SIGKILL at any moment: nothing is lost, no order is broken, and little is said twice."""

import asyncio
import json
import random
import sqlite3
from collections import defaultdict
from itertools import groupby
from pathlib import Path

from bot.conversation.deliver import IN_FLIGHT, UNSETTLED
from bot.conversation.intake import take_in
from bot.store.database import Database
from tests.conversation.house import House, said
from tests.journeys.nursery import NURSERY
from tests.journeys.surroundings import surroundings

KILLS = 6
COUNT = 1200
CHATS = 24


async def test_kills_at_random_moments_lose_nothing_and_keep_the_order(tmp_path: Path) -> None:
    store = await Database.open(tmp_path / "skab.db")
    updates = [said(n, str(n), 71 + n % CHATS) for n in range(COUNT)]
    assert await store.write(take_in, House(tmp_path).rooms, updates, None, 0.0) == COUNT
    await store.close()
    dice = random.Random(7)
    for _ in range(KILLS):
        await _run(tmp_path, dice.uniform(0.0, 0.15))
    await _run(tmp_path, None)
    told: dict[str, list[int]] = defaultdict(list)
    for line in (tmp_path / "telegram").read_text().splitlines():
        lane, text = json.loads(line)
        told[lane].append(int(text))
    for lane, numbers in told.items():
        once = [number for number, _ in groupby(numbers)]
        assert once == [n for n in range(COUNT) if 71 + n % CHATS == int(lane)]
    twice = sum(map(len, told.values())) - COUNT
    assert 0 <= twice <= KILLS * (IN_FLIGHT + UNSETTLED)
    with sqlite3.connect(tmp_path / "skab.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


async def _run(folder: Path, seconds: float | None) -> None:
    """Let the bot run so long after its first call of this run, then kill it; None until it has nothing to do."""
    words = ["tests.conversation.killed_bot", str(folder)]
    bot = await NURSERY.bear(words, folder / "log", folder, surroundings())
    log = folder / "telegram"
    before = log.stat().st_size if log.exists() else 0
    while _left(folder) and (not log.exists() or log.stat().st_size == before):
        assert bot.returncode is None
        await asyncio.sleep(0.02)
    if seconds is None:
        while _left(folder):
            assert bot.returncode is None
            await asyncio.sleep(0.05)
    else:
        await asyncio.sleep(seconds)
    bot.kill()
    await bot.wait()


def _left(folder: Path) -> bool:
    connection = sqlite3.connect(f"file:{folder / 'skab.db'}?mode=ro", uri=True)
    try:
        found = connection.execute(
            "SELECT EXISTS(SELECT 1 FROM inbox WHERE state = 'new') OR EXISTS(SELECT 1 FROM outbox WHERE state = 'due')"
        ).fetchone()
    finally:
        connection.close()
    return bool(found[0])
