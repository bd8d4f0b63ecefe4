"""The help of the command line teaches: each command ends with examples that can be typed as they stand."""

import re
import shlex
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import cli
from bot.examples import EXAMPLES, commands_of

NAMES = [name for name, _ in commands_of(cli)]
TYPED = [line for lines in EXAMPLES.values() for line in lines if re.match(r"(SKAB_\w+=\S+ )?skab ", line)]


def test_each_command_has_examples_and_each_example_a_command() -> None:
    assert set(EXAMPLES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_help_ends_with_what_one_types_and_what_the_code_says(name: str) -> None:
    shown = CliRunner().invoke(cli, [*name.split(), "--help"], env={"COLUMNS": "160"}).output
    end = shown.partition("Sådan")[2]
    assert f"skab {name}" in end
    assert re.search(r"Kode 0: .+ Kode [12]: ", end), end


@pytest.mark.parametrize("line", TYPED)
def test_an_example_is_taken_by_its_command(line: str) -> None:
    words = shlex.split(re.split(r" {3,}| > ", line)[0])
    words = words[words.index("skab") + 1 :]
    command: Any = typer.main.get_command(cli)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    # As far as the words go: nothing is run.
    command.make_context(command.name, words)
