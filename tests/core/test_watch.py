"""What happens when a promised date draws near or passes."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import desk, steps
from bot.core.effects import DropTimer, Say, SetTimer
from bot.core.events import Fell
from bot.core.initiative import Desk, Initiative, NextStep, Turn
from bot.core.promise import is_quiet
from bot.core.world import Move
from tests.book import BOOK
from tests.core.town import (
    AASE,
    AGENTS,
    CLOSED,
    DUE,
    GROUP,
    KAREN,
    METTE,
    NOW,
    PETER,
    PROMISES,
    ZONE,
    Story,
    an_idea,
    delivery,
    fields,
    for_signe,
    keys,
    pressed,
    said,
    says,
)


class Clockwork(Story):
    """A story with the timers that the store would keep; time is moved to each as it falls due."""

    def __init__(self, *initiatives: Initiative, now: datetime = NOW) -> None:
        super().__init__(*initiatives, now=now)
        self.timers: dict[str, SetTimer] = {}

    def wind(self, move: Move) -> Move:
        for effect in move.effects:
            if isinstance(effect, SetTimer):
                self.timers[effect.key] = effect
            elif isinstance(effect, DropTimer):
                self.timers.pop(effect.key, None)
        return move

    def start(self) -> None:
        for idea in list(self.initiatives.values()):
            self.wind(self.step(lambda move, _, idea=idea: steps.promise_timers(move, idea), said(METTE)))

    def until(self, moment: datetime) -> list[Move]:
        moves = []
        while due := sorted((t.due, key) for key, t in self.timers.items() if t.due <= moment):
            timer = self.timers.pop(due[0][1])
            self.now = max(self.now, timer.due)
            event = Fell(timer.key, timer.kind, timer.about, timer.chat, timer.due, self.now)
            moves.append(self.wind(self.step(desk.on_fell, event)))
        self.now = max(self.now, moment)
        return moves

    def answer(self, number: int = 1) -> None:
        move = self.wind(self.step(desk.on_said, said(METTE, "svar", command="svar"), topic=number))
        tag = says(self.initiatives[number].owner, move.effects)[0].tag
        self.wind(self.step(desk.on_delivery, delivery(tag)))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_the_responsible_is_reminded_a_day_before_and_told_at_the_hour() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.until(at(3, 16))
    assert keys(GROUP, story.effects) == ["desk.promise.soon"]
    story.until(at(4, 15, 59))
    assert keys(AASE, story.effects) == []
    story.until(at(4, 16))
    assert "desk.promise.passed" in keys(GROUP, story.effects)
    assert keys(PETER, story.effects) == ["desk.promise.passed_coordinator"]
    assert keys(AASE, story.effects) == ["citizen_step.late"]


def test_the_apology_says_what_was_promised_who_has_it_and_the_new_date() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.until(at(4, 16))
    told = fields(says(AASE, story.effects)[0].content)
    assert (told["promised"], told["due"], told["agent"]) == (DUE, at(6, 16), "Mette Holm")
    idea = story.initiatives[1]
    assert (idea.step.due, idea.step.turn, idea.first_due) == (at(6, 16), Turn.AGENT, DUE)
    text = BOOK.speak(says(AASE, story.effects)[0].content).plain
    assert "Undskyld" in text


def test_an_answer_just_before_the_hour_spares_everybody() -> None:
    story = Clockwork(an_idea(), now=at(4, 15, 59))
    story.start()
    story.answer()
    story.until(at(5, 12))
    assert "citizen_step.late" not in keys(AASE, story.effects)
    assert "desk.promise.passed" not in keys(GROUP, story.effects)


def test_taking_it_stops_nothing() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.wind(story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1))
    story.until(at(4, 16))
    assert keys(AASE, story.effects) == ["citizen_step.taken", "citizen_step.late"]


def test_a_second_miss_reaches_the_leader_and_each_miss_the_citizen_once() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.until(at(4, 16))
    assert says(KAREN, story.effects) == []
    story.until(at(6, 16))
    assert keys(KAREN, story.effects) == ["desk.promise.passed_leader"]
    assert keys(AASE, story.effects) == ["citizen_step.late"] * 2


def test_a_date_that_passed_while_the_bot_was_down_is_told_once_at_the_start() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.now = at(4, 17)
    story.until(at(4, 17))
    assert keys(AASE, story.effects) == ["citizen_step.late"]
    story.until(at(4, 20))
    assert keys(AASE, story.effects) == ["citizen_step.late"]


def test_nobody_is_woken_by_an_apology() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.now = at(4, 22)
    story.until(at(4, 22))
    assert keys(AASE, story.effects) == []
    assert keys(PETER, story.effects) == ["desk.promise.passed_coordinator"]
    assert story.initiatives[1].overdue(story.now)
    moves = story.until(at(5, 7))
    assert keys(AASE, story.effects) == ["citizen_step.late"]
    assert story.now == at(5, 7)
    assert len(moves) == 1
    assert keys(PETER, story.effects) == ["desk.promise.passed_coordinator"]


def test_an_answer_in_the_night_spares_the_morning_s_apology() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.now = at(4, 22)
    story.until(at(4, 22))
    story.answer()
    story.until(at(5, 12))
    assert "citizen_step.late" not in keys(AASE, story.effects)


def test_while_the_citizen_has_the_turn_nothing_is_late_and_the_agent_asks_again_in_time() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.answer()
    story.until(at(16, 15, 59))
    assert not any("promise.passed" in key for key in keys(GROUP, story.effects) + keys(PETER, story.effects))
    story.until(at(16, 16))
    assert "desk.promise.silent" in keys(GROUP, story.effects)
    assert (story.initiatives[1].step.turn, story.initiatives[1].step.due) == (Turn.AGENT, at(18, 16))


def test_the_citizen_s_answer_gives_a_new_date_that_counts_from_it() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.answer()
    story.now = at(10, 20)
    idea = story.initiatives[1]
    story.wind(story.step(lambda move, _: steps.citizen_answered(move, idea), said(METTE)))
    assert (story.initiatives[1].step.turn, story.initiatives[1].step.due) == (Turn.AGENT, at(12, 16))
    assert not [timer for timer in story.timers.values() if timer.kind == "ask_again"]


def test_a_pause_moves_no_date_into_the_past() -> None:
    story = Clockwork(an_idea())
    story.start()
    idea = story.initiatives[1]
    story.wind(story.step(lambda move, _: steps.pause_by_citizen(move, idea, 20), said(METTE)))
    story.until(at(20, 16))
    assert "citizen_step.late" not in keys(AASE, story.effects)
    assert story.initiatives[1].paused


def test_nothing_falls_due_for_what_the_citizen_took_back() -> None:
    story = Clockwork(an_idea())
    story.start()
    idea = story.initiatives[1]
    story.wind(story.step(lambda move, _: steps.close_by_citizen(move, idea), said(METTE)))
    assert story.timers == {}


def test_a_date_of_something_outside_is_told_without_blame() -> None:
    step = NextStep("Mette Holm", at(12, 16), Turn.OUTSIDE, what="udvalgets møde")
    story = Clockwork(an_idea(step=step))
    story.start()
    story.until(at(12, 16))
    assert keys(AASE, story.effects) == ["citizen_step.outside_passed"]
    assert keys(GROUP, story.effects) == ["desk.promise.near", "desk.promise.outside"], "nobody promised what others do"
    assert story.initiatives[1].step.turn is Turn.AGENT
    assert says(PETER, story.effects) == []


def test_an_agent_s_own_step_that_passes_is_told_by_name() -> None:
    step = NextStep("Mette Holm", at(12, 16), Turn.AGENT, what="måler pladsen op")
    story = Clockwork(an_idea(step=step))
    story.start()
    story.until(at(12, 16))
    assert keys(AASE, story.effects) == ["citizen_step.late_step"]
    text = BOOK.speak(says(AASE, story.effects)[0].content).plain
    assert "måler pladsen op" in text


def test_who_works_in_an_own_chat_is_reminded_there() -> None:
    story = Clockwork(for_signe(1))
    story.start()
    story.until(at(3, 16))
    assert keys(AGENTS["signe"].telegram or 0, story.effects) == ["desk.promise.soon"]


def test_the_list_marks_what_is_overdue_and_what_has_been_late_in_words() -> None:
    late = an_idea(3)
    own_step = NextStep("Mette Holm", at(12, 16), Turn.AGENT, what="måler op")
    story = Clockwork(an_idea(1), an_idea(2, step=own_step), late)
    story.start()
    story.until(at(4, 16))
    story.initiatives[3] = replace(late, step=replace(late.step, due=at(4, 10)))
    move = story.step(desk.on_said, said(METTE, command="koe"))
    text = BOOK.speak(says(GROUP, move.effects)[0].content).plain
    lines = text.split("\n\n")
    assert lines[0] == "3 åbne idéer:"
    assert "OVERSKREDET siden onsdag den 4. november kl. 10" in lines[1]
    assert "SVAR FORSINKET siden onsdag den 4. november kl. 16" in lines[2]
    assert "måler op" in lines[3]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.sampled_from(["answer", "citizen", "nothing", "take"])),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_happens_there_is_one_responsible_and_no_silent_miss(story_line: list[tuple[int, str]]) -> None:
    story = Clockwork(an_idea())
    story.start()
    for hours, act in story_line:
        for move in story.until(story.now + timedelta(hours=hours)):
            late = [say for say in says(AASE, move.effects) if say.tag and say.tag.role == "late"]
            assert not late or not is_quiet(move.world.now, PROMISES)
        idea = story.initiatives[1]
        if act == "answer":
            story.answer()
        elif act == "citizen":
            story.wind(story.step(lambda move, _, idea=idea: steps.citizen_answered(move, idea), said(METTE)))
        elif act == "take":
            story.wind(story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1))
        idea = story.initiatives[1]
        assert idea.responsible_name
        assert idea.step.who
        assert any(timer.about == 1 for timer in story.timers.values())
        assert idea.step.due > story.now or is_quiet(story.now, PROMISES)
        assert idea.step.due.weekday() < 5
        assert idea.step.due.date() not in CLOSED


def test_a_reminder_that_comes_after_the_date_is_not_given() -> None:
    story = Clockwork(an_idea())
    story.start()
    story.now = at(4, 17)
    story.until(at(4, 17))
    assert "desk.promise.soon" not in keys(GROUP, story.effects)


def test_a_coordinator_who_is_responsible_hears_of_a_miss_once() -> None:
    story = Clockwork(an_idea(responsible="peter", responsible_name="Peter Dam"))
    story.start()
    story.until(at(4, 16))
    assert keys(PETER, story.effects) == ["desk.promise.soon", "desk.promise.passed"]
    assert buttons_of(says(PETER, story.effects)[-1]) == ["reply:1", "form:1:step"], "nobody to take it from"


def test_a_leader_who_is_responsible_hears_of_a_second_miss_once() -> None:
    story = Clockwork(an_idea(responsible="karen", responsible_name="Karen Toft", desks=(Desk(KAREN, topic=False),)))
    story.start()
    story.until(at(6, 16))
    assert keys(KAREN, story.effects).count("desk.promise.passed") == 2
    assert "desk.promise.passed_leader" not in keys(KAREN, story.effects)
    assert keys(PETER, story.effects) == ["desk.promise.passed_coordinator"] * 2


def buttons_of(say: Say) -> list[str]:
    return [button.data for row in say.buttons for button in row]
