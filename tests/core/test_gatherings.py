"""Meetings as a citizen reads them: the next first, one of each, and only what the calendar holds."""

from datetime import datetime, timedelta

import pytest

from bot.core import dialogue, gatherings
from bot.core.effects import Answer, Invite, Parts, Say, Words
from bot.core.events import Chat, Event, Pressed, Said, Sender
from bot.core.people import Draft, Person, Talk, Utterance
from bot.core.world import Gathering, Move, World
from tests.core.town import FRAME, NOW

JONAS = Sender(77, "Jonas")


def gathering(title: str, days: int) -> Gathering:
    start = NOW + timedelta(days=days)
    return Gathering(f"{title}{days}", title, start, start + timedelta(hours=2), "Rådhuset")


EVERY = (gathering("Råd", 3), gathering("Råd", 33), gathering("Råd", 63), gathering("Fest", 20))


def found(about: str) -> tuple[Gathering, ...]:
    return tuple(sorted((one for one in EVERY if about.title() in one.title), key=lambda one: one.start))


def step(event: Event, intent: str = "") -> Move:
    world = World(NOW, FRAME, Person(77, "Jonas", noticed=True), Talk(lang="da"), intent=intent, gatherings=found)
    return dialogue.step(world, event)


def said(text: str, command: str = "") -> Said:
    return Said(Chat(77, "private"), JONAS, (1,), NOW, text, command)


def told(move: Move) -> tuple[list[str], list[datetime]]:
    [say] = [effect for effect in move.effects if isinstance(effect, Say)]
    parts = say.content.parts if isinstance(say.content, Parts) else (say.content,)
    words = [part for part in parts if isinstance(part, Words)]
    return [part.key for part in words], [at for part in words if isinstance(at := part.fields.get("at"), datetime)]


def test_of_each_meeting_the_next_is_told_in_order_with_a_button_that_says_which() -> None:
    move = step(said("møder"), "gatherings")
    assert told(move)[1] == [EVERY[0].start, EVERY[3].start]
    [say] = [effect for effect in move.effects if isinstance(effect, Say)]
    assert [row[0].data for row in say.buttons] == ["cal:0:Råd3", "cal:0:Fest20"]


def test_what_is_asked_for_more_narrowly_is_told_with_its_dates_to_come() -> None:
    assert told(step(said("møder om råd")))[1] == [one.start for one in EVERY[:3]]
    assert told(step(said("råd", "moeder"), "gatherings"))[1] == [one.start for one in EVERY[:3]]


def test_where_there_is_none_it_is_said_and_who_knows() -> None:
    assert told(step(said("møder om katte")))[0] == ["citizen.gatherings.none_about"]


@pytest.mark.parametrize(
    ("text", "about"),
    [("møder om natur", "natur"), ("Møder i Hellerup?", "Hellerup"), ("meetings about nature", "nature"), ("møder", ""),
     ("vi holder møder om natur", ""), ("møder om natur og alt det andet vi laver i foreningen", "")],
)  # fmt: skip
def test_only_a_short_question_is_one(text: str, about: str) -> None:
    assert gatherings.asked_about(text) == about


def test_in_the_middle_of_an_idea_they_are_words_of_the_idea() -> None:
    draft = Draft(words=(Utterance("en læseklub", 11, NOW),), open="hvor", asked=("hvor",))
    world = World(NOW, FRAME, Person(77, "Jonas", noticed=True), Talk(lang="da", draft=draft), gatherings=found)
    move = dialogue.step(world, said("møder på biblioteket"))
    assert move.talk.draft is not None
    assert move.talk.draft.words[-1].text == "møder på biblioteket"


def test_the_button_sends_the_meeting_and_one_that_is_gone_is_told() -> None:
    def pressed(key: str) -> Move:
        return step(Pressed(Chat(77, "private"), JONAS, 5, "c", f"cal:0:{key}", NOW))

    [invite] = [effect for effect in pressed("Fest20").effects if isinstance(effect, Invite)]
    assert (invite.at, invite.minutes, invite.where, invite.uid) == (EVERY[3].start, 120, "Rådhuset", "Fest20")
    gone = pressed("Fest21").effects
    assert [effect for effect in gone if isinstance(effect, Answer)] == [Answer("c")]
    [told] = [effect for effect in gone if isinstance(effect, Say)]
    assert isinstance(told.content, Words)
    assert told.content.key == "citizen.gatherings.gone"
