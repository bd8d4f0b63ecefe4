"""Where an initiative stands, told to its owner as "you" and to everybody else without."""

import re
from dataclasses import replace

import pytest

from bot.core import public, status
from bot.core.effects import Say
from bot.core.initiative import NextStep, Stage, Turn
from bot.core.match import Match
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.open_list import OpenList
from tests.core.town import AASE, DUE, FRAME, NANNA, NOW, an_idea

OWN_STEPS = (
    "step.first_answer", "step.answer", "step.your_answer", "step.paused",
    "citizen_step.next.asks_again", "citizen_step.next.after_late", "citizen_step.next.after_date",
)  # fmt: skip
SPOKEN_TO_THE_OWNER = {
    "da": r"\b(du|dig|din|dit|dine)\b", "en": r"\b(you|your)\b", "uk": r"\b(ви|вам|вас|ваш\w*)\b",
}  # fmt: skip


def listed(reader: int, step: str, lang: str) -> str:
    """What that reader is shown of Aase's public initiative, whose next step the bot has set."""
    idea = an_idea(12, public=True, stage=Stage.WITH_AGENT, step=NextStep("Mette Holm", DUE, Turn.AGENT, key=step))
    person = Person(reader, "x")
    shown = {12: idea}
    world = World(now=NOW, frame=FRAME, person=person, talk=Talk(lang=lang), initiatives=shown, public=OpenList(shown))
    move = Move.of(world)
    if reader == AASE:
        status.tell_all(move, [idea])
    else:
        public.tell(move)
    [said] = [effect for effect in move.effects if isinstance(effect, Say)]
    return BOOK.speak(said.content).plain


@pytest.mark.parametrize("lang", SPOKEN_TO_THE_OWNER)
@pytest.mark.parametrize("step", OWN_STEPS)
def test_a_stranger_is_not_spoken_to_as_if_the_idea_were_theirs(step: str, lang: str) -> None:
    shown = listed(NANNA, step, lang)
    assert not re.search(SPOKEN_TO_THE_OWNER[lang], shown.partition("\n")[2], re.IGNORECASE), shown
    assert "Mette" in shown.partition("»: ")[2] or step == "step.paused", shown


@pytest.mark.parametrize("step", OWN_STEPS)
def test_the_owner_reads_the_step_as_it_was_told_to_them(step: str) -> None:
    assert re.search(SPOKEN_TO_THE_OWNER["da"], listed(AASE, step, "da"), re.IGNORECASE)


def test_a_step_in_a_humans_words_is_the_same_for_everybody() -> None:
    idea = an_idea(12, public=True, step=NextStep("Mette Holm", DUE, Turn.AGENT, what="vi måler pladsen op"))
    move = Move.of(World(now=NOW, frame=FRAME, person=Person(NANNA, "x"), talk=Talk(), initiatives={12: idea}))
    assert status.next_step(move, idea) == status.next_step(move, replace(idea, owner=NANNA)) == "vi måler pladsen op"


@pytest.mark.parametrize(
    ("text", "stage", "answered"),
    [
        ("er der nyt", Stage.RECEIVED, True),
        ("hvad blev der af den dér idé, som jeg sendte til jer i sidste uge", Stage.RECEIVED, True),
        ("jeg kom i tanke om en ting til, den røde port", Stage.RECEIVED, False),
        ("hvad blev der af den dér idé, som jeg sendte til jer i sidste uge", Stage.DEVELOPING, False),
        ("hvad nu", Stage.DEVELOPING, True),
        ("hvad med torsdag", Stage.DEVELOPING, False),
        ("er du der klokken ni?", Stage.WITH_AGENT, False),
        ("чи можна у п'ятницю", Stage.WITH_AGENT, False),
    ],
)
def test_what_says_more_than_it_asks_is_the_agents(text: str, stage: Stage, answered: bool) -> None:
    world = World(
        now=NOW, frame=FRAME, person=Person(AASE, "Aase"), talk=Talk(lang="da"), initiatives={1: an_idea(stage=stage)}
    )
    asks = Match("status", (), False, "", "da", "")
    assert status.asked(Move.of(world), text, asks) is answered
