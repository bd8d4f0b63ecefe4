"""What it costs to look for like ideas among ten thousand public ones, and to see that one has changed."""

import random
import statistics
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.conversation.showcase import Look, Showcase
from bot.core.match import TopicScore
from bot.routing.likeness import Likeness
from bot.routing.live import Accepted, accept
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests.bench.conftest import Tell
from tests.store.test_tables import initiative

pytestmark = pytest.mark.bench
RULES = Path(__file__).parents[2] / "routing_rules.yaml"
COUNT, ASKED = 10_000, 200
MOST_TIMES = 10.0
"""What the search may cost, counted in what routing one text costs in the same run."""


async def test_like_ones_are_found_in_milliseconds_among_ten_thousand(tmp_path: Path, tell: Tell) -> None:
    accepted = accept(RULES.read_bytes())
    assert isinstance(accepted, Accepted)
    router = accepted.router
    examples = [example for block in router.rules.topics.values() for example in block.examples]
    drawn = random.Random(1)
    showcase = Showcase(lambda: Likeness(router), lambda: "rules")

    def fill(one: Transaction) -> None:
        for number in range(1, COUNT + 1):
            words = " ".join(drawn.sample(examples, 3))
            about = (TopicScore(drawn.choice(["trafik", "natur", "kultur"]), 60.0, ()),)
            made = replace(initiative(number), public=True, title=words[:60], public_words=words, topics=about)
            one.initiatives.save(made)

    def begin(one: Transaction) -> float:
        began = time.thread_time()
        showcase.open(one)
        return time.thread_time() - began

    def look(one: Transaction) -> tuple[list[float], list[float]]:
        took, routed = [], []
        for words in drawn.sample(examples, ASKED):
            began = time.thread_time()
            topics = router.match(words, today=date(2026, 11, 2)).topics
            routed.append((time.thread_time() - began) * 1000)
            began = time.thread_time()
            Look(showcase, one).like(words, topics, 3)
            took.append((time.thread_time() - began) * 1000)
        return took, routed

    database = await Database.open(tmp_path / "skab.db")
    await database.write(fill)
    tell("all of them read at the start", await database.read(begin), "s of the processor")
    took, routed = await database.read(look)
    tell("like ones among 10,000, median", statistics.median(took), "ms of the processor")
    tell("like ones among 10,000, 98 of 100", statistics.quantiles(took, n=50)[-1], "ms of the processor")
    await database.close()
    tell("routing one text, median", statistics.median(routed), "ms of the processor")
    assert statistics.median(took) < MOST_TIMES * statistics.median(routed)
