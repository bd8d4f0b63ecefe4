"""What is said of what reaches the citizen is true where it is read: in a group, in an own chat, without Telegram."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.core import appointment, card, desk, dialogue, marks, queue, status
from bot.core.effects import DropTimer, Erase, Note, Parts, Rewrite, SetTimer
from bot.core.initiative import NOBODY, Desk, Initiative, NextStep, Turn
from bot.core.lists import Listed
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.test_forms import FILLED, accept, fill, told
from tests.core.town import (
    AASE,
    BO,
    FRAME,
    GROUP,
    METTE,
    NOW,
    PETER,
    SIGNE,
    ZONE,
    Story,
    an_idea,
    delivery,
    for_signe,
    keys,
    pressed,
    said,
    says,
)

AT = datetime(2026, 11, 11, 10, tzinfo=ZONE)
MEETING = '{"version": 1, "times": [], "where": "Byens Hus", "agent": "mette", "chosen": "2026-11-11T10:00:00+01:00"}'


def text_of(say: Any) -> str:
    return BOOK.speak(say.content).plain


def move_of(*ideas: Initiative, reader: int = METTE) -> Move:
    known = {idea.number: idea for idea in ideas}
    return Move.of(World(NOW, FRAME, Person(reader, "x"), Talk(lang="da"), initiatives=known))


def agreed(key: str = "step.meeting") -> Initiative:
    """Aase's idea with an appointment."""
    step = NextStep("Mette Holm", AT, Turn.AGENT, key=key)
    return marks.mark(an_idea(step=step, taken=NOW), **{marks.MEETING: MEETING})


def test_each_card_says_what_reaches_the_citizen_from_that_very_chat() -> None:
    idea = an_idea(desks=(Desk(GROUP, topic=True), Desk(PETER, topic=False)))
    move = move_of(idea)
    card.post(move, idea)
    card.refresh(move, idea)
    queue.by_command(move, said(SIGNE, "1", chat=SIGNE), idea)
    (group,), (own,), (looked,) = (says(chat, move.effects) for chat in (GROUP, PETER, SIGNE))
    assert "Alt, hvad I skriver, er internt. Kun knappen Svar og /svar når Aase." in text_of(group)
    for shown in (own, looked):
        assert "internt" not in text_of(shown), "an answer to her message goes out too"
        assert "svar på en besked fra Aase" in text_of(shown)
    renewed = {effect.target.chat: text_of(effect) for effect in move.effects if isinstance(effect, Rewrite)}
    assert renewed == {GROUP: text_of(group), PETER: text_of(own)}


def test_for_a_citizen_without_telegram_nothing_is_said_to_be_sent() -> None:
    idea = for_signe(1, owner=NOBODY, owner_name="Ejnar")
    story = Story(idea)
    move = story.step(desk.on_pressed, pressed(SIGNE, "reply:1", chat=SIGNE))
    (prompt,) = says(SIGNE, move.effects)
    assert "Jeg sender det ikke: du fortæller det selv" in text_of(prompt)
    card.post(move := move_of(idea), idea)
    assert "Ejnar hører kun det, som I selv fortæller" in text_of(says(SIGNE, move.effects)[0])


@pytest.mark.parametrize(
    ("key", "yours", "theirs"),
    [
        ("step.meeting", "du mødes med Mette", "Mette mødes med Aase"),
        ("step.call", "Mette ringer til dig", "Mette ringer til Aase"),
    ],
)
def test_an_appointment_is_on_a_day_and_not_by_one(key: str, yours: str, theirs: str) -> None:
    idea = agreed(key)
    assert appointment.standing(idea)
    move = move_of(idea, reader=AASE)
    assert f"Næste skridt: {yours} onsdag den 11. november kl. 10." in BOOK.speak(status.one(move, idea)).plain
    status.tell_all(move, [idea])
    (listed,) = says(AASE, move.effects)
    assert f"{yours} onsdag den 11. november kl. 10." in text_of(listed)
    shown = BOOK.speak(card.content(move, idea, GROUP)).plain
    assert f"Næste skridt: {theirs} onsdag den 11. november kl. 10" in shown
    (line,) = queue.page(move, Listed(1, [idea]), "koe", FRAME.agents["peter"])[0]
    assert f"Mette Holm: {theirs} onsdag den 11. november kl. 10" in BOOK.speak(Parts((line,))).plain
    for text in (text_of(listed), shown, BOOK.speak(line).plain):
        assert "senest" not in text


@pytest.mark.parametrize(
    ("kind", "when", "shut"),
    [
        ("step", "8/11", "søndag den 8. november"),
        ("trial", "24/12", "torsdag den 24. december"),
        ("waiting", "9/11", ""),
    ],
)
def test_the_preview_says_that_a_date_is_no_working_day_and_the_citizen_is_not_told(
    kind: str, when: str, shut: str
) -> None:
    story = Story(an_idea())
    lines = "\n".join(line for line in FILLED[kind].splitlines() if not line.startswith("Hvornår"))
    message, move = fill(story, kind, f"{lines}\nHvornår: {when}")
    (preview,) = says(GROUP, move.effects)
    warned = "er ikke en arbejdsdag"
    assert (f"Husk: {shut} {warned}." in told(preview.content)) if shut else (warned not in told(preview.content))
    (sent,) = says(AASE, accept(story, message).effects)
    assert warned not in told(sent.content)


@pytest.mark.parametrize("kind", sorted(set(FILLED) - {"done"}))
def test_whoever_writes_is_named_to_the_citizen_also_where_another_takes_the_step(kind: str) -> None:
    story = Story(an_idea())
    message, _ = fill(story, kind, FILLED[kind].replace("Hvem: mig", "Hvem: Mette"), BO)
    (sent,) = says(AASE, accept(story, message, BO).effects)
    assert told(sent.content).count("Bo Lind, sparringsagent") == 1


def test_the_coordinator_gives_a_new_date_from_an_own_chat_and_the_citizen_reads_who_wrote_it() -> None:
    story = Story(an_idea())
    (prompt,) = says(PETER, story.step(desk.on_pressed, pressed(PETER, "form:1:step", chat=PETER)).effects)
    message = said(PETER, "Hvad: spørger leverandøren\nHvem: Mette\nHvornår: 11/12", chat=PETER)
    story.step(desk.on_said, message, target=story.deliver(prompt))
    move = story.step(desk.on_pressed, pressed(PETER, f"form_ok:1:{message.message_ids[0]}", chat=PETER))
    (sent,) = says(AASE, move.effects)
    for part in ("Mette Holm tager det næste skridt senest fredag den 11. december", "Det skriver Peter Dam"):
        assert part in told(sent.content)
    idea = story.initiatives[1]
    assert (idea.responsible, idea.step.who, idea.step.due.day) == ("mette", "Mette Holm", 11)


def test_what_is_not_open_is_not_hidden_again() -> None:
    event = pressed(AASE, "i_hide:1", chat=AASE)
    world = World(NOW, FRAME, Person(AASE, "Aase"), Talk(lang="da"), initiatives={1: an_idea()})
    move = dialogue.step(world, event)
    assert keys(AASE, move.effects) == ["citizen.not_public"]
    assert (move.changed, [one for one in move.effects if isinstance(one, Note)]) == ({}, [])
    opened = dialogue.step(replace(world, initiatives={1: an_idea(public=True)}), event)
    assert keys(AASE, opened.effects) == ["citizen.hidden_now"]


def test_a_message_that_was_taken_back_is_noted_with_its_writer() -> None:
    story = Story(an_idea())
    words = said(METTE, "Kan du tirsdag?", command="svar")
    (sent,) = says(AASE, story.step(desk.on_said, words, topic=1).effects)
    assert sent.tag is not None
    line = story.link(GROUP, "sent", 1, origin_chat=GROUP, origin_message=words.message_ids[0])
    story.deliver(sent, 9001)
    move = story.step(desk.on_pressed, pressed(METTE, "undo:1:9001"), topic=1, target=line)
    (erased,) = [effect.tag for effect in move.effects if isinstance(effect, Erase)]
    gone = story.step(desk.on_delivery, delivery(erased))
    (note,) = [one for one in gone.effects if isinstance(one, Note)]
    assert (note.kind, note.actor, note.data) == ("taken_back", "Mette Holm", {"message": words.message_ids[0]})
    refused = story.step(desk.on_delivery, delivery(erased, outcome="rejected"))
    assert not [one for one in refused.effects if isinstance(one, Note)], "it stands at hers still"


def test_of_several_words_on_one_timer_the_last_counts() -> None:
    move = move_of()
    move.do(DropTimer("a"), SetTimer("a", "k", NOW), SetTimer("b", "k", NOW), SetTimer("a", "k", AT), DropTimer("b"))
    assert move.effects == [SetTimer("a", "k", AT), DropTimer("b")]
