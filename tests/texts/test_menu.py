"""The menu of commands: each can be a command, and each is understood."""

import re

import pytest

from bot.texts.book import Book
from bot.texts.menu import commands
from bot.texts.understanding import understand

BOOK = Book.load(strict=True)
MEANT = ["start", "new", "status", "public", "human", "help", "privacy", "stop"]


@pytest.mark.parametrize("lang", ["da", "en", "uk"])
def test_every_command_in_the_menu_is_understood(lang: str) -> None:
    assert [understand(f"/{name}") for name, _ in commands(BOOK, lang)] == MEANT


@pytest.mark.parametrize("whose", ["command", "staff_command"])
@pytest.mark.parametrize("lang", ["da", "en", "uk"])
def test_every_command_is_one_that_telegram_takes(lang: str, whose: str) -> None:
    menu = commands(BOOK, lang, "staff_command" if whose == "staff_command" else "command")
    assert [name for name, _ in menu if not re.fullmatch("[a-z0-9_]{1,32}", name)] == []
    assert [said for _, said in menu if not 1 <= len(said) <= 60] == []


def test_staff_have_their_own_commands_in_the_danish_that_they_type() -> None:
    assert [name for name, _ in commands(BOOK, "uk", "staff_command")] == [
        "svar", "koe", "mine", "opret", "videre", "overskredet", "i_dag", "personer", "vaek", "tilbage", "morgen",
        "hjaelp",
    ]  # fmt: skip
