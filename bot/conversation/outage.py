"""Sees at the start how long nobody was here, and tells those whose words Telegram may have thrown away meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.conversation.compose import Composer, calls
from bot.conversation.ports import Clock
from bot.conversation.rooms import Rooms
from bot.conversation.rows import Rank
from bot.conversation.storage import Transaction
from bot.core import outage

LAST_SEEN = "last_seen"
"""The setting that holds when a process was last seen at work, by the domain clock."""
WORTH_A_LINE = timedelta(minutes=5)
"""A shorter absence is a restart and no outage."""
DRAFT = "draft_delete"
"""The timer that each draft has."""
CALM = 2.0
"""Seconds after the start before it can be said how much had waited."""

log = structlog.get_logger()


@dataclass(slots=True)
class Outage:
    """From when to when nobody was here, how many citizens are told of it, and how much had waited."""

    since: datetime
    until: datetime
    told: int
    handled: int = 0

    def report(self) -> None:
        """One line for whoever runs the bot."""
        since, until = (moment.isoformat(timespec="minutes") for moment in (self.since, self.until))
        log.warning("was_down", since=since, until=until, handled=self.handled, citizens_told=self.told)


def be_seen(transaction: Transaction, clock: Clock) -> None:
    """Write down that a process is at work now."""
    transaction.settings.put(LAST_SEEN, clock().isoformat())


def look_back(transaction: Transaction, rooms: Rooms, real: float) -> Outage | None:
    """What became of the time since a process was last seen; None where there is nothing to tell.

    Those who may have lost words are told in this very transaction: once, however often the bot is started.
    """
    seen, now = transaction.settings.get(LAST_SEEN), rooms.clock()
    be_seen(transaction, rooms.clock)
    if not isinstance(seen, str):
        return None
    since = datetime.fromisoformat(seen).astimezone(now.tzinfo)
    if now - since < WORTH_A_LINE:
        return None
    found = Outage(since, now, 0)
    if outage.may_have_lost(since, now):
        found.told = _tell(transaction, rooms, found, real)
    return found


def _tell(transaction: Transaction, rooms: Rooms, found: Outage, real: float) -> int:
    """Let everyone with a draft or an open initiative know; how many they are."""
    frame = rooms.frame()
    concerned = {initiative.owner for initiative in transaction.initiatives.open().values()}
    concerned |= set(transaction.timers.chats(DRAFT))
    composer = Composer(transaction, rooms, rooms.clock())
    people = transaction.people.some(concerned).values()
    reached = [one for one in people if one.reachable and frame.agent_of(one.id) is None]
    for person in reached:
        say = outage.told(person, found.since, found.until, frame.promises)
        composer.leaving.extend(calls(rooms, say, composer.now, Rank.NEWS))
    composer.save(real)
    return len(reached)
