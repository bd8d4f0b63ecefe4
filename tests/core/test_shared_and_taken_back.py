"""Where several take part: what is deleted, changed or left out reaches each of them, and each in their language."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core import advice, astray, erasure, relay
from bot.core.effects import Erase, NameTopic, Note, Quote, Redact, Ref, Rewrite, Say, SendMedia, Words
from bot.core.events import Delivery, Forgotten
from bot.core.initiative import NOBODY_ANY_MORE, Desk, Initiative, Partner
from bot.core.people import Person, Talk
from bot.core.world import Link, Move, World
from tests.core.town import AASE, AGENTS, FRAME, GROUP, KARIM, METTE, NOW, PETER, PHOTO, an_idea, keys, said, says

SHARED = an_idea(partners=(Partner(KARIM, "Karim", "en", NOW),))
LATER = timedelta(hours=48)


def move_of(idea: Initiative, *copies: Link, who: int = AASE, target: Link | None = None) -> Move:
    world = World(
        NOW, FRAME, Person(who, "Aase"), Talk(lang="da"), initiatives={idea.number: idea}, copies=copies,
        target=target, topic=1,
    )  # fmt: skip
    return Move.of(world)


def copy(chat: int, role: str, message: int = 70, **more: Any) -> Link:
    fields = {"origin_chat": AASE, "origin_message": 11, "by": AASE, "detail": "", "at": NOW, **more}
    return Link(chat, message, role, 1, **fields)


def erased(move: Move) -> dict[int, Erase]:
    return {effect.target.chat: effect for effect in move.effects if isinstance(effect, Erase)}


# -- the citizen takes a message back ---------------------------------------------------------------------------------


def test_a_message_is_taken_from_the_desk_and_from_whoever_takes_part_and_told_once() -> None:
    move = move_of(SHARED, copy(GROUP, "relay"), copy(KARIM, "fellow", 71), copy(GROUP, "card", 72))
    relay.erase_for_citizen(move, SHARED, 11)
    gone = erased(move)
    assert list(gone) == [KARIM, GROUP], "the desk last, so that the citizen is told when all are gone"
    assert gone[KARIM].otherwise == Words("bridge.erased", "en", {"name": "Aase"})
    assert gone[GROUP].otherwise == Words("desk.relay.erased", "da", {"name": "Aase", "at": NOW})
    assert [gone[chat].tell for chat in (KARIM, GROUP)] == [False, True]
    assert {one.tag.detail for one in gone.values() if one.tag} == {"deleted"}
    assert Redact(1, 11, AASE) in move.effects
    assert [effect.kind for effect in move.effects if isinstance(effect, Note)] == ["erased"]
    assert [one.text for one in move.changed[1].words] == ["", "jeg vil gerne selv være med"]
    assert not says(AASE, move.effects)


def test_an_old_one_is_written_over() -> None:
    move = move_of(SHARED, copy(GROUP, "relay", at=NOW - LATER), copy(KARIM, "fellow", at=NOW - LATER + timedelta(1)))
    relay.erase_for_citizen(move, SHARED, 99)
    gone = erased(move)
    assert {chat: one.tag.detail for chat, one in gone.items() if one.tag} == {GROUP: "overwritten", KARIM: "deleted"}
    assert move.changed == {}, "none of the first words"


def test_one_that_has_not_left_yet_does_not_leave_and_one_that_is_not_there_cannot_be_found() -> None:
    waiting = move_of(SHARED, copy(GROUP, "relay", 0))
    relay.erase_for_citizen(waiting, SHARED, 11)
    assert keys(AASE, waiting.effects) == ["citizen_step.erased"]
    assert erased(waiting) == {}
    for none in (move_of(SHARED), move_of(SHARED, replace(copy(GROUP, "relay"), about=2))):
        relay.erase_for_citizen(none, SHARED, 11)
        assert keys(AASE, none.effects) == ["citizen_step.erase_none"]
        assert len(none.effects) == 1


@pytest.mark.parametrize(
    ("outcome", "reason", "key", "at_desk"),
    [
        ("delivered", "", "erased", True),
        ("delivered", "overwritten", "overwritten", True),
        ("rejected", "too old", "erase_failed", False),
    ],
)
def test_whoever_asked_hears_what_became_of_it(outcome: Any, reason: str, key: str, at_desk: bool) -> None:
    for asked, lang in ((KARIM, "en"), (AASE, "da")):
        move = move_of(SHARED)
        relay.erased_for_citizen(move, Delivery(outcome, GROUP, 70, "erased", 1, asked, 11, reason, NOW))
        [told] = says(asked, move.effects)
        assert told.content == Words(f"citizen_step.{key}", lang, {"agent": "Mette Holm"})
        there = says(GROUP, move.effects)
        assert bool(there) == at_desk
        assert all(one.silent for one in there)
        name = "Karim" if asked == KARIM else "Aase"
        assert not there or name in str(there[0].content)


# -- the agent changes an answer, or takes it back --------------------------------------------------------------------


def reply(chat: int, message: int, detail: str = "", origin: int = 500) -> Link:
    return Link(chat, message, "reply", 1, GROUP, origin, METTE, detail, NOW)


def test_a_changed_answer_is_changed_for_all_and_told_beneath() -> None:
    move = move_of(SHARED)
    relay.agent_edited(move, SHARED, AGENTS["mette"], "I morgen kl. 10", (reply(AASE, 80), reply(KARIM, 81)))
    changed = {one.target: one.content for one in move.effects if isinstance(one, Rewrite)}
    assert changed.keys() == {Ref(AASE, 80), Ref(KARIM, 81)}
    langs = {}
    for target, content in changed.items():
        assert isinstance(content, Quote)
        assert content.text == "I morgen kl. 10"
        assert content.heading is not None
        assert content.heading.key == "citizen_step.from_agent_edited"
        langs[target.chat] = content.heading.lang
    assert langs == {AASE: "da", KARIM: "en"}
    [done] = says(GROUP, move.effects)
    assert (done.silent, done.reply_to) == (True, Ref(GROUP, 500))
    assert done.content == Words("desk.reply.edited", "da", {"name": "Aase"})
    [note] = [one for one in move.effects if isinstance(one, Note)]
    assert (note.kind, note.actor, note.seen_by) == ("agent_edited", "Mette Holm", "owner")
    assert note.data == {"text": "I morgen kl. 10", "message": 500}


def test_one_with_a_picture_or_too_long_to_stand_in_its_place_is_said_anew() -> None:
    with_picture = (reply(AASE, 80, "media"), reply(AASE, 81, "media"))
    for copies, text in ((with_picture, "Nu"), ((reply(AASE, 80),), "x" * 5000), ((reply(AASE, 0),), "Nu")):
        move = move_of(an_idea())
        relay.agent_edited(move, an_idea(), AGENTS["mette"], text, copies)
        assert not [one for one in move.effects if isinstance(one, Rewrite)]
        [anew] = says(AASE, move.effects)
        assert anew.tag is not None
        assert (anew.tag.role, anew.tag.about, anew.tag.origin_chat, anew.tag.origin_message) == (
            "reply",
            1,
            GROUP,
            500,
        )
        assert (anew.tag.by, anew.tag.detail, anew.tag.parts) == (METTE, relay.REPLY_WITH_MEDIA, ())


def test_the_copies_of_those_who_take_part_go_too_and_nothing_else() -> None:
    move = move_of(SHARED, reply(KARIM, 81), reply(AASE, 80), copy(KARIM, "fellow"))
    relay.from_partners(move, SHARED, "citizen_step.taken_back", "Mette Holm")
    assert move.effects == [Erase(Ref(KARIM, 81), Words("citizen_step.taken_back", "en", {"agent": "Mette Holm"}))]


def test_taken_back_it_goes_from_the_citizen_and_staff_hear_when_the_last_part_is_gone() -> None:
    move = move_of(SHARED, reply(AASE, 80), reply(KARIM, 81))
    relay.take_back(move, SHARED, (GROUP, 500), (80, 82))
    at_aase = [one for one in move.effects if isinstance(one, Erase) and one.target.chat == AASE]
    assert [(one.target.message_id, one.tell) for one in at_aase] == [(80, False), (82, True)]
    assert [one.otherwise for one in at_aase] == 2 * [Words("citizen_step.taken_back", "da", {"agent": "Mette Holm"})]
    assert KARIM in erased(move)


# -- a picture that could not be cleaned ------------------------------------------------------------------------------


def left(role: str, chat: int, origin: int) -> list[tuple[int, str]]:
    """Who is told what when a picture was left out on its way to a chat."""
    move = move_of(SHARED)
    relay.left_out(move, Delivery("left_out", chat, 70, role, 1, origin, 500, "", NOW))
    return [
        (one.to.chat, one.content.key)
        for one in move.effects
        if isinstance(one, Say) and isinstance(one.content, Words)
    ]


def test_whoever_sent_a_picture_that_was_left_out_hears_so_once() -> None:
    assert left("reply", AASE, GROUP) == [(GROUP, "desk.reply.left_out")]
    assert left("reply", KARIM, GROUP) == [], "told once, for the citizen's copy"
    assert left("relay", GROUP, AASE) == [(AASE, "citizen.other.picture_left_out")]
    assert left("relay", GROUP, KARIM) == [(KARIM, "citizen.other.picture_left_out")]
    assert left("relay", PETER, AASE) == [], "told once, for the copy at the first desk"
    assert left("relay", GROUP, 666) == []


# -- who goes, and who goes on ----------------------------------------------------------------------------------------


def goes_on(idea: Initiative, *, passed_on: bool) -> Move:
    move = move_of(idea)
    erasure.on_forgotten(move, Forgotten(5, AASE, "da", (), 0, 0, (), False, False, NOW, shared=((1, passed_on),)))
    return move


def test_who_has_the_idea_from_now_on_hears_so_and_so_does_the_desk() -> None:
    heir = an_idea(
        owner=KARIM, owner_name="Karim", lang="en", desks=(Desk(GROUP, topic=True), Desk(PETER, topic=False))
    )
    move = goes_on(heir, passed_on=True)
    [told] = says(KARIM, move.effects)
    assert told.content == Words("citizen.own.passed_on", "en", {"n": 1, "agent": "Mette Holm"})
    assert told.tag is not None
    assert (told.tag.role, told.tag.about) == ("notice", 1)
    assert [(one.chat, one.about) for one in move.effects if isinstance(one, NameTopic)] == [(GROUP, 1)]
    [line] = [one for one in says(GROUP, move.effects) if isinstance(one.content, Words)]
    assert line.content == Words("desk.own.passed_on", "da", {"n": 1, "name": "Karim"})


def test_where_somebody_only_left_the_card_is_mended_and_nobody_is_told() -> None:
    move = goes_on(SHARED, passed_on=False)
    assert not [one for one in move.effects if isinstance(one, Say)]
    assert [one for one in move.effects if not isinstance(one, Say)], "the card"


def test_of_what_is_gone_nothing_is_said() -> None:
    assert [
        one for one in goes_on(an_idea(owner=NOBODY_ANY_MORE), passed_on=True).effects if isinstance(one, Say)
    ] == []


# -- to the wrong person ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "reason", "at_desk", "at_aase"),
    [
        ("delivered", "", "desk.undo.done", ["citizen_step.astray"]),
        ("delivered", "overwritten", "desk.undo.overwritten", []),
        ("rejected", "too old", "desk.undo.failed", []),
    ],
)
def test_who_got_what_was_not_for_them_reads_one_line_and_staff_how_it_stands(
    outcome: Any, reason: str, at_desk: str, at_aase: list[str]
) -> None:
    move = move_of(an_idea(), reply(AASE, 80))
    astray.on_delivery(move, Delivery(outcome, AASE, 80, "astray", 1, GROUP, 500, reason, NOW))
    assert keys(GROUP, move.effects) == [at_desk]
    assert keys(AASE, move.effects) == at_aase
    failed = "desk.astray.failed" in str(move.effects)
    assert failed == (outcome == "rejected"), "the guardian hears at once of what could not be taken away"


# -- a colleague is asked ---------------------------------------------------------------------------------------------


def asks(text: str, idea: Initiative | None, **more: Any) -> Move:
    move = move_of(idea or an_idea())
    advice.ask(move, said(METTE, text, command="spoerg", **more), AGENTS["mette"], idea)
    return move


def test_a_question_reaches_the_colleague_with_what_the_citizen_wrote_and_is_noted() -> None:
    idea = an_idea(desks=(Desk(GROUP, topic=True), Desk(PETER, topic=False)))
    move = asks("Peter Dam Kender du grunden?", idea)
    [question, words] = says(PETER, move.effects)
    assert isinstance(question.content, Quote)
    assert question.content.text == "Kender du grunden?"
    assert question.tag is not None
    assert (question.tag.role, question.tag.about, question.tag.origin_chat) == (advice.ROLE, 1, GROUP)
    assert isinstance(words.content, Quote)
    assert "cyklerne ligger og flyder" in words.content.text
    assert words.silent
    [note] = [one for one in move.effects if isinstance(one, Note)]
    assert (note.kind, note.seen_by, note.data) == (
        "asked",
        "staff",
        {"name": "Peter Dam", "text": "Kender du grunden?"},
    )
    assert keys(GROUP, move.effects) == ["colleague.advice.sent"]


def test_without_an_idea_a_name_or_a_question_it_is_said_how_to_ask() -> None:
    assert keys(GROUP, asks("Peter Dam Kender du grunden?", None).effects) == ["colleague.advice.which"]
    for text in ("", "Peter Dam", "Ingen Kendt Kender du grunden?", "Mette Holm Kender du grunden?"):
        move = asks(text, an_idea())
        assert keys(GROUP, move.effects) == ["colleague.advice.how"], text
        assert len(move.effects) == 1


def answers(text: str, target: Link | None, **more: Any) -> Move:
    move = move_of(an_idea(), target=target)
    advice.answer(move, said(PETER, text, chat=PETER, **more), AGENTS["peter"])
    return move


def test_the_answer_goes_back_to_where_it_was_asked_also_a_picture() -> None:
    asked = Link(PETER, 90, advice.ROLE, 1, GROUP, 500, METTE, "", NOW)
    move = answers("Ja, det gør jeg", asked)
    [back] = says(GROUP, move.effects)
    assert isinstance(back.content, Quote)
    assert back.content.heading is not None
    assert (back.content.text, back.content.heading.key) == ("Ja, det gør jeg", "colleague.advice.answered")
    assert keys(PETER, move.effects) == ["colleague.advice.answer_sent"]
    [note] = [one for one in move.effects if isinstance(one, Note)]
    assert (note.kind, note.seen_by, note.data) == ("advised", "staff", {"text": "Ja, det gør jeg", "media": 0})
    pictured = answers("", asked, media=(PHOTO,))
    assert [one.to.chat for one in pictured.effects if isinstance(one, SendMedia)] == [GROUP]
    assert keys(GROUP, pictured.effects) == ["colleague.advice.answered"]


def test_what_cannot_be_carried_is_told_and_an_answer_to_nothing_is_nothing() -> None:
    asked = Link(PETER, 90, advice.ROLE, 1, GROUP, 500, METTE, "", NOW)
    for move in (answers("  ", asked), answers("hej", asked, other="sticker")):
        [told] = says(PETER, move.effects)
        assert told.content == Words("desk.cannot_carry", "da")
        assert told.reply_to is not None
        assert len(move.effects) == 1
    assert answers("hej", None).effects == []
    assert answers("hej", replace(asked, about=9)).effects == []
