"""How an agent moves an initiative: forms, what is missing by name, preview, OK, and mending a slip."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core import desk
from bot.core.effects import MendFollowers, Note, Parts, Rewrite, Say, SayFollowers, Words
from bot.core.events import Edited, Said, Sender
from bot.core.initiative import Stage, Turn
from bot.core.world import Link, Move
from tests.book import BOOK
from tests.core.town import (
    AASE,
    BO,
    GROUP,
    METTE,
    NOW,
    ZONE,
    Story,
    an_idea,
    answer,
    delivery,
    fields,
    keys,
    pressed,
    said,
    says,
    to,
)

FILLED = {
    "step": "Hvad: måler pladsen op\nHvem: mig\nHvornår: 12. november\nAase selv: tegner en skitse",
    "trial": "Hvad: 10 stativer\nHvem: Mette\nHvornår: 12/12\nSammen med: Ordrup Cykler\nKigger efter: om der er plads",
    "waiting": "Hvad: Trafikudvalgets møde\nHvem: Mette Holm\nHvornår: 19. november",
    "realising": "Hvad: stativerne bliver sat op\nHvem: Mette\nHvornår: 1. december",
    "learned": "Lært: der var plads til alle\nHvad: flere stativer\nHvem: Mette\nHvornår: 20/11",
    "back": "Hvorfor: pladsen var for smal\nHvad: finder et andet sted\nHvem: Mette\nHvornår: 20/11",
    "done": "Der står nu 20 stativer.",
    "may_not": "Hvad: betale husleje\nHvorfor: Kommunalfuldmagten siger nej.\nI stedet: Erhvervshuset kan rådgive",
    "can_not": "Hvad: flytte stationen\nHvorfor: Den er Banedanmarks.\nI stedet: skriv til Banedanmark",
    "partly": "Det må vi ikke: drive en café\nHvorfor: Det står i kommunalfuldmagten.\nDet går videre: fællesspisning\n"
    "Hvem: Mette\nHvornår: 20/11",
}


def told(content: Any) -> str:
    return BOOK.speak(content).plain


def open_form(story: Story, kind: str, user: int = METTE) -> Link:
    move = story.step(desk.on_pressed, pressed(user, f"form:1:{kind}"), topic=1)
    (prompt,) = says(GROUP, move.effects)
    assert prompt.prompt
    return story.deliver(prompt)


def fill(story: Story, kind: str, words: str, user: int = METTE) -> tuple[Said, Move]:
    link = open_form(story, kind, user)
    message = said(user, words)
    return message, story.step(desk.on_said, message, topic=1, target=link)


def accept(story: Story, message: Said, user: int = METTE) -> Move:
    return story.step(desk.on_pressed, pressed(user, f"form_ok:1:{message.message_ids[0]}"), topic=1)


def carried_out(story: Story, kind: str = "step") -> tuple[Said, Say]:
    message, _ = fill(story, kind, FILLED[kind])
    (sent,) = says(AASE, accept(story, message).effects)
    return message, sent


@pytest.mark.parametrize("kind", sorted(FILLED))
def test_every_form_goes_from_lines_to_a_preview_to_one_new_message(kind: str) -> None:
    story = Story(an_idea(public=True))
    message, shown = fill(story, kind, FILLED[kind])
    assert to(AASE, shown.effects) == []
    (preview,) = says(GROUP, shown.effects)
    assert [button.key for row in preview.buttons for button in row] == [
        "desk.button.form_ok",
        "desk.button.form_fix",
        "desk.button.form_drop",
    ]
    done = accept(story, message)
    (sent,) = says(AASE, done.effects)
    assert sent.tell
    assert told(sent.content) in told(preview.content)
    assert len([effect for effect in done.effects if isinstance(effect, SayFollowers)]) == 1
    assert any(isinstance(effect, Note) for effect in done.effects)
    assert any(isinstance(effect, Rewrite) and effect.target.role == "card" for effect in done.effects)
    assert says(AASE, accept(story, message).effects) == []


@pytest.mark.parametrize("kind", ["step", "trial", "waiting", "realising", "learned", "back", "partly"])
def test_who_and_when_stand_in_the_first_forty_words(kind: str) -> None:
    _, sent = carried_out(Story(an_idea()), kind)
    first = " ".join(told(sent.content).split()[:40])
    assert "Mette Holm" in first
    assert "2026" not in first
    assert any(month in first for month in ("november", "december"))


def test_an_empty_date_is_named_and_nothing_is_sent() -> None:
    story = Story(an_idea())
    _, move = fill(story, "trial", FILLED["trial"].replace("12/12", ""))
    assert to(AASE, move.effects) == []
    (again,) = says(GROUP, move.effects)
    assert again.prompt
    assert "Der mangler: Hvornår" in told(again.content)
    assert story.initiatives[1].stage is Stage.RECEIVED


def test_the_missing_part_alone_fills_the_form() -> None:
    story = Story(an_idea())
    _, move = fill(story, "step", "Hvad: måler op\nHvem: mig")
    link = story.deliver(says(GROUP, move.effects)[0])
    last = said(METTE, "12. november")
    story.step(desk.on_said, last, topic=1, target=link)
    accept(story, last)
    step = story.initiatives[1].step
    assert (step.what, step.who, step.due) == ("måler op", "Mette Holm", datetime(2026, 11, 12, 16, tzinfo=ZONE))


def test_an_ok_to_a_form_that_is_not_whole_sends_nothing_and_names_the_part() -> None:
    story = Story(an_idea())
    message, _ = fill(story, "step", "Hvad: måler op\nHvem: mig")
    move = accept(story, message)
    assert to(AASE, move.effects) == []
    assert "Der mangler: Hvornår" in told(says(GROUP, move.effects)[0].content)


@pytest.mark.parametrize("part", ["Hvad", "Hvorfor", "I stedet"])
def test_a_no_is_not_sent_before_all_parts_are_there(part: str) -> None:
    story = Story(an_idea())
    lines = [line for line in FILLED["may_not"].splitlines() if not line.startswith(f"{part}:")]
    _, move = fill(story, "may_not", "\n".join(lines))
    assert to(AASE, move.effects) == []
    assert f"Der mangler: {part}" in told(says(GROUP, move.effects)[0].content)
    assert not story.initiatives[1].stage.closed


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("Hvad: x\nHvem: mig\nHvornår: 1/11", "Den dato er gået"),
        ("Hvad: x\nHvem: mig\nHvornår: snart", "kan jeg ikke læse"),
        ("Hvad: x\nHvem: teamet\nHvornår: 12/11", "navnet på ét menneske"),
        ("Hvad: x\nHvem: vi\nHvornår: 12/11", "navnet på ét menneske"),
        ("Hvad: " + "x" * 401 + "\nHvem: mig\nHvornår: 12/11", "Højst 400 tegn"),
    ],
)
def test_a_line_that_will_not_do_is_named_with_what_will(lines: str, fault: str) -> None:
    story = Story(an_idea())
    _, move = fill(story, "step", lines)
    assert to(AASE, move.effects) == []
    assert fault in told(says(GROUP, move.effects)[0].content)


def test_lines_without_labels_are_read_in_their_order() -> None:
    story = Story(an_idea())
    message, _ = fill(story, "step", "måler pladsen op\nBo\ntorsdag")
    accept(story, message)
    step = story.initiatives[1].step
    assert (step.what, step.who, step.due.date().isoformat()) == ("måler pladsen op", "Bo Lind", "2026-11-05")


def test_a_step_moves_the_stage_and_keeps_one_responsible_one_step_one_date() -> None:
    story = Story(an_idea())
    carried_out(story, "trial")
    idea = story.initiatives[1]
    assert (idea.stage, idea.step.turn, idea.responsible) == (Stage.TRIAL, Turn.AGENT, "mette")
    assert idea.step.what == "10 stativer"
    assert idea.taken == NOW


def test_waiting_for_something_outside_is_nobody_s_delay_before_its_date() -> None:
    story = Story(an_idea())
    carried_out(story, "waiting")
    assert story.initiatives[1].step.turn is Turn.OUTSIDE


def test_a_no_ends_it_with_what_why_what_instead_and_who() -> None:
    story = Story(an_idea())
    _, sent = carried_out(story, "may_not")
    idea = story.initiatives[1]
    assert idea.stage is Stage.MAY_NOT
    assert idea.ending is not None
    assert (idea.ending.what, idea.ending.by) == ("betale husleje", "Mette Holm")
    text = told(sent.content)
    assert "må ikke" in text
    assert len(text.split()) <= 120
    assert [button.data for row in sent.buttons for button in row] == ["ask:1", "i_edit:1"]


def test_the_longest_no_still_has_at_most_120_words() -> None:
    story = Story(an_idea())
    words = "Hvad: " + "en to " * 13 + "\nHvorfor: " + "tre fire " * 13 + "\nI stedet: " + "fem seks " * 13
    message, _ = fill(story, "may_not", words)
    (sent,) = says(AASE, accept(story, message).effects)
    assert len(told(sent.content).split()) <= 120
    _, too_long = fill(Story(an_idea()), "may_not", words + "syv otte ni ti")
    assert "for langt i alt" in told(says(GROUP, too_long.effects)[0].content)


def test_part_of_an_idea_may_go_on_with_a_step_and_a_date() -> None:
    story = Story(an_idea())
    carried_out(story, "partly")
    idea = story.initiatives[1]
    assert not idea.stage.closed
    assert idea.step.what == "fællesspisning"


def test_done_thanks_and_asks_one_question() -> None:
    _, sent = carried_out(Story(an_idea()), "done")
    text = told(sent.content)
    assert text.count("?") == 1
    assert "20 stativer" in text


def test_followers_of_what_is_not_public_hear_nothing() -> None:
    story = Story(an_idea(public=False))
    carried_out(story)
    assert not [effect for effect in story.effects if isinstance(effect, SayFollowers)]


def test_nobody_presses_ok_for_another() -> None:
    story = Story(an_idea())
    message, _ = fill(story, "step", FILLED["step"])
    move = accept(story, message, user=BO)
    assert to(AASE, move.effects) == []
    assert answer(move.effects).words == Words("desk.form.not_open", "da", {})


def test_a_form_that_was_filled_for_one_idea_moves_no_other() -> None:
    story = Story(an_idea(), an_idea(2))
    message, _ = fill(story, "step", FILLED["step"])
    move = story.step(desk.on_pressed, pressed(METTE, f"form_ok:2:{message.message_ids[0]}"), topic=2)
    assert answer(move.effects).alert
    assert (move.changed, says(AASE, move.effects)) == ({}, [])


def test_a_dropped_form_sends_nothing_later() -> None:
    story = Story(an_idea())
    message, _ = fill(story, "step", FILLED["step"])
    story.step(desk.on_pressed, pressed(METTE, f"form_drop:1:{message.message_ids[0]}"), topic=1)
    assert to(AASE, accept(story, message).effects) == []


def test_a_date_that_passes_between_preview_and_ok_is_asked_for_again() -> None:
    story = Story(an_idea())
    message, _ = fill(story, "step", FILLED["step"].replace("12. november", "i morgen"))
    story.now += timedelta(days=3)
    move = accept(story, message)
    assert to(AASE, move.effects) == []
    assert "Den dato er gået" in told(says(GROUP, move.effects)[0].content)


def test_an_edit_within_48_hours_changes_the_sent_text_and_sends_nothing_new() -> None:
    story = Story(an_idea())
    message, sent = carried_out(story)
    copy = story.deliver(sent)
    story.now += timedelta(minutes=5)
    event = edit(message, FILLED["step"].replace("måler", "maaler"))
    move = story.step(desk.on_edited, event, topic=1)
    (changed,) = [e for e in move.effects if isinstance(e, Rewrite) and e.target.chat == AASE]
    assert changed.target.message_id == copy.message_id
    assert "maaler" in told(changed.content)
    assert says(AASE, move.effects) == []
    assert story.initiatives[1].step.what == "maaler pladsen op"
    assert story.step(desk.on_edited, event, topic=1).effects == []


@pytest.mark.parametrize("public", [True, False])
def test_what_followers_read_of_a_step_is_mended_too_and_names_no_citizen(public: bool) -> None:
    story = Story(an_idea(public=public))
    message, sent = carried_out(story)
    story.deliver(sent)
    lines = FILLED["step"].replace("12. november", "13. november")
    for day, before in ((13, 12), (16, 13)):
        event = edit(message, lines.replace("13. november", f"{day}. november").replace("måler", "måler med Aase"))
        mended = [one for one in story.step(desk.on_edited, event, topic=1).effects if isinstance(one, MendFollowers)]
        assert len(mended) == public
        for one in mended:
            assert one.news.tag == next(e.tag for e in story.effects if isinstance(e, SayFollowers))
            text = told(Words(one.news.key, "da", one.news.fields))
            assert f"{day}. november" in text
            assert f"{before}. november" in told(Words(one.news.key, "da", one.before))
            assert "Aase" not in text


def edit(message: Said, text: str) -> Edited:
    return Edited(message.chat, Sender(METTE, "x"), message.message_ids[0], NOW, text)


def test_an_edit_that_leaves_a_hole_changes_nothing() -> None:
    story = Story(an_idea())
    message, sent = carried_out(story)
    story.deliver(sent)
    move = story.step(desk.on_edited, edit(message, FILLED["step"].replace("12. november", "31/2")), topic=1)
    assert not [e for e in move.effects if isinstance(e, Rewrite)]
    assert "ikke rettet" in told(says(GROUP, move.effects)[0].content)


def test_a_step_that_is_old_or_overtaken_is_not_changed() -> None:
    story = Story(an_idea())
    first, sent = carried_out(story)
    story.deliver(sent)
    _, sent = carried_out(story, "realising")
    story.deliver(sent)
    move = story.step(desk.on_edited, edit(first, FILLED["step"] + "!"), topic=1)
    assert keys(GROUP, move.effects) == ["desk.form.newer_step"]


def test_after_48_hours_a_step_is_not_changed() -> None:
    story = Story(an_idea())
    message, sent = carried_out(story)
    story.deliver(sent)
    story.now += timedelta(hours=49)
    move = story.step(desk.on_edited, edit(message, FILLED["step"] + "!"), topic=1)
    assert keys(GROUP, move.effects) == ["desk.form.too_late"]


def test_the_button_beneath_sent_mends_one_line_and_then_another() -> None:
    story = Story(an_idea(public=True))
    _, sent = carried_out(story)
    copy = story.deliver(sent)
    done = story.step(desk.on_delivery, delivery(sent.tag, message=copy.message_id))
    line = says(GROUP, done.effects)[0]
    link = story.deliver(line)
    for words, due in (("Hvornår: 13. november", 13), ("Hvornår: 16. november", 16)):
        opened = story.step(desk.on_pressed, pressed(METTE, line.buttons[0][0].data), topic=1, target=link)
        prompt = story.deliver(says(GROUP, opened.effects)[0])
        message = said(METTE, words)
        story.step(desk.on_said, message, topic=1, target=prompt)
        move = accept(story, message)
        assert says(AASE, move.effects) == []
        mended = [e.target.message_id for e in move.effects if isinstance(e, Rewrite) and e.target.chat == AASE]
        assert mended == [copy.message_id]
        news = next(e.news for e in move.effects if isinstance(e, MendFollowers))
        assert (news.tag.origin_chat, news.tag.origin_message) == (sent.tag.origin_chat, sent.tag.origin_message)
        assert story.initiatives[1].step.due.day == due
        assert story.initiatives[1].step.what == "måler pladsen op"


def test_a_step_that_arrived_is_an_answer_and_keeps_its_own_date() -> None:
    story = Story(an_idea())
    _, sent = carried_out(story)
    story.step(desk.on_delivery, delivery(sent.tag))
    idea = story.initiatives[1]
    assert idea.answered == NOW
    assert (idea.step.turn, idea.step.due.day) == (Turn.AGENT, 12)


def test_a_step_for_today_still_stands_after_it_arrived() -> None:
    story = Story(an_idea())
    message, _ = fill(story, "step", FILLED["step"].replace("12. november", "i dag"))
    (sent,) = says(AASE, accept(story, message).effects)
    story.step(desk.on_delivery, delivery(sent.tag))
    assert story.initiatives[1].step.what == "måler pladsen op"


@pytest.mark.parametrize("kind", sorted(FILLED))
def test_no_message_to_the_citizen_takes_the_idea_away_or_promises(kind: str) -> None:
    _, sent = carried_out(Story(an_idea()), kind)
    text = told(sent.content)
    assert "din idé" in text.casefold()
    assert "kommunens projekt" not in text
    assert isinstance(sent.content, Parts)


def test_a_closed_initiative_takes_no_form() -> None:
    story = Story(replace(an_idea(), stage=Stage.DONE))
    for verb in ("next:1", "more:1", "form:1:step"):
        move = story.step(desk.on_pressed, pressed(METTE, verb), topic=1)
        assert answer(move.effects).alert
        assert says(GROUP, move.effects) == []


def test_the_menus_have_at_most_five_buttons() -> None:
    for verb in ("next:1", "more:1"):
        move = Story(an_idea()).step(desk.on_pressed, pressed(METTE, verb), topic=1)
        (menu,) = says(GROUP, move.effects)
        assert sum(len(row) for row in menu.buttons) <= 5
        assert fields(menu.content)["n"] == 1
