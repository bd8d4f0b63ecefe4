"""Words that passed between two without names can be changed and taken away by whoever wrote them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from bot.core import between, bridges, dialogue, presses
from bot.core.effects import Erase, Redact, Ref, Rewrite
from bot.core.events import Edited, Sender
from bot.core.initiative import Initiative, Stage
from bot.core.people import Person, Talk
from bot.core.world import Link, Move, World
from tests.core.open_list import OpenList
from tests.core.test_between import OWNER, WORDS, step, writes
from tests.core.test_bridges import ASKER, asked_to_join, plain, route
from tests.core.town import AASE, FRAME, JONAS, KARIM, NOW, chat_of, pressed, said, says, to


def copy_of(move: Move, chat: int) -> Link:
    """The carried words in the other one's chat, as the bot knows them once they are sent."""
    tag = next(one.tag for one in says(chat, move.effects) if one.tag is not None and one.tag.role == "between")
    return Link(chat, 900, tag.role, tag.about, tag.origin_chat, tag.origin_message, tag.by, tag.detail, NOW)


def after(idea: Initiative, change: Callable[[Move, Initiative, bridges.Bridge], Initiative]) -> Initiative:
    """The initiative after its one question has changed."""
    return change(Move.of(World(now=NOW, frame=FRAME, person=OWNER, talk=Talk())), idea, bridges.of(idea)[0])


def edits(person: Person, idea: Initiative, copies: tuple[Link, ...], text: str, cpr: int = 0) -> Move:
    """The person changes on the phone what was carried over."""
    sender = Sender(person.id, person.name)
    event = Edited(chat_of(person.id), sender, copies[0].origin_message, NOW, text, cpr=cpr)
    world = World(
        now=NOW, frame=FRAME, person=person, talk=Talk(lang="da"), initiatives={1: idea}, copies=copies,
        public=OpenList({1: idea}), next_number=50, route=route,
    )  # fmt: skip
    return dialogue.step(world, event)


@pytest.mark.parametrize(("writer", "reader"), [(ASKER, AASE), (OWNER, JONAS)])
def test_an_edit_of_carried_words_changes_them_at_the_other_one_and_nowhere_else(writer: Person, reader: int) -> None:
    idea, _ = asked_to_join()
    first = writes(writer, WORDS)
    move = edits(writer, idea, (copy_of(first, reader),), "kun om lørdagen")
    (changed,) = (one for one in move.effects if isinstance(one, Rewrite))
    before = next(one for one in says(reader, first.effects) if one.tag is not None and one.tag.role == "between")
    assert changed.target == Ref(reader, 900)
    assert "kun om lørdagen" in repr(changed.content)
    assert changed.buttons == before.buttons
    assert len(move.effects) == 1, "what went through is not told again, and the desk reads none of it"


def test_an_edit_that_shows_who_somebody_is_or_comes_too_late_stays_here_and_its_writer_hears_so() -> None:
    idea, _ = asked_to_join()
    link = copy_of(writes(ASKER, WORDS), AASE)
    for changed, text, cpr, told in (
        (idea, "ring på 22 33 44 55", 0, "Ret det igen"),
        (idea, "[fjernet] ja", 1, "Ret det igen"),
        (replace(idea, public=False), "en dag til", 0, "ikke skrive sammen"),
        (after(idea, bridges.hush), "en dag til", 0, "ikke skrive sammen"),
        (replace(idea, stage=Stage.DONE), "en dag til", 0, "ikke skrive sammen"),
    ):
        move = edits(ASKER, changed, (link,), text, cpr)
        assert told in plain(move.effects, JONAS)
        assert not to(AASE, move.effects)
        assert not [one for one in move.effects if isinstance(one, Rewrite)]


def test_once_both_have_said_yes_an_edit_may_hold_a_name() -> None:
    idea, _ = asked_to_join()
    link = copy_of(writes(ASKER, WORDS), AASE)
    move = edits(ASKER, after(idea, partial(bridges.settle, said="yes")), (link,), "hilsen Jonas")
    (changed,) = (one for one in move.effects if isinstance(one, Rewrite))
    assert "hilsen Jonas" in repr(changed.content)
    assert not changed.buttons


def test_an_edit_of_words_that_have_not_left_or_fill_several_messages_comes_as_new_words() -> None:
    idea, _ = asked_to_join()
    link = copy_of(writes(ASKER, WORDS), AASE)
    for copies in ((replace(link, message_id=0),), (link, replace(link, message_id=901))):
        move = edits(ASKER, idea, copies, "kun om lørdagen")
        assert "kun om lørdagen" in plain(move.effects, AASE)


def test_somebody_elses_edit_changes_nothing_of_theirs() -> None:
    idea, _ = asked_to_join()
    link = copy_of(writes(ASKER, WORDS), AASE)
    assert not edits(Person(KARIM, "Karim Haddad", noticed=True), idea, (link,), "noget andet").effects


def test_the_last_words_that_went_to_a_fellow_citizen_can_be_taken_away_from_there() -> None:
    idea, _ = asked_to_join()
    first = writes(ASKER, WORDS)
    offered = step(said(JONAS, "slet min sidste besked", chat=JONAS), idea, ASKER, first.talk, intent="delete_last")
    (button,) = (one for told in says(JONAS, offered.effects) for row in told.buttons for one in row)
    press = pressed(JONAS, button.data, chat=JONAS)
    assert presses.citizen_needs(press, first.talk, None).copies_of == int(button.data.rpartition(":")[2])
    world = World(
        now=NOW, frame=FRAME, person=ASKER, talk=offered.talk, initiatives={1: idea}, copies=(copy_of(first, AASE),),
        public=OpenList({1: idea}), next_number=50, route=route,
    )  # fmt: skip
    move = dialogue.step(world, press)
    (gone,) = (one for one in move.effects if isinstance(one, Erase))
    assert gone.target == Ref(AASE, 900)
    assert gone.otherwise is not None
    assert "sletter jeg din sidste besked" in plain(move.effects, JONAS)
    again = step(said(JONAS, "slet min sidste besked", chat=JONAS), idea, ASKER, move.talk, intent="delete_last")
    assert "ikke finde en besked" in plain(again.effects, JONAS)


def test_words_that_have_not_left_yet_never_leave() -> None:
    idea, _ = asked_to_join()
    first = writes(ASKER, WORDS)
    waits = replace(copy_of(first, AASE), message_id=0)
    world = World(
        now=NOW, frame=FRAME, person=ASKER, talk=first.talk, initiatives={1: idea}, copies=(waits,),
        public=OpenList({1: idea}), next_number=50, route=route,
    )  # fmt: skip
    move = dialogue.step(world, pressed(JONAS, f"{between.ERASE}:1:{waits.origin_message}", chat=JONAS))
    assert Redact(0, waits.origin_message, JONAS) in move.effects
    assert not [one for one in move.effects if isinstance(one, Erase)]
    assert "sletter jeg din sidste besked" in plain(move.effects, JONAS)


def test_words_to_the_agent_after_those_to_a_fellow_citizen_are_the_last_ones() -> None:
    idea, _ = asked_to_join()
    talk = replace(writes(OWNER, WORDS).talk, focus=1, carried=10_000)
    move = step(said(AASE, "slet min sidste besked", chat=AASE), idea, OWNER, talk, intent="delete_last")
    assert "hos kommunen" in plain(move.effects, AASE)


def test_nobody_takes_away_words_that_are_not_theirs_or_that_cannot_be_found() -> None:
    idea, _ = asked_to_join()
    link = copy_of(writes(ASKER, WORDS), AASE)
    for person, copies in ((OWNER, (link,)), (ASKER, ())):
        world = World(
            now=NOW, frame=FRAME, person=person, talk=Talk(lang="da"), initiatives={1: idea}, copies=copies,
            public=OpenList({1: idea}), next_number=50, route=route,
        )  # fmt: skip
        move = dialogue.step(world, pressed(person.id, f"{between.ERASE}:1:{link.origin_message}", chat=person.id))
        assert not [one for one in move.effects if isinstance(one, Erase)]
        assert "ikke finde den besked" in plain(move.effects, person.id)
