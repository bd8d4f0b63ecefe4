"""People and groups: blocking, joining and leaving, anonymous administrators, privacy mode, becoming a supergroup."""

from __future__ import annotations

import pytest

from tests.sandbox.box import Box

pytestmark = pytest.mark.asyncio


async def test_people_get_ids_from_1001_and_a_private_chat_of_the_same_id(box: Box) -> None:
    made = await box.do("people", first_name="Aase", last_name="Winther", username="aase")
    assert made["id"] == 1001
    assert (made["started"], made["blocked"], made["language_code"]) == (False, False, "da")
    (chat,) = (await box.see("state"))["chats"]
    assert (chat["id"], chat["type"], chat["members"]) == (1001, "private", [1001])
    assert (await box.do("people", first_name="Bo"))["id"] == 1002
    status, _ = await box.refused("people", first_name="Twin", id=1001)
    assert status == 409


async def test_a_block_is_told_and_refuses_messages_until_start(box: Box) -> None:
    aase = await box.person()
    await box.do("block", person=aase)
    (update,) = await box.updates()
    change = update["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    refused = await box.call("sendMessage", chat_id=aase, text="hi")
    assert refused.error == (403, "Forbidden: bot was blocked by the user")
    status, _ = await box.refused("send", person=aase, chat=aase, text="hi")
    assert status == 400
    await box.do("start", person=aase)
    back, start = await box.updates()
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start"
    await box.tell(aase)


async def test_the_bot_is_told_when_it_comes_into_a_group_and_when_it_is_thrown_out(box: Box) -> None:
    mette = await box.person("Mette")
    made = await box.do("groups", title="Staff", members=[mette], bot="member", kind="group")
    assert -1_000_000_000_000 < made["id"] < 0
    joined, service = await box.updates()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == 42
    await box.do("member", chat=made["id"], person="bot", status="kicked")
    (update,) = await box.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    refused = await box.call("sendMessage", chat_id=made["id"], text="hi")
    assert refused.error == (403, "Forbidden: bot was kicked from the group chat")
    await box.do("member", chat=made["id"], person="bot", status="left")
    refused = await box.call("sendMessage", chat_id=made["id"], text="hi")
    assert refused.error == (403, "Forbidden: bot is not a member of the group chat")


async def test_a_person_joins_and_leaves_a_group(box: Box) -> None:
    mette, bo = await box.person("Mette"), await box.person("Bo")
    chat = await box.group(mette)
    await box.updates(allowed_updates=["message", "chat_member"])
    await box.do("member", chat=chat, person=bo, status="member")
    await box.do("member", chat=chat, person=bo, status="left")
    change, joined, changed_back, left = await box.updates()
    assert change["chat_member"]["new_chat_member"]["user"]["id"] == bo
    assert joined["message"]["new_chat_members"][0]["first_name"] == "Bo"
    assert changed_back["chat_member"]["new_chat_member"]["status"] == "left"
    assert left["message"]["left_chat_member"]["id"] == bo
    status, _ = await box.refused("send", person=bo, chat=chat, text="hi")
    assert status == 403
    assert (await box.call("getChatMember", chat_id=chat, user_id=bo)).result["status"] == "left"


async def test_rights_and_administrators_can_be_asked_for(box: Box) -> None:
    mette, bo = await box.person("Mette"), await box.person("Bo")
    chat = await box.group(mette, bo, rights={"can_delete_messages": True})
    own = (await box.call("getChatMember", chat_id=chat, user_id=42)).result
    assert (own["status"], own["can_delete_messages"], own["can_manage_topics"]) == ("administrator", True, False)
    admins = (await box.call("getChatAdministrators", chat_id=chat)).result
    assert {admin["user"]["id"]: admin["status"] for admin in admins} == {mette: "creator", 42: "administrator"}
    assert (await box.call("getChatMemberCount", chat_id=chat)).result == 3


async def test_an_anonymous_administrator_posts_as_the_group(box: Box) -> None:
    mette = await box.person("Mette")
    chat = await box.group(mette)
    said = await box.say(mette, "who am I", chat, anonymous=True)
    assert said["from"]["id"] == 1087968824
    assert said["sender_chat"]["id"] == chat
    await box.do("member", chat=chat, person=mette, status="administrator", is_anonymous=True)
    assert (await box.say(mette, "and now", chat))["from"]["username"] == "GroupAnonymousBot"


async def test_privacy_mode_shows_an_ordinary_bot_only_what_is_meant_for_it(box: Box) -> None:
    mette = await box.person("Mette")
    chat = await box.group(mette, bot="member")
    own = await box.tell(chat, "I am here")
    await box.say(mette, "just talking", chat)
    await box.say(mette, "/status", chat)
    await box.say(mette, "/status@other_bot", chat)
    await box.say(mette, "dear @sandbox_test_bot", chat)
    await box.say(mette, "yes", chat, reply_to=own["message_id"])
    await box.do("title", chat=chat, title="Renamed")
    seen = [update["message"] for update in await box.updates()]
    assert [message.get("text") for message in seen] == ["/status", "dear @sandbox_test_bot", "yes", None]
    assert seen[-1]["new_chat_title"] == "Renamed"
    await box.do("privacy", on=False)
    await box.say(mette, "just talking", chat)
    (update,) = await box.updates()
    assert update["message"]["text"] == "just talking"
    assert (await box.call("getMe")).result["can_read_all_group_messages"] is True


async def test_an_administrator_bot_sees_everything(box: Box) -> None:
    mette = await box.person("Mette")
    chat = await box.group(mette)
    await box.say(mette, "just talking", chat)
    (update,) = await box.updates()
    assert update["message"]["text"] == "just talking"


async def test_a_group_that_becomes_a_supergroup_changes_its_id(box: Box) -> None:
    mette = await box.person("Mette")
    old = await box.group(mette, kind="group")
    grown = await box.do("migrate", chat=old, forum=True)
    assert grown["id"] < -1_000_000_000_000
    assert grown["is_forum"] is True
    leaving, arriving = [update["message"] for update in await box.updates()]
    assert (leaving["chat"]["id"], leaving["migrate_to_chat_id"]) == (old, grown["id"])
    assert (arriving["chat"]["id"], arriving["migrate_from_chat_id"]) == (grown["id"], old)
    refused = await box.call("sendMessage", chat_id=old, text="hi")
    assert refused.error == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert refused.body["parameters"] == {"migrate_to_chat_id": grown["id"]}
    await box.call("createForumTopic", chat_id=grown["id"], name="x")
    await box.tell(grown["id"])


async def test_a_private_get_chat_tells_which_gifts_are_taken(box: Box) -> None:
    aase = await box.person(last_name="Winther")
    full = (await box.call("getChat", chat_id=aase)).result
    assert (full["type"], full["last_name"]) == ("private", "Winther")
    assert full["accepted_gift_types"]["unique_gifts"] is True


async def test_a_phone_does_not_see_other_peoples_chats(box: Box) -> None:
    aase, bo = await box.person("Aase"), await box.person("Bo")
    async with box.http.get(f"{box.url}/sandbox/chat/{aase}", params={"viewer": bo}) as answer:
        assert answer.status == 403
        assert "another person" in (await answer.json())["error"]


async def test_a_message_from_somebody_who_hides_their_name_is_forwarded_without_it(box: Box) -> None:
    aase, bo = await box.person("Aase"), await box.person("Bo")
    hidden = await box.say(aase, "look", forward_from={"hidden_name": "A neighbour"})
    assert hidden["forward_origin"]["sender_user_name"] == "A neighbour"
    known = await box.say(aase, "look", forward_from={"person": bo})
    assert known["forward_origin"]["sender_user"]["first_name"] == "Bo"
