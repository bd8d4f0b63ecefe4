"""Changing and deleting messages that were sent: text, caption, media, place, keyboard, polls."""

from __future__ import annotations

from bot.sandbox.addressing import find_chat, find_reachable_chat
from bot.sandbox.chats import Chat, Json, Stored
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.methods.copy import CONTENT
from bot.sandbox.methods.handler import Handler
from bot.sandbox.methods.send import caption_content, place_content, text_content
from bot.sandbox.methods.send_media import media_content
from bot.sandbox.methods.wishes import message_ids, wish_of_call, wish_of_item
from bot.sandbox.params import Params
from bot.sandbox.world import World, is_service

DELETE_SECONDS = 48 * 3600  # https://core.telegram.org/bots/api#deletemessage
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_CAPTIONED = frozenset({"photo", "live_photo", "video", "animation", "audio", "voice", "document"})
_CAPTION_PARTS = ("caption", "caption_entities", "show_caption_above_media")


def _find_own(world: World, params: Params) -> tuple[Chat, Stored]:
    """The message of an edit. ApiError if it is gone, or was not sent by the bot."""
    if params.has("inline_message_id"):
        # Inline mode is not part of this sandbox: no id of an inline message was ever handed out.
        raise bad_request("MESSAGE_ID_INVALID")
    chat = find_reachable_chat(world, params)
    if params.integer("message_id") is None:
        raise bad_request("message identifier is not specified")
    stored = chat.find(params.integer("message_id"))
    if stored is None:
        raise bad_request("message to edit not found")
    if not _is_own(world, chat, stored) or is_service(stored.message):
        raise bad_request("message can't be edited")
    return chat, stored


def _is_own(world: World, chat: Chat, stored: Stored) -> bool:
    if chat.type == "channel":
        return True
    return bool(stored.message.get("from", {}).get("id") == world.bot.id)


def _replace(world: World, chat: Chat, stored: Stored, params: Params, content: Json, drop: tuple[str, ...]) -> Json:
    """Give a message new content and keyboard, and return it. ApiError if nothing would change."""
    keyboard = read_keyboard(params)
    if keyboard is not None and "inline_keyboard" not in keyboard:
        raise bad_request("inline keyboard expected")
    old = stored.message
    message = {name: value for name, value in old.items() if name not in drop and name != "reply_markup"} | content
    if keyboard is not None:
        message["reply_markup"] = keyboard
    if _same(old, message):
        raise bad_request(_NOT_MODIFIED)
    message["edit_date"] = world.clock.date()
    stored.keyboard = keyboard
    stored.edited = True
    world.change(chat, stored, message)
    return message


def _same(old: Json, new: Json) -> bool:
    return {n: v for n, v in old.items() if n != "edit_date"} == {n: v for n, v in new.items() if n != "edit_date"}


def edit_message_text(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagetext"""
    chat, stored = _find_own(world, params)
    if "text" not in stored.message:
        raise bad_request("there is no text in the message to edit")
    content = text_content(world, params)
    return _replace(world, chat, stored, params, content, ("text", "entities", "link_preview_options"))


def edit_message_caption(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagecaption"""
    chat, stored = _find_own(world, params)
    if not _CAPTIONED & stored.message.keys():
        raise bad_request("there is no caption in the message to edit")
    content = caption_content(world, wish_of_call(params))
    return _replace(world, chat, stored, params, content, _CAPTION_PARTS)


def edit_message_media(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagemedia"""
    chat, stored = _find_own(world, params)
    given = params.json("media", "input media")
    if given is None:
        raise bad_request('parameter "media" is required')
    wish = wish_of_item(given)
    if wish["type"] not in _CAPTIONED:
        raise bad_request(f'can\'t parse InputMedia: type "{wish["type"]}" is unsupported')
    if not (_CAPTIONED | {"text"}) & stored.message.keys():
        raise bad_request("message can't be edited")
    content = media_content(world, params, wish["type"], wish, wish["media"], "")
    return _replace(world, chat, stored, params, content, CONTENT)


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagereplymarkup"""
    chat, stored = _find_own(world, params)
    return _replace(world, chat, stored, params, {}, ())


def edit_message_live_location(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#editmessagelivelocation"""
    chat, stored = _find_own(world, params)
    place = _live(world, stored)
    return _replace(world, chat, stored, params, {"location": place | place_content(params)}, ())


def stop_message_live_location(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#stopmessagelivelocation"""
    chat, stored = _find_own(world, params)
    place = {name: value for name, value in _live(world, stored).items() if name not in ("live_period", "heading")}
    return _replace(world, chat, stored, params, {"location": place}, ())


def _live(world: World, stored: Stored) -> Json:
    place: Json = stored.message.get("location", {})
    ends = stored.message["date"] + place.get("live_period", 0)
    if "live_period" not in place or (place["live_period"] != 0x7FFFFFFF and world.clock.now() > ends):
        raise bad_request("message can't be edited")
    return place


def stop_poll(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#stoppoll"""
    chat, stored = _find_own(world, params)
    poll: Json | None = stored.message.get("poll")
    if poll is None:
        raise bad_request("message with poll to stop not found")
    if poll["is_closed"]:
        raise bad_request("poll has already been closed")
    closed = poll | {"is_closed": True}
    _replace(world, chat, stored, params, {"poll": closed}, ())
    return closed


def check_deletable(world: World, chat: Chat, stored: Stored) -> None:
    """Telegram's rules for deleting: 48 hours in a private chat, own messages or the right in a group."""
    own = _is_own(world, chat, stored)
    old = world.clock.now() - stored.message["date"] > DELETE_SECONDS
    if chat.type == "private":
        if old:
            raise bad_request("message can't be deleted for everyone")
        return
    if "supergroup_chat_created" in stored.message or "forum_topic_created" in stored.message:
        raise bad_request("message can't be deleted")
    if chat.may(world.bot.id, "can_delete_messages"):
        return
    if not own:
        raise bad_request("message can't be deleted")
    if old:
        raise bad_request("message can't be deleted for everyone")


def delete_message(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletemessage"""
    chat = find_chat(world, params)
    if params.integer("message_id") is None:
        raise bad_request("message identifier is not specified")
    stored = chat.find(params.integer("message_id"))
    if stored is None:
        raise bad_request("message to delete not found")
    check_deletable(world, chat, stored)
    world.remove(chat, stored)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletemessages"""
    chat = find_chat(world, params)
    found = [stored for message_id in message_ids(params) if (stored := chat.find(message_id)) is not None]
    for stored in found:
        check_deletable(world, chat, stored)
    for stored in found:
        world.remove(chat, stored)
    return True


METHODS: dict[str, Handler] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "editMessageLiveLocation": edit_message_live_location,
    "stopMessageLiveLocation": stop_message_live_location,
    "stopPoll": stop_poll,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
