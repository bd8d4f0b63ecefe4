"""Adds items to a topic's list in a rules file, and leaves every other byte as the admin wrote it."""

import json
import re
from collections.abc import Sequence

from bot.routing.document import Document, read_document

_PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ -][^\W\d_][^\W_]*)*")
_NOT_WORDS = frozenset({"no", "on", "off", "yes", "true", "false", "null", "y", "n"})
"""Words that a program other than this one might read as something else without quotes."""


def add_items(data: bytes, topic: str, field: str, items: Sequence[str]) -> bytes:
    """The file with these items at the head of a list of the topic's, which is made where it is missing.

    Raises:
        KeyError: there is no such topic in the file.
    """
    document = read_document(data)
    lines = data.decode("utf-8").splitlines(keepends=True)
    path = ("emner", topic, field)
    if ("emner", topic) not in document.key_marks:
        raise KeyError(topic)
    written = [write_item(item, sentence=field == "eksempler") for item in items]
    line, column = document.marks.get((*path, 0)) or document.marks.get(path, (0, 0))
    if path not in document.key_marks:
        _add_list(document, lines, topic, field, written)
    elif _is_in_brackets(document, lines, topic, field):
        at = document.marks[path][0] - 1
        opened = lines[at].index("[", max(0, lines[at].find(":"))) + 1
        rest = lines[at][opened:]
        after = ", " if (*path, 0) in document.marks and rest.strip() else "," if (*path, 0) in document.marks else ""
        lines[at] = lines[at][:opened] + ", ".join(written) + after + rest
    else:
        margin = lines[line - 1][: column - 1].partition("-")[0]
        ending = _ending(lines)
        lines[line - 1 : line - 1] = [f"{margin}- {item}{ending}" for item in written]
    return "".join(lines).encode("utf-8")


def write_item(item: str, *, sentence: bool = False) -> str:
    """An item as it is written in YAML: a plain word as it is, anything else in quotes."""
    plain = not sentence and _PLAIN.fullmatch(item) and item.lower() not in _NOT_WORDS
    return item if plain else json.dumps(item, ensure_ascii=False)


def _is_in_brackets(document: Document, lines: Sequence[str], topic: str, field: str) -> bool:
    line, column = document.marks[("emner", topic, field)]
    return lines[line - 1][column - 1 : column] == "["


def _add_list(document: Document, lines: list[str], topic: str, field: str, written: Sequence[str]) -> None:
    """Put the list beneath the line that names the topic's agent, which every topic has."""
    key = next(path for path in (("emner", topic, "ansvarlig"), ("emner", topic)) if path in document.key_marks)
    line, column = document.key_marks[key]
    margin = " " * (column - 1)
    ending = _ending(lines)
    if not lines[line - 1].endswith(ending):
        lines[line - 1] += ending
    lines[line:line] = [f"{margin}{field}:{ending}", *(f"{margin}  - {item}{ending}" for item in written)]


def _ending(lines: Sequence[str]) -> str:
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
