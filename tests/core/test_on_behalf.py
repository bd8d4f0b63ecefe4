"""An agent deletes what is kept about somebody without Telegram, on their word: asked first, by those who have it."""

from dataclasses import replace

import pytest

from bot.core import absent, desk, erasure, on_behalf
from bot.core.effects import Forget, Note, Parts, Say, SayFollowers
from bot.core.events import Forgotten
from bot.core.initiative import Initiative, Partner, number_of, person_of
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.core.roster_town import FRAME, Roster
from tests.core.town import BO, GROUP, KARIM, METTE, NOW, PETER, an_idea, keys, pressed, said


def entered(**changes: object) -> Roster:
    """An idea that was entered for Ejnar, and that Mette has."""
    return Roster(an_idea(owner=absent.NOBODY, owner_name="Ejnar", **changes), frame=FRAME)


def asks(story: Roster, who: int = METTE, words: str = "") -> Move:
    return story.step(desk.on_said, said(who, words, command="slet"), topic=1)


def presses(story: Roster, verb: str, who: int = METTE) -> Move:
    return story.step(desk.on_pressed, pressed(who, f"{verb}:1"), topic=1)


def forgets(move: Move) -> list[Forget]:
    return [effect for effect in move.effects if isinstance(effect, Forget)]


def test_nothing_is_deleted_before_a_second_press_says_so() -> None:
    story = entered()
    asked = asks(story)
    assert keys(GROUP, asked.effects) == ["desk.on_behalf.sure"]
    (ask,) = [effect for effect in asked.effects if isinstance(effect, Say)]
    assert [button.data for row in ask.buttons for button in row] == ["forget_yes:1", "forget_no:1"]
    assert not forgets(asked)
    kept = presses(story, on_behalf.NO)
    assert (keys(GROUP, kept.effects), forgets(kept)) == (["desk.on_behalf.kept"], [])
    gone = presses(story, on_behalf.YES)
    (forget,) = forgets(gone)
    assert (number_of(forget.person), forget.told, forget.asked) == (1, GROUP, True)
    assert [(note.about, note.kind, note.actor) for note in gone.effects if isinstance(note, Note)] == [
        (0, "data_deleted", "staff")
    ], "the register says that it happened, and nothing of what"


def test_by_its_number_it_can_be_asked_from_anywhere() -> None:
    asked, how, unknown = "desk.on_behalf.sure", "desk.on_behalf.how", "desk.unknown_number"
    for words, key in (("1", asked), ("nr.1", asked), ("77", unknown), ("", how)):
        move = entered().step(desk.on_said, said(METTE, words, chat=METTE, command="slet"))
        assert keys(METTE, move.effects) == [key], words


def test_another_number_in_a_topic_deletes_nothing_of_that_topics_citizen() -> None:
    assert keys(GROUP, asks(entered(), words="77").effects) == ["desk.unknown_number"]
    assert keys(GROUP, asks(entered(), words="1").effects) == ["desk.on_behalf.sure"]


@pytest.mark.parametrize(("who", "may"), [(METTE, True), (PETER, True), (BO, False)])
def test_only_who_has_it_and_the_coordinator_may(who: int, may: bool) -> None:
    assert keys(GROUP, asks(entered(), who).effects) == ["desk.on_behalf.sure" if may else "desk.on_behalf.whose"]
    assert bool(forgets(presses(entered(), on_behalf.YES, who))) is may


def test_whoever_has_telegram_does_it_themselves() -> None:
    story = Roster(an_idea(), frame=FRAME)
    assert keys(GROUP, asks(story).effects) == ["desk.on_behalf.own"]
    assert not forgets(presses(story, on_behalf.YES)), "also by a forged press"


def test_who_followed_it_hears_that_it_is_taken_back() -> None:
    gone = presses(entered(public=True), on_behalf.YES)
    assert [effect.last for effect in gone.effects if isinstance(effect, SayFollowers)] == [True]


def test_each_without_telegram_is_somebody_of_their_own_and_nobody_of_telegrams() -> None:
    one, two = an_idea(number=1, owner=absent.NOBODY), an_idea(number=2, owner=absent.NOBODY)
    assert person_of(one) != person_of(two)
    assert max(person_of(one), person_of(two)) < -(1 << 52), "Telegram's ids have 52 bits at most"
    assert [number_of(person_of(idea)) for idea in (one, two, an_idea())] == [1, 2, 0]


def test_who_took_part_has_it_from_then_on() -> None:
    shared = an_idea(owner=absent.NOBODY, owner_name="Ejnar", partners=(Partner(KARIM, "Karim", "da", NOW),))
    left: Initiative = erasure.without_person(shared, person_of(shared), "Fælles idé", NOW)
    assert (left.owner, left.owner_name, left.words) == (KARIM, "Karim", ())


def test_the_agent_gets_the_receipt_to_tell() -> None:
    gone = Forgotten(
        deletion=5, person=person_of(an_idea(owner=absent.NOBODY)), lang="da", cases=((1, "mette"),), deleted=4,
        overwritten=0, left=(), public=False, asked=True, at=NOW, told=METTE,
    )  # fmt: skip
    move = Move.of(World(NOW, replace(FRAME), Person(0, ""), Talk()))
    erasure.on_forgotten(move, gone)
    receipt = next(effect.content for effect in move.effects if isinstance(effect, Say) and effect.to.chat == METTE)
    assert isinstance(receipt, Parts)
    assert [part.key for part in receipt.parts if hasattr(part, "key")] == [
        "desk.on_behalf.done", "citizen.own.gone", "citizen.own.archive",
    ]  # fmt: skip
