"""How fast routing is, how much memory it takes, and whether it beats plain fuzzy matching over all words."""

import asyncio
import gc
import json
import random
import tracemalloc
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import pytest
import yaml
from rapidfuzz import fuzz, process

from bot.keeper.trial import describe
from bot.routing.apart import Learner
from bot.routing.live import Accepted, accept
from bot.routing.load import load_rules
from bot.routing.match import Router
from bot.routing.rules import Rules
from tests.bench.conftest import Tell

pytestmark = pytest.mark.bench

TODAY = date(2026, 11, 2)
ROOT = Path(__file__).parents[2]
SHIPPED = (ROOT / "routing_rules.yaml").read_bytes()
MESSAGES = ROOT / "tests" / "routing" / "messages.jsonl"
PARTS = 9
"""Parts of the messages, each timed for itself."""
SYLLABLES = tuple(a + b for a in "bdfgklmnprst" for b in "aeiouy")


@pytest.fixture(scope="module")
def router() -> Router:
    """The router of the shipped rules, in a process that sweeps as the bot's does: not through what stays."""
    found = accept(SHIPPED)
    assert isinstance(found, Accepted)
    gc.collect()
    gc.freeze()
    return found.router


def thirty_words(count: int) -> list[str]:
    """Different messages of thirty words each, of words that people wrote."""
    words = " ".join(json.loads(line)["text"] for line in MESSAGES.read_text("utf-8").splitlines()).split()
    chance = random.Random(7)
    return [" ".join(chance.choices(words, k=30)) for _ in range(count)]


def times_of(work: Callable[[str], object], texts: list[str]) -> list[float]:
    """Milliseconds of processor time that each text took, sorted."""
    took = []
    for text in texts:
        started = process_time()
        work(text)
        took.append(1000 * (process_time() - started))
    return sorted(took)


def enlarge(topics: int, words: int) -> Rules:
    """The shipped rules with invented topics besides, each with so many invented words of its own."""
    chance = random.Random(11)
    tree = yaml.load(SHIPPED, yaml.CSafeLoader)
    for number in range(topics):
        invented = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(words)]
        tree["emner"][f"opfundet_{number}"] = {"navn": {"da": f"Opfundet {number}"}, "ansvarlig": "bo", "ord": invented}
    loaded = load_rules(yaml.safe_dump(tree, allow_unicode=True, width=10**6).encode())
    assert loaded.rules is not None, loaded.faults[:3]
    return loaded.rules


def test_thirty_words_by_the_shipped_rules(router: Router, tell: Tell) -> None:
    texts = thirty_words(1000)
    took = times_of(lambda text: router.match(text, today=TODAY), texts)
    tell("route 30 words, p50", took[500], "ms")
    tell("route 30 words, p99", took[990], "ms")
    assert took[500] <= 1.0
    assert took[990] <= 4.0


def test_five_thousand_characters(router: Router, tell: Tell) -> None:
    texts = [" ".join(thirty_words(40))[at : at + 5000] for at in range(0, 200, 20)]
    gc.collect()  # A sweep of all memory is due to the thousand messages before, and must not fall on one of these ten.
    took = times_of(lambda text: router.match(text, today=TODAY), texts)
    tell("route 5,000 characters, worst", took[-1], "ms")
    assert took[-1] <= 20


@pytest.mark.parametrize(("topics", "slowest"), [(200, 10.0), (2000, 50.0)])
def test_a_large_file_of_rules(topics: int, slowest: float, tell: Tell) -> None:
    rules = enlarge(topics, 50)
    # As the process does that learns for the bot: it looks for no garbage.
    gc.collect()
    gc.disable()
    started = process_time()
    try:
        match = partial(Router(rules).match, today=TODAY)
        built = process_time() - started
    finally:
        gc.enable()
    took = times_of(match, thirty_words(300))
    tell(f"{topics} x 50: built", built, "s")
    tell(f"{topics} x 50: p99", took[297], "ms")
    assert built <= 5
    assert took[297] <= slowest
    del match
    tracemalloc.start()
    try:
        kept = Router(rules)
        gc.collect()
        megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    finally:
        tracemalloc.stop()
    tell(f"{topics} x 50: memory", megabytes, "MB")
    assert kept.rules is rules
    assert megabytes <= 150


def test_it_beats_plain_fuzzy_matching(router: Router, tell: Tell) -> None:
    """Plain matching looks for the likest of all that the rules say of topics: words and examples, as ours does."""
    words = {
        word: topic for topic, block in router.rules.topics.items() for word in (*block.words, *block.other_languages)
    }
    said = words | {text: topic for topic, block in router.rules.topics.items() for text in block.texts}
    rows = [json.loads(line) for line in MESSAGES.read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["kind"] in ("idea", "offer")]

    def plain(known: dict[str, str], text: str) -> str:
        found = process.extractOne(text, known.keys(), scorer=fuzz.WRatio)
        return known[found[0]] if found else ""

    def ours(text: str) -> str:
        found = router.match(text, today=TODAY).topics
        return found[0].topic if found else ""

    # A bot has met words before: here those of the rules' examples, none of which is one of these messages.
    for text in list(said)[len(words) :: 4]:
        ours(text)
    right: dict[str, float] = {}
    took: dict[str, float] = {}
    ways = {
        "ours": ours,
        "WRatio over words": partial(plain, words),
        "WRatio over words and examples": partial(plain, said),
    }
    for name, work in ways.items():
        # By parts, of which the one in the middle counts: what else the machine does hits some of them, and not all.
        answers, parts = [], []
        for at in range(PARTS):
            started = process_time()
            answers += [(row, work(row["text"])) for row in rows[at::PARTS]]
            parts.append(process_time() - started)
        took[name] = median(parts)
        right[name] = sum(answer in {row["topic"], *row.get("also", ())} for row, answer in answers) / len(rows)
        tell(f"right, {name}", 100 * right[name], "%")
        tell(f"times the time of ours, {name}", took[name] / took["ours"], "x")
    assert took["WRatio over words and examples"] / took["ours"] >= 20
    assert right.pop("ours") > max(right.values())


async def test_a_reload_never_blocks_the_loop_for_long(tell: Tell) -> None:
    """As the bot takes up a saved file: judged and learned apart, then told what is changed, each in a thread."""
    done = asyncio.Event()
    worst = 0.0

    async def tick() -> None:
        nonlocal worst
        while not done.is_set():
            started = perf_counter()
            await asyncio.sleep(0.001)
            worst = max(worst, 1000 * (perf_counter() - started) - 1)

    ticking = asyncio.create_task(tick())
    found = await asyncio.to_thread(Learner().accept, SHIPPED, None, None)
    change = await asyncio.to_thread(describe, SHIPPED, SHIPPED.replace(b"skatepark,", b"skatepark, wakepark,", 1))
    done.set()
    await ticking
    assert isinstance(found, Accepted)
    assert "wakepark" in change.words[0]
    tell("the loop waits at a reload, at most", worst, "ms")
    assert worst <= 50
