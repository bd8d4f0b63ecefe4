"""Closed but not solved: it is opened again by a press, with a person and a date, and nobody is blamed."""

from dataclasses import replace

import pytest

from bot.core import belonging, desk, presses
from bot.core.effects import Note, SayFollowers, SetTimer
from bot.core.events import Said
from bot.core.initiative import Initiative, Stage, Turn
from bot.core.world import Move
from tests.core.test_forms import carried_out, told
from tests.core.town import AASE, GROUP, METTE, Story, an_idea, answer, keys, pressed, said, says


def by_aase(story: Story, data: str) -> Move:
    return story.step(presses.on_pressed, pressed(AASE, data, chat=AASE))


@pytest.mark.parametrize("kind", ["done", "may_not", "can_not"])
def test_the_citizen_opens_it_again_with_a_name_and_a_date(kind: str) -> None:
    story = Story(an_idea(public=True))
    carried_out(story, kind)
    move = by_aase(story, "i_reopen:1")
    idea = story.initiatives[1]
    assert (idea.stage, idea.ending, idea.step.who, idea.step.turn) == (
        Stage.DEVELOPING, None, "Mette Holm", Turn.AGENT,
    )  # fmt: skip
    (text,) = [told(one.content) for one in says(AASE, move.effects)]
    assert "Mette Holm" in text
    assert "onsdag den 4. november" in text
    assert keys(GROUP, move.effects) == ["desk.reopened"]
    assert any(isinstance(one, SetTimer) and one.kind == "promise_due" for one in move.effects), "it is watched again"
    assert any(isinstance(one, SayFollowers) for one in move.effects)
    (note,) = [one for one in move.effects if isinstance(one, Note)]
    assert (note.kind, note.data["stage"]) == ("reopened", kind), "how it had ended stays in its history"


def test_an_agent_opens_it_again_from_the_card_and_the_citizen_is_told() -> None:
    story = Story(an_idea())
    carried_out(story, "done")
    move = story.step(desk.on_pressed, pressed(METTE, "reopen:1"), topic=1)
    assert keys(AASE, move.effects) == ["citizen_step.reopened"]
    assert not story.initiatives[1].stage.closed


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.JOINED, Stage.DEVELOPING])
def test_no_agent_opens_what_the_citizen_has_ended_or_what_is_open(stage: Stage) -> None:
    story = Story(replace(an_idea(), stage=stage))
    before: Initiative = story.initiatives[1]
    move = story.step(desk.on_pressed, pressed(METTE, "reopen:1"), topic=1)
    assert answer(move.effects).alert
    assert story.initiatives[1] == before


def test_what_has_been_withdrawn_is_the_citizens_to_open_again() -> None:
    story = Story(replace(an_idea(), stage=Stage.WITHDRAWN))
    by_aase(story, "i_reopen:1")
    assert not story.initiatives[1].stage.closed


def test_a_second_press_opens_nothing_twice() -> None:
    story = Story(replace(an_idea(), stage=Stage.DONE))
    by_aase(story, "i_reopen:1")
    assert keys(AASE, by_aase(story, "i_reopen:1").effects) == ["citizen.old_button"]


@pytest.mark.parametrize("kind", ["may_not", "can_not"])
def test_an_idea_that_got_a_no_is_open_again_once_the_citizen_has_changed_it(kind: str) -> None:
    story = Story(an_idea())
    _, sent = carried_out(story, kind)
    assert [row[0].data for row in sent.buttons] == ["ask:1", "i_edit:1"]
    by_aase(story, "i_edit:1")
    assert story.initiatives[1].stage.closed, "a press alone changes nothing"

    def writes(move: Move, event: Said) -> None:
        belonging.edit_sent(move, 1, event)

    move = story.step(writes, said(AASE, "så hellere for alle butikker på vejen", chat=AASE))
    idea = story.initiatives[1]
    assert (idea.stage, idea.step.who) == (Stage.DEVELOPING, "Mette Holm")
    assert keys(AASE, move.effects) == ["citizen_step.reopened"]
    assert any("for alle butikker" in told(one.content) for one in says(GROUP, move.effects)), "old and new at the desk"


@pytest.mark.parametrize("verb", ["on_yes", "on_no"])
def test_whether_one_drives_it_on_is_one_press_and_is_asked_once(verb: str) -> None:
    story = Story(an_idea())
    _, sent = carried_out(story, "done")
    assert [row[0].data for row in sent.buttons] == ["on_yes:1", "on_no:1", "i_reopen:1"]
    move = by_aase(story, f"{verb}:1")
    assert keys(AASE, move.effects) == [f"citizen_step.{verb}"]
    assert keys(GROUP, move.effects) == [f"desk.{verb}"]
    again = by_aase(story, "on_yes:1")
    assert says(AASE, again.effects) == []
    assert says(GROUP, again.effects) == []
