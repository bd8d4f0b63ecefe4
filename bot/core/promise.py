"""When an answer is promised, which days count, and when nobody is disturbed."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from bot.core.frame import Promises

_DAY = timedelta(days=1)
_SATURDAY = 5
_FRIDAY = 4
_TEN = time(10)
NEW_DATE_WORKING_DAYS = 2
"""A missed promise gets a new date within this many working days (acceptance S-05)."""
ASK_AGAIN_WORKING_DAYS = 10
"""After so long without a word from the citizen the agent asks again."""
CORRECTION = timedelta(hours=48)
"""How long what was sent to a citizen can be corrected or taken back (the Bot API deletes for 48 h)."""


def is_working_day(day: date, closed: Collection[date]) -> bool:
    """Whether the municipality works on that day: not a weekend, not a closed day."""
    return day.weekday() < _SATURDAY and day not in closed


def working_day_after(day: date, n: int, closed: Collection[date]) -> date:
    """The `n`-th working day after `day`, which does not count itself. Raises ValueError if `n` is negative."""
    if n < 0:
        raise ValueError(f"a promise looks ahead; {n} working days do not")
    while n:
        day += _DAY
        n -= is_working_day(day, closed)
    return day


def working_day_before(day: date, closed: Collection[date]) -> date:
    """The last working day before `day`."""
    day -= _DAY
    while not is_working_day(day, closed):
        day -= _DAY
    return day


def due_after(at: datetime, n: int, promises: Promises) -> datetime:
    """The promise's hour on the `n`-th working day after the day of `at`, in the zone of `at` (local wall clock)."""
    day = working_day_after(at.date(), n, promises.closed)
    return datetime.combine(day, promises.hour, tzinfo=at.tzinfo)


def first_due(sent: datetime, promises: Promises) -> datetime:
    """When a human's answer is promised for what was sent at `sent` (aware, in the municipality's own zone).

    What comes after hours, or on a closed day, is received that same day.
    """
    return due_after(sent, promises.working_days, promises)


def reminder_before(due: datetime, promises: Promises) -> datetime:
    """The same hour on the last working day before `due`, so that a weekend does not hide the reminder."""
    day = working_day_before(due.date(), promises.closed)
    return datetime.combine(day, due.timetz().replace(tzinfo=None), tzinfo=due.tzinfo)


def is_quiet(at: datetime, promises: Promises) -> bool:
    """Whether nothing that the bot starts itself may reach a citizen at `at`."""
    clock, first, last = at.timetz().replace(tzinfo=None), promises.quiet_from, promises.quiet_to
    if first <= last:
        return first <= clock < last
    return clock >= first or clock < last


def awake(at: datetime, promises: Promises) -> datetime:
    """`at` itself, or the end of the quiet hours that it falls in."""
    if not is_quiet(at, promises):
        return at
    day = at.date()
    if promises.quiet_from > promises.quiet_to and at.timetz().replace(tzinfo=None) >= promises.quiet_from:
        day += _DAY
    return datetime.combine(day, promises.quiet_to, tzinfo=at.tzinfo)


def next_news(at: datetime, promises: Promises) -> datetime:
    """When a week's news is told next: Friday at ten, or the last working day before it."""
    friday = at.date() + timedelta(days=(_FRIDAY - at.weekday()) % 7)
    while True:
        day = friday if is_working_day(friday, promises.closed) else working_day_before(friday, promises.closed)
        moment = datetime.combine(day, _TEN, tzinfo=at.tzinfo)
        if moment > at:
            return moment
        friday += timedelta(days=7)
