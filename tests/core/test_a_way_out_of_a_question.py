"""Whoever does not want to go on has a way out by a word: of being asked which idea it is for, and of a change."""

from dataclasses import replace

import pytest

from bot.core import callback, card, own_data, presses, status
from bot.core.callback import ASKING
from bot.core.citizen import on_said
from bot.core.effects import Say, Words
from bot.core.initiative import Initiative
from bot.core.match import Match
from bot.core.people import Asking, Draft, Person, Talk, Utterance
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.town import AASE, FRAME, GROUP, NOW, PHOTO, an_idea, pressed, said, says

TWO = {1: an_idea(1), 2: an_idea(2, title="Bænke på torvet")}


def heard(text: str, intent: str, talk: Talk, initiatives: dict[int, Initiative]) -> Move:
    """What follows when Aase writes this, which was understood as that."""
    world = World(
        now=NOW, frame=FRAME, person=Person(AASE, "Aase"), talk=talk, initiatives=initiatives, intent=intent,
        match=Match("idea", (), sure=False, agent="", rules_hash="r", lang="da"),
    )  # fmt: skip
    move = Move.of(world)
    on_said(move, said(AASE, text, chat=AASE))
    return move


def answers(move: Move) -> str:
    return "\n".join(BOOK.speak(one.content).plain for one in says(AASE, move.effects))


@pytest.mark.parametrize(("text", "intent"), [("nej", "no"), ("smid ud", "drop"), ("stop", "stop")])
def test_words_that_are_for_no_idea_are_let_go_and_it_is_said(text: str, intent: str) -> None:
    waits = Talk(lang="da", asking=Asking("which", text="se her", media=(PHOTO,), message_ids=(7,)))
    move = heard(text, intent, waits, TWO)
    assert move.talk.asking is None
    assert "ikke sendt" in answers(move)
    assert not [one for one in move.effects if isinstance(one, Say) and one.to.chat != AASE], "nobody else hears of it"


def test_the_question_itself_names_the_way_out() -> None:
    move = heard("og en skraldespand", "", Talk(lang="da"), TWO)
    assert move.talk.asking is not None
    assert move.talk.asking.kind == "which"
    assert 'skriv "nej"' in answers(move)


def test_a_no_in_an_open_talk_is_still_the_agents() -> None:
    move = heard("nej", "no", Talk(lang="da"), {1: an_idea(1)})
    assert says(GROUP, move.effects)


def test_to_undo_while_a_change_is_asked_for_changes_nothing() -> None:
    draft = Draft((Utterance("flere cykelstativer", 5, NOW),), version=2, sure=True)
    move = heard("fortryd", "undo_drop", Talk(lang="da", draft=draft, asking=Asking("edit")), {})
    assert move.talk.asking is None
    assert move.talk.draft is not None
    assert [one.text for one in move.talk.draft.standing] == ["flere cykelstativer"]
    assert "«flere cykelstativer»" in answers(move)


@pytest.mark.parametrize("lang", ["da", "en", "uk"])
def test_whoever_asked_to_be_called_reads_everywhere_that_somebody_calls(lang: str) -> None:
    move = Move.of(World(NOW, FRAME, Person(AASE, "Aase"), Talk(lang=lang, asking=Asking(ASKING))))
    callback.send(move, said(AASE, "20304050", chat=AASE))
    (case,) = move.changed.values()
    step, of_staff = status.next_step(move, case), card.next_step(case)
    assert isinstance(step, Words)
    assert isinstance(of_staff, Words)
    calls = {"da": "Peter ringer til dig", "en": "Peter calls you", "uk": "Peter подзвонить вам"}
    assert BOOK.speak(step).plain == calls[lang]
    assert BOOK.speak(of_staff).plain == "Peter ringer til Aase"
    assert BOOK.speak(status.stage(move, case)).plain in ("Modtaget", "Received", "Отримано"), "it is no idea"


WAITING = Asking("which", text="se her", media=(PHOTO,), message_ids=(7,))


def presses_on(talk: Talk, data: str) -> Move:
    world = World(now=NOW, frame=FRAME, person=Person(AASE, "Aase"), talk=talk, initiatives=TWO)
    move = Move.of(world)
    presses.on_pressed(move, pressed(AASE, data, chat=AASE))
    return move


def test_words_that_wait_wait_on_while_somebody_thinks_better_of_deleting_all() -> None:
    asked = presses_on(Talk(lang="da", asking=WAITING), "own_forget:0")
    assert asked.talk.asking == replace(WAITING, kind=own_data.FORGET)
    assert "ikke sendt" not in answers(asked)
    kept = presses_on(asked.talk, "own_no:0")
    assert kept.talk.asking == WAITING
    assert presses_on(presses_on(Talk(lang="da"), "own_forget:0").talk, "own_no:0").talk.asking is None
    more = heard("og en skraldespand", "", asked.talk, TWO)
    assert more.talk.asking is not None
    assert more.talk.asking.text == "se her\nog en skraldespand"


def test_where_another_question_takes_the_place_of_the_one_whose_words_wait_it_is_said_that_they_go_nowhere() -> None:
    move = presses_on(Talk(lang="da", asking=WAITING), "i_edit:1")
    assert move.talk.asking == Asking("edit", about=1)
    assert "Det, du skrev før, er ikke sendt til nogen" in answers(move)
    chosen = presses_on(Talk(lang="da", asking=WAITING), "i_to:1")
    assert "ikke sendt" not in answers(chosen)
    alone = presses_on(Talk(lang="da"), "i_edit:1")
    assert "ikke sendt" not in answers(alone)
