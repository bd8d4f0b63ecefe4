"""What follows from each act of a play is what was approved, to the last button: read what changed before you approve.

`APPROVE=1 pytest tests/stories` writes the files anew; the difference is for a person to read.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.routing.live import Accepted
from tests.stories import plays_of_citizens, plays_of_drafts, plays_of_staff, plays_of_the_house, plays_of_words
from tests.stories.stage import Stage

PLAYS = (
    *plays_of_citizens.PLAYS,
    *plays_of_staff.PLAYS,
    *plays_of_the_house.PLAYS,
    *plays_of_words.PLAYS,
    *plays_of_drafts.PLAYS,
)
TOLD = Path(__file__).parent / "told"


@pytest.mark.parametrize("play", PLAYS, ids=lambda play: play.__name__)
def test_a_play_goes_as_it_was_approved(play: Callable[[Stage], None], town_rules: Accepted) -> None:
    stage = Stage(town_rules)
    try:
        play(stage)
    finally:
        stage.close()
    file = TOLD / f"{play.__name__}.txt"
    told = "\n".join([f"# {play.__doc__}", *stage.told, ""])
    if os.environ.get("APPROVE") == "1":
        file.write_text(told, "utf-8")
    assert told.splitlines() == file.read_text("utf-8").splitlines()


def test_every_file_belongs_to_a_play() -> None:
    assert {file.stem for file in TOLD.iterdir()} == {play.__name__ for play in PLAYS}
