"""Times of day as people write them beside a day: "tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10.30"."""

import re
from datetime import date, datetime, time

from bot.core.days import read_day

MOST = 3
"""So many times fit as buttons beneath one message, with room for "none of them"."""

_APART = re.compile(r"(?<!\s)\s*(?:[,;\n]|\beller\b|\bog\b)\s*", re.IGNORECASE)
_CLOCK = re.compile(r"\bkl\.?\s*(\d{1,2})(?:[.:](\d{2}))?(?!\d)|(?<![\d/.])(\d{1,2}):(\d{2})(?!\d)", re.IGNORECASE)
_BARE_HOUR = re.compile(r"^\s*(\d{1,2})(?:[.:](\d{2}))?\s*$")


def read_hours(text: str, now: datetime) -> tuple[datetime, ...]:
    """The one to three moments that a text names, in the zone of `now`, each once and soonest first.

    A piece without a day is on the day of the piece before it. () where a piece can't be read, or there are too many.
    """
    moments: list[datetime] = []
    day: date | None = None
    for piece in filter(None, _APART.split(text.strip())):
        clock = _CLOCK.search(piece) or (_BARE_HOUR.match(piece) if day is not None else None)
        if clock is None:
            return ()
        hour, minute = (next((found for found in clock.groups()[n::2] if found), "0") for n in (0, 1))
        day = read_day(piece[: clock.start()] + " " + piece[clock.end() :], now.date()) or day
        if day is None or int(hour) > 23 or int(minute) > 59:
            return ()
        moments.append(datetime.combine(day, time(int(hour), int(minute)), tzinfo=now.tzinfo))
    once = tuple(sorted(set(moments)))
    return once if len(once) <= MOST else ()
