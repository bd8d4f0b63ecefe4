"""Inline buttons: what is allowed on them, pressing them, and answering in time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.box import Box

pytestmark = pytest.mark.asyncio
BUTTON = "can't parse inline keyboard button"
TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


async def with_button(box: Box, data: str = "take:12") -> tuple[int, dict[str, Any]]:
    aase = await box.person()
    sent = await box.tell(aase, "card", reply_markup=keyboard({"text": "Tag den", "callback_data": data}))
    return aase, {"person": aase, "chat": aase, "message_id": sent["message_id"]}


@pytest.mark.parametrize("way", [{"button": "Tag den"}, {"button": "tag"}, {"data": "take:12"}, {"row": 0, "col": 0}])
async def test_a_press_gives_the_bot_the_data_and_the_message(box: Box, way: dict[str, Any]) -> None:
    _, where = await with_button(box)
    pressed = await box.do("press", **where, **way)
    (update,) = await box.updates()
    query = update["callback_query"]
    assert query["id"] == pressed["callback_query_id"]
    assert query["data"] == "take:12"
    assert query["message"]["text"] == "card"


async def test_the_answer_to_a_press_reaches_the_phone_once(box: Box) -> None:
    aase, where = await with_button(box)
    query_id = (await box.do("press", **where, row=0))["callback_query_id"]
    assert (await box.see(f"press/{query_id}"))["answered"] is False
    seq = (await box.see("state"))["seq"]
    answer = {"callback_query_id": query_id, "text": "Den er din", "show_alert": True}
    assert (await box.call("answerCallbackQuery", **answer)).result is True
    await box.call("answerCallbackQuery", **answer | {"text": "again"})
    (event,) = (await box.see("wait", after=seq))["events"]
    assert (event["type"], event["chat"]) == ("press_answer", aase)
    assert event["payload"]["text"] == "Den er din"
    assert (await box.see(f"press/{query_id}"))["show_alert"] is True


async def test_a_press_can_be_answered_for_150_seconds(box: Box) -> None:
    _, where = await with_button(box)
    early = (await box.do("press", **where, row=0))["callback_query_id"]
    late = (await box.do("press", **where, row=0))["callback_query_id"]
    await box.do("clock", forward=140)
    assert (await box.call("answerCallbackQuery", callback_query_id=early)).result is True
    await box.do("clock", forward=20)
    assert (await box.call("answerCallbackQuery", callback_query_id=late)).error == TOO_OLD
    assert (await box.call("answerCallbackQuery", callback_query_id="1")).error == TOO_OLD


async def test_a_forged_press_needs_no_button_nor_message(box: Box) -> None:
    aase = await box.person()
    await box.do("press", person=aase, chat=aase, message_id=77, data="admin:1", forged=True)
    (update,) = await box.updates()
    message = update["callback_query"]["message"]
    assert (message["chat"]["id"], message["message_id"], message["date"]) == (aase, 77, 0)
    assert update["callback_query"]["data"] == "admin:1"


async def test_a_button_that_is_not_there_cannot_be_pressed(box: Box) -> None:
    _, where = await with_button(box)
    status, body = await box.refused("press", **where, button="Slet")
    assert status == 404
    assert "Tag den" in body["error"]


@pytest.mark.parametrize(
    ("button", "text"),
    [
        ({"text": "a", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "ø" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, f"{BUTTON}: Text buttons are unallowed in the inline keyboard"),
        ({"text": "a"}, f"{BUTTON}: Text buttons are unallowed in the inline keyboard"),
        ({"text": "a", "callback_data": []}, f'{BUTTON}: Field "callback_data" must be of type String'),
        ({"callback_data": "a"}, f'{BUTTON}: Can\'t find field "text"'),
        ({"text": {}, "callback_data": "a"}, f'{BUTTON}: Field "text" must be of type String'),
        ("a", f"{BUTTON}: InlineKeyboardButton must be an Object"),
        ({"text": "a", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: URL host is empty"),
    ],
)
async def test_a_button_that_telegram_does_not_take_is_refused(box: Box, button: Any, text: str) -> None:
    aase = await box.person()
    refused = await box.call("sendMessage", chat_id=aase, text="a", reply_markup=keyboard(button))
    assert refused.error == (400, f"Bad Request: {text}")


async def test_64_bytes_of_data_are_taken(box: Box) -> None:
    await with_button(box, "ø" * 32)


async def test_a_reaction_is_seen_and_the_bot_is_told_if_it_asked(box: Box) -> None:
    aase = await box.person()
    sent = await box.tell(aase)
    where = {"person": aase, "chat": aase, "message_id": sent["message_id"]}
    await box.do("react", **where, emoji="👍")
    assert await box.updates() == []
    await box.updates(allowed_updates=["message_reaction"])
    await box.do("react", **where, emoji="❤")
    (update,) = await box.updates()
    change = update["message_reaction"]
    assert change["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert change["new_reaction"] == [{"type": "emoji", "emoji": "❤"}]
    status, _ = await box.refused("react", **where, emoji="🚲")
    assert status == 400


async def test_the_bot_reacts_with_one_of_telegrams_emoji(box: Box) -> None:
    aase = await box.person()
    said = await box.say(aase, "a bench")
    reaction = {"chat_id": aase, "message_id": said["message_id"]}
    await box.call("setMessageReaction", **reaction, reaction=[{"type": "emoji", "emoji": "👀"}])
    (shown,) = await box.shown(aase)
    assert shown["reactions"] == [{"user": 42, "reaction": [{"type": "emoji", "emoji": "👀"}]}]
    refused = await box.call("setMessageReaction", **reaction, reaction=[{"type": "emoji", "emoji": "🚲"}])
    assert refused.error == (400, "Bad Request: REACTION_INVALID")
