"""Times as agents type them."""

from datetime import datetime

import pytest

from bot.core.hours import read_hours
from tests.core.town import NOW, ZONE


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10", (at(10, 15), at(11, 10))),
        ("onsdag 11/11 kl 10.30 eller tirsdag 10/11 kl 15", (at(10, 15), at(11, 10, 30))),
        ("10. november kl. 15 og kl. 16", (at(10, 15), at(10, 16))),
        ("i morgen kl. 9, 10, 11", (at(3, 9), at(3, 10), at(3, 11))),
        ("på torsdag 14:15", (at(5, 14, 15),)),
        ("10/11 kl. 15\n10/11 kl. 15", (at(10, 15),)),
        ("tirsdag 10/11", ()),
        ("kl. 15", ()),
        ("10/11 kl. 25", ()),
        ("10/11 kl. 9, 10, 11, 12", ()),
        ("når det passer", ()),
        ("", ()),
    ],
)
def test_days_and_hours_are_read_as_they_are_written(text: str, moments: tuple[datetime, ...]) -> None:
    assert read_hours(text, NOW) == moments


def test_an_hour_on_the_day_that_summer_time_ends_is_the_hour_on_the_wall() -> None:
    (moment,) = read_hours("28/3 kl. 10", datetime(2027, 3, 20, 9, tzinfo=ZONE))
    assert moment.isoformat() == "2027-03-28T10:00:00+02:00"
