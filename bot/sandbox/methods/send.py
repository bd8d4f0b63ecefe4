"""Sending without files: text, place, contact, poll, dice, chat action; and how any sent message is delivered."""

from __future__ import annotations

import secrets
from typing import Any

from bot.sandbox.addressing import check_general, find_replied, find_thread, find_writable_chat
from bot.sandbox.chats import Chat, Json
from bot.sandbox.entities import CAPTION_LIMIT, TEXT_LIMIT, read_text, units
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.methods.handler import Handler
from bot.sandbox.params import Params
from bot.sandbox.shapes import Fields
from bot.sandbox.world import World

ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)


def deliver(world: World, chat: Chat, params: Params, content: Json) -> Json:
    """Put a message of the bot into a chat as the call's other parameters say, and return it as Telegram does."""
    thread = find_thread(world, chat, params)
    if chat.is_forum and thread is None:
        check_general(world, chat)
    replied, more = find_replied(world, chat, params)
    if chat.is_forum and thread is None and replied is not None and replied.message.get("is_topic_message"):
        thread = replied.message["message_thread_id"]
    keyboard = read_keyboard(params)
    content = content | more | marks(params)
    sender, sender_chat = bot_identity(world, chat)
    stored = world.post(
        chat,
        content,
        sender=sender,
        sender_chat=sender_chat,
        thread=thread,
        reply_to=replied,
        keyboard=keyboard,
    )
    return stored.message


def bot_identity(world: World, chat: Chat) -> tuple[Json | None, Json | None]:
    """As whom the bot writes: in a channel as the channel, elsewhere as itself."""
    return (None, chat.brief()) if chat.type == "channel" else (world.bot.user(), None)


def marks(params: Params) -> Json:
    """What any sent message may carry beside its content."""
    more: Json = {}
    if params.flag("protect_content"):
        more["has_protected_content"] = True
    if params.has("message_effect_id"):
        more["effect_id"] = params.text("message_effect_id")
    return more


def text_content(world: World, params: Params) -> Json:
    """The text of a call with its entities and preview options. ApiError if it is empty or too long."""
    text, entities = read_text(params.text("text") or "", params.text("parse_mode"), params.list_if_any("entities"))
    if not text:
        raise bad_request("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    content: Json = {"text": text}
    if entities := known_people(world, entities):
        content["entities"] = entities
    if options := _with_address(_preview(params), text, entities):
        content["link_preview_options"] = options
    return content


def _preview(params: Params) -> Json | None:
    options = params.json("link_preview_options")
    if options is None:
        return {"is_disabled": True} if params.flag("disable_web_page_preview") else None
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    fields = Fields(options, "")
    fields.text("url")
    for name in ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"):
        fields.flag(name)
    return options


def _with_address(options: Json | None, text: str, entities: list[Json]) -> Json | None:
    """Preview options name the address that is previewed: the first one in the text, if the bot named none."""
    if options and (options.get("is_disabled") or options.get("url")):
        return options
    for entity in entities:
        if entity["type"] == "text_link":
            return {"url": entity["url"]} | (options or {})
        if entity["type"] == "url":
            units = text.encode("utf-16-le")[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2]
            return {"url": units.decode("utf-16-le")} | (options or {})
    return options


def caption_content(world: World, wish: Json) -> Json:
    """The caption of a call or of one item of an album, as `wishes` reads it. ApiError if it is too long."""
    text, entities = read_text(wish["caption"], wish["parse_mode"], wish["caption_entities"])
    if units(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    content: Json = {}
    if text:
        content["caption"] = text
        if entities := known_people(world, entities):
            content["caption_entities"] = entities
    if wish["show_caption_above_media"]:
        content["show_caption_above_media"] = True
    if wish["has_spoiler"]:
        content["has_media_spoiler"] = True
    return content


def known_people(world: World, entities: list[Json]) -> list[Json]:
    """Entities with mentioned people filled in; Telegram drops a mention of somebody that the bot never met."""
    kept = []
    for entity in entities:
        if entity["type"] == "text_mention":
            user_id = int(entity["user"]["id"])
            if user_id in world.people or user_id == world.bot.id:
                kept.append(entity | {"user": world.user(user_id)})
        else:
            kept.append(entity)
    return kept


def send_message(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendmessage"""
    chat = find_writable_chat(world, params)
    return deliver(world, chat, params, text_content(world, params))


def place_content(params: Params) -> Json:
    """The location of a call. ApiError if it is none."""
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong latitude or longitude specified" if latitude is not None else "latitude is empty")
    place: Json = {"latitude": latitude, "longitude": longitude}
    if (accuracy := params.number("horizontal_accuracy")) is not None:
        place["horizontal_accuracy"] = accuracy
    for name in ("live_period", "heading", "proximity_alert_radius"):
        if value := params.integer(name):
            place[name] = value
    return place


def send_location(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendlocation"""
    chat = find_writable_chat(world, params)
    return deliver(world, chat, params, {"location": place_content(params)})


def send_venue(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendvenue"""
    chat = find_writable_chat(world, params)
    place = place_content(params)
    venue: Json = {"location": place, "title": params.text("title"), "address": params.text("address")}
    for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        if params.has(name):
            venue[name] = params.text(name)
    return deliver(world, chat, params, {"venue": venue, "location": place})


def send_contact(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendcontact"""
    chat = find_writable_chat(world, params)
    if not params.has("phone_number"):
        raise bad_request("phone_number is empty")
    if not params.has("first_name"):
        raise bad_request("first_name is empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    return deliver(world, chat, params, {"contact": {n: params.text(n) for n in names if params.has(n)}})


def _options(params: Params) -> list[Json]:
    given = params.json("options")
    if not isinstance(given, list | None):
        raise bad_request("expected an Array of String as options")
    options = []
    for one in given or []:
        if not isinstance(one, str | dict):
            raise bad_request("expected an option to be of type String")
        fields = Fields({"text": one} if isinstance(one, str) else one, "")
        said = fields.text("text", needed=True), fields.text("text_parse_mode"), fields.values.get("text_entities")
        text, marked = read_text(*said)
        options.append({"text": text} | ({"text_entities": marked} if marked else {}))
    return options


def send_poll(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#sendpoll"""
    chat = find_writable_chat(world, params, "polls")
    question, marked = read_text(
        params.text("question") or "", params.text("question_parse_mode"), params.list_if_any("question_entities")
    )
    options = _options(params)
    if not question:
        raise bad_request("poll question must be non-empty")
    if not 1 <= len(options) <= 12:
        raise bad_request("poll must have at least 1 option" if not options else "poll can't have more than 12 options")
    kind = params.text("type") or "regular"
    if kind not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    poll: Json = {
        "id": str(secrets.randbits(62)),
        "question": question,
        "options": [{"persistent_id": str(n), "voter_count": 0} | option for n, option in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": params.flag("is_closed"),
        "is_anonymous": params.text("is_anonymous") is None or params.flag("is_anonymous"),
        "type": kind,
        "allows_multiple_answers": params.flag("allows_multiple_answers"),
        "allows_revoting": kind == "regular",
        "members_only": False,
    }
    if marked:
        poll["question_entities"] = marked
    if kind == "quiz":
        correct = params.list_if_any("correct_option_ids") or [params.integer("correct_option_id") or 0]
        if not all(isinstance(n, int) and 0 <= n < len(options) for n in correct):
            raise bad_request("wrong correct option ID specified")
        poll["correct_option_ids"] = correct
    return deliver(world, chat, params, {"poll": poll})


def dice_content(emoji: str | None) -> Json:
    """A thrown die, dart, ball or slot machine. ApiError if there is no such thing to throw."""
    sides = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
    emoji = emoji or "🎲"
    if emoji not in sides:
        raise bad_request("wrong dice emoji specified")
    return {"dice": {"emoji": emoji, "value": 1 + secrets.randbelow(sides[emoji])}}


def send_dice(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#senddice"""
    return deliver(world, find_writable_chat(world, params), params, dice_content(params.text("emoji")))


def send_chat_action(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#sendchataction"""
    chat = find_writable_chat(world, params)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread = find_thread(world, chat, params)
    payload: dict[str, Any] = {"action": action, "message_thread_id": thread}
    world.journal.record("action", chat.id, payload)
    return True


METHODS: dict[str, Handler] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendPoll": send_poll,
    "sendDice": send_dice,
    "sendChatAction": send_chat_action,
}
