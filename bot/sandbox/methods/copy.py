"""Copying and forwarding messages from one chat to another, one by one or many together."""

from __future__ import annotations

import secrets

from bot.sandbox.addressing import find_chat, find_writable_chat, origin
from bot.sandbox.chats import Chat, Json, Stored
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.handler import Handler
from bot.sandbox.methods.send import caption_content, deliver
from bot.sandbox.methods.wishes import message_ids, wish_of_call
from bot.sandbox.params import Params
from bot.sandbox.world import World, is_service

# What makes up a message's content; all the rest is about who, where and when.
CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "photo",
    "live_photo",
    "video",
    "animation",
    "audio",
    "voice",
    "document",
    "sticker",
    "video_note",
    "contact",
    "location",
    "venue",
    "poll",
    "dice",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
)
_CAPTIONED = frozenset({"photo", "live_photo", "video", "animation", "audio", "voice", "document"})


def _source(world: World, params: Params) -> Chat:
    return find_chat(world, params, "from_chat_id")


def _content(stored: Stored) -> Json:
    return {name: stored.message[name] for name in CONTENT if name in stored.message}


def _find(chat: Chat, message_id: int | None, act: str) -> Stored:
    stored = chat.find(message_id)
    if stored is None:
        raise bad_request(f"message to {act} not found")
    return stored


def _check(stored: Stored, act: str) -> None:
    if is_service(stored.message):
        raise bad_request(f"message can't be {act}")
    if stored.message.get("has_protected_content"):
        raise bad_request(f"the message can't be {act}")


def _with_caption(world: World, content: Json, params: Params) -> Json:
    """A new caption replaces the old one; without one it stays."""
    if params.text("caption") is None or not _CAPTIONED & content.keys():
        return content
    kept = {n: v for n, v in content.items() if n not in ("caption", "caption_entities", "show_caption_above_media")}
    return kept | caption_content(world, wish_of_call(params))


def copy_message(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#copymessage"""
    chat = find_writable_chat(world, params)
    stored = _find(_source(world, params), params.integer("message_id"), "copy")
    _check(stored, "copied")
    message = deliver(world, chat, params, _with_caption(world, _content(stored), params))
    return {"message_id": message["message_id"]}


def forward_message(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#forwardmessage"""
    chat = find_writable_chat(world, params)
    stored = _find(_source(world, params), params.integer("message_id"), "forward")
    _check(stored, "forwarded")
    return deliver(world, chat, params, {"forward_origin": origin(stored.message)} | _content(stored))


def _many(world: World, params: Params, act: str) -> tuple[Chat, list[Stored]]:
    chat = find_writable_chat(world, params)
    ids = message_ids(params)
    source = _source(world, params)
    # Those that can't be found or copied are skipped, as long as one is left.
    found = [stored for message_id in ids if (stored := source.find(message_id)) is not None]
    fit = [s for s in found if not is_service(s.message) and not s.message.get("has_protected_content")]
    if not fit:
        raise bad_request(f"there are no messages to {act}")
    return chat, fit


def _regroup(message: Json, groups: dict[str, str]) -> Json:
    """An album stays an album, under a new id."""
    old = message.get("media_group_id")
    if old is None:
        return {}
    return {"media_group_id": groups.setdefault(old, str(secrets.randbits(62)))}


def copy_messages(world: World, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#copymessages"""
    chat, found = _many(world, params, "copy")
    groups: dict[str, str] = {}
    sent = []
    for stored in found:
        content = _content(stored)
        if params.flag("remove_caption"):
            content = {n: v for n, v in content.items() if n not in ("caption", "caption_entities")}
        sent.append(deliver(world, chat, params, _regroup(stored.message, groups) | content))
    return [{"message_id": message["message_id"]} for message in sent]


def forward_messages(world: World, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#forwardmessages"""
    chat, found = _many(world, params, "forward")
    groups: dict[str, str] = {}
    sent = []
    for stored in found:
        content = {"forward_origin": origin(stored.message)} | _regroup(stored.message, groups) | _content(stored)
        sent.append(deliver(world, chat, params, content))
    return [{"message_id": message["message_id"]} for message in sent]


METHODS: dict[str, Handler] = {
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
}
