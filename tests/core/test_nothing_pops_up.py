"""A-01: what a citizen is told when they press something comes as a message; a screen reader reads no pop-up."""

import pytest

from bot.core import dialogue
from bot.core.effects import Answer, Say, To, Words
from bot.core.events import Pressed
from bot.core.initiative import Initiative, Stage
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.core.town import AASE, FRAME, METTE, NOW, an_idea, pressed


def press(event: Pressed, idea: Initiative) -> Move:
    """The whole step that follows a press."""
    who = Person(event.sender.id, event.sender.name, noticed=True)
    return dialogue.step(World(NOW, FRAME, who, Talk(lang="da"), initiatives={1: idea}), event)


@pytest.mark.parametrize("data", ["i_pause:1", "i_gone:1", "meet:1:9.0", "join_yes:1:9", "nonsense"])
def test_a_button_that_does_nothing_any_more_says_so_in_a_message(data: str) -> None:
    event = pressed(AASE, data, chat=AASE)
    move = press(event, an_idea(stage=Stage.DONE))
    assert [effect for effect in move.effects if isinstance(effect, Answer)] == [Answer(event.callback_id)]
    said = [effect for effect in move.effects if isinstance(effect, Say)]
    assert [one.to for one in said] == [To(AASE)]
    assert all(isinstance(one.content, Words) for one in said)


def test_staff_are_told_in_a_box_so_that_their_group_is_not_disturbed() -> None:
    event = pressed(METTE, "gone:1")
    move = press(event, an_idea())
    assert [effect for effect in move.effects if isinstance(effect, Say)] == []
    assert move.effects == [Answer(event.callback_id, Words("desk.old_button"), alert=True)]
