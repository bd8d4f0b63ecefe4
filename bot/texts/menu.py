"""The commands that Telegram offers beside the field for writing, in each language."""

from typing import Literal

from bot.core.effects import Words
from bot.texts.book import FIRST, Book

Whose = Literal["command", "admin_command", "staff_command"]
"""Whose menu: every citizen's, what admins have besides, or the staff group's."""


def commands(book: Book, lang: str = FIRST, whose: Whose = "command") -> tuple[tuple[str, str], ...]:
    """Commands without slash, each with what it does, in the order in which da.yaml has them."""
    start, end = f"bot.{whose}.", ".name"
    names = [key for key in book.entries[FIRST] if key.startswith(start) and key.endswith(end)]
    return tuple((_say(book, lang, name), _say(book, lang, name.removesuffix(end) + ".text")) for name in names)


def _say(book: Book, lang: str, key: str) -> str:
    return book.speak(Words(key, lang)).plain
