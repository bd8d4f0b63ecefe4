"""The board shows what a citizen has opened, and of what was taken back only that."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.display import Passage, passages, show
from bot.core.initiative import Ending, NextStep, Stage, Turn
from tests.core.town import DUE, NOW, an_idea

SENT = an_idea().sent
OPEN: dict[str, Any] = {"public": True, "public_words": "cyklerne ligger og flyder"}


def after(days: int) -> Any:
    return NOW + timedelta(days=days)


def test_what_is_not_opened_is_not_shown() -> None:
    assert show(an_idea(), []) is None


def test_an_open_one_shows_its_words_who_has_it_and_what_happens_next() -> None:
    shown = show(an_idea(**OPEN), [("taken", after(1))], ["Ordrup"])
    assert shown is not None
    assert (shown.number, shown.stage, shown.sent, shown.lang) == (1, Stage.RECEIVED, SENT, "da")
    assert (shown.title, shown.words, shown.topics) == (
        "Cykler ved Ordrup Station", "cyklerne ligger og flyder", ("trafik",),
    )  # fmt: skip
    assert (shown.responsible, shown.role, shown.places) == ("Mette Holm", "sparringsagent", ("Ordrup",))
    assert shown.step is not None
    assert (shown.step.key, shown.step.first, shown.step.who) == (
        "step_of_another.first_answer", "Mette", "Mette Holm",
    )  # fmt: skip
    assert (shown.step.turn, shown.step.due, shown.step.what) == (Turn.AGENT, DUE, "")
    assert (shown.what, shown.why, shown.instead, shown.seeks) == ("", "", "", "")
    assert shown.topic == "trafik"
    assert shown.late(DUE) is None
    assert shown.late(DUE + timedelta(1)) == DUE


def test_one_that_waits_for_its_citizen_is_not_late() -> None:
    shown = show(an_idea(**OPEN, step=NextStep("Mette Holm", DUE, Turn.CITIZEN, key="step.your_answer")), [])
    assert shown is not None
    assert shown.late(DUE + timedelta(days=9)) is None


def test_a_no_shows_what_why_and_what_instead_and_no_step() -> None:
    ending = Ending("bygge en mur", "pladsen er ikke vores", "spørg banen")
    shown = show(an_idea(**OPEN, stage=Stage.MAY_NOT, ending=ending), [])
    assert shown is not None
    assert (shown.what, shown.why, shown.instead) == ("bygge en mur", "pladsen er ikke vores", "spørg banen")
    assert shown.step is None
    assert shown.late(after(99)) is None


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.JOINED])
def test_of_one_that_was_taken_back_only_that_is_shown(stage: Stage) -> None:
    shown = show(an_idea(**OPEN, stage=stage), [("taken", NOW)])
    assert shown is not None
    assert (shown.number, shown.stage, shown.sent, shown.touched) == (1, stage, SENT, an_idea().touched)
    assert (shown.title, shown.words, shown.responsible, shown.step, shown.passages) == ("", "", "", None, ())
    assert shown.topic == ""


def test_the_way_is_told_in_order_and_what_follows_on_itself_once() -> None:
    happened = [
        ("taken", after(1)), ("form_step", after(3)), ("form_step", after(4)), ("late", after(5)), ("late", after(6)),
        ("form_trial", after(7)), ("form_title", after(8)), ("said", after(8)), ("form_seeks", after(8)),
        ("withdrawn", after(9)), ("reopened", after(10)),
    ]  # fmt: skip
    assert passages(an_idea(answered=after(2)), happened) == (
        Passage("received", SENT), Passage("with_agent", after(1)), Passage("answered", after(2)),
        Passage("developing", after(3)), Passage("late", after(5)), Passage("late", after(6)),
        Passage("trial", after(7)),
        Passage("withdrawn", after(9)), Passage("reopened", after(10)),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["title", "show", "meeting", "seeks", "merge"])
def test_what_is_only_proposed_is_no_part_of_the_way(form: str) -> None:
    assert passages(an_idea(), [(f"form_{form}", after(1))]) == (Passage("received", SENT),)
