"""The bot was away for so long that words may be gone: who may have lost some hears it once, with from and to."""

from datetime import datetime, timedelta

from bot.core.effects import Say, Tag, To, Words
from bot.core.frame import Promises
from bot.core.people import Person
from bot.core.promise import awake

KEPT = timedelta(hours=24)
"""So long Telegram keeps what people write while the bot is away (Bot API, `getUpdates`)."""
WEEKDAYS = timedelta(days=6)
"""Within so long a weekday alone says which day it was."""


def may_have_lost(since: datetime, until: datetime) -> bool:
    """Whether words of people may be gone."""
    return until - since > KEPT


def told(person: Person, since: datetime, until: datetime, promises: Promises) -> Say:
    """One honest message, at once or when the quiet hours are over."""
    key = "citizen.outage" if until - since < WEEKDAYS else "citizen.outage_long"
    words = Words(key, person.lang, {"since": since, "until": until})
    return Say(To(person.id), words, tag=Tag("outage"), after=awake(until, promises))
