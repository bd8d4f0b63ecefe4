"""Nothing that the bot starts itself reaches a citizen by night, also after a standstill or at short notice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core import bridges, by_night, kept_offers, meetings, survey
from bot.core.effects import SetTimer
from bot.core.events import Fell
from tests.core.roster_town import whole_step
from tests.core.test_meetings import by_aase, proposed, timer
from tests.core.town import AASE, GROUP, ZONE, Story, an_idea, keys

LATE = datetime(2026, 11, 9, 22, tzinfo=ZONE)
MORNING = datetime(2026, 11, 10, 7, tzinfo=ZONE)
LINE = "mødetid: tirsdag 10/11 kl. 8, onsdag 11/11 kl. 10 · Byens Hus"


def falls(story: Story, due: SetTimer, at: datetime) -> list[object]:
    """What comes of a timer that falls at that moment, in the whole step."""
    story.now = at
    event = Fell(due.key, due.kind, due.about, due.chat, due.due, at)
    return list(story.step(whole_step, event).effects)


ONES = ("draft_remind", "draft_warn", "follow_week", bridges.SILENT, kept_offers.KIND, meetings.REMIND, survey.KIND)


@pytest.mark.parametrize("kind", ONES)
def test_what_fell_due_during_a_standstill_waits_for_the_morning_and_is_looked_at_then(kind: str) -> None:
    due = SetTimer(f"{kind}:1:1:0", kind, LATE - timedelta(hours=8), about=1, chat=AASE)
    assert falls(Story(an_idea()), due, LATE) == [replace(due, due=MORNING)]
    assert kind in by_night.KINDS
    assert replace(due, due=MORNING) not in falls(Story(an_idea()), due, MORNING), "and does not wait for ever"


def test_an_appointment_made_the_evening_before_reminds_nobody_in_their_sleep() -> None:
    story = Story(an_idea())
    asked = proposed(story, LINE)
    story.now = LATE.replace(hour=18)
    remind = timer(by_aase(story, asked.buttons[0][0].data), meetings.REMIND)
    (waits,) = falls(story, remind, remind.due)
    assert isinstance(waits, SetTimer)
    assert (waits.key, waits.due) == (remind.key, MORNING)
    before = len(story.effects)
    falls(story, waits, MORNING)
    assert keys(AASE, story.effects[before:]) == ["citizen_step.meeting_remind"]
    assert keys(GROUP, story.effects[before:]) == ["desk.meeting.remind"]


def test_one_that_was_called_off_by_night_reminds_nobody_in_the_morning() -> None:
    story = Story(an_idea())
    asked = proposed(story, LINE)
    remind = timer(by_aase(story, asked.buttons[1][0].data), meetings.REMIND)
    (waits,) = falls(story, remind, LATE)
    assert isinstance(waits, SetTimer)
    by_aase(story, "meet_off:1:1")
    before = len(story.effects)
    falls(story, waits, MORNING)
    assert keys(AASE, story.effects[before:]) == []
