"""Defects that people met with who has a case, and when: each told as the story that went wrong elsewhere."""

from datetime import date, datetime, timedelta

from bot.core import desk, steps
from bot.core.effects import Effect, Note, Recount
from bot.core.initiative import Turn
from bot.core.promise import due_after
from tests.book import BOOK
from tests.core.roster_town import Roster
from tests.core.town import (
    AASE,
    BO,
    CLOSED,
    DUE,
    GROUP,
    METTE,
    NOW,
    PROMISES,
    SIGNE,
    ZONE,
    an_idea,
    delivery,
    keys,
    said,
    says,
)


def plain(chat: int, effects: list[Effect]) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, effects))


def taken() -> Roster:
    """Aase's idea, taken by Mette, with its promise watched."""
    story = Roster(an_idea(taken=NOW))
    story.step(lambda move, _: steps.promise_timers(move, move.world.initiatives[1]), said(METTE))
    story.wakes()
    return story


def answered(story: Roster) -> None:
    """Mette answers, and the answer arrives."""
    move = story.says(METTE, "Hvilken dag passer?", chat=GROUP, command="svar", topic=1)
    tag = next(say.tag for say in says(AASE, move.effects) if say.tag)
    story.step(desk.on_delivery, delivery(tag))


def test_23_what_came_to_the_wrong_person_is_sent_on_with_its_history_and_routing_can_learn_from_it() -> None:
    story = taken()
    story.says(METTE, "Signe det handler om skolen", chat=GROUP, command="videre", topic=1)
    assert any(isinstance(effect, Recount) and effect.to.chat == SIGNE for effect in story.effects)
    story.presses(SIGNE, "pass_yes:1")
    assert story.initiatives[1].responsible == "signe"
    note = next(effect for effect in story.effects if isinstance(effect, Note) and effect.kind == "passed")
    assert (note.data["from"], note.data["to"], note.data["topic"]) == ("mette", "signe", "trafik")


def test_27_an_agent_who_is_away_is_stood_in_for_and_comes_back_at_the_time_that_was_said() -> None:
    story = taken()
    story.says(METTE, "væk 3/11-4/11")
    story.until(datetime(2026, 11, 3, 0, tzinfo=ZONE))
    assert story.initiatives[1].responsible == "bo"
    story.until(datetime(2026, 11, 4, 16, tzinfo=ZONE))
    assert "desk.promise.passed" in keys(GROUP, story.effects), "the stand-in is held to the same date"
    story.until(datetime(2026, 11, 5, 8, tzinfo=ZONE))
    assert story.initiatives[1].responsible == "mette"


def test_27_an_agent_who_says_nothing_is_never_the_end_of_it() -> None:
    story = taken()
    story.until(NOW + timedelta(days=30))
    assert keys(AASE, story.effects).count("citizen_step.late") >= 5
    assert story.initiatives[1].step.due > story.now


def test_28_passing_on_is_possible_to_a_colleague_who_is_not_there_today() -> None:
    story = taken()
    story.says(SIGNE, "væk i dag")
    story.says(METTE, "Signe hun kender skolen", chat=GROUP, command="videre", topic=1)
    assert "Mette Holm vil give dig nr. 1" in plain(SIGNE, story.effects)
    story.until(datetime(2026, 11, 3, 9, tzinfo=ZONE))
    story.presses(SIGNE, "pass_yes:1")
    assert story.initiatives[1].responsible == "signe"


def test_29_the_clock_stops_while_the_citizen_is_awaited_and_holidays_do_not_count() -> None:
    story = taken()
    answered(story)
    assert story.initiatives[1].step.turn is Turn.CITIZEN
    story.until(NOW + timedelta(days=9))
    assert "citizen_step.late" not in keys(AASE, story.effects)
    assert "desk.promise.passed" not in keys(GROUP, story.effects)
    before_christmas = datetime(2026, 12, 23, 10, tzinfo=ZONE)
    due = due_after(before_christmas, 2, PROMISES)
    assert date(2026, 12, 24) in CLOSED
    assert due == datetime(2026, 12, 29, 16, tzinfo=ZONE)


def test_29_a_new_lead_brings_no_new_date() -> None:
    story = taken()
    story.says(METTE, "Bo han har tid", chat=GROUP, command="videre", topic=1)
    story.presses(BO, "pass_yes:1")
    assert story.initiatives[1].step.due == DUE
    assert story.initiatives[1].first_due == DUE
