"""In a group that is nobody's desk the bot says one line to whoever asks it, and then it is silent."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core import dialogue
from bot.core.effects import Answer, Say, To, Words
from bot.core.events import Chat, Event, Sender, Unknown
from bot.core.people import Person, Talk
from bot.core.world import Move, Needs, World
from tests.core.town import AASE, FRAME, METTE, NOW, pressed, said

THERE = Chat(-77, "group", 5, "Grundejerforeningen", True)


def step(event: Event, intent: str = "", talk: Talk | None = None, person: int = AASE) -> Move:
    return dialogue.step(World(NOW, FRAME, Person(person, "x"), talk or Talk(), intent=intent), event)


def there(text: str, **more: Any) -> Event:
    return replace(said(AASE, text, **more), chat=THERE)


@pytest.mark.parametrize(
    ("event", "intent"),
    [(there("/status", command="status"), ""), (there("hvad sker der"), "status"), (there("hjælp"), "help"),
     (there("start"), "start")],
)  # fmt: skip
def test_who_asks_is_told_once_to_write_in_private(event: Event, intent: str) -> None:
    first = step(event, intent)
    line = Say(To(-77, thread=5), Words("citizen.private_only", "da", {}))
    assert first.effects == [line]
    assert first.talk.welcomed == NOW
    assert step(event, intent, first.talk).effects == []


@pytest.mark.parametrize("intent", ["", "send", "yes"])
def test_all_other_words_are_none_of_its_business_also_those_of_an_agent(intent: str) -> None:
    assert step(there("flere cykelstativer ved stationen"), intent).effects == []
    assert step(replace(there("hej"), sender=Sender(METTE, "Mette")), intent, person=METTE).effects == []


def test_a_press_there_is_answered_and_does_nothing() -> None:
    press = replace(pressed(AASE, "d_send:1"), chat=THERE)
    assert step(press).effects == [Answer(press.callback_id)]


def test_what_nobody_knows_needs_nothing_and_is_met_in_private_alone() -> None:
    who = Sender(AASE, "Aase")
    private, group = Unknown(Chat(AASE, "private"), who, "new", NOW), Unknown(THERE, who, "new", NOW)
    assert dialogue.needs(private, Talk(), None, 0, FRAME) == Needs()
    assert step(private).effects[0] == Say(To(AASE), Words("citizen.other.unknown", "da", {}))
    assert step(group).effects == []
