"""Promises over calendars that nobody has planned: closed days, holidays, both changes of the clock, and every hour."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import desk, steps
from bot.core.effects import DropTimer, Say, SetTimer
from bot.core.events import Fell
from bot.core.frame import Promises
from bot.core.initiative import Initiative, NextStep, Turn
from bot.core.promise import awake, due_after, first_due, is_quiet, is_working_day, reminder_before
from bot.core.world import Move
from tests.core.roster_town import FRAME, Roster
from tests.core.town import AASE, KAREN, METTE, PETER, ZONE, an_idea, delivery, keys, said, says

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(ZONE))  # noqa: DTZ001
CLOSED = st.frozensets(DAYS, max_size=40)
CALENDARS = st.builds(
    lambda n, hour, closed: Promises(n, hour, closed, time(21), time(7)),
    st.integers(1, 5), st.sampled_from([time(9), time(12), time(16), time(16, 30)]), CLOSED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-11-02T09:10", "2026-11-04T16:00"),
        ("2026-11-06T17:30", "2026-11-10T16:00"),
        ("2026-12-23T10:00", "2026-12-29T16:00"),
        ("2027-03-24T14:00", "2027-03-31T16:00"),
    ],
)
def test_the_scenarios_dates_are_at_sixteen_by_the_towns_own_clock(sent: str, due: str) -> None:
    closed = {date(2026, 12, day) for day in (24, 25, 26, 31)} | {date(2027, 3, day) for day in (25, 26, 28, 29)}
    promises = Promises(2, time(16), frozenset(closed), time(21), time(7))
    began, expected = (datetime.fromisoformat(moment).replace(tzinfo=ZONE) for moment in (sent, due))
    assert first_due(began, promises) == expected


@settings(max_examples=120)
@given(MOMENTS, CALENDARS)
def test_a_promise_is_at_its_hour_on_a_working_day_with_so_many_working_days_between(
    sent: datetime, promises: Promises
) -> None:
    due = first_due(sent, promises)
    assert due.time() == promises.hour, "by the wall clock, in summer as in winter"
    assert is_working_day(due.date(), promises.closed)
    days = (sent.date() + timedelta(days=n) for n in range(1, (due.date() - sent.date()).days + 1))
    assert sum(is_working_day(day, promises.closed) for day in days) == promises.working_days
    assert due > sent


@settings(max_examples=120)
@given(MOMENTS, CALENDARS)
def test_the_reminder_comes_on_a_working_day_at_least_a_day_before(sent: datetime, promises: Promises) -> None:
    due = first_due(sent, promises)
    remind = reminder_before(due, promises)
    assert is_working_day(remind.date(), promises.closed)
    assert remind.date() < due.date()


@settings(max_examples=120)
@given(MOMENTS, CALENDARS)
def test_nobody_is_woken_and_nobody_waits_longer_than_the_night(at: datetime, promises: Promises) -> None:
    wakes = awake(at, promises)
    assert not is_quiet(wakes, promises)
    assert timedelta() <= wakes.astimezone(timezone.utc) - at.astimezone(timezone.utc) <= timedelta(hours=11)  # noqa: UP017
    assert wakes == at or is_quiet(at, promises)


class Watched(Roster):
    """A story that moves in steps of hours, and knows what the citizen was told last."""

    def __init__(self, idea: Initiative, promises: Promises, now: datetime) -> None:
        super().__init__(idea, now=now, frame=replace(FRAME, promises=promises))
        self.step(lambda move, _: steps.promise_timers(move, move.world.initiatives[1]), said(METTE))

    def sleeps_until(self, moment: datetime) -> list[Move]:
        """The process is down until then: all that fell due meanwhile falls now."""
        self.now = moment
        moves = []
        while due := sorted((timer.due, key) for key, timer in self.timers.items() if timer.due <= moment):
            timer = self.timers.pop(due[0][1])
            event = Fell(timer.key, timer.kind, timer.about, timer.chat, timer.due, self.now)
            moves.append(self.step(desk.on_fell, event))
        return moves

    def answers(self) -> None:
        """Mette answers, and the answer arrives."""
        move = self.says(METTE, "svar", chat=-1001, command="svar", topic=1)
        tag = next(say.tag for say in says(AASE, move.effects) if say.tag)
        self.step(desk.on_delivery, delivery(tag))


def apologies(moves: list[Move]) -> list[tuple[datetime, Say]]:
    return [(m.world.now, s) for m in moves for s in says(AASE, m.effects) if s.tag and s.tag.role == "late"]


ACTS = st.sampled_from(["wait", "down", "answer", "citizen", "take", "outside"])


@settings(max_examples=80)
@given(MOMENTS, CALENDARS, st.lists(st.tuples(ACTS, st.integers(1, 90)), min_size=1, max_size=10))
def test_whatever_happens_each_missed_date_is_told_once_by_day_with_a_new_one(
    sent: datetime, promises: Promises, acts: list[tuple[str, int]]
) -> None:
    due = first_due(sent, promises)
    idea = an_idea(step=NextStep("Mette Holm", due, Turn.AGENT, key="step.first_answer"), sent=sent, first_due=due)
    story = Watched(idea, promises, sent)
    told: list[object] = []
    for act, hours in acts:
        later = (story.now.astimezone(timezone.utc) + timedelta(hours=hours)).astimezone(ZONE)  # noqa: UP017
        moves = story.sleeps_until(later) if act == "down" else story.until(later)
        for at, apology in apologies(moves):
            assert not is_quiet(at, promises)
            told.append(getattr(apology.content, "fields", {}).get("promised"))
        if act == "answer":
            story.answers()
        elif act == "citizen":
            story.step(lambda move, _: steps.citizen_answered(move, move.world.initiatives[1]), said(METTE))
        elif act == "take":
            story.presses(METTE, "take:1", chat=-1001)
        elif act == "outside":
            step = NextStep("Mette Holm", due_after(story.now, 3, promises), Turn.OUTSIDE, what="udvalgets møde")
            story.step(lambda move, _, step=step: steps.set_step(move, move.world.initiatives[1], step), said(METTE))
        now = story.initiatives[1]
        assert now.first_due == due, "the numbers count against the first promise"
        assert now.step.who == now.responsible_name
        assert any(timer.about == 1 for timer in story.timers.values()), "some day it comes up again"
        if now.overdue(story.now):
            assert is_quiet(story.now, promises), "a date in the past stands only while the citizen sleeps"
    late = [moment for moment in told if moment is not None]
    assert len(late) == len(set(late)), "each missed date is told once"


@settings(max_examples=60)
@given(MOMENTS, CALENDARS, st.integers(2, 5))
def test_the_coordinator_hears_of_each_miss_and_the_leader_from_the_second_on(
    sent: datetime, promises: Promises, misses: int
) -> None:
    due = first_due(sent, promises)
    idea = an_idea(step=NextStep("Mette Holm", due, Turn.AGENT, key="step.first_answer"), sent=sent, first_due=due)
    story = Watched(idea, promises, sent)
    for _ in range(misses):
        story.until(story.initiatives[1].step.due)
        story.until(awake(story.now, promises))
    assert keys(PETER, story.effects).count("desk.promise.passed_coordinator") == misses
    assert keys(KAREN, story.effects).count("desk.promise.passed_leader") == misses - 1
    assert keys(AASE, story.effects).count("citizen_step.late") == misses


def test_the_timers_of_a_date_are_gone_when_it_is_kept() -> None:
    promises = Promises(2, time(16), frozenset(), time(21), time(7))
    sent = datetime(2026, 11, 2, 9, 10, tzinfo=ZONE)
    story = Watched(an_idea(), promises, sent)
    before = set(story.timers)
    story.answers()
    gone = {effect.key for effect in story.effects if isinstance(effect, DropTimer)}
    assert before <= gone
    assert all(isinstance(timer, SetTimer) and timer.kind == "ask_again" for timer in story.timers.values())
