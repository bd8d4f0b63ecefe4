"""The whole way over HTTP: how many updates a second, how soon an answer, how much memory; against a yardstick."""

import asyncio
import json
import re
import sqlite3
import statistics
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path

import psutil
import pytest

from bot.routing.learned import learn_for_all
from tests.bench.conftest import Tell
from tests.bench.drain import BARE, ECHO, FIRST, OURS, SETTINGS, drain, is_settled, said, start
from tests.bench.test_several import TALK
from tests.journeys.sandbox import Sandbox

pytestmark = pytest.mark.bench
CHATS = 60
SHIPPED = Path(__file__).resolve().parents[2] / "routing_rules.yaml"

ASKERS = 200
"""People at 20 messages a second in all: so many that nobody writes faster than is answered one by one."""


async def test_the_bot_drains_updates_faster_than_a_bare_loop(tmp_path: Path, tell: Tell) -> None:
    rates: dict[str, list[float]] = {"bare": [], "bot": [], "echo": []}
    programs = {"bare": (BARE, {}), "bot": (OURS, SETTINGS), "echo": (ECHO, {})}
    for turn in range(3):
        for name, (program, settings) in programs.items():
            count = 500 if name == "bare" else 1500
            found = await drain(tmp_path / f"{name}{turn}", program, settings, ["hej"] * count, CHATS)
            rates[name].append(count / found.seconds)
    typical = {name: statistics.median(found) for name, found in rates.items()}
    tell("bare python-telegram-bot and SQLAlchemy", typical["bare"], "updates/s")
    tell("the bot with its dialogue", typical["bot"], "updates/s")
    tell("the shell alone (it says back what was said)", typical["echo"], "updates/s")
    ratio = typical["bot"] / typical["bare"]
    tell("the bot against the bare loop", ratio, "times as fast")
    assert ratio >= 1.2


async def test_ideas_are_answered_faster_than_a_bare_loop_answers_anything(tmp_path: Path, tell: Tell) -> None:
    rates: dict[str, list[float]] = {"bare": [], "bot": []}
    texts = [text for text in TALK for _ in range(CHATS)]
    for turn in range(3):
        bare = await drain(tmp_path / f"bare{turn}", BARE, {}, texts, CHATS)
        ours = await drain(tmp_path / f"bot{turn}", OURS, SETTINGS, texts, CHATS, is_settled)
        rates["bare"].append(len(texts) / bare.seconds)
        rates["bot"].append(len(texts) / ours.seconds)
    bare_rate, our_rate = (statistics.median(found) for found in rates.values())
    tell("the bot, with ideas and what is asked about them", our_rate, "updates/s")
    tell("the bot with ideas against the bare loop", our_rate / bare_rate, "times as fast")
    assert our_rate / bare_rate >= 1.2


async def test_at_the_shipped_pace_messages_leave_at_28_a_second_and_telegram_refuses_none(
    tmp_path: Path, tell: Tell
) -> None:
    async with _asked(tmp_path, {}) as (sandbox, _bot, _waited):
        # All who pressed START were answered, as fast as the pace lets it, by a server that holds to its limits.
        calls = await sandbox.calls(method="sendMessage")
        rate = (len(calls) - 1) / (max(call["at"] for call in calls) - min(call["at"] for call in calls))
        tell("messages at the shipped pace", rate, "/s")
        assert {call["status"] for call in calls} == {200}
        assert 27 <= rate <= 28.5


async def test_a_backlog_of_ten_thousand_is_drained_with_nothing_lost_or_out_of_order(
    tmp_path: Path, tell: Tell
) -> None:
    texts = [f"nr {n}" for n in range(10_000)]
    found = await drain(tmp_path, ECHO, {}, texts, 250)
    assert {chat: len(answers) for chat, answers in found.lanes.items()} == {FIRST + n: 40 for n in range(250)}
    for chat, answers in found.lanes.items():
        numbers = [int(re.sub(r"\D", "", answer)) for answer in answers]
        assert numbers == list(range(chat - FIRST, 10_000, 250))
    _assert_sound(tmp_path / "echo.db")
    tell("a backlog of 10,000, without the dialogue", found.seconds, "s")


async def test_of_ten_thousand_waiting_ideas_every_word_is_kept_in_its_order(tmp_path: Path, tell: Tell) -> None:
    found = await drain(tmp_path, OURS, SETTINGS, [TALK[0]] * 10_000, 250, is_settled)
    with closing(sqlite3.connect(tmp_path / "skab.db")) as database:
        drafts = dict(database.execute("SELECT person, body FROM talks").fetchall())
    # The n-th message has the number 100 + n, and the chats wrote in turn.
    assert {person: [word["message_id"] for word in json.loads(body)["draft"]["words"]]
            for person, body in drafts.items()} == {FIRST + n: list(range(100 + n, 10_100, 250))
                                                    for n in range(250)}  # fmt: skip
    assert all("Sådan lyder din idé" in found.lanes[person][-1] for person in drafts)
    _assert_sound(tmp_path / "skab.db")
    tell("a backlog of 10,000 messages of ideas, with the dialogue", found.seconds, "s")


def _assert_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_answers_come_soon_and_memory_stays_small(tmp_path: Path, tell: Tell) -> None:
    learn_for_all(SHIPPED.read_bytes())
    async with _asked(tmp_path, {}) as (sandbox, bot, waited):
        tell("from start to the first answer", waited, "s")
        waits = await _ask_steadily(sandbox, 400, "hej")
        percentile = statistics.quantiles(waits, n=100)
        tell("from update to first answer at 20/s, median", percentile[49] * 1000, "ms")
        tell("from update to first answer at 20/s, p99", percentile[98] * 1000, "ms")
        memory = psutil.Process(bot.pid).memory_info().rss / 1e6
        tell("memory (RSS)", memory, "MB")
        bot.terminate()
        stopping = time.monotonic()
        await bot.wait()
        tell("from SIGTERM to the end", time.monotonic() - stopping, "s")
        assert waited < 3
        assert percentile[98] < 0.2
        assert memory < 130


@pytest.mark.parametrize("opinion", ["off", "auto"])
async def test_ideas_are_answered_soon_with_the_second_opinion_and_without(
    tmp_path: Path, tell: Tell, opinion: str
) -> None:
    learn_for_all(SHIPPED.read_bytes())
    async with _asked(tmp_path, {"SKAB_SEMANTIC": opinion}) as (sandbox, bot, _):
        waits = await _ask_steadily(sandbox, 400, TALK[0])
        percentile = statistics.quantiles(waits, n=100)
        tell(f"from an idea to its first answer at 20/s, second opinion {opinion}, median", percentile[49] * 1000, "ms")
        tell(f"from an idea to its first answer at 20/s, second opinion {opinion}, p99", percentile[98] * 1000, "ms")
        process = psutil.Process(bot.pid)
        memory = process.memory_info().rss / 1e6
        tell(f"memory (RSS) after 400 ideas, second opinion {opinion}", memory, "MB")
        for child in process.children():
            tell("memory (RSS) of the second opinion's own process", child.memory_info().rss / 1e6, "MB")
        assert percentile[98] < 0.2
        assert memory < 130


async def test_rules_that_no_bot_has_seen_are_learned_on_the_way_to_the_first_answer(
    tmp_path: Path, tell: Tell
) -> None:
    own = tmp_path / "own.yaml"
    own.write_bytes(SHIPPED.read_bytes() + b"# ours\n")
    async with _asked(tmp_path, {"SKAB_RULES": str(own)}) as (_, bot, waited):
        tell("from start to the first answer, with rules to learn", waited, "s")
        tell("memory (RSS) after that", psutil.Process(bot.pid).memory_info().rss / 1e6, "MB")
        assert waited < 4


@asynccontextmanager
async def _asked(
    folder: Path, settings: Mapping[str, str]
) -> AsyncIterator[tuple[Sandbox, asyncio.subprocess.Process, float]]:
    """A bot that is started while many have pressed START, and the seconds from its start to its first answer."""
    sandbox = Sandbox(folder)
    await sandbox.start()
    try:
        for n in range(ASKERS):
            await sandbox.post("people", id=FIRST + n, first_name="Borger", language_code="da")
            await sandbox.post("start", person=FIRST + n)
        before = await sandbox.last_call()
        started = time.time()
        bot = await start(sandbox, folder, OURS, SETTINGS | {"SKAB_PACE": "steady"} | settings)
        try:
            yield sandbox, bot, await _first_answer(sandbox, before) - started
        finally:
            if bot.returncode is None:
                bot.kill()
                await bot.wait()
    finally:
        await sandbox.stop()


async def _first_answer(sandbox: Sandbox, before: int) -> float:
    """When the first answer came; it returns once all who pressed START are answered and nothing more comes."""
    seen = 0
    while True:
        await asyncio.sleep(0.7)
        calls = await sandbox.calls(after=before, method="sendMessage")
        if len({call["chat_id"] for call in calls}) == ASKERS and len(calls) == seen:
            at: float = calls[0]["at"]
            return at
        seen = len(calls)


async def _ask_steadily(sandbox: Sandbox, count: int, text: str) -> list[float]:
    """Send so many messages at 20 a second, each chat in turn; the seconds that each one waited for an answer."""
    before = await sandbox.last_call()
    asked: dict[int, list[float]] = {}
    began = time.time()
    for n in range(count):
        person = FIRST + n % ASKERS
        await asyncio.sleep(max(0.0, began + n / 20 - time.time()))
        asked.setdefault(person, []).append(time.time())
        await sandbox.post("updates", updates=[said(10_000 + n, text, person)])
    await asyncio.sleep(0.9)
    answered: dict[int, list[float]] = {}
    for call in await sandbox.calls(after=before, method="sendMessage"):
        answered.setdefault(call["chat_id"], []).append(call["at"])
    # The first words of a talk are answered by two messages: the first one counts.
    return [min(at for at in answered[chat] if at >= since) - since for chat in asked for since in asked[chat]]
