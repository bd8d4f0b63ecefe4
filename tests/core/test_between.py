"""Before both have said yes the two can exchange words, and neither reads who the other is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import between, bridges, dialogue, presses
from bot.core.effects import Note, Say, Suspect
from bot.core.events import Event, Media, Place
from bot.core.initiative import Initiative, Stage
from bot.core.people import Asking, Person, Talk
from bot.core.world import Link, Move, World
from tests.core.open_list import OpenList
from tests.core.test_bridges import ASKER, asked_to_join, plain, route
from tests.core.town import AASE, FRAME, GROUP, JONAS, KARIM, NOW, pressed, said, says, to

OWNER = Person(AASE, "Aase Winther", noticed=True)
WAITS = Asking(between.ASKING, about=1, text="1")
WORDS = "jeg kan tage fat hver fredag eftermiddag"


def step(
    event: Event, idea: Initiative, person: Person, talk: Talk, target: Link | None = None, intent: str = ""
) -> Move:
    world = World(
        now=NOW, frame=FRAME, person=person, talk=talk, initiatives={1: idea}, target=target,
        public=OpenList({1: idea}), next_number=50, route=route,
        intent=intent,
    )  # fmt: skip
    return dialogue.step(world, event)


def writes(person: Person, text: str, idea: Initiative | None = None, **more: object) -> Move:
    """The person has pressed the button, and writes."""
    asked = idea or asked_to_join()[0]
    return step(said(person.id, text, chat=person.id, **more), asked, person, Talk(lang="da", asking=WAITS))


def target_of(move: Move, chat: int, role: str = "between") -> Link:
    """The message to that chat as the bot knows it afterwards."""
    tag = next(one.tag for one in says(chat, move.effects) if one.tag is not None and one.tag.role == role)
    return Link(chat, 900, tag.role, tag.about, 0, 0, tag.by, tag.detail, NOW)


@pytest.mark.parametrize(("writer", "reader"), [(ASKER, AASE), (OWNER, JONAS)])
def test_words_reach_the_other_one_alone_and_without_a_name(writer: Person, reader: int) -> None:
    move = writes(writer, WORDS)
    told = plain(move.effects, reader)
    assert WORDS in told
    assert "nr. 1" in told
    for name in writer.name.split():
        assert name not in told
    assert "uden dit navn" in plain(move.effects, writer.id)
    assert move.talk.asking is None, "each message is an act of its own"
    assert not to(GROUP, move.effects), "the desk does not read it"


def test_a_button_pressed_and_forgotten_takes_no_later_words_to_the_other_one() -> None:
    idea, _ = asked_to_join()
    pressed_once = step(pressed(ASKER.id, "a_write:1:1", chat=ASKER.id), idea, ASKER, Talk(lang="da"))
    long_after = said(ASKER.id, "vi mangler en bænk ved søen", chat=ASKER.id)
    world = World(
        now=NOW + timedelta(hours=3), frame=FRAME, person=ASKER, talk=pressed_once.talk, initiatives={1: idea},
        public=OpenList({1: idea}), next_number=50, route=route,
    )  # fmt: skip
    move = dialogue.step(world, long_after)
    assert not says(AASE, move.effects)
    assert move.talk.draft is not None, "it is an idea of their own"


def test_the_words_are_kept_nowhere() -> None:
    move = writes(ASKER, WORDS)
    assert WORDS not in repr(move.changed) + repr(move.talk)
    assert not [effect for effect in move.effects if isinstance(effect, Note)]


def test_the_button_asks_for_the_words_and_says_how_to_leave() -> None:
    idea, _ = asked_to_join()
    for person, other in ((ASKER, AASE), (OWNER, JONAS)):
        move = step(pressed(person.id, "a_write:1:1", chat=person.id), idea, person, Talk(lang="da"))
        assert move.talk.asking == WAITS
        assert "uden dit navn" in plain(move.effects, person.id)
        out = step(said(person.id, "stop", chat=person.id), idea, person, move.talk, intent="stop")
        assert not says(other, out.effects)
        assert out.talk.asking is None
        assert "ikke sendt noget" in plain(out.effects, person.id)


def test_an_answer_to_the_question_to_the_receipt_and_to_the_words_reaches_the_other() -> None:
    idea, asking = asked_to_join()
    first = writes(ASKER, WORDS)
    for person, message, other in (
        (OWNER, target_of(asking, AASE, "bridge"), JONAS),
        (ASKER, target_of(asking, JONAS), AASE),
        (OWNER, target_of(first, AASE), JONAS),
        (ASKER, target_of(first, JONAS), AASE),
    ):
        event = said(person.id, "hvad tænker du om regnvejr?", chat=person.id)
        move = step(event, idea, person, Talk(lang="da"), message)
        assert "regnvejr" in plain(move.effects, other), (person.name, message.role)


@pytest.mark.parametrize(
    "text",
    [
        "hilsen jonas", "det siger Bergs hund", "ring på 22 33 44 55", "ring +4522334455", "skriv til @jonasb",
        "jb@example.dk", "se t.me/jonasb", "jeg hedder noget andet", "mvh Anders", "min nabo Lise Holst vil også",
        "jeg bor på Ordrupvej 12", "My name is secret", "мене звуть Оля", "ring på ²² ³³ ⁴⁴ ⁵⁵",
        " ".join(f"{digit}\ufe0f\u20e3" for digit in "22334455"),
    ],
)  # fmt: skip
def test_what_shows_who_somebody_is_is_not_sent_and_can_be_written_again(text: str) -> None:
    move = writes(ASKER, text)
    assert not says(AASE, move.effects)
    assert "ikke sendt" in plain(move.effects, JONAS)
    assert move.talk.asking == WAITS


def test_a_cpr_number_is_not_sent_on() -> None:
    move = writes(ASKER, "mit nummer er [fjernet] ok", cpr=1)
    assert not says(AASE, move.effects)
    assert "ikke sendt" in plain(move.effects, JONAS)


def test_a_voice_a_picture_and_a_place_are_not_sent() -> None:
    for more in ({"media": (Media("voice", "f", 1),)}, {"place": Place(55.7, 12.5)}):
        move = writes(ASKER, "", **more)
        assert not to(AASE, move.effects), more
        assert "skrevne ord" in plain(move.effects, JONAS)


@pytest.mark.parametrize("how", ["no", "silent", "back"])
def test_after_a_no_a_silence_or_a_step_back_nothing_is_sent(how: str) -> None:
    idea, _ = asked_to_join()
    before = Move.of(World(now=NOW, frame=FRAME, person=OWNER, talk=Talk()))
    ended = bridges.settle(before, idea, bridges.of(idea)[0], how)
    for person, other in ((ASKER, AASE), (OWNER, JONAS)):
        move = writes(person, WORDS, ended)
        assert not says(other, move.effects)
        assert "ikke sendt" in plain(move.effects, person.id)
        assert move.talk.asking is None


@pytest.mark.parametrize("change", [{"stage": Stage.DONE}, {"public": False}])
def test_what_has_ended_or_is_hidden_carries_no_words(change: dict[str, object]) -> None:
    idea, _ = asked_to_join()
    assert not says(AASE, writes(ASKER, WORDS, replace(idea, **change)).effects)  # type: ignore[arg-type]


def test_from_the_yes_on_an_answer_is_a_part_of_the_one_talk() -> None:
    idea, asking = asked_to_join()
    agreed = step(pressed(AASE, "join_yes:1:1-0", chat=AASE), idea, OWNER, Talk(lang="da")).changed[1]
    event = said(AASE, "hej og velkommen", chat=AASE)
    move = step(event, agreed, OWNER, Talk(lang="da"), target_of(asking, AASE, "bridge"))
    assert "Aase" in plain(move.effects, JONAS)
    assert to(GROUP, move.effects), "the desk reads it too"


@pytest.mark.parametrize(("leaver", "other"), [(ASKER, AASE), (OWNER, JONAS)])
def test_either_can_stop_the_words_while_the_question_stands(leaver: Person, other: int) -> None:
    idea, _ = asked_to_join()
    move = step(pressed(leaver.id, "a_stop:1:1", chat=leaver.id), idea, leaver, Talk(lang="da"))
    stopped = move.changed[1]
    assert "ikke skrive mere" in plain(move.effects, other)
    for person in (ASKER, OWNER):
        assert not says(AASE if person is ASKER else JONAS, writes(person, WORDS, stopped).effects)
    yes = step(pressed(AASE, "join_yes:1:1-0", chat=AASE), stopped, OWNER, Talk(lang="da"))
    assert [partner.person for partner in yes.changed[1].partners] == [JONAS]


def test_nobody_else_can_write_to_them_or_stop_them() -> None:
    idea, _ = asked_to_join()
    karim = Person(KARIM, "Karim", noticed=True)
    for data in ("a_write:1:1", "a_stop:1:1", "a_write:1:9"):
        move = step(pressed(KARIM, data, chat=KARIM), idea, karim, Talk(lang="da"))
        assert not move.changed
        assert [effect for effect in move.effects if isinstance(effect, Suspect)], data
    assert not [one for one in writes(karim, WORDS, idea).effects if isinstance(one, Say) and one.to.chat != KARIM]


def test_what_waits_for_words_is_loaded_though_it_is_another_ones() -> None:
    needed = presses.citizen_needs(said(JONAS, "hej", chat=JONAS), Talk(asking=WAITS), None)
    assert 1 in needed.initiatives
