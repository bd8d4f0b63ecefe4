"""Once a week: what people's own corrections point to is told to the admins, who decide; nothing changes by itself."""

import asyncio
import time as clocks
from collections.abc import Callable
from datetime import datetime, time, timedelta

import structlog

from bot.conversation.rule_rows import arrival
from bot.core.rule_news import RulesProposed
from bot.keeper.corrections import read_corrections
from bot.keeper.thought import think
from bot.routing.live import LiveRules
from bot.routing.load import digest
from bot.routing.proposals import Proposal, propose
from bot.store.database import Database
from bot.store.transaction import Transaction

HOUR = time(9)
"""When on Mondays."""
WEEK, TOLD = "proposals_week", "proposals_told"
"""Settings: the Monday that was looked at last, and fingerprints of the proposals that admins were told last.

Fingerprints, since a proposed example is a citizen's own sentence: it must be gone where its citizen is forgotten.
"""
MOST_IDEAS = 1000
FEWEST_EXAMPLES = 3
"""Examples alone are told when there are this many."""

log = structlog.get_logger(__name__)


class Weekly:
    """Looks through the corrections on Mondays, or as soon after as the bot runs."""

    def __init__(self, live: LiveRules, store: Database, clock: Callable[[], datetime]) -> None:
        self._live = live
        self._store = store
        self._clock = clock
        self._looked = ""

    async def look(self, ended: asyncio.Event | None = None) -> None:
        """Do this week's look, if it is due; a bot that was just installed begins with the week to come.

        Raises:
            GivenUp: the bot is to end (`ended`) before all is looked through; the look is done at the next start.
        """
        week = _monday(self._clock())
        if week == self._looked:
            return
        before = await self._store.read(lambda transaction: transaction.settings.get(WEEK))
        if before not in (None, week):
            seen = await self._store.read(read_corrections, MOST_IDEAS)
            current, today = self._live.current, self._clock().date()
            found = await think(ended, propose, current, seen, today, self._live.judge)
            await self._store.write(self._tell, week, found)
        elif before is None:
            await self._store.write(lambda transaction: transaction.settings.put(WEEK, week))
        self._looked = week

    def _tell(self, transaction: Transaction, week: str, found: Proposal) -> None:
        transaction.settings.put(WEEK, week)
        items = sorted(digest(f"{one.topic} {one.item}".encode()) for one in found.additions)
        told = set(transaction.settings.get(TOLD) or ())
        words = tuple((one.topic, one.item, _numbers(one.numbers)) for one in found.additions if one.field == "ord")
        examples = tuple((one.topic, _numbers(one.numbers)) for one in found.additions if one.field == "eksempler")
        if set(items) - told and (words or len(examples) >= FEWEST_EXAMPLES):
            transaction.settings.put(TOLD, items)
            told = set()
            news = RulesProposed(self._clock(), found.observed, words, examples)
            transaction.inbox.add([arrival(news, f"proposed:{week}")], clocks.time())
            log.info("rules_proposed", words=len(words), examples=len(examples))
        if any(" " in one for one in told):
            # An earlier release kept the sentences themselves.
            transaction.settings.put(TOLD, [])


def _monday(now: datetime) -> str:
    """The Monday whose look is due at this moment."""
    at = datetime.combine(now.date() - timedelta(days=now.weekday()), HOUR, now.tzinfo)
    return (at if at <= now else at - timedelta(days=7)).date().isoformat()


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"nr. {number}" for number in numbers)
