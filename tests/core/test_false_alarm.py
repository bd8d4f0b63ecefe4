"""What only sounded like danger: the number comes, the words are held, and one press or word brings them back, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import false_alarm
from bot.core.effects import Redact, SendMedia, SetTimer, Strip, Words
from bot.core.events import Chat, Media, Place, Pressed, Sender
from bot.core.initiative import NextStep, Turn
from bot.core.people import Asking, Talk
from bot.core.world import Link
from bot.texts.understanding import understand
from tests.book import BOOK
from tests.core.alarmed import (
    DRAFT,
    IDEA,
    IN_DRAFT,
    IN_TALK,
    MISREAD,
    OTHERWISE,
    PAGE,
    Aase,
    alarming,
    buttons,
    calm,
    carried,
    says,
    told,
)
from tests.core.town import AASE, DUE, GROUP, NOW

# -- the alarm ---------------------------------------------------------------------------------------------------


def test_where_danger_is_likely_the_number_comes_first_and_the_way_back_beneath_it() -> None:
    aase = Aase(IN_DRAFT)
    move = aase.is_misread()
    assert told(move) == ["Ring 112 nu. Jeg kan ikke ringe.", "citizen.calm.way_back"]
    assert len(says(move)) == 1, "one message"
    assert buttons(move) == ["calm:0:21"]
    assert aase.talk.draft == DRAFT


def test_where_danger_is_certain_the_number_comes_alone_and_nothing_is_held() -> None:
    for talk in (IN_DRAFT, IN_TALK):
        aase = Aase(talk, IDEA)
        move = aase.writes("der er brand", alarming(certain=True))
        assert told(move) == ["Ring 112 nu. Jeg kan ikke ringe."]
        assert buttons(move) == []
        assert aase.talk.held == ()


def test_where_danger_cannot_be_left_out_the_number_stands_above_the_answer_and_the_talk_goes_on() -> None:
    nearly = replace(calm(), near="112")
    for talk in (Talk(lang="da"), IN_DRAFT, IN_TALK):
        usual = told(Aase(talk, IDEA).writes("den lille sidder i badet, og jeg kan ikke komme ind", calm()))
        aase = Aase(talk, IDEA)
        move = aase.writes("den lille sidder i badet, og jeg kan ikke komme ind", nearly)
        assert told(move) == ["citizen.calm.near", *usual]
        assert len(says(move)) == len(says(Aase(talk, IDEA).writes("det", calm()))), "in the same message"
        assert aase.talk.held == ()


def test_a_plain_word_that_asks_for_something_gets_no_number_above_its_answer() -> None:
    move = Aase(IN_TALK, IDEA).writes("status", replace(calm(), near="112"))
    assert "citizen.calm.near" not in told(move)


def test_the_words_that_are_told_to_be_written_call_it_off_in_each_language() -> None:
    for lang in ("da", "en", "uk"):
        for key in ("citizen.button.calm", "citizen.button.calm_all"):
            written = BOOK.speak(Words(key, lang)).plain
            assert understand(written) == (false_alarm.INTENT if key.endswith("calm") else false_alarm.INTENT_ALL)


# -- the way back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("back", ["", "ingen fare", "Nej nej, alt er godt!", "det var ikke alvorligt", "no danger"])
def test_one_press_or_plain_word_and_the_answer_is_in_the_draft_as_if_nothing_had_been(back: str) -> None:
    aase = Aase(IN_DRAFT)
    aase.is_misread()
    move = aase.writes(back) if back else aase.presses("calm:0:21")
    assert aase.words() == ["flere bænke på torvet", MISREAD]
    assert aase.talk.draft is not None
    assert aase.talk.draft.words[-1].answers == "hvem", "it answers the question that was open"
    assert told(move)[0] == "citizen.calm.sorry"
    assert len(says(move)) == 1
    assert aase.talk.held == ()
    undisturbed = Aase(IN_DRAFT).writes(MISREAD, calm())
    assert told(move)[1:] == told(undisturbed)


def test_without_a_draft_the_words_are_taken_up_as_an_idea_with_all_that_came_with_them() -> None:
    aase = Aase(Talk(lang="da"))
    photos = (Media("photo", "p1", 21), Media("photo", "p2", 22))
    aase.is_misread(ids=(21, 22), media=photos, place=Place(55.75, 12.55), pieces=((21, MISREAD),))
    assert aase.talk.draft is None
    aase.presses("calm:0:21")
    assert aase.talk.draft is not None
    assert (aase.talk.draft.kind, aase.words(), aase.talk.draft.media) == ("idea", [MISREAD], photos)
    assert aase.talk.draft.place == Place(55.75, 12.55)


def test_its_kind_is_judged_without_danger() -> None:
    offer = Aase(Talk(lang="da"), kind="offer")
    offer.is_misread()
    offer.presses("calm:0:21")
    assert offer.talk.draft is not None
    assert offer.talk.draft.kind == "offer"
    question = Aase(IN_DRAFT, kind="question", answer=PAGE)
    question.is_misread()
    move = question.presses("calm:0:21")
    assert told(move) == ["citizen.calm.sorry", PAGE.text, "citizen.source"]
    assert question.words() == ["flere bænke på torvet"]


def test_it_is_the_answer_to_what_was_asked_when_it_was_said() -> None:
    aase = Aase(replace(IN_DRAFT, asking=Asking("rewrite")))
    aase.is_misread()
    aase.writes("ingen fare")
    assert aase.words() == [MISREAD]


def test_it_goes_where_the_message_is_that_it_answered() -> None:
    aase = Aase(IN_DRAFT, IDEA)
    aase.target = Link(AASE, 80, "reply", 1, GROUP, 5, 101, "", NOW)
    aase.is_misread(reply_to=80)
    assert told(aase.presses("calm:0:21"), GROUP) == [MISREAD]


# -- in a talk with an agent -------------------------------------------------------------------------------------


def test_in_a_talk_the_words_go_once_and_the_agent_hears_once_that_there_is_no_danger() -> None:
    aase = Aase(IN_TALK, IDEA)
    alarm = aase.is_misread()
    assert told(alarm)[-1] == "citizen.calm.way_back_agent"
    assert told(alarm, GROUP) == [MISREAD]
    move = aase.presses("calm:0:21")
    assert told(move, GROUP) == ["desk.relay.calm"]
    assert carried(move.effects) == []
    assert told(move) == ["citizen.calm.agent_told"]
    again = aase.presses("calm:0:21")
    assert told(again, GROUP) == []
    assert told(again) == ["citizen.calm.nothing"]


def test_in_a_talk_the_turn_passes_to_the_agent_as_if_nothing_had_been() -> None:
    waits = replace(IDEA, step=NextStep("Aase", DUE, Turn.CITIZEN, key="step.your_turn"))
    aase = Aase(IN_TALK, waits)
    aase.is_misread()
    assert aase.ideas[1].step.turn is Turn.CITIZEN
    move = aase.writes("ingen fare")
    assert aase.ideas[1].step.turn is Turn.AGENT
    assert told(move) == ["citizen.calm.agent_told", "citizen.carried.until"]
    assert carried(move.effects) == []


def test_two_alarms_in_one_talk_are_called_off_together() -> None:
    aase = Aase(IN_TALK, IDEA)
    aase.is_misread()
    aase.is_misread("hun falder om igen")
    assert told(aase.writes("falsk alarm"), GROUP) == ["desk.relay.calm"]
    assert aase.talk.held == ()


def test_what_an_agent_has_stays_out_of_an_idea_that_is_begun_meanwhile() -> None:
    aase = Aase(IN_TALK, IDEA)
    aase.is_misread()
    aase.talk = replace(aase.talk, draft=DRAFT, asking=Asking("rewrite"))
    aase.writes("ingen fare")
    assert aase.words() == ["flere bænke på torvet"]
    assert aase.talk.asking == Asking("rewrite"), "what was asked is still asked"


def test_with_several_ideas_nobody_is_asked_which_one_words_are_for_that_an_agent_has() -> None:
    aase = Aase(IN_TALK, IDEA, replace(IDEA, number=2, title="Bænke"))
    aase.is_misread()
    move = aase.presses("calm:0:21")
    assert told(move) == ["citizen.calm.agent_told"]
    assert carried(move.effects) == []


def test_without_an_alarm_the_same_words_are_said_to_the_agent() -> None:
    aase = Aase(IN_TALK, IDEA)
    assert told(aase.writes("alt er godt"), GROUP) == ["alt er godt"]


def test_the_same_words_go_to_the_agent_once_somebody_has_written_since() -> None:
    asked = Aase(IN_TALK, IDEA)
    asked.is_misread()
    asked.ideas[1] = replace(asked.ideas[1], touched=asked.now + timedelta(seconds=30))
    assert told(asked.writes("alt er godt"), GROUP) == ["alt er godt"], "the agent may have asked how it goes"
    wrote_on = Aase(IN_TALK, IDEA)
    wrote_on.is_misread()
    wrote_on.writes("og så om bænken")
    assert told(wrote_on.writes("alt er godt"), GROUP) == ["alt er godt"]
    assert told(wrote_on.presses("calm:0:21"), GROUP) == ["desk.relay.calm"], "the button says it as ever"


def test_with_nobody_to_talk_with_they_call_it_off_later_too() -> None:
    aase = Aase(Talk(lang="da"))
    aase.is_misread()
    assert "citizen.calm.waits" in told(aase.writes("hej", calm("smalltalk")))
    assert told(aase.writes("ingen fare"))[0] == "citizen.calm.sorry"
    assert aase.words() == [MISREAD]


def test_deleting_the_last_message_means_the_one_that_went_as_possibly_acute() -> None:
    aase = Aase(IN_TALK, IDEA)
    aase.is_misread()
    assert buttons(aase.writes("slet min sidste besked")) == ["i_erase:1:21"]


# -- who writes on -----------------------------------------------------------------------------------------------


def test_who_says_it_in_other_words_has_it_once_and_is_shown_what_is_left_out() -> None:
    aase = Aase(replace(IN_DRAFT, draft=replace(DRAFT, version=1, open="")))
    aase.is_misread()
    move = aase.writes(OTHERWISE)
    assert aase.words() == ["flere bænke på torvet", OTHERWISE]
    assert "citizen.calm.waits" in told(move)
    assert buttons(move) == ["calm_all:0", "d_send:2", "d_edit:2", "d_drop:2"]
    aase.presses("d_send:2")
    sent = aase.ideas[7]
    assert [said.text for said in sent.words] == ["flere bænke på torvet", OTHERWISE]
    assert aase.talk.held == (), "it was left out knowingly"


@pytest.mark.parametrize("back", ["", "tag det med"])
def test_what_was_left_out_is_taken_in_by_a_press_or_in_words(back: str) -> None:
    aase = Aase(IN_DRAFT)
    aase.is_misread()
    aase.is_misread("og min far falder om")
    aase.writes("de skal stå ved trappen")
    assert aase.words() == ["flere bænke på torvet", "de skal stå ved trappen"]
    move = aase.writes(back) if back else aase.presses("calm_all:0")
    assert aase.words()[2:] == [f"{MISREAD}\nog min far falder om"]
    assert not any(isinstance(effect, Strip) for effect in move.effects), "a summary keeps its buttons"
    assert "citizen.calm.waits" not in told(move)


def test_a_draft_is_not_sent_before_its_citizen_has_seen_what_is_not_in_it() -> None:
    aase = Aase(replace(IN_DRAFT, draft=replace(DRAFT, version=1, open="")))
    aase.is_misread()
    move = aase.presses("d_send:1")
    assert "citizen.calm.waits" in told(move)
    assert aase.ideas == {}
    aase.presses("d_send:2")
    assert list(aase.ideas) == [7]


@pytest.mark.parametrize("word", ["ja", "nej"])
def test_a_bare_yes_or_no_sends_nothing_since_nobody_knows_what_it_answers(word: str) -> None:
    aase = Aase(replace(IN_DRAFT, draft=replace(DRAFT, version=1, open="")))
    aase.is_misread()
    move = aase.writes(word)
    assert told(move) == ["citizen.calm.way_back"]
    assert buttons(move) == ["calm:0:21"]
    assert aase.ideas == {}


def test_without_a_draft_what_is_left_out_is_shown_once_beneath_the_next_answer() -> None:
    aase = Aase(Talk(lang="da"), IDEA)
    aase.is_misread()
    first = aase.writes("hvornår mødes vi så")
    assert told(first, GROUP) == ["hvornår mødes vi så"]
    assert told(first)[-1] == "citizen.calm.waits"
    assert buttons(first) == ["calm_all:0"]
    assert told(aase.writes("og hvor")) == []
    assert told(aase.presses("calm_all:0"), GROUP) == [MISREAD]


def test_a_second_alarm_is_met_with_the_number_and_each_button_brings_back_its_own_words() -> None:
    aase = Aase(IN_DRAFT)
    aase.is_misread()
    move = aase.is_misread("hun falder om")
    assert told(move) == ["Ring 112 nu. Jeg kan ikke ringe.", "citizen.calm.way_back"]
    aase.presses("calm:0:22")
    assert aase.words()[1:] == ["hun falder om"]
    assert [held.said.text for held in aase.talk.held] == [MISREAD], "and nothing is doubled unasked"


def test_what_an_offer_leaves_out_is_shown_beneath_it() -> None:
    aase = Aase(Talk(lang="da"), kind="idea")
    aase.is_misread()
    move = aase.writes("jeg vil gerne hjælpe til", calm("offer"))
    assert told(move)[-1] == "citizen.calm.waits"
    assert "calm_all:0" in buttons(move)


# -- edits, albums, floods, late presses -------------------------------------------------------------------------


def test_an_edit_of_what_is_held_is_what_comes_back() -> None:
    aase = Aase(IN_DRAFT)
    aase.is_misread()
    assert told(aase.edits(21, "min far falder om")) == []
    aase.presses("calm:0:21")
    assert aase.words()[1:] == ["min far falder om"]


def test_an_edit_that_takes_the_danger_away_is_a_way_back_too() -> None:
    aase = Aase(IN_DRAFT)
    aase.is_misread()
    move = aase.edits(21, OTHERWISE)
    assert told(move)[0] == "citizen.calm.sorry"
    assert aase.words()[1:] == [OTHERWISE]
    assert told(aase.presses("calm:0:21")) == ["citizen.calm.nothing"]
    assert aase.words()[1:] == [OTHERWISE]


def test_an_edit_that_makes_danger_certain_is_met_with_the_number_alone() -> None:
    aase = Aase(IN_DRAFT)
    aase.is_misread()
    move = aase.edits(21, "der er brand, hun falder om")
    assert told(move) == ["Ring 112 nu. Jeg kan ikke ringe."]
    assert buttons(move) == []


def test_an_edit_in_a_talk_is_shown_at_the_desk_as_ever() -> None:
    aase = Aase(IN_TALK, IDEA)
    aase.is_misread()
    link = Link(GROUP, 99, "relay", 1, AASE, 21, AASE, "", NOW)
    assert told(aase.edits(21, OTHERWISE, copies=(link,)), GROUP) == [OTHERWISE]
    assert aase.talk.held[0].said.text == OTHERWISE


def test_an_edit_of_an_albums_caption_changes_it_in_what_comes_back() -> None:
    aase = Aase(Talk(lang="da"), IDEA)
    media = (Media("photo", "p1", 21), Media("photo", "p2", 22, caption=MISREAD))
    aase.is_misread(ids=(21, 22), media=media, pieces=((22, MISREAD),))
    aase.edits(22, "min far falder om")
    move = aase.presses("calm:0:21")
    album = next(effect for effect in move.effects if isinstance(effect, SendMedia))
    assert [item.caption for item in album.media] == ["", "min far falder om"]


def test_messages_that_were_gathered_come_back_as_they_were_gathered() -> None:
    aase = Aase(Talk(lang="da"), IDEA)
    pieces = ((21, "a6"), (22, MISREAD), (23, "a8"))
    aase.is_misread(f"a6\n{MISREAD}\na8", ids=(21, 22, 23), pieces=pieces, gathered=3)
    aase.edits(22, "falder om")
    move = aase.presses("calm:0:21")
    assert told(move, GROUP) == ["a6\nfalder om\na8"]
    assert told(move)[0] == "citizen.calm.sorry", "a press is answered"


def test_the_button_goes_with_the_press_and_a_second_one_doubles_nothing() -> None:
    aase = Aase(IN_DRAFT)
    aase.is_misread()
    move = aase.presses("calm:0:21")
    assert [effect.target.message_id for effect in move.effects if isinstance(effect, Strip)] == [90]
    assert told(aase.presses("calm:0:21")) == ["citizen.calm.nothing"]
    assert aase.words() == ["flere bænke på torvet", MISREAD]


@pytest.mark.parametrize("data", ["calm:0:", "calm:0:x", "calm:0:99", "calm:21", "calm:0:99999999999999999999"])
def test_a_forged_button_finds_nothing(data: str) -> None:
    aase = Aase(IN_DRAFT)
    aase.is_misread()
    assert told(aase.presses(data)) == ["citizen.calm.nothing"]
    assert len(aase.talk.held) == 1


def test_after_a_day_it_is_forgotten_and_a_late_press_says_so() -> None:
    aase = Aase(IN_DRAFT)
    first = aase.is_misread()
    timer = next(effect for effect in first.effects if isinstance(effect, SetTimer))
    assert (timer.chat, timer.due) == (AASE, aase.now + timedelta(hours=24))
    aase.now += timedelta(hours=12)
    aase.is_misread("hun falder om")
    later = aase.waits(12)
    assert [held.said.text for held in aase.talk.held] == ["hun falder om"]
    assert any(isinstance(effect, SetTimer) for effect in later.effects), "the rest has its own day"
    aase.waits(24)
    assert aase.talk.held == ()
    assert told(aase.presses("calm:0:21")) == ["citizen.calm.nothing"]
    assert told(aase.writes("ingen fare"))[0] != "citizen.calm.sorry"


def test_no_more_is_held_than_ten_messages() -> None:
    aase = Aase(IN_DRAFT)
    for _ in range(false_alarm.MOST + 3):
        aase.is_misread()
    assert [held.said.message_ids[0] for held in aase.talk.held] == list(range(24, 34))


def test_whoever_deletes_a_message_at_the_agent_deletes_it_here_too() -> None:
    aase = Aase(IN_TALK, IDEA)
    aase.is_misread()
    link = Link(GROUP, 99, "relay", 1, AASE, 21, AASE, "", NOW)
    event = Pressed(Chat(AASE, "private"), Sender(AASE, "Aase"), 91, "cb", "i_erase:1:21", aase.now)
    move = aase.step(event, copies=(link,))
    assert Redact(1, 21, AASE) in move.effects
