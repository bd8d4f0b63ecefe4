"""Entities as a bot gives them with a text: their shape and their bounds, judged as Telegram judges them."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.shapes import Fields

Entity = dict[str, Any]
_WHAT = "can't parse MessageEntity"
_FARTHEST = 1_000_000
# What Telegram takes from a bot, and which field each kind needs beside its place.
_KINDS = {
    "bold": "",
    "italic": "",
    "underline": "",
    "strikethrough": "",
    "spoiler": "",
    "blockquote": "",
    "expandable_blockquote": "",
    "code": "",
    "pre": "",
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
# These Telegram finds in the text by itself, so it passes over those that a bot names.
_FOUND_ANYWAY = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
_KEPT = ("url", "user", "language", "custom_emoji_id", "date_time_format", "unix_time")


def read_given(given: Any, text: str) -> list[Entity]:
    """The entities of a call that fit its text, in order. ApiError if one can't be read or lies outside the text."""
    if not isinstance(given, list):
        return []  # Telegram takes anything but a list for no entities at all
    entities = [entity for one in given if (entity := _read(one)) is not None]
    for entity in entities:
        for name in ("offset", "length"):
            if not 0 <= entity[name] <= _FARTHEST:
                raise bad_request(f"receive an entity with incorrect {name} {entity[name]}")
    entities = sorted((e for e in entities if e["length"]), key=lambda e: (e["offset"], -e["length"]))
    check_bounds(text, entities)
    return entities


def _read(value: Any) -> Entity | None:
    fields = Fields.of(value, _WHAT)
    offset, length = fields.whole("offset", needed=True), fields.whole("length", needed=True)
    kind = fields.text("type", needed=True)
    if not kind:
        raise fields.refuse("Type is not specified")
    if kind in _FOUND_ANYWAY:
        return None
    if kind not in _KINDS:
        raise fields.refuse("Unsupported type specified")
    match _KINDS[kind]:
        case "user":
            Fields(fields.inner("user", needed=True) or {}, _WHAT).whole("id", needed=True)
        case "unix_time":
            fields.whole("unix_time", needed=True)
        case "":
            fields.text("language")
        case name:
            fields.text(name, needed=True)
    kept = {name: value[name] for name in _KEPT if value.get(name) is not None}
    return {"type": kind} | kept | {"offset": offset, "length": length}


def check_bounds(text: str, entities: list[Entity]) -> None:
    """ApiError if an entity, of those in order, splits a letter in two or reaches beyond the text."""
    widths = [1 + (letter > "\uffff") for letter in text]
    places = [0, *accumulate(widths)]  # in UTF-16 units, where letters begin and the text ends
    at_byte = dict(zip(places, accumulate((len(letter.encode()) for letter in text), initial=0), strict=True))
    split: list[tuple[int, int, str]] = []
    for entity in entities:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if start < places[-1] and start not in at_byte:
            byte = at_byte[start + 1]
            split.append((byte, 1, f"entity begins in a middle of a UTF-16 symbol at byte offset {byte}"))
        if stop < places[-1] and stop not in at_byte:
            byte = at_byte[stop + 1]
            ends = f"ends in a middle of a UTF-16 symbol at byte offset {byte}"
            split.append((byte, 0, f"entity beginning at UTF-16 offset {start} {ends}"))
    if split:
        raise bad_request(min(split)[2])
    _check_end(places[-1], entities)


def _check_end(end: int, entities: list[Entity]) -> None:
    for entity in entities:
        if entity["offset"] > end:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {entity['offset']}")
    for entity in reversed(entities):
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if stop > end:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {stop}"
            )
