"""Whom a command means: the number behind it, the topic it stands in, or the message that it answers."""

from dataclasses import replace

import pytest

from bot.core import desk, typed
from tests.book import BOOK
from tests.core.town import (
    AASE,
    GROUP,
    JONAS,
    KARIM,
    METTE,
    SIGNE,
    Story,
    an_idea,
    for_signe,
    keys,
    pressed,
    said,
    says,
)


def test_another_number_behind_the_command_in_a_topic_is_asked_about_and_never_sent_to_the_wrong_one() -> None:
    story = Story(an_idea(), an_idea(12, owner=KARIM, owner_name="Karim"))
    message = said(METTE, "12 Tak for din idé", command="svar")
    asked = story.step(desk.on_said, message, topic=1)
    assert not says(AASE, asked.effects)
    assert not says(KARIM, asked.effects)
    (question,) = says(GROUP, asked.effects)
    pressable = [button.data for row in question.buttons for button in row]
    first = message.message_ids[0]
    assert pressable == [f"out:1:{first}", f"out:12:{first}", f"in:0:{first}"]
    move = story.step(desk.on_pressed, pressed(METTE, f"out:12:{first}"), topic=1)
    (sent,) = says(KARIM, move.effects)
    assert "12 Tak" not in BOOK.speak(sent.content).plain
    assert "Tak for din idé" in BOOK.speak(sent.content).plain
    story.step(desk.on_said, message, topic=1)
    here = story.step(desk.on_pressed, pressed(METTE, f"out:1:{first}"), topic=1)
    assert "12 Tak for din idé" in BOOK.speak(says(AASE, here.effects)[0].content).plain, "these are the words to her"


@pytest.mark.parametrize("text", ["3 stativer mere", "Tak", "1 Tak"])
def test_words_that_name_no_other_go_out_at_once(text: str) -> None:
    move = Story(an_idea(), an_idea(12)).step(desk.on_said, said(METTE, text, command="svar"), topic=1)
    assert text in BOOK.speak(says(AASE, move.effects)[0].content).plain


@pytest.mark.parametrize("command", ["vis", "kode", "slet", "sagsmappe", "fortryd", "skabelon"])
def test_a_number_alone_behind_a_command_is_meant_also_in_the_topic_of_another(command: str) -> None:
    event = said(METTE, "12", command=command)
    assert event.chat.thread is not None
    assert typed.command_of(event) == (command, 12, "")
    assert typed.command_of(replace(event, text="12 stativer", command="notat")) == ("notat", 0, "12 stativer")


@pytest.mark.parametrize("role", ["about", "whom"])
def test_a_command_on_a_line_that_only_tells_of_an_idea_sends_to_nobody(role: str) -> None:
    story = Story(for_signe(2))
    told = story.link(SIGNE, role, 2)
    words = said(SIGNE, "Ja, mandag", chat=SIGNE, command="svar")
    move = story.step(desk.on_said, words, target=told)
    assert not says(JONAS, move.effects)
    assert keys(SIGNE, move.effects) == ["desk.whom.which"]
