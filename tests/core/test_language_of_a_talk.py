"""A talk goes on in the language that somebody has written: what tells none leaves it as it is."""

from dataclasses import replace

import pytest

from bot.core import citizen
from bot.core.match import Match
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.core.town import AASE, FRAME, NOW, said

THREE = replace(FRAME, languages=("da", "en", "uk"))
SPOKEN = Match("idea", (), sure=False, agent="peter", lang="da", rules_hash="r")


def after(talk: Talk, *heard: tuple[str, bool], words: str = "20 30 40 50") -> Talk:
    """The talk after words of these languages, each told by the words themselves or not."""
    for lang, told in heard:
        world = World(now=NOW, frame=THREE, person=Person(AASE, "Aase", noticed=True), talk=talk)
        move = Move.of(replace(world, match=replace(SPOKEN, lang=lang, lang_told=told)))
        citizen._hear_language(move, said(AASE, words, chat=AASE))
        talk = move.talk
        assert move.person.lang == talk.lang
    return talk


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_a_number_or_a_name_does_not_turn_a_talk_into_danish(lang: str) -> None:
    assert after(Talk(), (lang, True), ("da", False)).lang == lang
    assert after(Talk(), (lang, True), ("da", False), ("da", True)).lang == "da", "but Danish words do"


def test_on_a_phone_in_another_language_what_is_written_counts_as_danish_until_it_tells_more() -> None:
    of_the_phone = Talk(lang="en")
    assert after(of_the_phone, ("da", False)).lang == "da"
    assert after(of_the_phone, ("en", True), ("da", False)).lang == "en"


def test_a_word_or_two_change_nothing_once_a_language_is_spoken() -> None:
    assert after(after(Talk(), ("uk", True)), ("da", True), words="ok tak").lang == "uk"
    assert after(Talk(), ("uk", True), words="привіт").lang_written
