"""From chat to people: times are proposed, the citizen presses one, both are reminded, and nobody is late meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core import absent, callback, desk, handover, lead, offers, presses
from bot.core.effects import Invite, Say, SetTimer
from bot.core.events import Fell
from bot.core.initiative import Initiative, Stage, Turn
from bot.core.people import Draft, Person, Talk, Utterance
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.test_forms import accept, carried_out, fill, told
from tests.core.town import (
    AASE,
    FRAME,
    GROUP,
    KAREN,
    METTE,
    NOW,
    PETER,
    Story,
    an_idea,
    answer,
    delivery,
    keys,
    pressed,
    said,
    says,
)

LINE = "mødetid: tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10, torsdag 12/11 kl. 9.30 · Byens Hus"


def proposed(story: Story, line: str = LINE) -> Say:
    """What the citizen reads once the agent's line was seen and sent."""
    message, _ = fill(story, "meeting", line)
    (asked,) = says(AASE, accept(story, message).effects)
    story.step(desk.on_delivery, delivery(asked.tag))
    return asked


def by_aase(story: Story, data: str) -> Move:
    return story.step(presses.on_pressed, pressed(AASE, data, chat=AASE))


def data_of(asked: Say) -> list[str]:
    return [row[0].data for row in asked.buttons]


def chosen(story: Story, line: str = LINE, place: int = 1) -> Move:
    return by_aase(story, data_of(proposed(story, line))[place])


def fell(story: Story, kind: str, key: str) -> Move:
    return story.step(desk.on_fell, Fell(key, kind, 1, 0, story.now, story.now))


def timer(move: Move, kind: str) -> SetTimer:
    return next(one for one in move.effects if isinstance(one, SetTimer) and one.kind == kind)


def at_the_hour(story: Story) -> Move:
    story.now = story.initiatives[1].step.due
    return fell(story, "promise_due", f"promise_due:1:{story.now:%Y%m%dT%H%M}")


def test_one_line_becomes_a_button_for_each_time_and_one_for_none_of_them() -> None:
    story = Story(an_idea())
    asked = proposed(story)
    assert data_of(asked) == ["meet:1:1.0", "meet:1:1.1", "meet:1:1.2", "meet_no:1:1"]
    text = told(asked.content)
    for part in ("Mette Holm", "Byens Hus", "tirsdag den 10. november kl. 15", "torsdag den 12. november kl. 9.30"):
        assert part in text, f"{part!r} is not in {text!r}"
    assert text.count("?") == 1
    step = story.initiatives[1].step
    assert (step.turn, step.key) == (Turn.CITIZEN, "step.your_answer"), "a human has answered"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("mødetid: tirsdag kl. 15", "Der mangler: Sted"),
        ("mødetid: tirsdag · Byens Hus", "klokkeslæt"),
        ("mødetid: 1/11 kl. 15 · Byens Hus", "er gået"),
        ("mødetid: 10/11 kl. 9, 10, 11, 12 · Byens Hus", "en til tre tider"),
    ],
)
def test_what_can_not_be_proposed_is_named_and_not_sent(line: str, fault: str) -> None:
    story = Story(an_idea())
    _, move = fill(story, "meeting", line)
    assert says(AASE, move.effects) == []
    assert fault in told(says(GROUP, move.effects)[0].content)


def test_a_press_settles_it_for_both_with_a_file_for_each_calendar() -> None:
    story = Story(an_idea())
    move = chosen(story)
    (to_aase,) = says(AASE, move.effects)
    assert "onsdag den 11. november kl. 10" in told(to_aase.content)
    assert "Byens Hus" in told(to_aase.content)
    assert told(to_aase.content).count("?") == 1, "the needs are asked for"
    files = {one.to.chat: BOOK.speak(one.title).plain for one in move.effects if isinstance(one, Invite)}
    assert files == {AASE: "Møde med Mette Holm om nr. 1", GROUP: "Møde med Aase om nr. 1"}, "each with the other"
    assert keys(GROUP, move.effects) == ["desk.meeting.meeting_set"]
    step = story.initiatives[1].step
    assert (step.who, step.key, step.due.day, step.due.hour) == ("Mette Holm", "step.meeting", 11, 10)


def test_whoever_gets_it_before_the_meeting_gets_the_file_too_and_the_citizens_is_renewed_in_one_message() -> None:
    story = Story(an_idea(taken=NOW, stage=Stage.WITH_AGENT))
    first = files(chosen(story))[AASE]
    moves = [story.step(desk.on_pressed, pressed(agent, "over:1", chat=agent)) for agent in (PETER, KAREN)]
    to_peter, again = (files(move) for move in moves)
    assert BOOK.speak(to_peter[PETER].title).plain == "Møde med Aase om nr. 1"
    assert says(AASE, moves[0].effects) == [], "one message: the file says it"
    renewed = to_peter[AASE]
    assert BOOK.speak(renewed.title).plain == "Møde med Peter Dam om nr. 1"
    caption = told(renewed.caption)
    assert "Peter Dam har taget din idé" in caption
    assert "Aftalen er den samme: onsdag den 11. november kl. 10. Her er den igen til din kalender." in caption
    assert caption.count("Peter Dam har taget") == 1
    for one in (renewed, again[AASE]):
        assert (one.about, one.uid, one.at, one.where) == (first.about, first.uid, first.at, first.where)
    assert [one.sequence for one in (first, renewed, again[AASE])] == [1, 2, 3]
    assert story.initiatives[1].step.who == "Karen Toft"
    assert files(chosen(story))[AASE].sequence == 4, "a new time is newer than all that"


def test_an_appointment_that_is_passed_on_by_night_is_renewed_in_the_morning() -> None:
    story = Story(an_idea(taken=NOW, stage=Stage.WITH_AGENT))
    chosen(story)
    story.now = NOW.replace(hour=22)
    move = story.step(lambda move, _: lead_to_bo(move), said(PETER, chat=PETER))
    (to_aase,) = [one for one in move.effects if isinstance(one, Invite) and one.to.chat == AASE]
    assert to_aase.after == (NOW + timedelta(days=1)).replace(hour=7, minute=0)
    assert says(AASE, move.effects) == []
    caption = told(to_aase.caption)
    assert "Bo Lind" in caption
    assert "Datoen er den samme" not in caption, "said once"


def lead_to_bo(move: Move) -> None:
    lead.give(move, move.world.initiatives[1], move.world.frame.agents["bo"], lead.MOVED)


def files(move: Move) -> dict[int, Invite]:
    return {one.to.chat: one for one in move.effects if isinstance(one, Invite)}


def test_the_needs_are_asked_for_once() -> None:
    story = Story(an_idea())
    chosen(story)
    move = by_aase(story, "meet:1:1.2")
    assert keys(AASE, move.effects) == ["citizen_step.meeting_set"]


def test_the_day_before_both_are_reminded_and_a_time_that_was_given_up_reminds_nobody() -> None:
    story = Story(an_idea())
    first = timer(chosen(story), "meeting_remind")
    second = timer(by_aase(story, "meet:1:1.0"), "meeting_remind")
    story.now = second.due
    assert (second.due.day, second.due.hour) == (9, 15)
    move = fell(story, "meeting_remind", second.key)
    assert keys(AASE, move.effects) == ["citizen_step.meeting_remind"]
    assert keys(GROUP, move.effects) == ["desk.meeting.remind"]
    assert fell(story, "meeting_remind", first.key).effects == []


def test_the_hour_of_a_meeting_is_no_missed_promise_and_the_agent_tells_what_came_of_it() -> None:
    story = Story(an_idea())
    chosen(story)
    move = at_the_hour(story)
    assert says(AASE, move.effects) == []
    assert keys(GROUP, move.effects) == ["desk.meeting.held"]
    step = story.initiatives[1].step
    assert (step.key, step.who) == ("step.after_meeting", "Mette Holm")
    assert story.now < step.due <= story.now + timedelta(days=5)


def test_words_between_do_not_push_the_appointment_away() -> None:
    story = Story(an_idea())
    chosen(story)
    before = story.initiatives[1].step
    link = story.link(GROUP, "prompt", 1, by=METTE, detail="reply")
    move = story.step(desk.on_said, said(METTE, "Tag gerne en skitse med"), topic=1, target=link)
    (out,) = says(AASE, move.effects)
    story.step(desk.on_delivery, delivery(out.tag))
    assert story.initiatives[1].step == before


def test_none_of_them_and_calling_off_give_the_turn_back_with_a_date() -> None:
    for press, key in (("meet_no:1:1", "none"), ("meet_off:1:1", "off")):
        story = Story(an_idea())
        proposed(story)
        if key == "off":
            by_aase(story, "meet:1:1.0")
        move = by_aase(story, press)
        assert keys(AASE, move.effects) == [f"citizen_step.meeting_{key}"]
        assert keys(GROUP, move.effects) == [f"desk.meeting.{key}"]
        step = story.initiatives[1].step
        assert (step.turn, step.key, step.due > story.now) == (Turn.AGENT, "step.answer", True)


def test_a_call_asks_for_a_number_and_for_no_access() -> None:
    story = Story(an_idea())
    move = chosen(story, "mødetid: tirsdag 10/11 kl. 15 · telefon", 0)
    assert keys(AASE, move.effects) == ["citizen_step.call_set"]
    assert story.initiatives[1].step.key == "step.call"


@pytest.mark.parametrize(
    ("change", "data"),
    [
        ({}, "meet:1:7.0"),
        ({}, "meet:1:1.9"),
        ({}, "meet:1:x"),
        ({}, "meet_off:1:1"),
        ({"stage": Stage.WITHDRAWN}, "meet:1:1.0"),
    ],
)
def test_an_old_or_forged_press_changes_nothing(change: dict[str, Any], data: str) -> None:
    story = Story(an_idea())
    proposed(story)
    before: Initiative = story.initiatives[1]
    if change:
        story.initiatives[1] = before = an_idea(extra=before.extra, **change)
    move = by_aase(story, data)
    assert story.initiatives[1] == before
    assert answer(move.effects).words is not None


def test_a_time_that_has_passed_can_not_be_chosen() -> None:
    story = Story(an_idea())
    proposed(story)
    story.now += timedelta(days=9)
    assert answer(by_aase(story, "meet:1:1.0").effects).alert
    by_aase(story, "meet:1:1.2")
    assert story.initiatives[1].step.due.day == 12


def test_whoever_would_rather_meet_is_given_a_name_and_a_date_and_the_agent_is_asked_for_times() -> None:
    story = Story(an_idea())
    move = by_aase(story, "meet_wish:1")
    (to_aase,) = says(AASE, move.effects)
    assert "Mette Holm" in told(to_aase.content)
    assert "onsdag den 4. november" in told(to_aase.content)
    (to_mette,) = says(GROUP, move.effects)
    assert data_of(to_mette) == ["form:1:meeting", "reply:1"]
    again = by_aase(story, "meet_wish:1")
    assert says(GROUP, again.effects) == [], "said once"
    due = timer(move, "meeting_wish")
    story.now = due.due
    assert keys(GROUP, fell(story, "meeting_wish", due.key).effects) == ["desk.meeting.wish"], "and not forgotten"
    story.now -= timedelta(days=1)
    proposed(story)
    story.now = due.due
    assert fell(story, "meeting_wish", due.key).effects == []


def test_a_wish_in_the_middle_of_a_long_step_has_a_date_of_its_own() -> None:
    story = Story(an_idea())
    carried_out(story, "realising")
    (to_aase,) = says(AASE, by_aase(story, "meet_wish:1").effects)
    assert "onsdag den 4. november" in told(to_aase.content)
    assert story.initiatives[1].step.due.month == 12, "the step stands"


def test_every_way_in_offers_a_meeting_or_a_call_at_least_once() -> None:
    """By the bot on the receipt, by whoever enters it for somebody else, and by the call itself."""
    idea = Utterance("flere bænke på torvet", 1, NOW)
    frame = replace(FRAME, username="skaber_bot")

    def comes(act: Callable[[Move], object], kind: str = "idea") -> list[Say]:
        draft = Draft((idea,), version=1, kind=kind)
        move = Move.of(World(NOW, frame, Person(AASE, "Aase"), Talk(lang="da", draft=draft)))
        act(move)
        (case,) = move.changed.values()
        assert case.stage is Stage.RECEIVED
        return [effect for effect in move.effects if isinstance(effect, Say)]

    sent = comes(lambda move: handover.send(move, Draft((idea,), version=1)))
    assert any(button.data.startswith("meet_wish:") for say in sent for row in say.buttons for button in row)
    keep = pressed(AASE, "of_keep:0:d", chat=AASE)
    kept = comes(lambda move: offers.on_press(move, keep, "of_keep", 0, "d"), "offer")
    assert any(button.data.startswith("meet_wish:") for say in kept for row in say.buttons for button in row)
    called = comes(lambda move: callback.send(move, said(AASE, "20304050", chat=AASE)))
    assert any("citizen.call_receipt" in repr(say.content) for say in called)
    lines = "Navn: Ejnar\nFra: skranken\nSvar: ring 60 70 80 90\nIdé: flere bænke på torvet"
    entered = comes(lambda move: absent.answer(move, said(PETER, lines, chat=PETER), frame.agents["peter"]))
    assert any("om I skal mødes eller tale i telefon" in told(say.content) for say in entered if say.to.chat == PETER)
