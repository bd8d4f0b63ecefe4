"""Where a bot's message goes: which chat and topic, in reply to what, and whether the bot may write there."""

from __future__ import annotations

from bot.sandbox.chats import GENERAL, Chat, Json, Stored
from bot.sandbox.errors import bad_request, forbidden, migrated
from bot.sandbox.params import Params
from bot.sandbox.shapes import Fields
from bot.sandbox.world import World


def find_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat that a call names by number or @username. ApiError with Telegram's text if there is none."""
    value = params.text(name)
    if value is None or value == "":
        raise bad_request(f"{name} is empty")
    chat = _look_up(world, value)
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    return chat


def _look_up(world: World, value: str) -> Chat | None:
    try:
        return world.chats.get(int(value))
    except ValueError:
        wanted = value.removeprefix("@").lower()
    return next((chat for chat in world.chats.values() if chat.username and chat.username.lower() == wanted), None)


def find_reachable_chat(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat of a call, if the bot is in it; ApiError 403 if it was blocked, thrown out, or never started."""
    chat = find_chat(world, params, name)
    check_reach(world, chat)
    return chat


def check_reach(world: World, chat: Chat) -> None:
    """Telegram's 403 texts for a chat that the bot can't write to."""
    if chat.type == "private":
        person = world.people[chat.id]
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return
    status = chat.status(world.bot.id)
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def find_writable_chat(world: World, params: Params, kind: str = "messages") -> Chat:
    """The chat of a call, if the bot may send this kind of message to it."""
    chat = find_reachable_chat(world, params)
    member = chat.members.get(world.bot.id)
    if chat.type == "channel" and not chat.may(world.bot.id, "can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
    if chat.type in ("group", "supergroup") and member is not None and member.status in ("member", "restricted"):
        permissions = chat.permissions if member.status == "member" else chat.permissions | member.rights
        if not permissions.get(f"can_send_{kind}", True):
            words = "text messages" if kind == "messages" else kind.replace("_", " ")
            raise bad_request(f"not enough rights to send {words} to the chat")
    return chat


def find_thread(world: World, chat: Chat, params: Params) -> int | None:
    """The topic of a call, or None for General and chats without topics; "message thread not found" if it is gone."""
    thread = params.integer("message_thread_id")
    if not thread:
        return None
    if not chat.is_forum:
        # Outside forums only the thread of a reply in a supergroup has an id.
        if chat.type == "supergroup" and chat.find(thread) is not None:
            return thread
        raise bad_request("message thread not found")
    topic = chat.topics.get(thread)
    if topic is None or thread == GENERAL:
        raise bad_request("message thread not found")
    if topic.closed and not chat.may(world.bot.id, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return thread


def check_general(world: World, chat: Chat) -> None:
    """A closed General topic takes messages from those who may manage topics only."""
    general = chat.topics.get(GENERAL)
    if general is not None and general.closed and not chat.may(world.bot.id, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")


def find_replied(world: World, chat: Chat, params: Params) -> tuple[Stored | None, Json]:
    """The message that a call replies to, and what a quote or a reply across chats adds to the new message."""
    wish = params.json("reply_parameters")
    if wish is None:
        wish = {
            "message_id": params.integer("reply_to_message_id") or 0,
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    if not isinstance(wish, dict):
        raise bad_request("object expected as reply parameters")
    fields = Fields(wish, "")
    message_id = fields.whole("message_id", needed=bool(wish))
    anyway, quote = fields.flag("allow_sending_without_reply"), fields.text("quote")
    if not message_id:
        return None, {}
    elsewhere = fields.text("chat_id")
    source = chat if elsewhere in ("", str(chat.id)) else _look_up(world, elsewhere)
    if source is None:
        raise bad_request("chat not found")
    replied = source.find(message_id)
    if replied is None:
        if anyway:
            return None, {}
        raise bad_request("message to be replied not found")
    more: Json = {}
    if quote:
        if quote not in (replied.message.get("text") or replied.message.get("caption") or ""):
            raise bad_request("quote not found")
        more["quote"] = {"text": quote, "position": fields.whole("quote_position") or 0, "is_manual": True}
    if source is not chat:
        return None, more | {"external_reply": external_reply(world, source, replied)}
    return replied, more


def external_reply(world: World, chat: Chat, replied: Stored) -> Json:
    """The Bot API's ExternalReplyInfo of a message in another chat."""
    info: Json = {"origin": origin(replied.message), "message_id": replied.id}
    if chat.type in ("supergroup", "channel"):
        info["chat"] = world.brief(chat)
    return info


def origin(message: Json) -> Json:
    """The Bot API's MessageOrigin of a message that is forwarded or replied to elsewhere."""
    if "forward_origin" in message:
        earlier: Json = message["forward_origin"]
        return earlier
    if message["chat"]["type"] == "channel":
        return {
            "type": "channel",
            "date": message["date"],
            "chat": message["chat"],
            "message_id": message["message_id"],
        }
    if "sender_chat" in message:
        return {"type": "chat", "date": message["date"], "sender_chat": message["sender_chat"]}
    return {"type": "user", "date": message["date"], "sender_user": message["from"]}
