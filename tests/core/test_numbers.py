"""The numbers by hand count, few ones kept back, and told alike to everybody who asks."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core import accounting, citizen
from bot.core.effects import To
from bot.core.frame import Press
from bot.core.initiative import Stage, Turn
from bot.core.numbers import Account, Count, count
from bot.core.tally import Counted, counted
from bot.core.world import Move
from tests.book import BOOK
from tests.core.town import AASE, DUE, NOW, PETER, ZONE, Story, an_idea, said, says

PRESS = Press("Liv Storm", "presserådgiver", "39 98 00 00")
LATER = DUE + timedelta(days=3)


def one(number: int = 1, **changes: Any) -> Counted:
    """One initiative of November about traffic that was answered in time."""
    kept: dict[str, Any] = {"answered": DUE, "topic": "trafik", "public": False, **changes}
    return Counted(
        number=number, sent=kept.pop("sent", NOW), first_due=DUE, stage=kept.pop("stage", Stage.DEVELOPING),
        turn=kept.pop("turn", Turn.AGENT), **kept,
    )  # fmt: skip


def test_each_number_is_the_hand_count_in_all_by_month_and_by_topic() -> None:
    october = datetime(2026, 10, 31, 23, 59, tzinfo=ZONE)
    rows = [
        *(one(n) for n in range(1, 5)),
        *(one(n, answered=LATER, stage=Stage.MAY_NOT, topic="natur") for n in range(5, 9)),
        *(one(n, answered=None, public=True, sent=october) for n in (9, 10, 11)),
        one(12, answered=None, turn=Turn.CITIZEN),
        one(13, answered=None, stage=Stage.WITHDRAWN, public=True),
        one(14, stage=Stage.DONE, public=True),
        one(15, stage=Stage.WITHDRAWN, deleted=True),
    ]
    numbers = count(rows, LATER)
    whole = {name: (found.public, found.rest) for name, found in numbers.whole.items()}
    assert whole == {
        "received": (5, 10), "in_time": (1, 5), "late": (0, 4), "overdue": (3, 0), "waiting": (0, 1),
        "stopped": (1, 0), "may_not": (0, 4), "can_not": (0, 0), "done": (1, 0), "withdrawn": (1, 0),
    }  # fmt: skip
    assert numbers.months["2026-10"]["overdue"] == Count(3, 0)
    assert numbers.topics["natur"]["late"] == Count(0, 4)
    assert [late.number for late in numbers.overdue] == [9, 10, 11]
    assert numbers.longest == 3
    promises = ("in_time", "late", "overdue", "waiting", "stopped")
    assert sum(sum(whole[name]) for name in promises) == sum(whole["received"]), "every one is somewhere, once"


@pytest.mark.parametrize(
    ("found", "few", "known"),
    [
        ((0, 0), False, 0),
        ((4, 1), True, 4),
        ((0, 2), True, 0),
        ((0, 3), False, 3),
        ((2, 0), False, 2),
        ((5, 7), False, 12),
    ],
)
def test_one_or_two_that_are_not_public_are_not_counted_out(found: tuple[int, int], few: bool, known: int) -> None:
    assert (Count(*found).few, Count(*found).known) == (few, known)


def asked(story: Story, text: str, intent: str = "", who: int = AASE) -> str:
    """What a citizen is told."""
    account = Account(count([counted(idea) for idea in story.initiatives.values()], story.now), story.initiatives)

    def act(move: Move, event: Any) -> None:
        frame = replace(move.world.frame, press=PRESS)
        move.world = replace(move.world, account=lambda: account, intent=intent, frame=frame)
        citizen.on_said(move, event)

    move = story.step(act, said(who, text, chat=who))
    return "\n".join(BOOK.speak(one.content).plain for one in says(who, move.effects))


def test_whoever_asks_reads_each_number_with_how_it_is_counted_and_who_is_late() -> None:
    story = Story(an_idea(public=True), an_idea(2, title="Hemmelig"), now=LATER)
    told = asked(story, "tal", "numbers")
    assert "Modtaget: 1 + under 3. Alt, hvad borgere har sendt" in told
    assert "Mangler svar nu: 1 + under 3." in told
    assert (
        "Nr. 1 «Cykler ved Ordrup Station»: Mette Holm, sparringsagent. Svar forsinket siden 4. november 2026" in told
    )
    assert "Hemmelig" not in told


@pytest.mark.parametrize("text", [
    "jeg er journalist på lokalavisen, hvem svarer på spørgsmål om forsinkelserne?",
    "Hej, vi er journalister og vil gerne have en kommentar",
    "I'm a journalist, who answers questions about the delays?",
])  # fmt: skip
def test_a_journalist_is_shown_to_the_press_contact_and_no_agent_is_named(text: str) -> None:
    told = asked(Story(), text)
    assert "Liv Storm" in told
    assert "Mette" not in told


@pytest.mark.parametrize("text", [
    "en skoleavis hvor en journalist lærer os at skrive",
    "jeg er journalist og vil lave en skoleavis sammen med børnene",
])  # fmt: skip
def test_an_idea_with_a_journalist_in_it_is_an_idea(text: str) -> None:
    assert "Liv Storm" not in asked(Story(), text)


def test_before_anything_is_sent_that_is_said() -> None:
    story = Story()

    def act(move: Move, _: Any) -> None:
        accounting.tell(move, To(PETER), "da")

    (told,) = says(PETER, story.step(act, said(PETER)).effects)
    assert "ikke sendt nogen idéer" in BOOK.speak(told.content).plain
