"""What `/metrics` shows is what is in the store, in Prometheus' format, and no word or id of anybody."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.conversation.counts import Counts, name_of
from bot.conversation.ports import Moved, Rejected, Retry, Sent, TopicGone, Unreachable
from bot.conversation.rows import Arrival, Leaving
from bot.store.database import Database
from bot.store.transaction import Transaction
from bot.vitals import Vitals
from bot.web.metrics import metrics_route
from bot.web.server import bind, build_site, serve_site
from tests.conversation.house import AASE, MONDAY, initiative

SECRET = "hemmeligeord"


class Watched:
    """A store behind its `/metrics`, as somebody on call reads it."""

    def __init__(self, store: Database, url: str, counts: Counts) -> None:
        self.store = store
        self.url = url
        self.counts = counts
        self.rules = SimpleNamespace(broken=False)

    async def reads(self) -> tuple[dict[str, float], str]:
        """Each figure by name and label, and the page as text."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/metrics") as answer:
            assert answer.status == 200
            page = await answer.text()
        found: dict[str, float] = {}
        for family in text_string_to_metric_families(page):
            for sample in family.samples:
                found[" ".join([sample.name, *sample.labels.values()])] = sample.value
        return found, page


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    """A running page over a real store."""
    store = await Database.open(tmp_path / "skab.db")
    listening = bind("127.0.0.1", 0)
    made = Watched(store, f"http://127.0.0.1:{listening.getsockname()[1]}", Counts())
    settings = SimpleNamespace(database=str(tmp_path / "skab.db"))
    house: Any = SimpleNamespace(clock=lambda: MONDAY, rules=made.rules, settings=settings)
    vitals = Vitals(house, store, made.counts, lambda: time.monotonic() - 3)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve_site(build_site([metrics_route(vitals.look)]), listening, stop))
    yield made
    stop.set()
    await serving
    await store.close()


async def test_what_waits_is_put_aside_or_is_due_is_shown_with_its_age(watched: Watched) -> None:
    def fill(transaction: Transaction) -> None:
        now = time.time()
        transaction.inbox.add([Arrival("telegram", "1", "7", {"text": SECRET})], now - 90)
        transaction.inbox.add([Arrival("telegram", "2", "7", {}, fault="broken")], now)
        call = {"chat_id": AASE, "text": SECRET}
        transaction.outbox.add([Leaving(str(AASE), "sendMessage", call)], now - 60)
        transaction.outbox.add([Leaving(str(AASE), "sendMessage", call, hold=MONDAY + timedelta(hours=9))], now)
        for number, hours in ((1, -1), (2, 2), (3, 48)):
            step = initiative(number).step
            moved = type(step)(step.who, MONDAY + timedelta(hours=hours), step.turn, step.what)
            transaction.initiatives.save(initiative(number, step=moved, title=SECRET))

    await watched.store.write(fill)
    watched.counts.acts = 5
    watched.counts.calls["sent"] += 2
    found, page = await watched.reads()
    assert found["skab_inbox_waiting"] == found["skab_outbox_waiting"] == found["skab_outbox_held"] == 1
    assert 90 <= found["skab_inbox_oldest_seconds"] < 100
    assert 60 <= found["skab_outbox_oldest_seconds"] < 70
    assert (found["skab_parked inbox"], found["skab_parked outbox"]) == (1, 0)
    promises = ("initiatives_open", "promises_due_today", "promises_overdue")
    assert [found[f"skab_{name}"] for name in promises] == [3, 1, 1]
    assert (found["skab_acts_handled_total"], found["skab_calls_total sent"]) == (5, 2)
    assert 3 <= found["skab_telegram_silent_seconds"] < 5
    assert found["process_resident_memory_bytes"] > 1
    assert found["skab_database_bytes"] > 4096
    assert SECRET not in page
    assert not re.search(rf"\b{AASE}\b", page)


async def test_rules_that_cannot_be_used_and_a_store_that_cannot_be_read_are_seen(watched: Watched) -> None:
    found, _ = await watched.reads()
    assert (found["skab_rules_file_good"], found["skab_store_readable"]) == (1, 1)
    watched.rules.broken = True
    await watched.store.write(lambda one: one.connection.exec_driver_sql("DROP TABLE inbox"))
    found, _ = await watched.reads()
    assert (found["skab_rules_file_good"], found["skab_store_readable"]) == (0, 0)
    assert "skab_inbox_waiting" not in found


def test_every_way_in_which_a_call_can_end_has_its_own_count() -> None:
    ends = [Sent({}), Retry(1, True, ""), Unreachable(""), TopicGone(""), Moved(1), Rejected("")]
    assert {name_of(end) for end in ends} == set(Counts().calls)
