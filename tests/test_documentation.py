"""Nothing that people can set, type or write in the rules is left without a word in the README or docs/."""

import re
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
import typer.main
from pydantic import BaseModel
from typer.core import TyperGroup as Group

from bot.cli import cli
from bot.routing.rules import Rules
from bot.settings import Settings
from bot.store.tables import metadata
from bot.texts.menu import Whose
from bot.texts.menu import commands as commands_of_menu
from bot.texts.readers import is_label
from bot.texts.specimen import specimens
from bot.texts.understanding import understand
from tests.book import BOOK

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOLD = {page: page.read_text(encoding="utf-8") for page in PAGES}
OPERATOR = TOLD[ROOT / "docs" / "operator.md"]
ADMIN = TOLD[ROOT / "docs" / "admin.md"]
FIRST_PAGE = (ROOT / "routing_rules.yaml").read_text(encoding="utf-8").partition("\nkommune:")[0]


def commands(group: Group, before: str = "skab") -> list[str]:
    found = []
    for name, command in group.commands.items():
        whole = f"{before} {name}"
        found += commands(command, whole) if isinstance(command, Group) else [whole]
    return found


def options(group: Group, before: str = "skab") -> dict[str, set[str]]:
    """The options of each command."""
    found: dict[str, set[str]] = {}
    for name, command in group.commands.items():
        whole = f"{before} {name}"
        if isinstance(command, Group):
            found |= options(command, whole)
        else:
            found[whole] = {flag for option in command.params for flag in option.opts if flag.startswith("--")}
    return found


WHOLE = typer.main.get_command(cli)
assert isinstance(WHOLE, Group)
COMMANDS = commands(WHOLE)


def blocks(kind: Any) -> set[type[BaseModel]]:
    """Every kind of block that a type of the rules holds, however deep."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        inside = (blocks(field.annotation) for field in kind.model_fields.values())
        return {kind}.union(*inside)
    if get_origin(kind) in (list, dict, Union, UnionType, Annotated):
        return set[type[BaseModel]]().union(*(blocks(part) for part in get_args(kind)))
    return set()


FIELDS = sorted(
    {field.alias or name for block in blocks(Rules) for name, field in block.model_fields.items() if not field.exclude}
)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_operators_table(name: str) -> None:
    rows = [line for line in OPERATOR.splitlines() if line.startswith("|")]
    assert any(f"`SKAB_{name.upper()}`" in row.split("|")[1] for row in rows)


def test_the_operators_table_names_no_setting_that_is_not_there() -> None:
    assert set(re.findall(r"SKAB_[A-Z_]+\b", OPERATOR)) - {"SKAB_"} == {
        f"SKAB_{name.upper()}" for name in Settings.model_fields
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_operators_table(command: str) -> None:
    assert len(COMMANDS) >= 9
    assert re.search(rf"^\| `{command}\b", OPERATOR, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_stands_in_the_row_of_its_command(command: str) -> None:
    rows = "\n".join(re.findall(rf"^\| `{command}\b.*", OPERATOR, re.MULTILINE))
    wanted = options(WHOLE)[command]
    if command.startswith("skab rules"):
        # Said once, in the row of the first, for all of them.
        assert "`--lang en` for English, here and in the other `skab rules`" in OPERATOR
        wanted = wanted - {"--lang"}
    assert {flag for flag in wanted if not re.search(rf"`[^`]*{flag}\b", rows)} == set()


@pytest.mark.parametrize(
    ("whose", "page"), [("command", "citizen"), ("staff_command", "agent"), ("admin_command", "admin")]
)
def test_every_command_of_telegrams_menu_is_in_the_guide_of_who_has_it(whose: Whose, page: str) -> None:
    offered = [name for name, _ in commands_of_menu(BOOK, "da", whose=whose)]
    assert len(offered) >= 5
    text = TOLD[ROOT / "docs" / f"{page}.md"]
    assert [name for name in offered if not re.search(rf"`/{name}\b", text)] == []


def test_no_guide_teaches_a_command_that_telegrams_menu_has_not() -> None:
    kinds: tuple[Whose, ...] = ("command", "staff_command", "admin_command")
    offered = {name for whose in kinds for name, _ in commands_of_menu(BOOK, "da", whose=whose)}
    guides = (TOLD[ROOT / "docs" / f"{page}.md"] for page in ("citizen", "agent", "admin"))
    taught = {name for text in guides for name in re.findall(r"`/([a-z_]+)\b", text)}
    assert taught - offered == set()


def test_no_page_names_a_command_that_is_not_there() -> None:
    names = {command.split()[1] for command in COMMANDS}
    told = {name for text in TOLD.values() for name in re.findall(r"`(?:\.venv/bin/)?skab ([\w-]+)", text)}
    assert told - names == set()


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_the_rules_is_in_the_admins_table(field: str) -> None:
    assert len(FIELDS) > 50
    assert f"`{field}`" in ADMIN


@pytest.mark.parametrize(
    "block", [field.alias or name for name, field in Rules.model_fields.items() if not field.exclude]
)
def test_the_first_page_of_the_rules_tells_of_every_block(block: str) -> None:
    assert re.search(rf"\b{block}\b", FIRST_PAGE)


def test_every_table_is_in_the_data_protection_officers_list_of_what_is_kept_where() -> None:
    rows = [line.split("|") for line in TOLD[ROOT / "docs" / "privacy.md"].splitlines() if line.count("|") == 5]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row[2])}
    assert set(metadata.tables) - named == set()
    assert {name for name in named if name not in metadata.tables} == set(), "no table of another day is named"


def test_whoever_sets_up_a_proxy_is_told_each_time_to_keep_the_figures_inside() -> None:
    told = [line for page in TOLD.values() for line in page.splitlines() if "`/healthz`" in line and "proxy" in line]
    told += [line for line in OPERATOR.splitlines() if "Hand on everything except" in line]
    assert len(told) >= 2
    assert [line for line in told if "/metrics" not in line] == []


def test_every_link_between_the_pages_leads_somewhere() -> None:
    broken = [
        f"{page.name}: {link}"
        for page, text in TOLD.items()
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_file_that_a_page_names_is_there() -> None:
    missing = [
        f"{page.name}: {name}"
        for page, text in TOLD.items()
        for name in re.findall(r"`((?:bot|docs|tests|knowledge)/[\w./-]+)`", text)
        if not (ROOT / name).exists() and "XX" not in name
    ]
    assert missing == []


def test_every_word_that_the_citizens_page_teaches_is_understood() -> None:
    words = re.findall(r"^\| `([^`]+)` \|", TOLD[ROOT / "docs" / "citizen.md"], re.M)
    assert len(words) >= 8
    assert [word for word in words if not understand(word)] == []


GUIDES = [
    *(ROOT / "docs" / f"{page}.md" for page in ("citizen", "agent", "admin", "privacy", "operations")),
    ROOT / "README.md",
]
GUIDES += [ROOT / "knowledge" / "README.md"]
OF_TELEGRAM = {"START", "Edit", "Topics", "Manage topics", "Delete messages", "Pin messages", "Forbliv anonym"}
"""What stands on Telegram's own keys."""
NAMED = re.compile(r"(?:[Tt]ryk\w*|[Pp]ress\w*|[Vv]ælg|Under)\s+(?:på\s+)?((?:\*+[^*\n]+\*+(?:,? (?:og )?(?=\*))?)+)")
"""What a guide tells its reader to press: one name, or several one after the other."""


def on_buttons() -> list[str]:
    """What stands on the bot's buttons, up to where a name or number is put in."""
    said = (one.written for one in specimens(BOOK) if is_label(one.key))
    return [re.split(r"[{(]", written)[0].strip() for written in said]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_button_that_a_guide_names_is_one_of_the_bots(guide: Path) -> None:
    text = guide.read_text(encoding="utf-8")
    told = [name for found in NAMED.findall(text) for name in re.findall(r"\*+([^*\n]+)\*+", found)]
    told += [
        name for row in re.findall(r"^\| ([^|]*\*[^|]*) \|", text, re.M) for name in re.findall(r"\*+([^*]+)\*+", row)
    ]
    known = on_buttons()
    bare = {name.strip(" .…:").rstrip("0123456789 ") for name in told} - OF_TELEGRAM
    assert [name for name in sorted(bare) if name not in known] == []


def test_the_guides_name_enough_buttons_for_that_to_mean_something() -> None:
    named = [name for guide in GUIDES for name in NAMED.findall(guide.read_text(encoding="utf-8"))]
    assert len(named) >= 20


def test_every_option_that_a_page_teaches_is_one_of_its_command() -> None:
    has, wrong, seen = options(WHOLE), [], 0
    for page, text in TOLD.items():
        for line in re.findall(r"`(?:\.venv/bin/)?(skab [^`\n]+)`", text) + re.findall(r"^(skab .+)$", text, re.M):
            command = max((name for name in has if line == name or line.startswith(f"{name} ")), key=len, default="")
            flags = set(re.findall(r"(?<= )--[a-z-]+", line))
            seen += len(flags)
            wrong += [f"{page.name}: {line}" for flag in flags if command and flag not in has[command] | {"--help"}]
    assert wrong == []
    assert seen >= 15


def test_every_target_of_make_that_a_page_names_is_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(READY)", ".venv/.ready")
    named = {name for text in TOLD.values() for name in re.findall(r"`(?:[A-Z_]+=\d+ )*make ([\w./-]+)", text)}
    assert len(named) >= 8
    assert [
        name
        for name in sorted(named)
        if not re.search(rf"^{re.escape(name)}( .*)?:|\.PHONY.*\b{re.escape(name)}\b", makefile, re.M)
    ] == []
