"""The menu of commands: each can be a command, and each is understood."""

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.core import (
    absent,
    accounting,
    advice,
    away,
    bars,
    casework,
    digest,
    invite,
    on_behalf,
    pagebook,
    passing,
    poster,
    queue,
    reply,
    rulebook,
    sent_before,
    templates,
    why,
)
from bot.texts.menu import Whose, commands
from bot.texts.understanding import understand
from tests.book import BOOK

DOCS = Path(__file__).parents[2] / "docs"
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
        "svar", "fortryd", "skabelon", "koe", "vis", "mine", "hvorfor", "opret", "kode", "slet", "spaer", "videre",
        "spoerg", "overskredet", "tal", "i_dag", "personer", "vaek", "tilbage", "morgen", "notat", "fjern", "sagsmappe",
        "sag", "plakat", "plakater", "hjaelp",
    ]  # fmt: skip


def test_the_menus_name_all_that_a_desk_and_an_admin_can_do_and_nothing_else() -> None:
    desk = {
        reply.COMMAND, sent_before.COMMAND, templates.COMMAND, *casework.COMMANDS, advice.COMMAND, absent.COMMAND,
        absent.CODE,
        on_behalf.COMMAND, passing.COMMAND, *poster.COMMANDS, accounting.COMMAND, queue.OPEN, *queue.LISTS, away.AWAY,
        away.BACK, digest.COMMAND, *why.COMMANDS, bars.COMMAND, "hjaelp",
    }  # fmt: skip
    # "why" and "help" are the same in English; one name of each is enough to choose from.
    assert {name for name, _ in commands(BOOK, whose="staff_command")} == desk - {"why"}
    admin = {name for name, _ in commands(BOOK, whose="admin_command")}
    assert admin >= invite.COMMANDS
    assert {name for name in admin if name in rulebook.ASK | pagebook.ASK | {"proev"}} == admin - invite.COMMANDS


@pytest.mark.parametrize("page", ["agent", "admin"])
def test_what_the_guides_name_stands_in_the_menu(page: str) -> None:
    menu = {name for whose in ("staff_command", "admin_command") for name, _ in commands(BOOK, whose=whose)}
    named = set(re.findall(r"`/([a-z_]+)", (DOCS / f"{page}.md").read_text(encoding="utf-8")))
    assert named - menu == set()
    assert named, "the guide names some"
