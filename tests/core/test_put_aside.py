"""A step with a date of its own is not lost to a meeting in silence: it stands again afterwards, or both hear."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.core import desk, steps
from bot.core.effects import SetTimer
from bot.core.events import Fell
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from tests.core.test_forms import accept, fill, told
from tests.core.test_meetings import by_aase, chosen, data_of, proposed
from tests.core.town import AASE, GROUP, METTE, NOW, ZONE, Story, an_idea, delivery, said, says

MEETING = datetime(2026, 11, 11, 10, tzinfo=ZONE)


def at(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 16, tzinfo=ZONE)


def at_work(due: datetime, **changes: Any) -> Story:
    """Mette has told Aase what she does by then."""
    step = NextStep("Mette Holm", due, Turn.AGENT, what="måler pladsen op", own_part="tegner en skitse")
    return Story(an_idea(**{"taken": NOW, "answered": NOW, "stage": Stage.DEVELOPING, "step": step, **changes}))


def met_and_told(story: Story) -> Initiative:
    """The hour of the meeting comes, and Mette writes what they agreed on."""
    due = story.initiatives[1].step.due
    story.now = due
    story.step(desk.on_fell, Fell(steps.timer_key("promise_due", 1, due), "promise_due", 1, 0, due, due))
    assert story.initiatives[1].step.key == "step.after_meeting"
    return answers(story)


def answers(story: Story) -> Initiative:
    move = story.step(desk.on_said, said(METTE, "Vi ser på det", command="svar"), topic=1)
    story.step(desk.on_delivery, delivery(says(AASE, move.effects)[0].tag))
    return story.initiatives[1]


def test_a_step_of_a_later_day_stands_again_after_the_meeting_and_is_watched() -> None:
    story = at_work(at(10, 12))
    before = story.initiatives[1].step
    settled = chosen(story)
    assert "Før skulle" not in told(says(AASE, settled.effects)[0].content)
    assert story.initiatives[1].step.due == MEETING
    assert met_and_told(story).step == before
    timers = [one.key for one in story.effects if isinstance(one, SetTimer)]
    assert timers.count(steps.timer_key("promise_due", 1, before.due)) == 1
    assert answers(story).step == before, "her own date stands until that day"


def test_a_step_of_an_earlier_day_gives_way_and_both_read_it() -> None:
    story = at_work(at(9))
    settled = chosen(story)
    (hers,) = says(AASE, settled.effects)
    given_up = "Før skulle Mette Holm gøre det her senest mandag den 9. november: måler pladsen op"
    assert given_up in told(hers.content)
    (to_mette,) = says(GROUP, settled.effects)
    assert "i stedet for: måler pladsen op, senest mandag den 9. november" in told(to_mette.content)
    assert met_and_told(story).step.turn is Turn.CITIZEN


@pytest.mark.parametrize(("day", "month"), [(10, 11), (12, 12)], ids=["ends before the meeting", "ends after it"])
def test_the_end_of_a_trial_is_asked_about_whatever_is_agreed_meanwhile(day: int, month: int) -> None:
    story = Story(an_idea(taken=NOW, answered=NOW))
    lines = f"Hvad: 10 stativer\nHvem: Mette\nHvornår: {day}/{month}\nSammen med: os\nKigger efter: om der er plads"
    message, _ = fill(story, "trial", lines)
    (sent,) = says(AASE, accept(story, message).effects)
    story.step(desk.on_delivery, delivery(sent.tag))
    chosen(story)
    idea = met_and_told(story)
    assert (idea.stage, idea.step.what, idea.step.due) == (Stage.TRIAL, "10 stativer", at(day, month))
    story.now = max(story.now, idea.step.due)
    key = steps.timer_key("promise_due", 1, idea.step.due)
    move = story.step(desk.on_fell, Fell(key, "promise_due", 1, 0, story.now, story.now))
    assert "om der er plads" in told(says(AASE, move.effects)[0].content)


def test_where_no_time_fits_the_step_stands_again_or_is_the_date() -> None:
    later = at_work(at(10, 12))
    before = later.initiatives[1].step
    by_aase(later, data_of(proposed(later))[-1])
    assert later.initiatives[1].step.key == "step.answer"
    assert answers(later).step == before
    sooner = at_work(at(3))
    move = by_aase(sooner, data_of(proposed(sooner))[-1])
    assert sooner.initiatives[1].step.due == at(3)
    assert "senest tirsdag den 3. november kl. 16" in told(says(AASE, move.effects)[0].content)


def test_a_new_step_of_the_agents_takes_the_place_of_what_was_put_aside() -> None:
    story = at_work(at(10, 12))
    chosen(story)
    message, _ = fill(story, "step", "Hvad: taler med DSB\nHvem: Mette\nHvornår: 20/11")
    (sent,) = says(AASE, accept(story, message).effects)
    story.step(desk.on_delivery, delivery(sent.tag))
    story.now = at(20).replace(hour=17)
    assert replace(answers(story).step, due=NOW).what == ""
