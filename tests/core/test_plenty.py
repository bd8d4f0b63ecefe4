"""One idea too many of one person within a day waits with them: told kindly, kept whole, seen by staff, sent later."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core import dialogue, offering
from bot.core.effects import Say, SetTimer
from bot.core.events import Chat, Fell, Pressed, Sender
from bot.core.people import Asking, Draft, Person, Talk, Utterance
from bot.core.plenty import MOST
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.open_list import OpenList
from tests.core.town import AASE, FRAME, GROUP, NOW, PETER, an_idea, said, says

DRAFT = Draft(words=(Utterance("bænke på torvet", 11, NOW),), version=3, sure=True, agent="mette", since=NOW)


def sent(many: int, hours: float = 1) -> dict[int, Any]:
    return {n: an_idea(n, sent=NOW - timedelta(hours=hours, minutes=n)) for n in range(1, many + 1)}


def world(many: int, hours: float = 1, **talk: Any) -> World:
    draft = {"lang": "da", "draft": DRAFT} | talk
    ideas = sent(many, hours)
    return World(
        now=NOW, frame=FRAME, person=Person(AASE, "Aase", noticed=True), talk=Talk(**draft), initiatives=ideas,
        next_number=many + 1,
    )  # fmt: skip


def presses(world: World, data: str = "d_send:3") -> Move:
    return dialogue.step(world, Pressed(Chat(AASE, "private"), Sender(AASE, "Aase"), 9, "cb", data, NOW))


def plain(chat: int, move: Move) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, move.effects))


def test_the_last_that_a_day_holds_is_sent_as_any_other() -> None:
    move = presses(world(MOST - 1))
    assert list(move.changed) == [MOST]
    assert move.talk.draft is None


@pytest.mark.parametrize("data", ["d_send:3", "d_topic:3:other", "d_topic:3:dont_know", "d_topic:3:trafik"])
def test_one_more_waits_with_its_citizen_who_hears_when_it_can_be_sent_and_whom_to_call(data: str) -> None:
    move = presses(world(MOST), data)
    assert move.changed == {}
    told = plain(AASE, move)
    for part in ("Tak", "tirsdag den 3. november kl. 8.05", "39 98 00 00"):
        assert part in told, part
    assert move.talk.draft is not None
    assert move.talk.draft.words == DRAFT.words
    timer = next(one for one in move.effects if isinstance(one, SetTimer))
    assert (timer.kind, timer.due) == ("draft_remind", NOW + timedelta(hours=23) - timedelta(minutes=MOST))


def test_an_offer_waits_in_the_same_way() -> None:
    offer = Draft(words=DRAFT.words, version=1, kind="offer", since=NOW)
    move = presses(world(MOST, draft=offer), f"of_keep:0:{offering.UNSENT}")
    assert move.changed == {}
    assert "39 98 00 00" in plain(AASE, move)


def test_staff_see_it_once_a_day_with_the_numbers_and_nothing_of_the_draft() -> None:
    first = presses(world(MOST))
    seen = plain(PETER, first) or plain(GROUP, first)
    assert "nr. 1" in seen
    assert f"nr. {MOST}" in seen
    assert "torvet" not in seen
    again = presses(world(MOST, plenty=first.talk.plenty))
    assert not [one for one in again.effects if isinstance(one, Say) and one.to.chat != AASE]


def test_a_day_later_it_is_sent_and_the_reminder_had_said_so() -> None:
    assert list(presses(world(MOST, hours=24)).changed) == [MOST + 1]
    reminded = dialogue.step(world(MOST), Fell("draft_remind:900", "draft_remind", 0, AASE, NOW, NOW))
    assert "ligger stadig kun hos dig" in plain(AASE, reminded)


def test_words_that_come_meanwhile_are_gathered_in_it() -> None:
    move = dialogue.step(world(MOST), said(AASE, "og de skal have ryglæn", chat=AASE, thread=None))
    assert move.talk.draft is not None
    assert "ryglæn" in move.talk.draft.text


ASKS = {"a call": Asking("call"), "a question": Asking("ask", about=1)}


@pytest.mark.parametrize("what", ASKS)
def test_one_call_or_question_more_is_turned_away_kindly_before_and_after_it_is_written(what: str) -> None:
    full = world(MOST, draft=None)
    faces = OpenList({n: replace(idea, public=True) for n, idea in full.initiatives.items()})
    button = {"a call": "call_me:0", "a question": "ask_about:1"}[what]
    pressed = presses(replace(full, public=faces), button)
    asked = dialogue.step(
        replace(full, public=faces, talk=replace(full.talk, asking=ASKS[what])),
        said(AASE, "ring på 22 33 44 55", chat=AASE, thread=None),
    )
    for move in (pressed, asked):
        assert move.changed == {}
        assert move.talk.asking is None
        told = plain(AASE, move)
        for part in ("Mere har jeg ikke sendt", "tirsdag den 3. november kl. 8.05", "39 98 00 00"):
            assert part in told, part
        seen = plain(PETER, move) or plain(GROUP, move)
        assert f"nr. {MOST}" in seen


@pytest.mark.parametrize("what", ASKS)
def test_where_there_is_room_a_call_or_a_question_is_sent(what: str) -> None:
    room = world(MOST - 1, draft=None)
    faces = OpenList({n: replace(idea, public=True) for n, idea in room.initiatives.items()})
    move = dialogue.step(
        replace(room, public=faces, talk=replace(room.talk, asking=ASKS[what])),
        said(AASE, "ring på 22 33 44 55", chat=AASE, thread=None),
    )
    assert list(move.changed) == [MOST]
