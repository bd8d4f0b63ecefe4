"""Whoever takes part in an initiative that another began hears what its initiator is told of it, in their language."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import appointment, belonging, desk, dialogue, handover, lead, meetings, partner_words, watch
from bot.core.effects import Invite, Note, Rewrite
from bot.core.events import Event, Fell, Said
from bot.core.initiative import Ending, Initiative, Partner, Stage
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from bot.texts.specimen import specimen
from tests.book import BOOK
from tests.core.test_forms import FILLED, accept, carried_out, edit, fill
from tests.core.test_meetings import by_aase, chosen, fell, timer
from tests.core.test_trial import at_its_end
from tests.core.town import (
    AASE,
    DUE,
    FRAME,
    GROUP,
    JONAS,
    KARIM,
    METTE,
    NOW,
    PETER,
    Story,
    an_idea,
    keys,
    pressed,
    said,
    says,
)

SHARED = an_idea(partners=(Partner(KARIM, "Karim", "en", NOW),))


def read(chat: int, move: Move) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, move.effects))


def in_all(idea: Initiative, event: Event, lang: str = "da") -> Move:
    """One step of the whole dialogue, by Karim."""
    karim = Person(KARIM, "Karim", lang=lang, noticed=True)
    world = World(now=NOW, frame=FRAME, person=karim, talk=Talk(lang=lang), initiatives={1: idea})
    return dialogue.step(world, event)


def files(move: Move) -> dict[int, Invite]:
    """The appointments that go into calendars, by chat, in the words of each who gets one."""
    told = partner_words.speak(move.effects, move)
    return {effect.to.chat: effect for effect in told if isinstance(effect, Invite)}


def test_a_promise_that_passes_is_told_to_each_of_them_once() -> None:
    story = Story(SHARED, now=DUE)
    fell = Fell(f"promise_due:1:{DUE:%Y%m%dT%H%M}", "promise_due", 1, 0, DUE, DUE)
    move = story.step(watch.on_fell, fell)
    assert (keys(AASE, move.effects), keys(KARIM, move.effects)) == (["citizen_step.late"], ["bridge.late"])
    assert "Mette Holm will write by Friday 6 November" in read(KARIM, move)
    assert says(KARIM, story.step(watch.on_fell, fell).effects) == []


def test_who_has_it_now_is_told_to_each_of_them_and_nobody_is_woken() -> None:
    story = Story(SHARED, now=NOW.replace(hour=22))

    def given(move: Move, _: object) -> None:
        lead.give(move, move.world.initiatives[1], move.world.frame.agents["bo"], lead.MOVED)

    move = story.step(given, said(PETER, chat=PETER))
    for citizen in (AASE, KARIM):
        (told,) = says(citizen, move.effects)
        assert told.after == (NOW + timedelta(days=1)).replace(hour=7, minute=0)
        assert "Bo Lind" in read(citizen, move)


def test_what_the_initiator_takes_back_is_no_riddle_to_the_others() -> None:
    move = Story(SHARED).step(lambda move, _: handover.withdraw(move, move.world.initiatives[1]), said(AASE, chat=AASE))
    assert keys(KARIM, move.effects) == ["bridge.withdrawn"]
    assert "Mette Holm" in read(KARIM, move)


def test_at_the_end_of_a_trial_each_is_asked_and_the_timeline_names_who_saw_it() -> None:
    story = Story(SHARED)
    carried_out(story, "trial")
    move = at_its_end(story)
    assert keys(AASE, move.effects) == keys(KARIM, move.effects) == ["citizen_step.trial_over"]

    def writes(move: Move, event: Said) -> None:
        belonging.carry_on(move, move.world.initiatives[1], event)

    heard = story.step(writes, said(KARIM, "der var plads", chat=KARIM))
    seen = [effect for effect in heard.effects if isinstance(effect, Note) and effect.kind == "trial_seen"]
    assert [(note.actor, note.data["text"]) for note in seen] == [("Karim", "der var plads")]


def test_what_is_open_again_is_told_to_each_of_them() -> None:
    over = an_idea(partners=SHARED.partners, stage=Stage.DONE, ending=Ending("ti stativer", by="Mette Holm"))
    move = Story(over).step(desk.on_pressed, pressed(METTE, "reopen:1"), topic=1)
    assert keys(AASE, move.effects) == keys(KARIM, move.effects) == ["citizen_step.reopened"]


@pytest.mark.parametrize("lang", BOOK.languages)
@pytest.mark.parametrize("key", sorted(partner_words.TWINS))
def test_every_twin_for_those_who_take_part_can_be_filled_and_says_that_it_is_not_theirs_alone(
    key: str, lang: str
) -> None:
    twin = f"partner.{key}"
    assert BOOK.entries[lang][twin].fields <= BOOK.entries[lang][key].fields | {"name", "n"}
    said_alone = r"\b(din|dit) (egen )?idé|\byour (own )?idea\b|ваш[аоуі]\w* іде"
    assert not re.search(said_alone, specimen(BOOK, twin, lang), re.IGNORECASE)


@pytest.mark.parametrize("kind", sorted(set(FILLED) - {"title"}))
def test_a_step_is_told_and_mended_as_of_what_several_are_in_and_what_one_does_is_theirs(kind: str) -> None:
    story = Story(SHARED)
    lines = FILLED[kind] + ("\nKarim selv: tæller cykler" if kind == "step" else "")
    message, _ = fill(story, kind, lines)
    done = accept(story, message)
    done.effects = partner_words.speak(done.effects, done)
    assert "your shared idea" in read(KARIM, done).lower()
    assert "jeres" not in read(AASE, done)
    if kind == "step":
        assert "What Aase does: tæller cykler" in read(KARIM, done)
        story.deliver(says(AASE, done.effects)[0])
        again = story.step(desk.on_edited, edit(message, lines + "!"), topic=1)
        again.effects = partner_words.speak(again.effects, again)
        (mended,) = [one for one in again.effects if isinstance(one, Rewrite) and one.target.chat == KARIM]
        assert "your shared idea" in BOOK.speak(mended.content).plain


def test_where_it_stands_is_told_to_each_in_words_for_them() -> None:
    told = read(KARIM, in_all(SHARED, pressed(KARIM, "i_status:1", chat=KARIM)))
    assert "Mette læser jeres idé og svarer jer" in told
    assert "Jeres idé: «Cykler ved Ordrup Station»" in told
    assert "din idé" not in told


@pytest.mark.parametrize(("where", "words"), [("Byens Hus", "you and Aase meet"), ("Telefon", "will call Aase")])
def test_an_appointment_is_in_everybody_s_calendar_and_both_sides_know_that(where: str, words: str) -> None:
    story = Story(SHARED)
    move = chosen(story, f"mødetid: tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10 · {where}")
    got = files(move)
    assert (got[KARIM].at, got[KARIM].sequence, got[KARIM].where) == (got[AASE].at, got[AASE].sequence, where)
    caption = BOOK.speak(got[KARIM].caption).plain
    assert f"{words}" in caption
    assert "Wednesday 11 November at 10:00" in caption
    for chat in (AASE, GROUP):
        assert "Det har jeg også sagt til Karim." in read(chat, move)
    at = timer(move, meetings.REMIND)
    story.now = at.due
    reminded = fell(story, at.kind, at.key)
    reminded.effects = partner_words.speak(reminded.effects, reminded)
    assert "Remember" in read(KARIM, reminded)
    off = by_aase(story, "meet_off:1:1")
    off.effects = partner_words.speak(off.effects, off)
    assert "Aase has called off the appointment" in read(KARIM, off)


def test_an_appointment_with_somebody_else_is_renewed_for_each_and_given_to_whoever_comes_in() -> None:
    story = Story(replace(SHARED, taken=NOW, stage=Stage.WITH_AGENT))
    before = files(chosen(story))
    move = story.step(desk.on_pressed, pressed(PETER, "over:1", chat=PETER))
    again = files(move)
    assert again[KARIM].sequence == again[AASE].sequence > before[KARIM].sequence
    assert "Here it is again for your calendar" in BOOK.speak(again[KARIM].caption).plain
    assert says(KARIM, move.effects) == []
    jonas = Partner(JONAS, "Jonas", "da", NOW)

    def comes_in(move: Move, _: object) -> None:
        changed = replace(story.initiatives[1], partners=(*SHARED.partners, jonas))
        move.save(changed)
        appointment.to_partner(move, changed, jonas)

    assert "I møder Peter Dam" in BOOK.speak(files(story.step(comes_in, said(AASE)))[JONAS].caption).plain


def test_who_takes_it_what_it_is_called_now_where_it_is_shown_and_a_pause_are_told_to_each_of_them() -> None:
    story = Story(SHARED)
    taken = story.step(desk.on_pressed, pressed(METTE, "take:1"), topic=1)
    assert keys(KARIM, taken.effects) == keys(AASE, taken.effects)
    message, _ = fill(story, "title", "Titel: Cykelplan Ordrup")
    (asked,) = says(AASE, accept(story, message).effects)
    assert "now called «Cykelplan Ordrup»" in read(KARIM, by_aase(story, asked.buttons[0][0].data))
    message, _ = fill(story, "show", "Råd: Handicaprådet\nHvornår: 20/11\nTekst: cyklerne flyder")
    (asked,) = says(AASE, accept(story, message).effects)
    assert read(KARIM, by_aase(story, asked.buttons[1][0].data)) == "", "a no concerns the initiator alone"
    message, _ = fill(story, "show", "Råd: Handicaprådet\nHvornår: 20/11\nTekst: cyklerne flyder")
    (asked,) = says(AASE, accept(story, message).effects)
    assert "Where: Handicaprådet" in read(KARIM, by_aase(story, asked.buttons[0][0].data))
    assert "Aase has paused no. 1" in read(KARIM, by_aase(story, "i_pause:1"))


def test_at_the_end_each_is_asked_once_and_answers_for_themselves() -> None:
    over = replace(SHARED, stage=Stage.DONE, answered=NOW)
    asked = Story(over).step(desk.on_fell, Fell("survey:1", "survey", 1, 0, NOW, NOW))
    assert len(says(AASE, asked.effects)) == len(says(KARIM, asked.effects)) == 1
    assert "Were you listened to?" in read(KARIM, asked)
    for detail in ("0y", "1p", "2n"):
        move = in_all(over, pressed(KARIM, f"survey:1:{detail}", chat=KARIM), "en")
        over = move.changed[1]
    assert over.partners[0].answers == "ypn"
    assert "Ja, jeg blev lyttet til" in read(GROUP, move)
    assert "Nej, ikke vores egen mere" in read(GROUP, move), "it is not theirs alone, so nor is the answer"
    assert not over.extra, "the initiator's answers are the initiator's"
    assert "Karim har svaret" in read(GROUP, move)
    again = Story(over).step(desk.on_fell, Fell("survey:1", "survey", 1, 0, NOW, NOW))
    assert (len(says(AASE, again.effects)), says(KARIM, again.effects)) == (1, [])
    assert in_all(over, pressed(KARIM, "survey:1:0n", chat=KARIM)).changed == {}
    opened = Story(over).step(desk.on_pressed, pressed(METTE, "reopen:1"), topic=1)
    assert opened.changed[1].partners[0].answers == ""
