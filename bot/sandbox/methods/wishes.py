"""What a bot says of a file that it sends: caption, length, measures; in the call itself or in one item of an album."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.shapes import Fields, as_whole

_TEXTS = ("caption", "parse_mode", "media", "thumbnail", "photo", "performer", "title", "emoji")
_NUMBERS = ("duration", "width", "height", "length")
_FLAGS = ("show_caption_above_media", "has_spoiler")


def wish_of_call(params: Params) -> Json:
    """The wish of a call that sends one file; what can't be read counts as not said, as with Telegram."""
    wish: Json = {name: params.text(name) or "" for name in _TEXTS}
    wish |= {name: _measure(params.integer(name)) for name in _NUMBERS}
    wish |= {name: params.flag(name) for name in _FLAGS}
    return wish | {"caption_entities": params.list_if_any("caption_entities")}


def wish_of_item(value: Any) -> Json:
    """The wish of an InputMedia, with its `type`. ApiError with Telegram's text if a field is of the wrong type."""
    fields = Fields.of(value, "can't parse InputMedia")
    wish: Json = {name: fields.text(name) for name in _TEXTS}
    wish |= {name: _measure(fields.whole(name)) for name in _NUMBERS}
    wish |= {name: fields.flag(name) for name in _FLAGS}
    if not wish["media"]:
        raise fields.refuse("media not found")
    return wish | {"type": fields.text("type", needed=True), "caption_entities": value.get("caption_entities")}


def items(params: Params) -> list[Any]:
    """The items of an album, as they came. ApiError if there is no list of them."""
    given = params.json("media")
    if given is None:
        raise bad_request('parameter "media" is required')
    if not isinstance(given, list):
        raise bad_request("expected an Array of InputMedia")
    return given


def message_ids(params: Params) -> list[int]:
    """The `message_ids` of a call. ApiError with Telegram's text if they can't be read or are more than 100."""
    given = params.json("message_ids")
    if given is None:
        raise bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("expected an Array of message identifiers")
    if len(given) > 100:
        raise bad_request("too many message identifiers specified")
    return [_message_id(one) for one in given]


def _message_id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise bad_request("message identifier must be a Number")
    number = as_whole(value)
    if number is None:
        raise bad_request("can't parse message identifier as Number")
    if number <= 0:
        raise bad_request("invalid message identifier specified")
    return number


def _measure(number: int | None) -> int | None:
    return None if number is None else max(number, 0)
