"""The menu of commands: each can be a command, and each is understood."""

import re
from typing import get_args

import pytest

from bot.texts.menu import Whose, commands
from bot.texts.understanding import understand
from tests.book import BOOK

MEANT = ["start", "new", "status", "why", "numbers", "public", "gatherings", "human", "help", "privacy", "stop"]


@pytest.mark.parametrize("lang", ["da", "en", "uk"])
def test_every_command_in_the_menu_is_understood(lang: str) -> None:
    assert [understand(f"/{name}") for name, _ in commands(BOOK, lang)] == MEANT


@pytest.mark.parametrize("whose", get_args(Whose))
@pytest.mark.parametrize("lang", ["da", "en", "uk"])
def test_every_command_is_one_that_telegram_takes(lang: str, whose: Whose) -> None:
    menu = commands(BOOK, lang, whose)
    assert [name for name, _ in menu if not re.fullmatch("[a-z0-9_]{1,32}", name)] == []
    assert [said for _, said in menu if not 1 <= len(said) <= 60] == []


def test_staff_have_their_own_commands_in_the_danish_that_they_type() -> None:
    assert [name for name, _ in commands(BOOK, "uk", "staff_command")] == [
        "svar", "koe", "mine", "hvorfor", "opret", "slet", "videre", "spoerg", "overskredet", "tal", "i_dag",
        "personer", "vaek", "tilbage", "morgen", "notat", "sagsmappe", "plakat", "hjaelp",
    ]  # fmt: skip
