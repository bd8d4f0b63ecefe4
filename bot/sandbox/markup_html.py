"""Telegram's HTML parse mode; https://core.telegram.org/bots/api#html-style."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]
_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
_PIECE = re.compile(
    r"<(/?)([A-Za-z][\w-]*|)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)(>?)|&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);"
)
_ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")


def refuse(text: str) -> ApiError:
    """The error of a text whose marks can't be read."""
    return bad_request(f"can't parse entities: {text}")


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities. ApiError with Telegram's text when a tag is unknown or not closed."""
    plain: list[str] = []
    length = 0
    stack: list[tuple[str, int, dict[str, str], int]] = []
    entities: list[Entity] = []
    at = 0
    for piece in _PIECE.finditer(source):
        text = source[at : piece.start()]
        at = piece.end()
        plain.append(text)
        length += _units(text)
        whole = piece.group()
        if whole[0] == "&":
            letter = unescape(whole)
            plain.append(letter)
            length += _units(letter)
            continue
        offset = len(source[: piece.start()].encode())
        closing, tag, rest, end = piece.group(1), piece.group(2).lower(), piece.group(3), piece.group(4)
        if not closing and tag not in _TAGS and (rest or end):
            raise refuse(f'Unsupported start tag "{tag}" at byte offset {offset}')
        if not end:
            raise refuse(f"Unclosed {'end' if closing else 'start'} tag at byte offset {offset}")
        if closing:
            _close(tag, offset, stack, entities, length)
            continue
        stack.append((tag, length, _attributes(tag, rest, offset), offset))
    plain.append(source[at:])
    if stack:
        raise refuse(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return "".join(plain), entities


def _attributes(tag: str, rest: str, offset: int) -> dict[str, str]:
    found = {
        match.group(1).lower(): unescape(match.group(2) or match.group(3) or match.group(4) or "")
        for match in _ATTRIBUTE.finditer(rest)
    }
    if tag == "span" and found.get("class") != "tg-spoiler":
        raise refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    return found


def _close(
    tag: str,
    offset: int,
    stack: list[tuple[str, int, dict[str, str], int]],
    entities: list[Entity],
    length: int,
) -> None:
    if not stack:
        raise refuse(f"Unexpected end tag at byte offset {offset}")
    opened, start, attributes, _ = stack.pop()
    if tag and tag != opened:
        raise refuse(f'Unmatched end tag at byte offset {offset}, expected "</{opened}>", found "</{tag}>"')
    if length > start:
        _add(opened, start, length - start, attributes, entities)


def _add(tag: str, start: int, length: int, attributes: dict[str, str], entities: list[Entity]) -> None:
    kind = _TAGS[tag]
    entity: Entity = {"type": kind, "offset": start, "length": length}
    if tag == "a":
        link = attributes.get("href", "")
        user = re.fullmatch(r"tg://user\?id=(\d+)", link)
        if user:
            entity |= {
                "type": "text_mention",
                "user": {"id": int(user.group(1)), "is_bot": False, "first_name": ""},
            }
        elif "." in link or "://" in link:
            entity["url"] = link
        else:
            return  # Telegram drops a link without a usable address and keeps its text
    elif tag == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    elif tag == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id", "")
    elif tag == "tg-time":
        entity["unix_time"] = int(attributes.get("unix", "0") or 0)
        entity["date_time_format"] = attributes.get("format", "")
    elif tag == "code" and attributes.get("class", "").startswith("language-"):
        entity["language"] = attributes["class"].removeprefix("language-")
    elif tag == "pre":
        # <pre><code class="language-x"> is one block of code with a language
        inner = [e for e in entities if e["type"] == "code" and e["offset"] == start and e["length"] == length]
        if inner:
            entities.remove(inner[0])
            if "language" in inner[0]:
                entity["language"] = inner[0]["language"]
    entities.append(entity)
