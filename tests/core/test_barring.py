"""Somebody who harasses staff can be barred: by whom, what still works, who sees it, and how it ends."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core import dialogue
from bot.core.bars import KIND, Bar, KeepBar, LiftBar
from bot.core.effects import Answer, DropTimer, Note, Say, SetTimer
from bot.core.events import Chat, Edited, Event, Fell, Pressed, Said, Sender
from bot.core.frame import EmergencyLine
from bot.core.initiative import Partner
from bot.core.match import Match
from bot.core.people import Draft, Person, Talk, Utterance
from bot.core.world import Link, Move, World
from tests.book import BOOK
from tests.core.town import AASE, BO, FRAME, GROUP, KARIM, METTE, NOW, PETER, an_idea, pressed, said, says

ULLA = 7
LINES = {"112": EmergencyLine("112", "112", {"da": "Ring 112 nu. Jeg er en bot og kan ikke ringe."})}
REASON = "Trusler mod Mette"


class Desk:
    """One person's talk, and the bars that the store would keep."""

    def __init__(self, *bars: Bar, **idea: Any) -> None:
        self.bars = {bar.person: bar for bar in bars}
        self.ideas = {1: an_idea(**idea)}
        self.talks: dict[tuple[int, int], Talk] = {}
        self.now = NOW

    def step(self, event: Event, *, topic: int = 0, **more: Any) -> Move:
        chat = event.chat.id if isinstance(event, Said | Pressed | Edited) else AASE
        who = event.sender.id if isinstance(event, Said | Pressed | Edited) else AASE
        world = World(
            now=self.now, frame=replace(FRAME, emergency_lines=LINES), person=Person(who, "x", noticed=True),
            talk=self.talks.get((chat, who), Talk(lang="da")), initiatives=self.ideas, topic=topic,
            bar=self.bars.get(who), bars=lambda: tuple(self.bars.values()), **more,
        )  # fmt: skip
        move = dialogue.step(world, event)
        self.talks[chat, who] = move.talk
        for effect in move.effects:
            if isinstance(effect, KeepBar):
                self.bars[effect.bar.person] = effect.bar
            elif isinstance(effect, LiftBar):
                del self.bars[effect.person]
        return move

    def commands(self, who: int, text: str, chat: int = GROUP, topic: int = 1) -> Move:
        return self.step(said(who, text, chat=chat, command="spaer"), topic=topic if chat == GROUP else 0)

    def bar(self, who: int = PETER, days: int = 14) -> Move:
        asked = self.commands(who, f"{days} {REASON}")
        assert not self.bars, "nobody is barred before the question is answered"
        return self.step(pressed(who, buttons(asked)[0]), topic=1)

    def writes(self, text: str, **more: Any) -> Move:
        return self.step(said(AASE, text, chat=AASE, thread=None), **more)


def a_bar(**changes: Any) -> Bar:
    return replace(Bar(AASE, "Aase", 1, "Peter", REASON, NOW, NOW + timedelta(days=14)), **changes)


def buttons(move: Move) -> list[str]:
    return [button.data for say in move.effects if isinstance(say, Say) for row in say.buttons for button in row]


def plain(chat: int, move: Move) -> str:
    return "\n".join(BOOK.speak(say.content).plain for say in says(chat, move.effects))


def to_staff(move: Move) -> list[Say]:
    return [effect for effect in move.effects if isinstance(effect, Say) and effect.to.chat != AASE]


@pytest.mark.parametrize("who", [PETER, ULLA])
def test_the_coordinator_and_an_admin_bar_somebody_with_a_reason_and_an_end(who: int) -> None:
    desk = Desk()
    move = desk.bar(who)
    assert desk.bars[AASE].until == NOW + timedelta(days=14)
    told = plain(AASE, move)
    for part in (REASON, "mandag den 16. november", "39 98 00 00", "Peter Dam", "112"):
        assert part in told, part
    at_desk = plain(GROUP, move)
    assert REASON in at_desk
    assert [data for data in buttons(move) if data.startswith("bar_lift:1:")], "the desk can lift it where it is told"
    assert Note(0, "barred", "staff") in move.effects, "it stands in the register, without a name"
    timers = [one for one in move.effects if isinstance(one, SetTimer)]
    assert [(one.kind, one.due, one.chat) for one in timers] == [(KIND, NOW + timedelta(days=14), AASE)]


def test_no_telegram_id_of_the_citizen_stands_in_staffs_chats() -> None:
    desk = Desk()
    shown = [desk.commands(PETER, f"14 {REASON}"), desk.bar(), desk.commands(PETER, "")]
    assert not [data for move in shown for data in buttons(move) if str(AASE) in data]
    assert str(AASE) not in "".join(plain(GROUP, move) for move in shown)
    assert str(AASE) not in repr(shown[0].talk.form), "nor in what is kept of whoever asks"


def test_another_agent_hears_whom_to_ask_and_bars_nobody() -> None:
    desk = Desk()
    move = desk.commands(METTE, f"14 {REASON}")
    assert "Peter Dam" in plain(GROUP, move)
    assert not buttons(move)
    forged = desk.step(pressed(BO, "bar_yes:1:0"), topic=1)
    assert [one.alert for one in forged.effects if isinstance(one, Answer)] == [True]
    assert not desk.bars


@pytest.mark.parametrize("text", ["1 14", "14", "0 grund", "91 grund", "x grund", f"14 {'a' * 201}", "-3 grund"])
def test_what_can_t_be_meant_is_answered_by_how_it_is_written(text: str) -> None:
    desk = Desk()
    move = desk.commands(PETER, text if text != "1 14" else "14 ")
    assert "/spaer 12 14" in plain(GROUP, move)
    assert not buttons(move)


def test_outside_its_topic_the_number_stands_first_and_a_press_too_late_does_nothing() -> None:
    desk = Desk()
    asked = desk.commands(PETER, f"1 14 dage {REASON}", chat=PETER)
    desk.step(pressed(PETER, "bar_no:1", chat=PETER))
    late = desk.step(pressed(PETER, buttons(asked)[0], chat=PETER))
    assert not desk.bars
    assert [one.alert for one in late.effects if isinstance(one, Answer)] == [True]


def test_in_a_topic_its_own_number_may_stand_first_and_another_one_bars_nobody() -> None:
    desk = Desk()
    own = desk.commands(PETER, f"1 14 {REASON}")
    assert "mandag den 16. november" in plain(GROUP, own)
    assert f"«{REASON}»" in plain(GROUP, own)
    other = desk.commands(PETER, f"2 14 {REASON}")
    assert not buttons(other), "who is meant would be somebody else than whose topic it is"
    assert "/spaer 12 14" in plain(GROUP, other)


def test_of_several_citizens_the_one_who_is_meant_is_chosen() -> None:
    desk = Desk(partners=(Partner(KARIM, "Karim", "da", NOW),))
    asked = desk.commands(PETER, f"14 {REASON}")
    desk.step(pressed(PETER, buttons(asked)[1]), topic=1)
    assert list(desk.bars) == [KARIM]


def test_an_idea_without_telegram_has_nobody_to_bar() -> None:
    assert "ingen" in plain(GROUP, Desk(owner=0).commands(PETER, f"14 {REASON}"))


def test_what_they_write_goes_no_further_and_they_are_told_so_with_a_telephone() -> None:
    desk = Desk(a_bar())
    for text in ("I er nogle idioter", "jeg har en ny idé om bænke på torvet"):
        move = desk.writes(text, match=Match("idea", (), False, "", "da", "r"))
        assert not to_staff(move)
        told = plain(AASE, move)
        for part in ("ikke sendt videre", "39 98 00 00", "112"):
            assert part in told, part
        assert move.talk.draft is None


def test_danger_is_answered_all_the_same() -> None:
    match = Match("emergency", (), False, "", "da", "r", emergency="112", certain=True)
    assert "Ring 112 nu" in plain(AASE, Desk(a_bar()).writes("der er brand i kælderen", match=match))


@pytest.mark.parametrize("intent", ["status", "privacy", "own_data", "withdraw"])
def test_their_data_and_their_ideas_are_theirs_as_ever(intent: str) -> None:
    told = plain(AASE, Desk(a_bar()).writes(intent, intent=intent))
    assert told
    assert "ikke sendt videre" not in told


@pytest.mark.parametrize("data", ["p_list:0", "p_show:1", "follow:1", "unfollow:1", "cal:0"])
def test_what_is_open_to_everybody_is_open_to_them(data: str) -> None:
    move = Desk(a_bar()).step(Pressed(Chat(AASE, "private"), Sender(AASE, "Aase"), 9, "cb", data, NOW))
    assert "ikke sendt videre" not in plain(AASE, move)


def test_they_can_delete_everything_and_the_deletion_is_no_way_to_staff() -> None:
    desk = Desk(a_bar())
    move = desk.step(Pressed(Chat(AASE, "private"), Sender(AASE, "Aase"), 9, "cb", "own_forget:0", NOW))
    assert "own_yes:0" in buttons(move)


def test_no_button_and_no_edit_of_theirs_brings_anything_to_staff() -> None:
    draft = Draft(words=(Utterance("bænke på torvet", 11, NOW),), version=1, sure=True, since=NOW)
    private = Chat(AASE, "private")
    for data in ("d_send:1", "i_reopen:1", "meet_wish:1", "call_me:0", "calm:5", "i_to:1", "human:0"):
        desk = Desk(a_bar())
        desk.talks[AASE, AASE] = Talk(lang="da", draft=draft)
        move = desk.step(Pressed(private, Sender(AASE, "Aase"), 9, "cb", data, NOW))
        assert not to_staff(move), data
        assert move.changed == {}, data
    copies = (Link(GROUP, 50, "relay", 1, AASE, 12, 0, "", NOW),)
    edited = Desk(a_bar()).step(Edited(private, Sender(AASE, "Aase"), 12, NOW, text="værre ord"), copies=copies)
    assert not [one for one in edited.effects if getattr(getattr(one, "to", None), "chat", AASE) != AASE]
    assert "ikke sendt videre" in plain(AASE, edited)


def test_the_list_shows_who_and_why_and_one_press_lifts_it() -> None:
    desk = Desk()
    desk.bar()
    shown = desk.commands(ULLA, "", chat=ULLA)
    assert REASON in plain(ULLA, shown)
    lift = next(data for data in buttons(shown) if data.startswith("bar_lift"))
    move = desk.step(pressed(ULLA, lift, chat=ULLA))
    assert not desk.bars
    assert "igen" in plain(AASE, move)
    assert Note(0, "bar_lifted", "staff") in move.effects
    assert DropTimer(f"{KIND}:{AASE}") in move.effects
    again = desk.step(pressed(ULLA, lift, chat=ULLA))
    assert [one.alert for one in again.effects if isinstance(one, Answer)] == [True]
    assert "ikke lukket" in plain(ULLA, desk.commands(ULLA, "", chat=ULLA))


def falls(desk: Desk) -> Move:
    return desk.step(Fell(f"{KIND}:{AASE}", KIND, 1, AASE, desk.now, desk.now))


def test_it_ends_by_itself_and_both_sides_hear_so() -> None:
    desk = Desk(a_bar())
    desk.now = NOW + timedelta(days=14)
    heard = desk.writes("må jeg skrive nu?", match=Match("idea", (), False, "", "da", "r"))
    assert "ikke sendt videre" not in plain(AASE, heard), "also where the timer is late"
    move = falls(desk)
    assert not desk.bars
    assert "igen" in plain(AASE, move)
    assert "kan skrive igen" in plain(GROUP, move)


def test_a_new_bar_outlives_the_timer_of_the_one_before() -> None:
    desk = Desk(a_bar(until=NOW + timedelta(days=30)))
    desk.now = NOW + timedelta(days=14)
    assert falls(desk).effects == []
    assert desk.bars


def test_at_night_the_end_is_told_in_the_morning() -> None:
    desk = Desk(a_bar(until=datetime(2026, 11, 16, 23, tzinfo=NOW.tzinfo)))
    desk.now = datetime(2026, 11, 16, 23, tzinfo=NOW.tzinfo)
    assert [one.due.hour for one in falls(desk).effects if isinstance(one, SetTimer)] == [7]
