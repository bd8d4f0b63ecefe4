"""How calls end: each of Telegram's answers in our own words, over real HTTP."""

import base64
from typing import Any

import pytest
from PIL import Image

from bot.conversation.ports import Call, Moved, Rejected, Retry, Sent, TopicGone, Unreachable
from bot.core.attachments import MOST_FILM
from bot.telegram_io.line import Line
from bot.telegram_io.outbound import Outbound, file_name
from tests.pictures.camera import taken


def say(chat: int, text: str = "hej", **more: Any) -> Call:
    return Call("sendMessage", str(chat), {"chat_id": chat, "text": text, **more})


async def test_a_message_that_is_sent_comes_back_as_telegram_tells_it(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    bold = [{"type": "bold", "offset": 0, "length": 3}]
    outcome = await Outbound(line)(say(aase, "hej Aase 🌱", entities=bold))
    assert isinstance(outcome, Sent)
    assert outcome.result["text"] == "hej Aase 🌱"
    assert outcome.result["entities"] == bold


async def test_a_pause_that_telegram_asks_for_is_given_in_seconds(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    await hand.do("faults", method="sendMessage", kind="429", retry_after=17)
    outcome = await Outbound(line)(say(aase))
    assert isinstance(outcome, Retry)
    assert outcome.asked
    assert outcome.after == 17


@pytest.mark.parametrize("kind", ["500", "502", "cut", "cut_after"])
async def test_a_fault_on_the_way_is_tried_again(hand: Any, line: Line, kind: str) -> None:
    aase = await hand.citizen()
    await hand.do("faults", method="sendMessage", kind=kind)
    outcome = await Outbound(line)(say(aase))
    assert isinstance(outcome, Retry)
    assert not outcome.asked
    assert isinstance(await Outbound(line)(say(aase)), Sent)


async def test_a_server_that_nobody_runs_is_tried_again() -> None:
    async with Line("42:TEST", "http://127.0.0.1:9") as line:
        outcome = await Outbound(line)(say(1001))
    assert isinstance(outcome, Retry)
    assert "42:TEST" not in outcome.reason


async def test_an_answer_that_never_comes_is_tried_again(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    await hand.do("faults", method="sendMessage", kind="freeze_before")
    with pytest.raises(Exception, match="no answer in time"):
        await line.ask("sendMessage", {"chat_id": aase, "text": "hej"}, patience=0.1)


async def test_who_blocked_the_bot_or_never_started_it_is_unreachable(hand: Any, line: Line) -> None:
    aase, jonas = await hand.citizen(), await hand.citizen("Jonas", started=False)
    await hand.do("block", person=aase)
    assert isinstance(await Outbound(line)(say(aase)), Unreachable)
    assert isinstance(await Outbound(line)(say(jonas)), Unreachable)
    assert isinstance(await Outbound(line)(say(999_999)), Unreachable)


async def test_a_group_that_moved_tells_its_new_id(hand: Any, line: Line) -> None:
    mette = await hand.citizen("Mette")
    group = await hand.group(mette, kind="group", forum=False)
    new = await hand.do("migrate", chat=group)
    outcome = await Outbound(line)(say(group))
    assert isinstance(outcome, Moved)
    assert outcome.new == new["id"]


async def test_a_deleted_topic_is_told_apart(hand: Any, line: Line) -> None:
    mette = await hand.citizen("Mette")
    group = await hand.group(mette)
    made = await Outbound(line)(Call("createForumTopic", str(group), {"chat_id": group, "name": "nr. 1"}))
    assert isinstance(made, Sent)
    thread = made.result["message_thread_id"]
    assert isinstance(await Outbound(line)(say(group, message_thread_id=thread)), Sent)
    await hand.do("topic", chat=group, thread=thread, action="delete", person=mette)
    assert isinstance(await Outbound(line)(say(group, message_thread_id=thread)), TopicGone)


async def test_an_edit_without_a_change_is_harmless(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    perform = Outbound(line)
    sent = await perform(say(aase))
    assert isinstance(sent, Sent)
    edit = {"chat_id": aase, "message_id": sent.result["message_id"], "text": "hej"}
    outcome = await perform(Call("editMessageText", str(aase), edit))
    assert isinstance(outcome, Rejected)
    assert outcome.harmless


async def test_an_answer_to_a_press_that_is_too_old_is_harmless(line: Line) -> None:
    outcome = await Outbound(line)(Call("answerCallbackQuery", "press:1", {"callback_query_id": "1"}))
    assert isinstance(outcome, Rejected)
    assert outcome.harmless


async def test_a_text_that_telegram_refuses_is_rejected_for_good(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    outcome = await Outbound(line)(say(aase, "x" * 4097))
    assert isinstance(outcome, Rejected)
    assert not outcome.harmless


async def test_a_wrong_token_waits_for_a_human(hand: Any) -> None:
    async with Line("43:WRONG", hand.url) as line:
        outcome = await Outbound(line)(say(1001))
    assert isinstance(outcome, Retry)
    assert outcome.after >= 10


async def test_a_message_is_deleted_while_that_is_allowed_and_overwritten_later(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    perform = Outbound(line)
    first, second = await perform(say(aase, "et")), await perform(say(aase, "to"))
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)

    def erase(sent: Sent) -> Call:
        which = {"chat_id": aase, "message_id": sent.result["message_id"]}
        otherwise = {"method": "editMessageText", "params": {**which, "text": "Taget tilbage."}}
        return Call("deleteMessage", str(aase), {**which, "otherwise": otherwise})

    assert await perform(erase(first)) == Sent(True)
    again = await perform(erase(first))
    assert isinstance(again, Rejected)
    assert again.harmless
    await hand.do("clock", forward=49 * 3600)
    late = await perform(erase(second))
    assert isinstance(late, Sent)
    assert late.result["overwritten"] is True
    assert late.result["text"] == "Taget tilbage."


async def test_a_text_under_a_photo_is_edited_as_its_caption(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    said = await hand.do("album", person=aase, chat=aase, photos=2)
    perform = Outbound(line)
    photo = said["messages"][0]["photo"][-1]["file_id"]
    sent = await perform(Call("sendPhoto", str(aase), {"chat_id": aase, "photo": photo, "caption": "før"}))
    assert isinstance(sent, Sent)
    edit = {"chat_id": aase, "message_id": sent.result["message_id"], "text": "efter", "entities": []}
    outcome = await perform(Call("editMessageText", str(aase), edit))
    assert isinstance(outcome, Sent)
    assert outcome.result["caption"] == "efter"


async def test_an_album_goes_out_in_one_call(hand: Any, line: Line) -> None:
    aase = await hand.citizen()
    said = await hand.do("album", person=aase, chat=aase, photos=4)
    media = [{"type": "photo", "media": message["photo"][-1]["file_id"]} for message in said["messages"]]
    outcome = await Outbound(line)(Call("sendMediaGroup", str(aase), {"chat_id": aase, "media": media}))
    assert isinstance(outcome, Sent)
    assert len(outcome.result) == 4


async def picture_call(hand: Any, data: bytes, **more: Any) -> Call:
    """A picture that Aase has sent as a file, as it waits to be sent on to Karim."""
    aase, karim = await hand.citizen(), await hand.citizen("Karim")
    document = {
        "file_name": "../x\r\ny.JPG",
        "mime_type": "image/jpeg",
        "content_base64": base64.b64encode(data).decode(),
    }
    sent = await hand.do("send", person=aase, chat=aase, document={**document, **more})
    file = {"clean": {"file": sent["messages"][0]["document"]["file_id"], "name": "../x\r\ny.JPG"}}
    otherwise = {"method": "sendMessage", "params": {"text": "kun ordene"}}
    return Call("sendDocument", str(karim), {"chat_id": karim, "document": file, "otherwise": otherwise})


PICTURE = taken("JPEG", Image.new("RGB", (9, 9)))


async def test_a_picture_is_cleaned_when_its_call_is_made_and_again_when_the_call_is_made_again(
    hand: Any, line: Line
) -> None:
    call = await picture_call(hand, PICTURE)
    await hand.do("faults", method="sendDocument", kind="500")
    assert isinstance(await Outbound(line)(call), Retry)
    await hand.do("faults", method="getFile", kind="500")
    assert isinstance(await Outbound(line)(call), Retry), "Telegram's own fault drops no picture"
    outcome = await Outbound(line)(call)
    assert isinstance(outcome, Sent)
    assert outcome.result["document"]["file_name"] == "x_y.jpg"


@pytest.mark.parametrize(("data", "size"), [(PICTURE[:99], 99), (PICTURE, MOST_FILM + 1)], ids=["broken", "too large"])
async def test_of_a_picture_that_cannot_be_cleaned_the_words_are_sent(
    hand: Any, line: Line, data: bytes, size: int
) -> None:
    outcome = await Outbound(line)(await picture_call(hand, data, size=size))
    assert isinstance(outcome, Sent)
    assert (outcome.result["text"], outcome.result["left_out"]) == ("kun ordene", True)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("IMG_1.JPG", "IMG_1.png"),
        ("", "foto.png"),
        ("æøå", "foto.png"),
        ('a"; b=\n.jpg', "a_b.png"),
        ("x" * 300, "x" * 60 + ".png"),
    ],
)
def test_the_name_of_a_picture_is_plain_letters(given: str, made: str) -> None:
    assert file_name(given, ".png") == made
