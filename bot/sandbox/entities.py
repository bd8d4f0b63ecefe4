"""Text with entities: parse modes, what Telegram finds in a text by itself, trimming, and lengths in UTF-16 units."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.given_entities import read_given
from bot.sandbox.markup_html import parse_html
from bot.sandbox.markup_markdown import parse_markdown, parse_markdown_v2

Entity = dict[str, Any]
TEXT_LIMIT = 4096  # UTF-16 units, https://core.telegram.org/bots/api#sendmessage
CAPTION_LIMIT = 1024

_TLD = r"(?:com|org|net|dk|de|se|no|eu|io|uk|info|me|app|dev|gov|edu|nu|fi|nl|fr|ua|ru|co)"
_URL = re.compile(
    r"(?<![\w@./])(?:(?:https?|ftp|tg)://[^\s<>\"']+|(?:[\w-]+\.)+"
    + _TLD
    + r"(?![\w@-])(?::\d+)?(?:[/?#][^\s<>\"']*)?)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}(?![\w@])")
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?(?![\w/])")
_MENTION = re.compile(r"(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{3,31}(?![\w@])")
_HASHTAG = re.compile(r"(?<![\w#&])#(?=\w*[^\W\d])\w{1,256}(?:@[A-Za-z]\w{2,31})?")
_CASHTAG = re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?!\w)")
_PHONE = re.compile(r"(?<![\w+])\+\d[\d -]{6,16}\d(?!\w)")
_FOUND = (
    ("email", _EMAIL),
    ("url", _URL),
    ("bot_command", _COMMAND),
    ("mention", _MENTION),
    ("hashtag", _HASHTAG),
    ("cashtag", _CASHTAG),
    ("phone_number", _PHONE),
)
_MAY_HOLD = re.compile(r"[/@#$+.]")
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})


def units(text: str) -> int:
    """The length of a text in UTF-16 units, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def find_entities(text: str) -> list[Entity]:
    """Commands, mentions, addresses, tags and telephone numbers that Telegram marks by itself."""
    if not _MAY_HOLD.search(text):
        return []
    found: list[tuple[int, int, str]] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "url":
                end = start + len(match.group().rstrip(".,:;!?)'\""))
            if all(end <= s or start >= e for s, e, _ in found):
                found.append((start, end, kind))
    found.sort()
    return [
        {"type": kind, "offset": units(text[:start]), "length": units(text[start:end])} for start, end, kind in found
    ]


def read_text(text: str, mode: str | None, given: Any) -> tuple[str, list[Entity]]:
    """What the bot sent as text, with its parse mode or its entities, as it stands in the message afterwards.

    A parse mode goes before `given`, which is whatever the bot sent as a list of entities.
    """
    if text and mode and mode.lower() != "none":
        text, entities = _parse(text, mode)
    else:
        entities = read_given(given, text)
    return tidy(text, entities)


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Strip the text as Telegram does, cut the entities to it, and add those that Telegram finds by itself."""
    bare = text.strip()
    if bare != text:
        shift = units(text[: len(text) - len(text.lstrip())])
        end = units(bare)
        entities = [cut for entity in entities if (cut := _cut(entity, shift, end))]
    own = find_entities(bare)
    closed = [e for e in entities if e["type"] in _OPAQUE]
    for entity in own:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        if all(stop <= e["offset"] or start >= e["offset"] + e["length"] for e in closed) and entity not in entities:
            entities.append(entity)
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return bare, entities


def _cut(entity: Entity, shift: int, end: int) -> Entity | None:
    start = max(entity["offset"] - shift, 0)
    stop = min(entity["offset"] - shift + entity["length"], end)
    return {**entity, "offset": start, "length": stop - start} if stop > start else None


def _parse(text: str, mode: str) -> tuple[str, list[Entity]]:
    match mode.lower():
        case "html":
            return parse_html(text)
        case "markdownv2":
            return parse_markdown_v2(text)
        case "markdown":
            return parse_markdown(text)
    raise bad_request("unsupported parse_mode")
