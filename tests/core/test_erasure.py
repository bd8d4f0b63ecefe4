"""What is left when a citizen is deleted: what is shared goes on with the others, and the receipt tells the truth."""

from dataclasses import replace
from datetime import timedelta

from bot.core import erasure
from bot.core.effects import Parts, Say, Words
from bot.core.events import Forgotten, Left
from bot.core.initiative import Partner
from bot.core.match import TopicScore
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.town import AASE, FRAME, GROUP, JONAS, KARIM, METTE, NOW, SIGNE, an_idea

JONAS_TOO = Partner(JONAS, "Jonas", "da", NOW)


def test_the_first_of_those_who_take_part_has_it_from_then_on_without_a_word_of_the_other() -> None:
    shared = an_idea(partners=(JONAS_TOO,), public=True, public_words="cyklerne", media=())
    left = erasure.without_person(shared, AASE, "Fælles idé", NOW + timedelta(hours=1))
    assert (left.owner, left.owner_name, left.partners) == (JONAS, "Jonas", ())
    assert left.title == "Fælles idé"
    assert (left.words, left.public, left.public_words) == ((), False, "")
    assert left.topics == (TopicScore("trafik", 90.0, ()),)
    assert left.step == shared.step, "the same person, step and date"


def test_whoever_only_takes_part_is_taken_out_and_the_rest_stands() -> None:
    shared = an_idea(partners=(JONAS_TOO,))
    left = erasure.without_person(shared, JONAS, "not used", NOW)
    assert left == replace(shared, partners=(), touched=NOW)


def test_the_receipt_says_what_is_gone_what_is_written_over_and_what_is_left_with_whom() -> None:
    event = Forgotten(
        deletion=5,
        person=KARIM,
        lang="da",
        cases=((1, "mette"), (2, "signe")),
        deleted=9,
        overwritten=3,
        left=(Left(SIGNE, "voice", "kept"), Left(SIGNE, "photo", "beneath"), Left(SIGNE, "photo", "beneath")),
        public=True,
        asked=True,
        at=NOW,
    )
    move = Move.of(World(NOW, FRAME, Person(0, ""), Talk()))
    erasure.on_forgotten(move, event)
    told = {effect.to.chat: effect.content for effect in move.effects if isinstance(effect, Say)}
    assert told.keys() == {KARIM, METTE, SIGNE}
    receipt = told[KARIM]
    assert isinstance(receipt, Parts)
    keys = [words.key.removeprefix("citizen.own.") for words in receipt.parts if hasattr(words, "key")]
    assert keys == ["gone", "overwritten", "left", "left_at", "was_public", "archive"]
    to_signe = told[SIGNE]
    assert isinstance(to_signe, Parts)
    assert [words.key for words in to_signe.parts if hasattr(words, "key")] == ["desk.own.gone", "desk.own.left"]


def test_what_is_left_with_a_fellow_citizen_is_told_as_that_and_to_them_in_their_language() -> None:
    shared = an_idea(3, owner=JONAS, lang="en")
    follower = 77_001
    left = (Left(JONAS, "photo", "beneath"), Left(follower, "text", "kept"), Left(GROUP, "photo", "kept"))
    event = Forgotten(5, AASE, "da", ((1, "mette"),), 4, 0, left, False, True, NOW, shared=((3, False),))
    move = Move.of(World(NOW, FRAME, Person(0, ""), Talk(), initiatives={3: shared}))
    erasure.on_forgotten(move, event)
    told = {effect.to.chat: effect.content for effect in move.effects if isinstance(effect, Say)}
    receipt = told[AASE]
    assert isinstance(receipt, Parts)
    where = [words.fields["where"] for words in receipt.parts if isinstance(words, Words) and "where" in words.fields]
    assert [words.key for words in where if isinstance(words, Words)] == [
        "citizen.own.elsewhere", "citizen.own.elsewhere", "citizen.own.group",
    ]  # fmt: skip
    for chat, lang in ((JONAS, "en"), (follower, "da")):
        content = told[chat]
        assert isinstance(content, Parts)
        assert [(one.key, one.lang) for one in content.parts if isinstance(one, Words)] == [
            ("citizen.own.left_with_you", lang)
        ]
    assert "desk.own.left" in repr(told[GROUP]), "staff get staff's own words"


def test_the_receipt_does_not_say_that_all_stood_with_staff() -> None:
    told = BOOK.speak(Words("citizen.own.gone", "da", {"n": 4})).plain
    assert "4 beskeder er fjernet hos dem, der havde fået dem" in told, "followers and fellow citizens had some too"


def test_a_deletion_that_nobody_asked_for_writes_to_nobody_but_staff() -> None:
    event = Forgotten(5, KARIM, "da", ((1, "mette"),), 0, 0, (), False, False, NOW)
    move = Move.of(World(NOW, FRAME, Person(0, ""), Talk()))
    erasure.on_forgotten(move, event)
    assert [effect.to.chat for effect in move.effects if isinstance(effect, Say)] == [METTE]
