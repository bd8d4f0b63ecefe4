"""A button is pressed by its words, a "ja" or a number, when it stands under the bot's last message, and only then."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import aloud
from bot.conversation.rows import Leaving
from bot.core.events import Chat, Media, Said, Sender
from bot.texts.understanding import understand

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
AASE = 710
CHAT, SENDER = Chat(AASE, "private"), Sender(AASE, "Aase", "da")
SUMMARY = [[("Send idéen", "d_send:1")], [("Ret idéen", "d_edit:1"), ("Smid idéen ud", "d_drop:1")]]
YES_NO = [[("Ja, vis idéen", "i_public_ok:12:x")], [("Nej, ikke nu", "i_status:12")]]
IDEAS = [[("Nr. 12 Bænke på torvet", "i_to:12")], [("Nr. 9 Cykler", "i_to:9")], [("En ny idé", "i_to:0")]]
TOPICS = [[("Trafik og cykler (4)", "p_topic:0:trafik")], [("Andet (1)", "p_topic:0:")]]
ENGLISH = [[("No longer look for help", "i_seek_off:12")], [("Yes, let it stand", "seek_ok:12")]]

SURVEY = [
    [("Ja, jeg blev lyttet til", "survey:1:0y")],
    [("Til dels lyttet til", "survey:1:0p")],
    [("Nej, jeg blev ikke hørt", "survey:1:0n")],
]
HELP = [[("Ja tak til hjælpen", "join_yes:1:1-2")], [("Nej tak til hjælpen", "join_no:1:1-2")]]


def message(rows: Any, lane: str = str(AASE), method: str = "sendMessage", hold: datetime | None = None) -> Leaving:
    """A call with these buttons."""
    keys = [[{"text": label, "callback_data": data} for label, data in row] for row in rows]
    params = {"text": "…", **({"reply_markup": {"inline_keyboard": keys}} if rows else {})}
    return Leaving(lane, method, params, hold=hold)


def said(text: str, **more: Any) -> Said:
    """Aase writes."""
    return Said(CHAT, SENDER, (7,), NOW, text, **more)


def press(text: str, rows: Any) -> str:
    """The payload that these words press under a message with these buttons, or ""."""
    found = aloud.heard(said(text), understand(text), aloud.offers([message(rows)], understand)[AASE])
    return found.data if found is not None else ""


@pytest.mark.parametrize(
    ("text", "rows", "data"),
    [
        ("send idéen", SUMMARY, "d_send:1"),
        ("SEND IDEEN!", SUMMARY, "d_send:1"),
        ("ret", SUMMARY, "d_edit:1"),
        ("flere bænke", SUMMARY, ""),
        ("ret \ud83d", SUMMARY, "d_edit:1"),
        ("ja", SUMMARY, ""),
        ("ja", YES_NO, "i_public_ok:12:x"),
        ("ja tak", YES_NO, "i_public_ok:12:x"),
        ("👍", YES_NO, "i_public_ok:12:x"),
        ("nej", YES_NO, "i_status:12"),
        ("Nej, ikke nu", YES_NO, "i_status:12"),
        ("12", IDEAS, "i_to:12"),
        ("nr. 9", IDEAS, "i_to:9"),
        ("14", IDEAS, ""),
        ("en ny ide", IDEAS, "i_to:0"),
        ("ny idé", IDEAS, "i_to:0"),
        ("hvad sker der nu?", [[("Hvad sker der nu?", "i_status:12")]], ""),
        ("træk tilbage", [[("Træk idéen tilbage", "i_withdraw:12")]], ""),
        ("træk idéen tilbage", [[("Træk idéen tilbage", "i_withdraw:12")]], "i_withdraw:12"),
        ("send den", SUMMARY, "d_send:1"),
        ("trafik og cykler", TOPICS, "p_topic:0:trafik"),
        ("andet", TOPICS, "p_topic:0:"),
        ("no", ENGLISH, ""),
        ("ja", SURVEY, "survey:1:0y"),
        ("til dels", SURVEY, "survey:1:0p"),
        ("delvist", SURVEY, "survey:1:0p"),
        ("nej", SURVEY, "survey:1:0n"),
        ("ja tak", HELP, "join_yes:1:1-2"),
        ("nej tak", HELP, "join_no:1:1-2"),
        ("nej", HELP, "join_no:1:1-2"),
        ("yes", ENGLISH, "seek_ok:12"),
    ],
)
def test_words_press_the_button_that_says_them(text: str, rows: Any, data: str) -> None:
    assert press(text, rows) == data


def test_what_is_pressed_has_neither_message_nor_press_to_answer() -> None:
    found = aloud.heard(said("ret"), "edit", aloud.offers([message(SUMMARY)], understand)[AASE])
    assert found is not None
    assert (found.chat, found.sender, found.message_id, found.callback_id) == (CHAT, SENDER, 0, "")


def test_two_buttons_that_say_the_same_are_pressed_by_hand_alone() -> None:
    assert press("bænke", [[("Bænke", "a:1")], [("Bænke", "b:2")], [("Nej", "c:3")]]) == ""
    assert press("nej", [[("Bænke", "a:1")], [("Bænke", "b:2")], [("Nej", "c:3")]]) == "c:3"


def test_only_the_last_message_counts_and_one_without_buttons_ends_it() -> None:
    assert aloud.offers([message(SUMMARY), message(())], understand) == {AASE: {}}
    elsewhere, no_message = message(SUMMARY, lane="-1001"), message((), method="pinChatMessage")
    both = aloud.offers([message(()), message(YES_NO), elsewhere, no_message], understand)
    assert list(both) == [AASE]
    assert both[AASE]


def test_what_is_held_back_until_the_morning_is_pressed_by_nobody_at_night() -> None:
    assert aloud.offers([message(YES_NO, hold=NOW + timedelta(hours=9))], understand) == {AASE: {}}


def test_no_word_of_a_label_is_kept() -> None:
    kept = str(aloud.offers([message(IDEAS)], understand))
    assert "torvet" not in kept.lower()
    assert "i_to:12" in kept


@pytest.mark.parametrize(
    ("event", "may"),
    [
        (said("ret"), True),
        (said(""), False),
        (said("ret " * 20), False),
        (said("ret", command="ret"), False),
        (said("ret", reply_to=5), False),
        (said("ret", cpr=1), False),
        (said("ret", media=(Media("photo", 7, "f"),)), False),
        (Said(Chat(-1001, "group"), SENDER, (7,), NOW, "ret"), False),
    ],
)
def test_only_a_short_text_in_a_private_chat_can_press(event: Said, may: bool) -> None:
    assert aloud.may_press(event) is may
