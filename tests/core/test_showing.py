"""Showing an idea to a council: nobody sees a word before the citizen's yes, a no costs nothing, and it is told of."""

from datetime import datetime
from typing import Any

import pytest

from bot.core import desk, presses
from bot.core.effects import Note, SayFollowers, SetTimer, Words
from bot.core.events import Fell
from bot.core.initiative import NextStep, Stage, Turn
from bot.core.world import Move
from tests.core.test_forms import accept, fill, told
from tests.core.town import AASE, GROUP, NOW, ZONE, Story, an_idea, delivery, keys, pressed, says

TEXT = "Fri gang for alle ved stationen"
LINES = f"Hvor: Gentofte Talks\nHvornår: 13. november\nTekst: {TEXT}"
DAY = datetime(2026, 11, 13, 16, tzinfo=ZONE)
LATER = NextStep("Mette Holm", datetime(2026, 12, 10, 16, tzinfo=ZONE), Turn.AGENT, what="måler pladsen op")


def asked(**changes: Any) -> Story:
    """Aase has been asked, and has not answered."""
    story = Story(an_idea(taken=NOW, stage=Stage.DEVELOPING, **changes))
    message, _ = fill(story, "show", LINES)
    (question,) = says(AASE, accept(story, message).effects)
    assert TEXT in told(question.content)
    story.step(desk.on_delivery, delivery(question.tag))
    return story


def answers(story: Story, verb: str, version: int = 1) -> Move:
    return story.step(presses.on_pressed, pressed(AASE, f"{verb}:1:{version}", chat=AASE))


def test_after_a_yes_the_day_is_the_next_step_where_it_was_her_turn() -> None:
    story = asked()
    assert story.initiatives[1].step.turn is Turn.CITIZEN
    move = answers(story, "show_ok")
    idea = story.initiatives[1]
    assert (idea.stage, idea.step.due, idea.step.what) == (Stage.WAITING, DAY, "Gentofte Talks")
    assert idea.responsible_name == idea.step.who == "Mette Holm", "never the council"
    assert any(TEXT in told(say.content) for say in says(GROUP, move.effects))
    assert not [effect for effect in move.effects if isinstance(effect, SayFollowers)], "it is not public"


def test_followers_hear_that_a_public_one_waits_for_the_day_and_not_what_is_shown() -> None:
    move = answers(asked(public=True), "show_ok")
    (news,) = [effect for effect in move.effects if isinstance(effect, SayFollowers)]
    text = told(Words(news.key, "da", news.fields))
    assert "Gentofte Talks" in text
    assert "13. november" in text
    assert TEXT not in text


def test_a_no_gives_the_turn_back_and_tells_the_desk_no_word_of_the_text() -> None:
    story = asked()
    move = answers(story, "show_no")
    assert story.initiatives[1].step.turn is Turn.AGENT
    assert TEXT not in "".join(told(say.content) for say in says(GROUP, move.effects))
    assert keys(AASE, move.effects) == ["citizen_step.show_no"]
    assert answers(story, "show_ok").changed == {}, "it is said once"


def test_beside_a_step_of_its_own_the_day_is_watched_for_telling_was_promised() -> None:
    story = asked(step=LATER)
    move = answers(story, "show_ok")
    assert story.initiatives[1].step == LATER
    assert "fortæller dig bagefter" in told(says(AASE, move.effects)[0].content)
    (timer,) = [effect for effect in move.effects if isinstance(effect, SetTimer) and effect.kind == "show_held"]
    assert timer.due == story.now.replace(day=13, hour=16, minute=0)
    story.now = DAY
    fell = story.step(desk.on_fell, Fell(timer.key, timer.kind, 1, 0, DAY, DAY))
    (reminded,) = says(GROUP, fell.effects)
    for part in ("Gentofte Talks", "Aase er lovet at høre", "senest tirsdag den 17. november kl. 16"):
        assert part in told(reminded.content)
    assert story.initiatives[1].step == LATER, "her other promise stands"
    assert says(AASE, fell.effects) == []


def test_a_turn_that_became_hers_meanwhile_is_the_agents_again_on_that_day_with_a_date() -> None:
    story = asked(step=LATER)
    (timer,) = [
        one for one in answers(story, "show_ok").effects if isinstance(one, SetTimer) and one.kind == "show_held"
    ]
    story.initiatives[1] = an_idea(
        extra=story.initiatives[1].extra, step=NextStep("Mette Holm", LATER.due, Turn.CITIZEN, key="step.your_answer")
    )
    story.now = DAY
    story.step(desk.on_fell, Fell(timer.key, timer.kind, 1, 0, DAY, DAY))
    step = story.initiatives[1].step
    assert (step.turn, step.due) == (Turn.AGENT, datetime(2026, 11, 17, 16, tzinfo=ZONE))


@pytest.mark.parametrize("verb", ["show_no", ""])
def test_without_a_yes_no_day_is_watched(verb: str) -> None:
    story = asked(step=LATER)
    effects = answers(story, verb).effects if verb else []
    assert not [one for one in effects if isinstance(one, SetTimer) and one.kind == "show_held"]
    notes = [one.kind for one in story.effects if isinstance(one, Note)]
    assert ("show_no" in notes) == (verb == "show_no")
