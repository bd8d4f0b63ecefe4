"""Pinned messages and reactions."""

from __future__ import annotations

from bot.sandbox.addressing import find_reachable_chat
from bot.sandbox.chats import Chat, Json, Stored
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.handler import Handler
from bot.sandbox.params import Params
from bot.sandbox.shapes import Fields
from bot.sandbox.world import World, shallow

# https://core.telegram.org/bots/api#reactiontypeemoji
# fmt: off
EMOJI = frozenset(
    (
        "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩",
        "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯",
        "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭",
        "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄",
        "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂",
        "🤷", "🤷‍♀", "😡",
    )
)
# fmt: on


def _check_right(world: World, chat: Chat) -> None:
    if chat.type == "private":
        return
    right = "can_edit_messages" if chat.type == "channel" else "can_pin_messages"
    if not chat.may(world.bot.id, right):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def pin(world: World, chat: Chat, stored: Stored, sender: Json | None) -> None:
    """Put a message on top of the pins, with the service message that tells of it."""
    if stored.id in chat.pinned:
        chat.pinned.remove(stored.id)
    chat.pinned.append(stored.id)
    sender_chat = chat.brief() if chat.type == "channel" else None
    thread = stored.message.get("message_thread_id") if chat.is_forum else None
    pinned = shallow(stored.message)
    notice = world.post(
        chat,
        {"pinned_message": pinned},
        sender=None if sender_chat else sender,
        sender_chat=sender_chat,
        thread=thread,
        reply_to=stored if chat.type != "channel" else None,
    )
    world.tell_chat(chat)
    world.announce(chat, notice)


def pin_chat_message(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#pinchatmessage"""
    chat = find_reachable_chat(world, params)
    stored = chat.find(params.integer("message_id"))
    if stored is None:
        raise bad_request("message to pin not found")
    _check_right(world, chat)
    if stored.id not in chat.pinned:
        pin(world, chat, stored, world.bot.user())
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#unpinchatmessage"""
    chat = find_reachable_chat(world, params)
    _check_right(world, chat)
    message_id = params.integer("message_id")
    if message_id is None and chat.pinned:
        message_id = chat.pinned[-1]
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    world.tell_chat(chat)
    return True


def unpin_all_chat_messages(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#unpinallchatmessages"""
    chat = find_reachable_chat(world, params)
    _check_right(world, chat)
    chat.pinned.clear()
    world.tell_chat(chat)
    return True


def read_reactions(wish: object) -> list[Json]:
    """A list of reactions as the Bot API takes them. ApiError if one does not exist."""
    if not isinstance(wish, list):
        raise bad_request("expected an Array of ReactionType")
    return [_reaction(one) for one in wish]


def _reaction(value: object) -> Json:
    fields = Fields.of(value, "can't parse ReactionType")
    match fields.text("type", needed=True):
        case "emoji":
            emoji = fields.text("emoji", needed=True)
            if emoji.replace("\ufe0f", "") not in EMOJI:
                raise bad_request("REACTION_INVALID")
            return {"type": "emoji", "emoji": emoji}
        case "custom_emoji":
            return {"type": "custom_emoji", "custom_emoji_id": str(fields.whole("custom_emoji_id", needed=True))}
    raise fields.refuse("invalid reaction type specified")


def set_message_reaction(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmessagereaction"""
    chat = find_reachable_chat(world, params)
    stored = chat.find(params.integer("message_id"))
    if stored is None:
        raise bad_request("message to react not found")
    reactions = read_reactions([] if (wish := params.json("reaction")) is None else wish)
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    react(world, chat, stored, world.bot.id, reactions)
    return True


def react(world: World, chat: Chat, stored: Stored, user: int, reactions: list[Json]) -> None:
    """Set somebody's reactions to a message, and tell the phones."""
    if reactions:
        stored.reactions[user] = reactions
    else:
        stored.reactions.pop(user, None)
    world.tell("reaction", chat, stored)


METHODS: dict[str, Handler] = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
}
