"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.days import read_day

MONDAY = date(2026, 11, 2)
MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober")
MONTHS += ("november", "december")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12/11", date(2026, 11, 12)),
        ("12. november", date(2026, 11, 12)),
        ("torsdag den 12. november", date(2026, 11, 12)),
        ("d. 12 nov.", date(2026, 11, 12)),
        ("senest 12.11.", date(2026, 11, 12)),
        ("12.11.2026", date(2026, 11, 12)),
        ("12/11-27", date(2027, 11, 12)),
        ("2026-11-12", date(2026, 11, 12)),
        ("3. januar", date(2027, 1, 3)),
        ("1. marts 2027", date(2027, 3, 1)),
        ("torsdag", date(2026, 11, 5)),
        ("på torsdag", date(2026, 11, 5)),
        ("mandag", date(2026, 11, 9)),
        ("næste torsdag", date(2026, 11, 12)),
        ("i morgen", date(2026, 11, 3)),
        ("i overmorgen", date(2026, 11, 4)),
        ("i dag", MONDAY),
        ("om 14 dage", date(2026, 11, 16)),
        ("om to uger", date(2026, 11, 16)),
        ("om en måned", date(2026, 12, 2)),
        ("1/11", date(2026, 11, 1)),
        ("30. oktober", date(2026, 10, 30)),
        ("31/2", None),
        ("snart", None),
        ("", None),
        ("kl. 10", None),
    ],
)
def test_a_day_is_read_as_it_is_meant(written: str, day: date | None) -> None:
    assert read_day(written, MONDAY) == day


def test_a_month_ahead_of_a_long_month_ends_within_the_short_one() -> None:
    assert read_day("om 1 måned", date(2027, 1, 31)) == date(2027, 2, 28)


@given(today=st.dates(date(2026, 1, 1), date(2030, 1, 1)), ahead=st.integers(0, 300))
def test_a_day_without_a_year_is_the_next_of_its_date(today: date, ahead: int) -> None:
    day = today + timedelta(ahead)
    assert read_day(f"{day.day}/{day.month}", today) == day
    assert read_day(f"den {day.day}. {MONTHS[day.month - 1]}", today) == day


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    day = read_day(text, MONDAY)
    assert day is None or isinstance(day, date)
