"""Sample meetings for a sandbox: made up, and each says so, so that none is taken for one of the municipality's."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.core.promise import is_working_day
from bot.core.world import Gathering
from bot.knowledge.calendar import write_calendar
from bot.routing.closed import public_holidays

MARK = "PRØVE, ikke et rigtigt møde:"
"""How the name of each begins."""
NAMES = (
    ("Snak om cykler", "trafik", "Ordrup"),
    ("Tur til de vilde blomster", "natur", "Jægersborg"),
    ("Kaffe og idéer", "kultur", "Hellerup"),
    ("Rundt om havnen", "kyst", "Hellerup"),
    ("Idéaften for unge", "unge", "Gentofte"),
    ("Fælles frokost", "senior", "Vangede"),
)
"""What each is called, the topic that it is about, and the part of the municipality that it is in."""
FIRST, APART, MANY = timedelta(days=5), timedelta(days=9), 18
"""When the first one is, how far apart they are, and how many there are."""
LASTS = timedelta(hours=2)


def sample_meetings(now: datetime) -> str:
    """A calendar file with meetings on working days from a few days after `now` on, some months ahead."""
    return write_calendar(_meetings(now), now)


def _meetings(now: datetime) -> Iterator[Gathering]:
    closed = public_holidays(now.year, now.year + 1)
    for place in range(MANY):
        day = (now + FIRST + place * APART).date()
        while not is_working_day(day, closed):
            day += timedelta(days=1)
        name, topic, where = NAMES[place % len(NAMES)]
        start = datetime.combine(day, time(17), tzinfo=now.tzinfo)
        yield Gathering(
            f"proeve-{place}", f"{MARK} {name}", start, start + LASTS, f"Et opdigtet sted i {where}", (topic,)
        )
