"""The first answer that stands is the one that counts, also where one that came before it is taken back."""

from datetime import timedelta

import pytest

from bot.core import answers, marks, steps
from bot.core.initiative import Initiative, Turn
from bot.core.world import Move
from tests.core.town import DUE, NOW, Story, an_idea, said

HOUR = timedelta(hours=1)


class Talk(Story):
    """Answers reach Aase and are taken back, an hour between each, or none."""

    pause = HOUR

    def arrives(self, origin: str) -> Initiative:
        return self._does(lambda move: steps.answer_arrived(move, move.initiatives[1], origin))

    def taken_back(self, origin: str) -> Initiative:
        return self._does(lambda move: steps.answer_taken_back(move, move.initiatives[1], origin))

    def answers(self) -> Initiative:
        return self._does(lambda move: steps.citizen_answered(move, move.initiatives[1]))

    def _does(self, act: object) -> Initiative:
        self.now += self.pause

        def done(move: Move, _: object) -> None:
            act(move)  # type: ignore[operator]

        self.step(done, said(1))
        return self.initiatives[1]


def test_the_only_answer_taken_back_leaves_the_first_promise_open() -> None:
    talk = Talk(an_idea())
    talk.arrives("a")
    idea = talk.taken_back("a")
    assert (idea.answered, idea.step.turn, idea.step.due) == (None, Turn.AGENT, DUE)


def test_a_wrong_answer_taken_back_after_the_right_one_came_owes_nothing() -> None:
    talk = Talk(an_idea())
    talk.arrives("wrong")
    talk.arrives("right")
    idea = talk.taken_back("wrong")
    assert idea.answered == NOW + 2 * HOUR
    assert idea.step.turn is Turn.CITIZEN, "she has an answer, and is not told that she has none"
    idea = talk.taken_back("right")
    assert (idea.answered, idea.step.turn, idea.step.due) == (None, Turn.AGENT, DUE)


def test_a_later_answer_taken_back_leaves_the_first_one() -> None:
    talk = Talk(an_idea())
    first = talk.arrives("a").answered
    talk.arrives("b")
    idea = talk.taken_back("b")
    assert (idea.answered, idea.step.turn) == (first, Turn.CITIZEN)
    assert marks.value(idea, marks.ANSWERED_TOO) == ""


@pytest.mark.parametrize("pause", [HOUR, timedelta()])
def test_an_answer_from_before_the_citizen_wrote_settles_nothing_that_was_asked_since(pause: timedelta) -> None:
    talk = Talk(an_idea())
    talk.pause = pause
    talk.arrives("a")
    asked = talk.answers()
    assert asked.step.turn is Turn.AGENT
    talk.arrives("b")
    idea = talk.taken_back("b")
    assert idea.answered is not None, "the first answer stands"
    assert idea.step.turn is Turn.AGENT, "what she asked since is open"


def test_of_very_many_answers_the_newest_are_kept() -> None:
    idea = an_idea(answered=NOW, extra={marks.ANSWERED_BY: "0"})
    for n in range(1, 30):
        idea = answers.arrived(idea, NOW + n * HOUR, str(n))
    assert [by for by, _ in answers.after_the_first(idea)] == [str(n) for n in range(20, 30)]
    assert answers.taken_back(idea, "0").answered == NOW + 20 * HOUR
    assert answers.arrived(idea, NOW, "0") == idea, "parts of one message are one answer"
