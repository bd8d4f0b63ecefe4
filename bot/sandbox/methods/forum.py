"""Forum topics: opening, renaming, closing, hiding and deleting them."""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.addressing import find_reachable_chat
from bot.sandbox.chats import GENERAL, Chat, Json, Topic
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.handler import Handler
from bot.sandbox.params import Params
from bot.sandbox.world import World

NAME_LIMIT = 128  # characters, https://core.telegram.org/bots/api#createforumtopic
COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
# Telegram lends topics a set of icons; two of them will do here.
ICONS = (("5434144690511290129", "📰"), ("5312536423851630001", "💡"))


def find_forum(world: World, params: Params) -> Chat:
    """The forum of a call. ApiError if it is none or the bot may not manage its topics."""
    chat = find_reachable_chat(world, params)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _managed(world: World, params: Params) -> Chat:
    chat = find_forum(world, params)
    if not chat.may(world.bot.id, "can_manage_topics"):
        raise bad_request("not enough rights to manage topics in the chat")
    return chat


def _name(params: Params) -> str:
    name = (params.text("name") or "").strip()
    if not name:
        raise bad_request("TOPIC_TITLE_EMPTY")
    if len(name) > NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name


def open_topic(
    world: World, chat: Chat, name: str, sender: Json, color: int | None = None, icon: str | None = None
) -> Topic:
    """A new topic with its first, service, message; its id is that message's."""
    topic = Topic(0, name, color or COLORS[len(chat.topics) % len(COLORS)], icon)
    created: Json = {"name": name, "icon_color": topic.icon_color}
    if icon:
        created["icon_custom_emoji_id"] = icon
    topic.thread_id = chat.last_id + 1
    chat.topics[topic.thread_id] = topic
    stored = world.post(chat, {"forum_topic_created": created}, sender=sender, thread=topic.thread_id)
    world.tell_chat(chat)
    # The bot is told of this even when it did it itself, as it is of its own pins.
    world.announce(chat, stored)
    return topic


def change_topic(world: World, chat: Chat, topic: Topic, sender: Json, content: Json) -> None:
    """Tell of a change in the topic itself, by a service message."""
    stored = world.post(chat, content, sender=sender, thread=topic.thread_id)
    world.tell_chat(chat)
    # The bot is told of this even when it did it itself, as it is of its own pins.
    world.announce(chat, stored)


def remove_topic(world: World, chat: Chat, topic: Topic) -> None:
    """Take a topic away with all its messages; the bot is not told, as in Telegram."""
    del chat.topics[topic.thread_id]
    for stored in list(chat.messages.values()):
        if stored.message.get("message_thread_id") == topic.thread_id and not stored.deleted:
            world.remove(chat, stored)
    world.tell_chat(chat)


def create_forum_topic(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#createforumtopic"""
    chat = find_forum(world, params)
    if not chat.may(world.bot.id, "can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    color = params.integer("icon_color")
    topic = open_topic(world, chat, _name(params), world.bot.user(), color, params.text("icon_custom_emoji_id"))
    result: Json = {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}
    if topic.icon_custom_emoji_id:
        result["icon_custom_emoji_id"] = topic.icon_custom_emoji_id
    return result


def find_topic(chat: Chat, params: Params) -> Topic:
    """The topic of a call; General has methods of its own. ApiError if it is gone."""
    thread = params.integer("message_thread_id")
    topic = chat.topics.get(thread) if thread else None
    if topic is None or topic.thread_id == GENERAL:
        raise bad_request("message thread not found" if thread and thread != GENERAL else "TOPIC_ID_INVALID")
    return topic


def edit_forum_topic(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#editforumtopic"""
    chat = _managed(world, params)
    topic = find_topic(chat, params)
    changed: Json = {}
    if params.has("name") and _name(params) != topic.name:
        topic.name = changed["name"] = _name(params)
    icon = params.text("icon_custom_emoji_id")
    if icon is not None and icon != (topic.icon_custom_emoji_id or ""):
        topic.icon_custom_emoji_id = icon or None
        changed["icon_custom_emoji_id"] = icon
    if not changed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    change_topic(world, chat, topic, world.bot.user(), {"forum_topic_edited": changed})
    return True


def _set_closed(closed: bool) -> Handler:
    def method(world: World, params: Params) -> bool:
        chat = _managed(world, params)
        topic = find_topic(chat, params)
        close_topic(world, chat, topic, world.bot.user(), closed)
        return True

    return method


def close_topic(world: World, chat: Chat, topic: Topic, sender: Json, closed: bool) -> None:
    """Close or open a topic again. ApiError if it is so already."""
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    change_topic(world, chat, topic, sender, {"forum_topic_closed" if closed else "forum_topic_reopened": {}})


def delete_forum_topic(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deleteforumtopic"""
    chat = find_forum(world, params)
    if not chat.may(world.bot.id, "can_delete_messages"):
        raise bad_request("not enough rights to delete a topic")
    remove_topic(world, chat, find_topic(chat, params))
    return True


def unpin_all_forum_topic_messages(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#unpinallforumtopicmessages"""
    chat = find_forum(world, params)
    topic = find_topic(chat, params)
    return _unpin(world, chat, topic.thread_id)


def _unpin(world: World, chat: Chat, thread: int | None) -> bool:
    if not chat.may(world.bot.id, "can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned = [i for i in chat.pinned if chat.messages[i].message.get("message_thread_id") != thread]
    world.tell_chat(chat)
    return True


def edit_general_forum_topic(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#editgeneralforumtopic"""
    chat = _managed(world, params)
    topic = chat.topics[GENERAL]
    if topic.name == _name(params):
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = _name(params)
    change_topic(world, chat, topic, world.bot.user(), {"forum_topic_edited": {"name": topic.name}})
    return True


def _general(change: Callable[[World, Chat, Topic], None]) -> Handler:
    def method(world: World, params: Params) -> bool:
        chat = _managed(world, params)
        change(world, chat, chat.topics[GENERAL])
        return True

    return method


def _hide(hidden: bool) -> Callable[[World, Chat, Topic], None]:
    def change(world: World, chat: Chat, topic: Topic) -> None:
        if topic.hidden == hidden:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic.hidden = hidden
        if hidden:
            topic.closed = True  # hiding General closes it, https://core.telegram.org/bots/api#hidegeneralforumtopic
        name = "general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden"
        change_topic(world, chat, topic, world.bot.user(), {name: {}})

    return change


def _close_general(world: World, chat: Chat, topic: Topic) -> None:
    close_topic(world, chat, topic, world.bot.user(), True)


def _reopen_general(world: World, chat: Chat, topic: Topic) -> None:
    topic.hidden = False  # https://core.telegram.org/bots/api#reopengeneralforumtopic
    close_topic(world, chat, topic, world.bot.user(), False)


def unpin_all_general_forum_topic_messages(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#unpinallgeneralforumtopicmessages"""
    return _unpin(world, find_forum(world, params), None)


def get_forum_topic_icon_stickers(_world: World, _params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#getforumtopiciconstickers"""
    return [
        {
            "file_id": f"icon{emoji_id}",
            "file_unique_id": f"u{emoji_id}",
            "type": "custom_emoji",
            "width": 512,
            "height": 512,
            "is_animated": True,
            "is_video": False,
            "emoji": emoji,
            "set_name": "Topics",
            "custom_emoji_id": emoji_id,
            "file_size": 8000,
        }
        for emoji_id, emoji in ICONS
    ]


METHODS: dict[str, Handler] = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": _set_closed(True),
    "reopenForumTopic": _set_closed(False),
    "deleteForumTopic": delete_forum_topic,
    "unpinAllForumTopicMessages": unpin_all_forum_topic_messages,
    "editGeneralForumTopic": edit_general_forum_topic,
    "closeGeneralForumTopic": _general(_close_general),
    "reopenGeneralForumTopic": _general(_reopen_general),
    "hideGeneralForumTopic": _general(_hide(True)),
    "unhideGeneralForumTopic": _general(_hide(False)),
    "unpinAllGeneralForumTopicMessages": unpin_all_general_forum_topic_messages,
    "getForumTopicIconStickers": get_forum_topic_icon_stickers,
}
