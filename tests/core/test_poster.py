"""A poster for a place: a link of its own, one sheet of paper, and a count without anybody in it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import desk, dialogue, poster
from bot.core.effects import CameBy, KeepPoster, SendPaper, TellPosters, To
from bot.core.events import Chat, Said, Sender
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.core.sender import spoken
from tests.core.town import FRAME, METTE, NOW, Story, an_idea, keys, said

WITH_NAME = replace(FRAME, username="skaber_bot")


def makes(text: str, command: str = "plakat") -> Move:
    def act(move: Move, event: Said) -> None:
        move.world = replace(move.world, frame=WITH_NAME)
        desk.on_said(move, event)

    return Story(an_idea()).step(act, said(METTE, text, chat=METTE, command=command))


def starts(payload: str) -> Move:
    person = Person(900, "Aase", noticed=True)
    event = Said(Chat(900, "private"), Sender(900, "Aase"), (1,), NOW, text=payload, command="start")
    return dialogue.step(World(NOW, WITH_NAME, person, Talk()), event)


def test_a_place_gets_a_sheet_with_its_own_link_and_the_other_ways_in() -> None:
    kept, paper = makes("Byens  Hus på Ærø").effects
    assert kept == KeepPoster("byens-hus-paa-aeroe", "Byens Hus på Ærø")
    assert isinstance(paper, SendPaper)
    assert ("code", "https://t.me/skaber_bot?start=sted_byens-hus-paa-aeroe") in paper.lines
    written = [words if isinstance(words, str) else spoken(words) for _, words in paper.lines]
    assert any(FRAME.contact.phone in line for line in written), "nobody needs Telegram"
    assert any("Scan the code" in line for line in written), "who reads no Danish finds the way too"


@pytest.mark.parametrize("text", ["", "  ", "!!!", "x" * 41])
def test_without_a_place_there_is_no_poster_and_it_says_how(text: str) -> None:
    move = makes(text)
    assert keys(METTE, move.effects) == ["desk.poster.how"]


def test_who_comes_by_it_is_met_like_anybody_else_and_counted_once_for_each_start() -> None:
    move = starts("sted_byens-hus")
    assert [effect for effect in move.effects if isinstance(effect, CameBy)] == [CameBy("byens-hus")]
    assert keys(900, move.effects) == keys(900, starts("").effects) == ["citizen.welcome"]
    assert move.talk == replace(starts("").talk), "nothing of the place is kept with the person"


@pytest.mark.parametrize("payload", ["sted_", "sted_Byens Hus", "sted_x'; drop", "sted_" + "a" * 60])
def test_a_made_up_place_counts_nothing(payload: str) -> None:
    assert [effect for effect in starts(payload).effects if isinstance(effect, CameBy)] == []


@given(st.text(max_size=60))
def test_any_name_makes_a_link_that_telegram_takes(place: str) -> None:
    short = poster.slug(place)
    assert len(poster.START + short) <= 64
    assert not short.strip("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert poster.slug(short) == short


def test_the_counts_stand_with_the_most_first() -> None:
    assert makes("", "plakater").effects == [TellPosters(To(METTE))]
    told = spoken(poster.counts(To(7), [("Hellerup", 2), ("Byens Hus", 11), ("Ordrup", 1)]).content).split("\n")
    assert [line for line in told if ": " in line] == ["Byens Hus: 11 gange", "Hellerup: 2 gange", "Ordrup: 1 gang"]
    assert "ingen plakater endnu" in spoken(poster.counts(To(7), []).content)
