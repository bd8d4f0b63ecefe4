"""When an answer is promised, and when nobody is disturbed."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.frame import Promises
from bot.core.promise import awake, first_due, is_quiet, is_working_day, reminder_before, working_day_after
from tests.core.town import PROMISES, ZONE

FIRST, LAST = (datetime.fromisoformat(day) for day in ("2026-01-01", "2028-12-31"))
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(ZONE), allow_imaginary=False)
CLOSED_DAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2029, 2, 1)), max_size=60)


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZONE)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (at(2026, 11, 2, 9, 10), at(2026, 11, 4, 16)),
        (at(2026, 11, 6, 17, 30), at(2026, 11, 10, 16)),
        (at(2026, 12, 23, 10), at(2026, 12, 29, 16)),
        (at(2027, 3, 24, 14), at(2027, 3, 31, 16)),
        (at(2026, 11, 7, 12), at(2026, 11, 10, 16)),
        (at(2026, 11, 2, 23, 59), at(2026, 11, 4, 16)),
    ],
)
def test_an_answer_is_promised_for_four_on_the_second_working_day(sent: datetime, due: datetime) -> None:
    assert first_due(sent, PROMISES) == due


def test_easter_and_summer_time_leave_the_hour_on_the_wall() -> None:
    due = first_due(at(2027, 3, 24, 14), PROMISES)
    assert (due.hour, due.utcoffset()) == (16, timedelta(hours=2))


@given(sent=MOMENTS, closed=CLOSED_DAYS, n=st.integers(1, 6))
def test_a_promised_day_is_a_working_day_with_exactly_so_many_before_it(
    sent: datetime, closed: frozenset[date], n: int
) -> None:
    promises = Promises(n, time(16), closed, time(21), time(7))
    due = first_due(sent, promises)
    assert due.timetz().replace(tzinfo=None) == time(16)
    assert is_working_day(due.date(), closed)
    between = (due.date() - sent.date()).days
    working = [d for d in range(1, between + 1) if is_working_day(sent.date() + timedelta(d), closed)]
    assert len(working) == n


@given(day=st.dates(date(2026, 1, 1), date(2028, 1, 1)), closed=CLOSED_DAYS, n=st.integers(0, 5))
def test_one_more_working_day_is_always_later(day: date, closed: frozenset[date], n: int) -> None:
    assert working_day_after(day, n, closed) < working_day_after(day, n + 1, closed)


@given(moment=MOMENTS, closed=CLOSED_DAYS)
def test_the_reminder_comes_on_a_working_day_before_the_date(moment: datetime, closed: frozenset[date]) -> None:
    promises = Promises(2, time(16), closed, time(21), time(7))
    due = first_due(moment, promises)
    remind = reminder_before(due, promises)
    assert is_working_day(remind.date(), closed)
    assert remind.date() < due.date()


@given(moment=MOMENTS)
def test_nobody_is_woken_and_nobody_waits_longer_than_the_night(moment: datetime) -> None:
    woken = awake(moment, PROMISES)
    assert not is_quiet(woken, PROMISES)
    assert woken == moment if not is_quiet(moment, PROMISES) else woken > moment
    assert woken - moment <= timedelta(hours=11)
    assert woken == moment or woken.timetz().replace(tzinfo=None) == time(7)


@pytest.mark.parametrize(
    ("moment", "woken"),
    [
        (at(2026, 11, 2, 21), at(2026, 11, 3, 7)),
        (at(2026, 11, 3, 6, 59), at(2026, 11, 3, 7)),
        (at(2026, 11, 3, 7), at(2026, 11, 3, 7)),
        (at(2027, 3, 27, 23), at(2027, 3, 28, 7)),
        (at(2026, 10, 24, 23), at(2026, 10, 25, 7)),
    ],
)
def test_quiet_hours_end_at_seven_on_the_wall(moment: datetime, woken: datetime) -> None:
    assert awake(moment, PROMISES) == woken


def test_quiet_hours_within_one_day_end_that_day() -> None:
    promises = Promises(2, time(16), frozenset(), time(12), time(13))
    assert awake(at(2026, 11, 3, 12, 30), promises) == at(2026, 11, 3, 13)
    assert awake(at(2026, 11, 3, 22), promises) == at(2026, 11, 3, 22)


def test_a_promise_cannot_look_back() -> None:
    with pytest.raises(ValueError, match="looks ahead"):
        working_day_after(date(2026, 11, 2), -1, frozenset())
