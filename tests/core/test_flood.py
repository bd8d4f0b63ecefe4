"""Gathered words are taken in, said so once and kindly, and shown as a whole when it is calm; nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import dialogue, flood, measure, relay
from bot.core.effects import Erase, Parts, Quote, Redact, Ref, Rewrite, Say, SetTimer, Words
from bot.core.events import Chat, Edited, Fell, Media, Pressed, Said, Sender
from bot.core.initiative import Partner, Stage
from bot.core.match import Match
from bot.core.people import Asking, Draft, Person, Talk, Utterance
from bot.core.world import Link, Move, World
from tests.core.town import AASE, FRAME, GROUP, KARIM, NOW, an_idea

IDEA = an_idea(stage=Stage.WITH_AGENT, answered=NOW, taken=NOW)
OTHER = replace(IDEA, number=2, title="Bænke på torvet")
DRAFT = Draft(words=(Utterance("flere bænke på torvet", 11, NOW),), open="hvem", asked=("hvem",))
MATCH = Match(kind="idea", topics=(), sure=False, agent="peter", lang="da", rules_hash="r")


def world(talk: Talk, *ideas: object, later: timedelta = timedelta()) -> World:
    found = {idea.number: idea for idea in ideas}  # type: ignore[attr-defined]
    return World(
        now=NOW + later, frame=FRAME, person=Person(AASE, "Aase", noticed=True), talk=talk, match=MATCH,
        route=lambda _: MATCH, initiatives=found,  # type: ignore[arg-type]
    )  # fmt: skip


def writes(
    text: str, talk: Talk, *ideas: object, gathered: int = 0, later: timedelta = timedelta(), n: int = 12
) -> Move:
    pieces = tuple(enumerate(text.split("\n"), start=n)) if gathered else ()
    ids = tuple(number for number, _ in pieces) or (n,)
    said = Said(Chat(AASE, "private"), Sender(AASE, "Aase"), ids, NOW, text, gathered=gathered, pieces=pieces)
    return dialogue.step(world(talk, *ideas, later=later), said)


def told(move: Move, chat: int = AASE) -> list[str]:
    said = [effect.content for effect in move.effects if isinstance(effect, Say) and effect.to.chat == chat]
    parts = [part for one in said for part in (one.parts if isinstance(one, Parts) else (one,))]
    return [part.key if isinstance(part, Words) else part.text for part in parts if isinstance(part, Words | Quote)]


def test_gathered_words_go_to_the_agent_with_how_many_they_were_and_one_kind_word_comes_back() -> None:
    first = writes("a6\na7\na8", Talk(lang="da"), IDEA, gathered=3)
    assert told(first) == ["citizen.gathered.talk"]
    assert told(first, GROUP) == ["a6\na7\na8"]
    heading = next(e.content.heading for e in first.effects if isinstance(e, Say) and e.to.chat == GROUP)  # type: ignore[union-attr]
    assert "desk.relay.gathered" in repr(heading)
    second = writes("a9\na10", first.talk, IDEA, gathered=2, later=timedelta(seconds=10))
    assert told(second) == []
    assert told(second, GROUP) == ["a9\na10"]
    much_later = writes("a11\na12", second.talk, IDEA, gathered=2, later=timedelta(minutes=5))
    assert told(much_later) == ["citizen.gathered.talk"]


def test_a_single_message_in_between_is_answered_as_ever() -> None:
    flooded = Talk(lang="da", flooded=NOW)
    assert told(writes("hej Mette", flooded, replace(IDEA, answered=None))) == ["citizen.carried.until"]


def test_a_draft_takes_all_of_it_in_and_is_shown_once_it_is_calm() -> None:
    move = writes("en til\nog en til", Talk(lang="da", draft=DRAFT), gathered=2)
    assert told(move) == ["citizen.gathered.draft"]
    assert move.talk.draft is not None
    assert move.talk.draft.words[-1].text == "en til\nog en til"
    timer = next(effect for effect in move.effects if isinstance(effect, SetTimer) and effect.kind == flood.KIND)
    assert timer.due == NOW + flood.CALM
    shown = dialogue.step(world(move.talk), Fell(timer.key, timer.kind, 0, AASE, timer.due, timer.due))
    assert "citizen.summary.head" in told(shown)


def edits(message: int, text: str, world: World) -> Move:
    return dialogue.step(world, Edited(Chat(AASE, "private"), Sender(AASE, "Aase"), message, NOW, text))


@pytest.mark.parametrize(("message", "whole"), [(12, "NU\nto\nto"), (13, "et\nNU\nto"), (14, "et\nto\nNU")])
def test_an_edit_of_one_of_them_changes_its_line_in_the_draft_and_no_other(message: int, whole: str) -> None:
    gathered = writes("et\nto\nto", Talk(lang="da", draft=DRAFT), gathered=3)
    move = edits(message, "NU", world(gathered.talk))
    assert move.talk.draft is not None
    assert move.talk.draft.words[-1].text == whole
    again = edits(message, "og NU", world(move.talk))
    assert again.talk.draft is not None
    assert again.talk.draft.words[-1].text == whole.replace("NU", "og NU")


def test_an_edit_of_one_of_them_is_shown_beneath_them_at_the_desk_and_goes_where_they_go() -> None:
    sent = next(e for e in writes("a6\na7\na8", Talk(), IDEA, gathered=3).effects if isinstance(e, Say) and e.tag)
    assert sent.tag is not None
    assert (sent.tag.origin_message, sent.tag.parts) == (12, (13, 14))
    link = Link(GROUP, 99, "relay", 1, AASE, 12, AASE, "", NOW).by_part(14)
    move = edits(14, "a8, nej a9", replace(world(Talk(), IDEA), copies=(link,)))
    (shown,) = (effect for effect in move.effects if isinstance(effect, Say))
    assert told(move, GROUP) == ["a8, nej a9"]
    assert shown.reply_to == Ref(GROUP, 99)
    assert shown.tag is not None
    assert (shown.tag.origin_message, shown.tag.parts) == (12, (14,)), "who deletes the first deletes this too"


def test_whoever_takes_part_reads_the_changed_words_below_those_that_were_gathered() -> None:
    shared = replace(IDEA, partners=(Partner(KARIM, "Karim", "da", NOW),))
    link = Link(KARIM, 50, relay.FELLOW, 1, AASE, 12, AASE, relay.REPLY_WITH_MEDIA, NOW)
    move = edits(12, "et, nej to", replace(world(Talk(), shared), copies=(link,)))
    (shown,) = (effect for effect in move.effects if isinstance(effect, Say) and effect.to.chat == KARIM)
    assert shown.reply_to == Ref(KARIM, 50)
    assert not [effect for effect in move.effects if isinstance(effect, Rewrite)], "the other words stay"


def test_an_edit_of_what_has_not_left_yet_answers_nothing_and_changes_nothing_that_is_there() -> None:
    shared = replace(IDEA, partners=(Partner(KARIM, "Karim", "da", NOW),))
    leaving = (
        Link(GROUP, 0, "relay", 1, AASE, 12, AASE, "", NOW),
        Link(KARIM, 0, relay.FELLOW, 1, AASE, 12, AASE, "", NOW),
    )
    move = edits(12, "et, nej to", replace(world(Talk(), shared), copies=leaving))
    shown = [effect for effect in move.effects if isinstance(effect, Say)]
    assert [(effect.to.chat, effect.reply_to) for effect in shown] == [(KARIM, None), (GROUP, None)]
    assert not [effect for effect in move.effects if isinstance(effect, Rewrite)]


def test_words_that_are_taken_out_leave_no_piece_of_them() -> None:
    gathered = writes("et\nMARK\ntre", Talk(lang="da", draft=DRAFT), gathered=3)
    assert gathered.talk.draft is not None
    sent = replace(IDEA, words=gathered.talk.draft.words)
    assert "MARK" in repr(sent)
    move = Move.of(replace(world(Talk(), sent), copies=(Link(GROUP, 99, "relay", 1, AASE, 12, AASE, "", NOW),)))
    relay.erase_for_citizen(move, sent, 12)
    assert "MARK" not in repr(move.changed)


def test_what_is_deleted_before_it_has_left_is_told_at_once_and_nothing_is_looked_for() -> None:
    leaving = (Link(GROUP, 0, "relay", 1, AASE, 12, AASE, "", NOW),)
    move = Move.of(replace(world(Talk(), IDEA), copies=leaving))
    relay.erase_for_citizen(move, IDEA, 12)
    assert told(move) == ["citizen_step.erased"]
    assert not [effect for effect in move.effects if isinstance(effect, Erase)]
    assert [effect.chat for effect in move.effects if isinstance(effect, Redact)] == [AASE]


def test_what_is_taken_in_nowhere_is_answered_and_not_called_gathered() -> None:
    noise = replace(MATCH, kind="noise")
    said = Said(Chat(AASE, "private"), Sender(AASE, "Aase"), (12,), NOW, "asdf\nqwer", gathered=2)
    move = dialogue.step(replace(world(Talk(lang="da")), match=noise), said)
    assert told(move)
    assert "citizen.gathered.talk" not in told(move)


def test_all_that_is_written_while_the_bot_asks_which_idea_it_is_for_goes_there() -> None:
    first = writes("det om lyset", Talk(lang="da"), IDEA, OTHER)
    assert told(first) == ["citizen.which"]
    second = writes("og så det om bænken", first.talk, IDEA, OTHER, n=13)
    chosen = dialogue.step(
        world(second.talk, IDEA, OTHER),
        Pressed(Chat(AASE, "private"), Sender(AASE, "Aase"), 20, "cb", "i_to:2", NOW),
    )
    assert told(chosen, GROUP) == ["det om lyset\nog så det om bænken"]


def test_in_a_flood_the_open_question_is_not_asked_again_and_again() -> None:
    first = writes("a1\na2", Talk(lang="da"), IDEA, OTHER, gathered=2)
    assert told(first) == ["citizen.which"]
    second = writes("a3\na4", first.talk, IDEA, OTHER, gathered=2, n=13)
    assert told(second) == []
    assert second.talk.asking is not None
    assert second.talk.asking.text == "a1\na2\na3\na4"


FULL = Draft(words=(Utterance("æ" * measure.MOST_LETTERS, 11, NOW),), version=3)


def test_an_idea_that_holds_all_it_can_takes_no_more_says_so_and_can_be_sent() -> None:
    move = writes("og en ting til", Talk(lang="da", draft=FULL))
    assert move.talk.draft is not None
    assert move.talk.draft.words == FULL.words
    assert told(move)[0] == "citizen.full.more"
    assert "d_send:4" in repr(move.effects)
    again = writes("og en til", move.talk, later=timedelta(seconds=5))
    assert told(again) == [], "once a minute"
    assert told(writes("hallo", move.talk, later=timedelta(minutes=2)))[0] == "citizen.full.more"


def test_what_is_gathered_and_has_no_room_is_not_said_to_be_taken_in() -> None:
    assert told(writes("a1\na2", Talk(lang="da", draft=FULL), gathered=2))[0] == "citizen.full.more"
    files = replace(DRAFT, media=(Media("photo", "p", 5),) * measure.MOST_FILES)
    said = Said(Chat(AASE, "private"), Sender(AASE, "Aase"), (12,), NOW, media=(Media("photo", "q", 12),))
    assert told(dialogue.step(world(Talk(lang="da", draft=files)), said))[0] == "citizen.full.more"


@pytest.mark.parametrize("kind", ["idea", "offer"])
def test_what_is_too_long_from_the_first_is_refused_and_nothing_of_it_is_kept(kind: str) -> None:
    long = "flere bænke " * (measure.MOST_LETTERS // 10)
    asked = replace(world(Talk(lang="da")), match=replace(MATCH, kind=kind))
    said = Said(Chat(AASE, "private"), Sender(AASE, "Aase"), (12,), NOW, long)
    move = dialogue.step(asked, said)
    assert told(move) == ["citizen.full.first"]
    assert move.talk.draft is None


def test_a_correction_that_has_no_room_goes_to_the_agent_as_words() -> None:
    idea = replace(IDEA, words=FULL.words)
    move = writes("der skal være ti", Talk(lang="da", asking=Asking("edit", about=1)), idea)
    assert told(move, GROUP) == ["der skal være ti"]
    assert move.changed[1].words == FULL.words
