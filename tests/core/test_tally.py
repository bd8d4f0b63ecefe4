"""The numbers count against the first promise; a new date makes nothing good."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core import steps
from bot.core.initiative import NextStep, Stage, Turn
from bot.core.tally import first_promise
from tests.core.roster_town import Roster
from tests.core.town import DUE, METTE, NOW, an_idea, said

LATER = DUE + timedelta(days=2)
NEW_DATE = NextStep("Mette Holm", LATER + timedelta(days=5), Turn.AGENT, key="citizen_step.next.after_late")
HIS_TURN = NextStep("Mette Holm", LATER + timedelta(days=5), Turn.CITIZEN, key="step.paused")


@pytest.mark.parametrize(
    ("changes", "now", "counts"),
    [
        ({}, NOW, "open"),
        ({}, DUE, "open"),
        ({}, LATER, "overdue"),
        ({"step": NEW_DATE}, LATER, "overdue"),
        ({"step": HIS_TURN}, LATER, "open"),
        ({"answered": DUE}, LATER, "in_time"),
        ({"answered": DUE + timedelta(seconds=1)}, LATER, "late"),
        ({"answered": LATER, "step": NEW_DATE}, LATER, "late"),
        ({"answered": NOW, "stage": Stage.MAY_NOT}, LATER, "in_time"),
        ({"stage": Stage.CAN_NOT}, LATER, "late"),
        ({"stage": Stage.WITHDRAWN}, LATER, "not_counted"),
    ],
)
def test_a_new_date_turns_no_late_answer_into_one_in_time(changes: dict[str, Any], now: Any, counts: str) -> None:
    assert first_promise(an_idea(**changes), now) == counts


def test_a_rest_before_the_first_answer_promises_one_anew_and_a_miss_is_never_forgotten() -> None:
    for rests_at, promised in ((NOW, DUE + timedelta(days=28)), (DUE + timedelta(hours=1), DUE)):
        story = Roster(an_idea(), now=rests_at)
        story.step(lambda move, _: steps.pause_by_citizen(move, move.world.initiatives[1], 20), said(METTE))
        story.now = NOW + timedelta(days=28)
        story.step(lambda move, _: steps.citizen_answered(move, move.world.initiatives[1]), said(METTE))
        assert story.initiatives[1].first_due == promised
        assert story.initiatives[1].step.due == DUE + timedelta(days=28)
