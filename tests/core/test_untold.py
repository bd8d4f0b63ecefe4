"""An agent pressed by mistake that a citizen without Telegram has heard it: within 48 hours that is taken back."""

from dataclasses import replace
from datetime import timedelta

from bot.core import absent, by_voice, desk, marks, relay, steps
from bot.core.effects import Note, Say, Strip
from bot.core.initiative import Stage, Turn
from bot.core.world import Link, Move
from tests.core.roster_town import Roster
from tests.core.test_absent import entered
from tests.core.test_forms import FILLED, accept, fill, told
from tests.core.town import AASE, AGENTS, DUE, GROUP, METTE, NOW, answer, pressed, said, says


def led(move: Move) -> list[Say]:
    """What stands in the topic once everybody's words are found."""
    return says(GROUP, absent.speak_for(by_voice.speak(move.effects, move), move))


def answered(story: Roster) -> tuple[Move, Link, str]:
    """Mette has an answer to tell, and presses that she has: the move, the line that notes it, and its button."""
    words = said(METTE, "vi kigger på det")
    move = story.step(lambda move, event: relay.to_citizen(move, move.initiatives[1], AGENTS["mette"], event), words)
    (tell,) = [one for one in led(move) if "fortæl Ejnar" in told(one.content)]
    there = story.deliver(tell)
    event = pressed(METTE, tell.buttons[-1][0].data, message=there.message_id)
    move = story.step(desk.on_pressed, event, topic=1, target=there)
    (noted,) = [one for one in says(GROUP, move.effects) if "Noteret" in told(one.content)]
    return move, story.deliver(noted), noted.buttons[0][0].data


def regrets(story: Roster, line: Link, data: str) -> Move:
    return story.step(desk.on_pressed, pressed(METTE, data, message=line.message_id), topic=1, target=line)


def test_what_it_settled_stands_open_again_and_the_button_is_there_anew() -> None:
    story = entered(taken=NOW, stage=Stage.WITH_AGENT)
    _, line, data = answered(story)
    assert story.initiatives[1].step.turn is Turn.CITIZEN
    assert story.initiatives[1].answered is not None
    move = regrets(story, line, data)
    idea = story.initiatives[1]
    assert (idea.answered, idea.step.turn, idea.step.due, idea.step.key) == (None, Turn.AGENT, DUE, "step.first_answer")
    assert [one.kind for one in move.effects if isinstance(one, Note)][-1] == "untold"
    assert [one for one in move.effects if isinstance(one, Strip)], "it can't be pressed twice"
    (again,) = says(GROUP, move.effects)
    assert "så er det ikke fortalt endnu" in told(again.content)
    assert again.reply_to is not None, "beneath the words that are to be told"
    there = story.deliver(again)
    story.step(desk.on_pressed, pressed(METTE, again.buttons[0][0].data, message=there.message_id), topic=1)
    assert story.initiatives[1].answered is not None
    assert story.initiatives[1].step.turn is Turn.CITIZEN


def test_a_delay_that_it_ended_is_one_again() -> None:
    story = entered(taken=NOW, stage=Stage.WITH_AGENT)
    story.step(lambda move, _: steps.promise_timers(move, move.initiatives[1]), said(METTE))
    story.until(DUE + timedelta(hours=1))
    late = story.initiatives[1]
    assert marks.value(late, marks.MISSES) == "1"
    _, line, data = answered(story)
    assert marks.value(story.initiatives[1], marks.LATE_SINCE) == ""
    regrets(story, line, data)
    idea = story.initiatives[1]
    assert marks.value(idea, marks.LATE_SINCE) == marks.value(late, marks.LATE_SINCE)
    assert marks.value(idea, marks.MISSES) == "1", "the next miss is the second one"


def test_after_two_days_it_stays_as_it_is() -> None:
    story = entered(taken=NOW, stage=Stage.WITH_AGENT)
    _, line, data = answered(story)
    story.now += timedelta(hours=49)
    move = regrets(story, line, data)
    assert answer(move.effects).alert
    assert "48 timer" in told(answer(move.effects).words)
    assert story.initiatives[1].answered is not None


def test_only_the_line_that_notes_it_takes_it_back() -> None:
    story = entered(taken=NOW, stage=Stage.WITH_AGENT)
    _, line, data = answered(story)
    for target in (None, story.link(GROUP, "card", 1), story.link(GROUP, absent.ROLE, 2)):
        move = story.step(desk.on_pressed, pressed(METTE, data), topic=1, target=target)
        assert answer(move.effects).alert
        assert move.changed == {}
    story.initiatives[1] = replace(story.initiatives[1], owner=AASE)
    move = regrets(story, line, data)
    assert answer(move.effects).alert
    assert move.changed == {}


def test_a_step_that_was_set_is_mended_in_the_topic_and_told_anew() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    message, shown = fill(story, "step", FILLED["step"])
    (preview,) = led(shown)
    assert preview.buttons[0][0].key == "by_voice.desk.button.form_ok", "nothing is sent"
    accept(story, message)
    menu = story.step(desk.on_pressed, pressed(METTE, "next:1"), topic=1)
    assert "desk.button.fix_sent" in [row[0].key for row in says(GROUP, menu.effects)[0].buttons]
    there = story.deliver(says(GROUP, menu.effects)[0])
    event = pressed(METTE, "fix:1:0", message=there.message_id)
    asked = story.step(desk.on_pressed, event, topic=1, target=there)
    (prompt,) = says(GROUP, asked.effects)
    lines = said(METTE, "Hvad: maler striber")
    story.step(desk.on_said, lines, topic=1, target=story.deliver(prompt))
    move = accept(story, lines)
    (tell,) = [one for one in led(move) if "fortæl Ejnar" in told(one.content)]
    assert "maler striber" in told(tell.content)
    assert tell.buttons[-1][0].data == "told:1:step"
    (corrected,) = [one for one in led(move) if "Rettet" in told(one.content)]
    assert "Fortæl selv Ejnar" in told(corrected.content)
    assert "uden ny besked" not in told(corrected.content), "he has no message that could be mended"


def test_held_words_and_canned_answers_are_told_and_not_sent() -> None:
    story = entered(taken=NOW, stage=Stage.DEVELOPING)
    tell = story.link(GROUP, "relay", 1)
    held = story.step(desk.on_said, said(METTE, "kom bare forbi"), topic=1, target=tell)
    (asked,) = led(held)
    assert [row[0].key for row in asked.buttons] == ["by_voice.desk.button.out", "desk.button.internal"]
