"""Forum topics and pins."""

from __future__ import annotations

import pytest

from tests.sandbox.box import Box

pytestmark = pytest.mark.asyncio
GONE = (400, "Bad Request: message thread not found")


async def forum(box: Box, **more: object) -> tuple[int, int]:
    mette = await box.person("Mette")
    return mette, await box.group(mette, forum=True, **more)


async def new_topic(box: Box, chat: int, name: str = "nr. 12") -> int:
    return int((await box.call("createForumTopic", chat_id=chat, name=name)).result["message_thread_id"])


async def test_a_message_in_a_topic_stands_in_it_and_answers_its_first_message(box: Box) -> None:
    mette, chat = await forum(box)
    thread = await new_topic(box, chat)
    sent = await box.tell(chat, "card", message_thread_id=thread)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    said = await box.say(mette, "I take it", chat, thread=thread)
    assert said["message_thread_id"] == thread
    assert said["reply_to_message"]["forum_topic_created"]["name"] == "nr. 12"


async def test_a_message_without_a_topic_is_in_general_and_general_has_no_thread_id(box: Box) -> None:
    _, chat = await forum(box)
    assert "message_thread_id" not in await box.tell(chat)
    refused = await box.call("sendMessage", chat_id=chat, text="hi", message_thread_id=1)
    assert refused.error == GONE


async def test_the_bot_finds_out_that_a_topic_is_deleted_when_it_sends(box: Box) -> None:
    mette, chat = await forum(box)
    thread = await new_topic(box, chat)
    await box.tell(chat, "card", message_thread_id=thread)
    await box.updates()
    await box.do("topic", chat=chat, thread=thread, action="delete", person=mette)
    assert await box.updates() == []
    assert (await box.call("sendMessage", chat_id=chat, text="hi", message_thread_id=thread)).error == GONE
    assert "card" not in str(await box.shown(chat))


async def test_closing_reopening_and_renaming_by_a_person_are_told(box: Box) -> None:
    mette, chat = await forum(box)
    thread = await new_topic(box, chat)
    await box.updates()
    for action in ("close", "reopen"):
        await box.do("topic", chat=chat, thread=thread, action=action, person=mette)
    await box.do("topic", chat=chat, thread=thread, action="rename", name="nr. 12, done", person=mette)
    closed, reopened, renamed = [update["message"] for update in await box.updates()]
    assert "forum_topic_closed" in closed
    assert "forum_topic_reopened" in reopened
    assert renamed["forum_topic_edited"] == {"name": "nr. 12, done"}
    assert {message["message_thread_id"] for message in (closed, reopened, renamed)} == {thread}
    assert closed["from"]["id"] == mette


async def test_a_closed_topic_takes_messages_only_from_those_who_manage_topics(box: Box) -> None:
    mette, chat = await forum(box, rights={"can_delete_messages": True})
    bo = await box.person("Bo")
    await box.do("member", chat=chat, person=bo, status="member")
    thread = (await box.do("topic", chat=chat, action="create", name="x", person=mette))["thread_id"]
    await box.do("topic", chat=chat, thread=thread, action="close", person=mette)
    refused = await box.call("sendMessage", chat_id=chat, text="hi", message_thread_id=thread)
    assert refused.error == (400, "Bad Request: TOPIC_CLOSED")
    status, _ = await box.refused("send", person=bo, chat=chat, thread=thread, text="hi")
    assert status == 400
    await box.say(mette, "hi", chat, thread=thread)


async def test_topics_need_a_forum_and_the_right(box: Box) -> None:
    mette, chat = await forum(box, rights={"can_delete_messages": True})
    refused = await box.call("createForumTopic", chat_id=chat, name="x")
    assert refused.error == (400, "Bad Request: not enough rights to create a topic")
    plain = await box.group(mette)
    refused = await box.call("createForumTopic", chat_id=plain, name="x")
    assert refused.error == (400, "Bad Request: the chat is not a forum")


async def test_a_topic_is_renamed_closed_and_deleted_by_the_bot(box: Box) -> None:
    _, chat = await forum(box)
    thread = {"chat_id": chat, "message_thread_id": await new_topic(box, chat)}
    assert (await box.call("editForumTopic", **thread, name="nr. 12 · Mette")).result is True
    refused = await box.call("editForumTopic", **thread, name="nr. 12 · Mette")
    assert refused.error == (400, "Bad Request: TOPIC_NOT_MODIFIED")
    assert (await box.call("closeForumTopic", **thread)).result is True
    (chat_now,) = [c for c in (await box.see("state"))["chats"] if c["id"] == chat]
    assert {"name": "nr. 12 · Mette", "closed": True}.items() <= chat_now["topics"][1].items()
    assert (await box.call("deleteForumTopic", **thread)).result is True
    assert (await box.call("deleteForumTopic", **thread)).error == GONE


@pytest.mark.parametrize(("name", "error"), [("", "TOPIC_TITLE_EMPTY"), ("x" * 129, "TOPIC_TITLE_TOO_LONG")])
async def test_a_topics_name_has_1_to_128_characters(box: Box, name: str, error: str) -> None:
    _, chat = await forum(box)
    assert (await box.call("createForumTopic", chat_id=chat, name=name)).error == (400, f"Bad Request: {error}")


async def test_a_pin_is_shown_told_and_taken_away(box: Box) -> None:
    _, chat = await forum(box)
    thread = await new_topic(box, chat)
    card = await box.tell(chat, "card", message_thread_id=thread)
    await box.updates()
    where = {"chat_id": chat, "message_id": card["message_id"]}
    assert (await box.call("pinChatMessage", **where, disable_notification=True)).result is True
    (update,) = await box.updates()
    assert update["message"]["pinned_message"]["text"] == "card"
    assert (await box.call("getChat", chat_id=chat)).result["pinned_message"]["text"] == "card"
    assert (await box.call("unpinChatMessage", **where)).result is True
    assert "pinned_message" not in (await box.call("getChat", chat_id=chat)).result
    refused = await box.call("pinChatMessage", chat_id=chat, message_id=999)
    assert refused.error == (400, "Bad Request: message to pin not found")


async def test_pinning_needs_the_right(box: Box) -> None:
    mette = await box.person("Mette")
    chat = await box.group(mette, rights={"can_delete_messages": True})
    said = await box.say(mette, "important", chat)
    refused = await box.call("pinChatMessage", chat_id=chat, message_id=said["message_id"])
    assert refused.error == (400, "Bad Request: not enough rights to manage pinned messages in the chat")
