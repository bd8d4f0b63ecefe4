"""Telegram's MarkdownV2 and its older Markdown parse mode; https://core.telegram.org/bots/api#markdownv2-style."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.markup_html import refuse

Entity = dict[str, Any]
_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
}


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _offset(source: str, at: int) -> int:
    return len(source[:at].encode())


class _Reader:
    """Reads one MarkdownV2 text from left to right, with the marks that are open on a stack."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain: list[str] = []
        self.length = 0
        self.open: list[tuple[str, int, int]] = []
        self.entities: list[Entity] = []
        self.quote: int | None = None

    def put(self, text: str) -> None:
        self.plain.append(text)
        self.length += _units(text)

    def add(self, kind: str, start: int, **more: Any) -> None:
        if self.length > start:
            self.entities.append({"type": kind, "offset": start, "length": self.length - start, **more})

    def read(self) -> tuple[str, list[Entity]]:
        line_start = True
        while self.at < len(self.source):
            here = self.source[self.at]
            if line_start:
                line_start = False
                if self._quote_line(here):
                    continue
            if here == "\\" and self.at + 1 < len(self.source) and ord(self.source[self.at + 1]) < 127:
                self.put(self.source[self.at + 1])
                self.at += 2
            elif here in _RESERVED:
                self._mark(here)
            else:
                self.put(here)
                self.at += 1
                line_start = here == "\n"
        if self.open:
            kind, _, where = self.open[-1]
            raise refuse(f"Can't find end of {_NAMES[kind]} entity at byte offset {_offset(self.source, where)}")
        self._end_quote()
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return "".join(self.plain), self.entities

    def _quote_line(self, here: str) -> bool:
        if here == ">" or (self.source.startswith("**>", self.at) and self.quote is None):
            if self.quote is None:
                self.quote = self.length
            self.at += 1 if here == ">" else 3
            return True
        self._end_quote()
        return False

    def _end_quote(self) -> None:
        if self.quote is not None:
            start, self.quote = self.quote, None
            self.add("blockquote", start)

    def _mark(self, here: str) -> None:
        source, at = self.source, self.at
        if source.startswith("```", at):
            self._pre()
        elif here == "`":
            end = self._end_of_code("`", at + 1)
            start = self.length
            self.put(re.sub(r"\\(.)", r"\1", source[at + 1 : end]))
            self.add("code", start)
            self.at = end + 1
        elif source.startswith("||", at):
            if (
                self.quote is not None
                and not any(o[0] == "spoiler" for o in self.open)
                and (at + 2 == len(source) or source[at + 2] == "\n")
            ):
                start, self.quote, self.at = self.quote, None, at + 2
                self.add("expandable_blockquote", start)
            else:
                self._toggle("spoiler", 2)
        elif source.startswith("__", at):
            self._toggle("underline", 2)
        elif here in "*_~":
            self._toggle({"*": "bold", "_": "italic", "~": "strikethrough"}[here], 1)
        elif here == "[" or source.startswith("![", at):
            self.open.append(("text_link", self.length, at))
            self.at += 1 if here == "[" else 2
        elif here == "]" and self.open and self.open[-1][0] == "text_link":
            self._link()
        else:
            raise refuse(f"Character '{here}' is reserved and must be escaped with the preceding '\\'")

    def _toggle(self, kind: str, width: int) -> None:
        if self.open and self.open[-1][0] == kind:
            _, start, _ = self.open.pop()
            self.add(kind, start)
        elif any(mark[0] == kind for mark in self.open):
            kind, _, where = self.open[-1]
            raise refuse(f"Can't find end of {_NAMES[kind]} entity at byte offset {_offset(self.source, where)}")
        else:
            self.open.append((kind, self.length, self.at))
        self.at += width

    def _end_of_code(self, mark: str, start: int) -> int:
        at = start
        while at < len(self.source):
            if self.source[at] == "\\":
                at += 2
            elif self.source.startswith(mark, at):
                return at
            else:
                at += 1
        name = "Code" if mark == "`" else "Pre"
        raise refuse(f"Can't find end of {name} entity at byte offset {_offset(self.source, start - len(mark))}")

    def _pre(self) -> None:
        start_at = self.at + 3
        end = self._end_of_code("```", start_at)
        body = self.source[start_at:end]
        more: dict[str, str] = {}
        language = re.match(r"(\S+)\n", body)
        if language:
            more["language"] = language.group(1)
            body = body[language.end() :]
        elif body.startswith("\n"):
            body = body[1:]
        start = self.length
        self.put(re.sub(r"\\(.)", r"\1", body))
        self.add("pre", start, **more)
        self.at = end + 3

    def _link(self) -> None:
        _, start, where = self.open.pop()
        self.at += 1
        if not self.source.startswith("(", self.at):
            raise refuse(f"Can't find end of a URL at byte offset {_offset(self.source, where)}")
        end = self._end_of_link(where)
        link = re.sub(r"\\(.)", r"\1", self.source[self.at + 1 : end])
        self.at = end + 1
        _add_link(self, link, start)

    def _end_of_link(self, where: int) -> int:
        at = self.at + 1
        while at < len(self.source):
            if self.source[at] == "\\":
                at += 2
            elif self.source[at] == ")":
                return at
            else:
                at += 1
        raise refuse(f"Can't find end of a URL at byte offset {_offset(self.source, where)}")


def _add_link(reader: _Reader, link: str, start: int) -> None:
    user = re.fullmatch(r"tg://user\?id=(\d+)", link)
    emoji = re.fullmatch(r"tg://emoji\?id=(\d+)", link)
    if user:
        reader.add("text_mention", start, user={"id": int(user.group(1)), "is_bot": False, "first_name": ""})
    elif emoji:
        reader.add("custom_emoji", start, custom_emoji_id=emoji.group(1))
    elif "." in link or "://" in link:
        reader.add("text_link", start, url=link)


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities. ApiError with Telegram's text when a mark is not closed or not escaped."""
    return _Reader(source).read()


_OLD = re.compile(r"```|[_*`\[]")


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The older Markdown: no nesting, and only `_ * ` [` can be escaped. ApiError when an entity does not end."""
    plain: list[str] = []
    entities: list[Entity] = []
    length = at = 0

    def put(text: str) -> None:
        nonlocal length
        plain.append(text)
        length += _units(text)

    while at < len(source):
        here = source[at]
        if here == "\\" and source[at + 1 : at + 2] in ("_", "*", "`", "["):
            put(source[at + 1])
            at += 2
            continue
        mark = _OLD.match(source, at)
        if mark is None:
            put(here)
            at += 1
            continue
        text, entity, end = _old_entity(source, at, mark.group())
        if entity and text:
            entities.append({**entity, "offset": length, "length": _units(text)})
        put(text)
        at = end
    return "".join(plain), entities


def _old_entity(source: str, at: int, mark: str) -> tuple[str, Entity | None, int]:
    """What an entity of the older Markdown says, what it is, and where the text goes on."""
    closing = "]" if mark == "[" else mark
    end = source.find(closing, at + len(mark))
    if end < 0:
        raise refuse(f"Can't find end of the entity starting at byte offset {_offset(source, at)}")
    text = source[at + len(mark) : end]
    after = end + len(closing)
    if mark == "[":
        if not source.startswith("(", after):
            return text, None, after
        stop = source.find(")", after)
        if stop < 0:
            raise refuse(f"Can't find end of the entity starting at byte offset {_offset(source, at)}")
        return text, {"type": "text_link", "url": source[after + 1 : stop]}, stop + 1
    if mark == "```":
        language = re.match(r"(\S+)\n", text)
        entity: Entity = {"type": "pre"}
        if language:
            entity["language"] = language.group(1)
            text = text[language.end() :]
        return text.removeprefix("\n"), entity, after
    return text, {"type": {"_": "italic", "*": "bold", "`": "code"}[mark]}, after
