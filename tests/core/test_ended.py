"""What has ended stays as it ended: the buttons that are still in the chat move it no more."""

import pytest

from bot.core import presses
from bot.core.effects import Answer, Words
from bot.core.initiative import Stage
from tests.core.town import AASE, Story, an_idea, pressed

ENDED = [stage for stage in Stage if stage.closed]


@pytest.mark.parametrize("verb", ["i_regret", "i_pause", "i_withdraw"])
@pytest.mark.parametrize("stage", ENDED, ids=lambda stage: str(stage.value))
def test_it_is_neither_paused_nor_taken_back(verb: str, stage: Stage) -> None:
    assert len(ENDED) >= 4
    move = Story(an_idea(stage=stage)).step(presses.on_pressed, pressed(AASE, f"{verb}:1", chat=AASE))
    (answer,) = move.effects
    assert isinstance(answer, Answer)
    assert answer.words == Words("citizen.old_button", "da", {})
    assert move.changed == {}


@pytest.mark.parametrize("verb", ["i_pause", "i_withdraw"])
def test_before_that_both_can_be_done(verb: str) -> None:
    move = Story(an_idea()).step(presses.on_pressed, pressed(AASE, f"{verb}:1", chat=AASE))
    assert set(move.changed) == {1}
