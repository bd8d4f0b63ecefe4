"""Whoever asks to be called, or asks about another's idea, has brought no idea, and is never told that they have."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import callback, card, dialogue, matter_words, queue, status
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from bot.core.lists import Listed
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.book import BOOK, has_twin
from tests.core.roster_town import Roster
from tests.core.town import AASE, DUE, FRAME, NOW, PETER, an_idea, pressed, said, says

IDEA = re.compile(r"\bidé|\bidea|\bіде[яїюєй]", re.IGNORECASE)
CALL = an_idea(kind="call", title="Et opkald", step=NextStep("Mette Holm", DUE, Turn.AGENT, key=callback.STEP))
QUESTION = an_idea(kind="ask", title="Hvornår måler I pladsen op?")


def read(move: Move, chat: int = AASE) -> str:
    """All that the chat is told, with what stands on the buttons."""
    told = says(chat, move.effects)
    labels = [BOOK.label(button) for one in told for row in one.buttons for button in row]
    return "\n".join([*(BOOK.speak(one.content).plain for one in told), *labels])


def presses(data: str, *initiatives: Initiative, lang: str = "da") -> Move:
    """Aase presses, in one step of the whole dialogue."""
    person, known = Person(AASE, "Aase", noticed=True), {one.number: one for one in initiatives}
    world = World(now=NOW, frame=FRAME, person=person, talk=Talk(lang=lang), initiatives=known)
    return dialogue.step(world, pressed(AASE, data, chat=AASE))


@pytest.mark.parametrize("lang", BOOK.languages)
@pytest.mark.parametrize("key", sorted(matter_words.TWINS))
def test_every_twin_is_there_with_the_same_fields_and_calls_nothing_an_idea(key: str, lang: str) -> None:
    twin = f"matter.{key}"
    assert has_twin("matter", key, lang)
    assert not [one.written for one in BOOK.entries[lang][twin].templates.values() if IDEA.search(one.written)]


@pytest.mark.parametrize("lang", BOOK.languages)
@pytest.mark.parametrize("one", [CALL, QUESTION], ids=["call", "question"])
def test_where_it_stands_is_told_without_calling_it_an_idea(one: Initiative, lang: str) -> None:
    late, closed = replace(one, step=replace(one.step, due=NOW - timedelta(days=1))), replace(one, stage=Stage.DONE)
    for shown in (one, late, closed, replace(one, stage=Stage.DEVELOPING), replace(one, paused=True)):
        told = read(presses("i_status:1", shown, lang=lang))
        assert one.title in told
        assert not IDEA.search(told), told


def test_to_regret_a_call_is_asked_about_as_a_call() -> None:
    told = read(presses("i_regret:1", CALL))
    assert not IDEA.search(told), told
    assert "Træk nr. 1 tilbage" in told


def test_a_list_that_holds_a_call_does_not_count_ideas() -> None:
    for own, head in (
        ((CALL, an_idea(2)), "Du har 2 ting hos os:"),
        ((an_idea(1), an_idea(2)), "Du har 2 idéer hos os:"),
    ):
        known = {one.number: one for one in own}
        move = Move.of(World(now=NOW, frame=FRAME, person=Person(AASE, "Aase"), talk=Talk(), initiatives=known))
        status.tell(move)
        assert read(move).startswith(head)
    for command, head in (("koe", "2 åbne sager:"), ("i_dag", "Der er intet at gøre i dag.")):
        (list_of_all,) = says(PETER, Roster(CALL, an_idea(2)).says(PETER, "", command=command).effects)
        assert BOOK.speak(list_of_all.content).plain.startswith(head)


@pytest.mark.parametrize("key", ["desk.queue.head", "desk.queue.mine", "desk.queue.rest", "colleague.view.of"])
def test_above_every_list_of_staff_it_says_ideas_only_where_they_all_are(key: str) -> None:
    def above(many: int, *shown: Initiative) -> str:
        return BOOK.speak(queue.counted(key, Listed(many, shown), agent="Mette")).plain

    assert IDEA.search(above(1, an_idea(2)))
    assert not IDEA.search(above(2, an_idea(2), QUESTION))
    assert not IDEA.search(above(9, an_idea(2))), "among those that are not shown there may be a call"


def test_the_card_says_what_it_is_and_the_stage_without_the_word() -> None:
    move = Move.of(World(now=NOW, frame=FRAME, person=Person(AASE, "Aase"), talk=Talk()))
    for one, what in ((CALL, "Det er et ønske om at blive ringet op"), (QUESTION, "Det er et spørgsmål")):
        text = BOOK.speak(card.content(move, one, PETER)).plain
        assert what in text
        assert "Vi har fået idéen" not in text


def test_an_agent_is_not_offered_to_try_out_or_realise_a_call() -> None:
    story = Roster(CALL)
    for data in ("next:1", "more:1"):
        (menu,) = says(PETER, story.presses(PETER, data).effects)
        offered = {button.data.rpartition(":")[2] for row in menu.buttons for button in row}
        assert offered
        assert offered <= matter_words.FORMS, data


def test_being_called_is_promised_and_told_as_a_call_from_the_receipt_on() -> None:
    aase = Person(AASE, "Aase", noticed=True)
    move = Move.of(
        World(
            now=NOW,
            frame=FRAME,
            person=aase,
            talk=Talk(lang="da"),
            next_number=5,
            spoken=lambda words: BOOK.speak(words).plain,
        )
    )
    callback.ask(move)
    callback.send(move, said(AASE, "20 30 40 50", chat=AASE))
    assert "Dit opkald har nr. 5" in read(move)
    assert move.changed[5].title == "Et opkald"
