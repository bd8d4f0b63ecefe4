"""What the bot sends arrives on the phones, and is refused where Telegram refuses it."""

from __future__ import annotations

import pytest

from tests.sandbox.box import Box

pytestmark = pytest.mark.asyncio
TOO_LONG = (400, "Bad Request: message is too long")


async def test_a_text_arrives_with_its_entities_and_those_that_telegram_finds_by_itself(box: Box) -> None:
    aase = await box.person()
    sent = await box.tell(aase, "<b>Hej</b> 🚲 /start @mette på www.gentofte.dk", parse_mode="HTML")
    assert sent["text"] == "Hej 🚲 /start @mette på www.gentofte.dk"
    assert [(e["type"], e["offset"], e["length"]) for e in sent["entities"]] == [
        ("bold", 0, 3),
        ("bot_command", 7, 6),
        ("mention", 14, 6),
        ("url", 24, 15),
    ]
    (shown,) = await box.shown(aase, aase)
    assert shown["text"] == sent["text"]
    assert shown["from"]["is_bot"] is True


async def test_a_text_has_at_most_4096_utf_16_units(box: Box) -> None:
    aase = await box.person()
    assert len((await box.tell(aase, "x" * 4096))["text"]) == 4096
    assert (await box.call("sendMessage", chat_id=aase, text="x" * 4097)).error == TOO_LONG
    assert (await box.call("sendMessage", chat_id=aase, text="🚲" * 2049)).error == TOO_LONG


async def test_marks_do_not_count_towards_the_length_of_a_text(box: Box) -> None:
    aase = await box.person()
    sent = await box.tell(aase, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096


@pytest.mark.parametrize("text", ["", "   \n ", "<b> </b>"])
async def test_an_empty_text_is_refused(box: Box, text: str) -> None:
    aase = await box.person()
    answer = await box.call("sendMessage", chat_id=aase, text=text, parse_mode="HTML")
    assert answer.error == (400, "Bad Request: message text is empty")


async def test_a_caption_has_at_most_1024_characters(box: Box) -> None:
    aase = await box.person()
    photo = {"chat_id": aase, "photo": "https://example.org/a.jpg"}
    assert len((await box.call("sendPhoto", **photo, caption="x" * 1024)).result["caption"]) == 1024
    refused = await box.call("sendPhoto", **photo, caption="x" * 1025)
    assert refused.error == (400, "Bad Request: message caption is too long")


async def test_a_chat_that_does_not_exist_is_not_found(box: Box) -> None:
    assert (await box.call("sendMessage", chat_id=5, text="hi")).error == (400, "Bad Request: chat not found")
    assert (await box.call("sendMessage", text="hi")).error == (400, "Bad Request: chat_id is empty")


async def test_a_person_who_never_pressed_start_cannot_be_written_to(box: Box) -> None:
    aase = await box.person(started=False)
    refused = await box.call("sendMessage", chat_id=aase, text="hi")
    assert refused.error == (403, "Forbidden: bot can't initiate conversation with a user")
    await box.do("start", person=aase, payload="nr12")
    (update,) = await box.updates()
    assert update["message"]["text"] == "/start nr12"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    await box.tell(aase)


async def test_a_reply_names_the_message_that_it_answers(box: Box) -> None:
    aase = await box.person()
    first = await box.say(aase, "a bench by the harbour")
    reply = await box.tell(aase, "thank you", reply_parameters={"message_id": first["message_id"]})
    assert reply["reply_to_message"]["text"] == "a bench by the harbour"


async def test_a_reply_to_a_message_that_is_gone_is_refused_unless_that_is_allowed(box: Box) -> None:
    aase = await box.person()
    gone = {"message_id": 999}
    refused = await box.call("sendMessage", chat_id=aase, text="hi", reply_parameters=gone)
    assert refused.error == (400, "Bad Request: message to be replied not found")
    sent = await box.tell(aase, reply_parameters=gone | {"allow_sending_without_reply": True})
    assert "reply_to_message" not in sent


async def test_a_reply_keyboard_shows_on_the_phone_and_is_not_echoed_to_the_bot(box: Box) -> None:
    aase = await box.person()
    keyboard = {"keyboard": [[{"text": "STATUS"}]], "resize_keyboard": True}
    assert "reply_markup" not in await box.tell(aase, reply_markup=keyboard)
    (shown,) = await box.shown(aase, aase)
    assert shown["reply_markup"] == keyboard


async def test_a_place_a_contact_a_poll_and_dice_arrive(box: Box) -> None:
    aase = await box.person()
    await box.call("sendLocation", chat_id=aase, latitude=55.7, longitude=12.5)
    await box.call("sendContact", chat_id=aase, phone_number="39981234", first_name="Mette")
    await box.call("sendPoll", chat_id=aase, question="When?", options=["Monday", {"text": "Tuesday"}])
    await box.call("sendDice", chat_id=aase, emoji="🎯")
    place, contact, poll, dice = await box.shown(aase)
    assert place["location"] == {"latitude": 55.7, "longitude": 12.5}
    assert contact["contact"]["phone_number"] == "39981234"
    assert [option["text"] for option in poll["poll"]["options"]] == ["Monday", "Tuesday"]
    assert 1 <= dice["dice"]["value"] <= 6


async def test_a_chat_action_is_seen_and_a_wrong_one_refused(box: Box) -> None:
    aase = await box.person()
    seq = (await box.see("state"))["seq"]
    assert (await box.call("sendChatAction", chat_id=aase, action="typing")).result is True
    (event,) = (await box.see("wait", after=seq))["events"]
    assert (event["type"], event["chat"], event["payload"]["action"]) == ("action", aase, "typing")
    refused = await box.call("sendChatAction", chat_id=aase, action="sleeping")
    assert refused.error == (400, "Bad Request: wrong parameter action in request")


async def test_a_copy_hides_the_author_and_a_forwarded_message_shows_them(box: Box) -> None:
    aase, mette = await box.person("Aase"), await box.person("Mette")
    said = await box.say(aase, "a bench")
    source = {"chat_id": mette, "from_chat_id": aase, "message_id": said["message_id"]}
    copied = (await box.call("copyMessage", **source)).result
    assert set(copied) == {"message_id"}
    forwarded = (await box.call("forwardMessage", **source)).result
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Aase"
    copy, _ = await box.shown(mette, mette)
    assert copy["text"] == "a bench"
    assert "Aase" not in str(copy)


async def test_a_copy_may_get_another_caption_and_a_missing_message_is_told(box: Box) -> None:
    aase = await box.person()
    sent = await box.do("send", person=aase, chat=aase, photo={}, caption="here")
    source = {"chat_id": aase, "from_chat_id": aase, "message_id": sent["messages"][0]["message_id"]}
    await box.call("copyMessage", **source, caption="there")
    assert (await box.shown(aase))[-1]["caption"] == "there"
    gone = await box.call("copyMessage", **source | {"message_id": 999})
    assert gone.error == (400, "Bad Request: message to copy not found")
    gone = await box.call("forwardMessage", **source | {"message_id": 999})
    assert gone.error == (400, "Bad Request: message to forward not found")


async def test_many_messages_are_copied_together_and_an_album_stays_one(box: Box) -> None:
    aase, mette = await box.person("Aase"), await box.person("Mette")
    album = (await box.do("album", person=aase, chat=aase, photos=3))["messages"]
    ids = [message["message_id"] for message in album]
    copied = await box.call("copyMessages", chat_id=mette, from_chat_id=aase, message_ids=[*ids, 999])
    assert len(copied.result) == 3
    groups = {message["media_group_id"] for message in await box.shown(mette)}
    assert len(groups) == 1
    assert groups != {album[0]["media_group_id"]}


async def test_a_form_is_read_like_json(box: Box) -> None:
    aase = await box.person()
    form = {"chat_id": str(aase), "text": "hi", "reply_markup": '{"inline_keyboard":[[{"text":"a","url":"t.me"}]]}'}
    async with box.http.post(f"{box.url}/bot42%3ATEST/sendmessage", data=form) as answer:
        body = await answer.json()
    assert body["result"]["reply_markup"]["inline_keyboard"][0][0]["url"] == "http://t.me/"


async def test_a_wrong_token_an_unknown_method_and_a_token_of_no_form_are_told_apart(box: Box) -> None:
    for path, status, text in (
        ("bot43:OTHER/getMe", 401, "Unauthorized"),
        ("botwrong/getMe", 404, "Not Found"),
        ("bot42:TEST/getNothing", 404, "Not Found: method not found"),
    ):
        async with box.http.get(f"{box.url}/{path}") as answer:
            assert answer.status == status
            assert await answer.json() == {"ok": False, "error_code": status, "description": text}
