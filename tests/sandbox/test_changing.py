"""Editing and deleting, by the bot and by people."""

from __future__ import annotations

import pytest

from tests.sandbox.box import Box

pytestmark = pytest.mark.asyncio
DAY = 24 * 3600
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


async def test_an_edit_changes_text_and_keyboard_and_an_equal_one_is_refused(box: Box) -> None:
    aase = await box.person()
    keyboard = {"inline_keyboard": [[{"text": "OK", "callback_data": "ok"}]]}
    sent = await box.tell(aase, "old", reply_markup=keyboard)
    where = {"chat_id": aase, "message_id": sent["message_id"]}
    refused = await box.call("editMessageText", **where, text="old", reply_markup=keyboard)
    assert refused.error == (400, NOT_MODIFIED)
    edited = (await box.call("editMessageText", **where, text="new")).result
    assert edited["text"] == "new"
    assert "reply_markup" not in edited
    (shown,) = await box.shown(aase, aase)
    assert (shown["text"], shown["edited"]) == ("new", True)


async def test_only_a_message_of_the_bot_that_is_there_can_be_edited(box: Box) -> None:
    aase = await box.person()
    said = await box.say(aase, "mine")
    edit = {"chat_id": aase, "text": "yours"}
    refused = await box.call("editMessageText", **edit, message_id=said["message_id"])
    assert refused.error == (400, "Bad Request: message can't be edited")
    refused = await box.call("editMessageText", **edit, message_id=999)
    assert refused.error == (400, "Bad Request: message to edit not found")
    refused = await box.call("editMessageText", **edit)
    assert refused.error == (400, "Bad Request: message identifier is not specified")


async def test_a_caption_is_edited_by_its_own_method(box: Box) -> None:
    aase = await box.person()
    sent = (await box.call("sendPhoto", chat_id=aase, photo="https://example.org/a.jpg", caption="a")).result
    where = {"chat_id": aase, "message_id": sent["message_id"]}
    refused = await box.call("editMessageText", **where, text="b")
    assert refused.error == (400, "Bad Request: there is no text in the message to edit")
    assert (await box.call("editMessageCaption", **where, caption="b")).result["caption"] == "b"


async def test_a_waiting_update_keeps_the_text_from_before_the_edit(box: Box) -> None:
    aase = await box.person()
    said = await box.say(aase, "first")
    await box.do("edit", person=aase, chat=aase, message_id=said["message_id"], text="second")
    before, after = await box.updates()
    assert before["message"]["text"] == "first"
    assert after["edited_message"]["text"] == "second"
    assert after["edited_message"]["edit_date"] >= after["edited_message"]["date"]


async def test_nobody_edits_other_peoples_messages(box: Box) -> None:
    aase = await box.person()
    sent = await box.tell(aase)
    status, body = await box.refused("edit", person=aase, chat=aase, message_id=sent["message_id"], text="x")
    assert status == 403
    assert "one's own" in body["error"]


async def test_the_bot_is_not_told_of_a_deletion_by_a_person(box: Box) -> None:
    aase = await box.person()
    said = await box.say(aase, "never mind")
    await box.updates()
    await box.do("delete", person=aase, chat=aase, message_id=said["message_id"])
    assert await box.updates() == []
    assert await box.shown(aase) == []


async def test_a_deleted_message_is_named_as_gone_without_its_words(box: Box) -> None:
    aase = await box.person()
    sent = await box.tell(aase, "secret")
    await box.call("deleteMessage", chat_id=aase, message_id=sent["message_id"])
    (gone,) = (await box.see(f"chat/{aase}"))["messages"]
    assert gone["deleted"] is True
    assert "secret" not in str(gone)


async def test_in_a_private_chat_a_message_can_be_deleted_for_48_hours(box: Box) -> None:
    aase = await box.person()
    young, old = await box.say(aase, "young"), await box.say(aase, "old")
    await box.do("clock", forward=2 * DAY - 60)
    assert (await box.call("deleteMessage", chat_id=aase, message_id=young["message_id"])).result is True
    await box.do("clock", forward=120)
    refused = await box.call("deleteMessage", chat_id=aase, message_id=old["message_id"])
    assert refused.error == (400, "Bad Request: message can't be deleted for everyone")
    refused = await box.call("deleteMessage", chat_id=aase, message_id=young["message_id"])
    assert refused.error == (400, "Bad Request: message to delete not found")


async def test_in_a_group_others_messages_need_the_right_to_delete(box: Box) -> None:
    mette = await box.person("Mette")
    for rights, allowed in (({"can_delete_messages": True}, True), ({"can_pin_messages": True}, False)):
        group = await box.group(mette, rights=rights)
        said = await box.say(mette, "internal", group)
        answer = await box.call("deleteMessage", chat_id=group, message_id=said["message_id"])
        assert answer.body["ok"] is allowed, answer.body


async def test_the_message_that_opened_a_supergroup_topic_can_not_be_deleted(box: Box) -> None:
    mette = await box.person("Mette")
    forum = await box.group(mette, forum=True)
    topic = (await box.call("createForumTopic", chat_id=forum, name="nr. 12")).result
    refused = await box.call("deleteMessage", chat_id=forum, message_id=topic["message_thread_id"])
    assert refused.error == (400, "Bad Request: message can't be deleted")
