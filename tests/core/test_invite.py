"""Coming to a desk by a link that works once, and leaving it without leaving anything behind."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.core import strangers
from bot.core.effects import Redact, TellHumans
from bot.core.events import Joined, Said, Sender
from bot.core.world import Link, Move
from tests.book import BOOK
from tests.core.roster_town import FRAME, Roster, whole_step
from tests.core.town import (
    AASE,
    BO,
    GROUP,
    METTE,
    NOW,
    SIGNE,
    ZONE,
    an_idea,
    answer,
    chat_of,
    keys,
    said,
    says,
)

ULLA, NEWCOMER, THIEF = 7, 4711, 4712
SECRET = "uforudsigelig-1"


def plain(chat: int, move: Move) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, move.effects))


def acts(story: Roster, user: int, command: str, text: str = "") -> Move:
    event: Said = said(user, text, chat=user, command=command)

    def act(move: Move, given: Said) -> None:
        move.world = replace(move.world, fresh=SECRET)
        whole_step(move, given)

    return story.step(act, event)


def invited() -> tuple[Roster, str]:
    story = Roster(an_idea(), frame=replace(FRAME, username="skab_bot"))
    told = plain(ULLA, acts(story, ULLA, "inviter", "Mette Holm"))
    return story, told


def test_an_admin_gets_a_link_for_one_person_with_a_last_day_and_nothing_secret_is_kept() -> None:
    story, told = invited()
    assert f"https://t.me/skab_bot?start=agent_{SECRET}" in told
    assert "Mette Holm" in told
    assert "mandag den 9. november" in told
    assert SECRET not in str(story.kept)


def test_who_comes_by_the_link_sits_at_that_desk_and_the_link_is_used_up() -> None:
    story, _ = invited()
    move = acts(story, NEWCOMER, "start", f"agent_{SECRET}")
    assert "Velkommen, Mette" in plain(NEWCOMER, move)
    found = story.frame.agent_of(NEWCOMER)
    assert found is not None
    assert found.id == "mette"
    assert story.frame.agent_of(METTE) is None
    acts(story, THIEF, "start", f"agent_{SECRET}")
    assert story.frame.agent_of(THIEF) is None


@pytest.mark.parametrize("payload", ["agent_", "agent_gættet", "agent_" + "x" * 60])
def test_a_made_up_link_is_an_ordinary_start(payload: str) -> None:
    story, _ = invited()
    acts(story, THIEF, "start", payload)
    assert story.frame.agent_of(THIEF) is None


def test_a_link_that_is_too_old_lets_nobody_in() -> None:
    story, _ = invited()
    story.now = datetime(2026, 11, 10, 9, tzinfo=ZONE)
    acts(story, NEWCOMER, "start", f"agent_{SECRET}")
    assert story.frame.agent_of(NEWCOMER) is None


@pytest.mark.parametrize("command", ["inviter", "fjern"])
def test_nobody_but_an_admin_lets_anybody_in_or_out(command: str) -> None:
    story = Roster(an_idea())
    for user in (BO, AASE):
        acts(story, user, command, "Mette Holm")
    assert story.kept == {}
    assert story.initiatives[1].responsible == "mette"


def test_who_leaves_hands_open_work_over_by_name_and_can_press_nothing_more() -> None:
    story = Roster(an_idea())
    move = acts(story, ULLA, "fjern", "Mette")
    idea = story.initiatives[1]
    assert idea.responsible == "bo"
    assert idea.step.due == an_idea().step.due
    told = plain(ULLA, move)
    assert "Fjern også Mette Holm fra gruppen" in told
    assert "Bo Lind: nr. 1" in told
    assert "Bo Lind, sparringsagent, har nu ansvaret" in plain(AASE, move)
    assert answer(story.presses(METTE, "take:1", chat=-1001).effects).alert
    assert story.initiatives[1].responsible == "bo"


def test_an_admin_at_a_desk_takes_words_out_by_answering_them_and_nobody_leaves() -> None:
    story = Roster(an_idea(), frame=replace(FRAME, admins=frozenset({METTE})))
    relay = Link(METTE, 9, "relay", 1, AASE, 55, AASE, "", NOW)
    event = said(METTE, "", chat=METTE, command="fjern", reply_to=9)

    def act(move: Move, given: Said) -> None:
        move.world = replace(move.world, copies=(relay,))
        whole_step(move, given)

    move = story.step(act, event, target=relay)
    assert any(isinstance(effect, Redact) for effect in move.effects)
    assert story.kept == {}


def test_an_unknown_name_is_answered_with_the_names_there_are() -> None:
    story = Roster(an_idea())
    move = acts(story, ULLA, "inviter", "Birthe")
    assert keys(ULLA, move.effects) == ["colleague.invite.nobody"]


@pytest.mark.parametrize("status", ["left", "kicked"])
def test_an_agent_who_leaves_the_group_is_told_of_once_with_what_to_do(status: str) -> None:
    story = Roster(an_idea())
    event = Joined(chat_of(GROUP), Sender(BO, "Bo"), Sender(BO, "Bo"), status, NOW)
    for _ in range(2):
        story.step(strangers.on_joined, event)
    told = [effect for effect in story.effects if isinstance(effect, TellHumans)]
    assert len(told) == 1
    assert "/fjern Bo Lind" in BOOK.speak(told[0].words).plain
    assert story.initiatives[1] == an_idea(), "nothing is moved without a person's word"


def test_who_works_in_an_own_chat_may_leave_the_group_in_silence() -> None:
    story = Roster(an_idea())
    story.step(strangers.on_joined, Joined(chat_of(GROUP), Sender(SIGNE, "S"), Sender(SIGNE, "Signe"), "left", NOW))
    assert story.effects == []
