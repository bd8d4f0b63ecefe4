"""After a long absence whoever may have lost words hears it once, with from and to."""

from datetime import datetime, timedelta

import pytest

from bot.core import outage
from bot.core.effects import Say, Tag, To, Words
from bot.core.people import Person
from tests.core.town import AASE, NOW, PROMISES

OLENA = Person(AASE, "Olena", lang="uk")


@pytest.mark.parametrize(("hours", "lost"), [(24, False), (24.01, True)])
def test_telegram_keeps_words_for_a_day(hours: float, lost: bool) -> None:
    assert outage.may_have_lost(NOW, NOW + timedelta(hours=hours)) is lost


@pytest.mark.parametrize(("days", "key"), [(2, "citizen.outage"), (5.99, "citizen.outage"), (6, "citizen.outage_long")])
def test_within_a_week_the_weekday_is_enough(days: float, key: str) -> None:
    until = NOW + timedelta(days=days)
    words = Words(key, "uk", {"since": NOW, "until": until})
    assert outage.told(OLENA, NOW, until, PROMISES) == Say(To(AASE), words, tag=Tag("outage"), after=until)


def test_nobody_is_woken() -> None:
    night = NOW.replace(hour=22) + timedelta(days=1)
    morning: datetime | None = outage.told(OLENA, NOW, night, PROMISES).after
    assert morning == (NOW + timedelta(days=2)).replace(hour=7, minute=0)
