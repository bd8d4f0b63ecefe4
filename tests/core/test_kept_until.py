"""Before what has ended loses its personal data, those whose it is hear on which day, and can have a copy."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import marks, retention
from bot.core.effects import Clear, Effect, Say, SetTimer
from bot.core.events import Fell
from bot.core.initiative import Ending, Initiative, Partner, Stage
from tests.book import BOOK
from tests.core.town import AASE, KARIM, NOW, PROMISES, Story, an_idea

ENDED = an_idea(
    stage=Stage.DONE, ending=Ending("ti stativer"), partners=(Partner(KARIM, "Karim", "en", NOW),), touched=NOW
)
DUE = retention.ends(ENDED, PROMISES)
FORE = DUE - retention.WARNING


def falls(idea: Initiative, now: datetime) -> tuple[list[Effect], Initiative]:
    move = Story(idea, now=now).step(retention.on_fell, Fell("keep:1", retention.KIND, 1, 0, now, now))
    return move.effects, move.changed.get(1, idea)


def test_two_weeks_before_each_hears_the_day_once_and_nothing_is_gone_yet() -> None:
    effects, idea = falls(ENDED, FORE)
    told = {one.to.chat: BOOK.speak(one.content).plain for one in effects if isinstance(one, Say)}
    assert told.keys() == {AASE, KARIM}
    assert "sletter jeg tirsdag den 2. november" in told[AASE]
    assert "on Tuesday 2 November I delete" in told[KARIM]
    assert [button.data for one in effects if isinstance(one, Say) for row in one.buttons for button in row] == [
        "own_copy:0", "own_copy:0",
    ]  # fmt: skip
    assert [one.due for one in effects if isinstance(one, SetTimer)] == [DUE]
    assert idea.touched == ENDED.touched, "being told of it puts nothing off"
    again, _ = falls(idea, FORE + timedelta(hours=1))
    assert [type(one) for one in again] == [SetTimer]
    assert any(isinstance(one, Clear) for one in falls(idea, DUE)[0])


def test_what_has_been_touched_since_is_looked_at_again_two_weeks_before_its_new_day() -> None:
    later = replace(ENDED, touched=NOW + timedelta(days=40))
    effects, _ = falls(later, FORE)
    assert [one.due for one in effects if isinstance(one, SetTimer)] == [
        retention.ends(later, PROMISES) - retention.WARNING
    ]
    stale = marks.mark(later, **{marks.KEPT_UNTIL: DUE.date().isoformat()})
    assert any(isinstance(one, Say) for one in falls(stale, retention.ends(later, PROMISES) - timedelta(days=1))[0])


def test_nobody_is_woken_for_it_and_what_has_no_phone_is_told_to_nobody() -> None:
    night, _ = falls(replace(ENDED, partners=()), FORE.replace(hour=23))
    (said,) = [one for one in night if isinstance(one, Say)]
    assert said.after is not None
    assert said.after.hour == 7
    effects, _ = falls(replace(ENDED, owner=0, partners=()), FORE)
    assert not any(isinstance(one, Say) for one in effects)
