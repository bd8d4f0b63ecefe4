"""A command with something missing or wrong is answered by how that very command is written."""

import pytest

from bot.core import desk, typed
from tests.core.roster_town import Roster
from tests.core.test_forms import told
from tests.core.town import GROUP, METTE, an_idea, said, says

UNKNOWN = "Det nummer kender jeg ikke"


def answered(command: str, text: str, *, topic: int = 0) -> str:
    """What Mette reads: in the topic of nr. 1, or in her own chat, where no idea is meant by itself."""
    chat = GROUP if topic else METTE
    move = Roster(an_idea()).step(desk.on_said, said(METTE, text, chat=chat, command=command), topic=topic)
    return " ".join(told(one.content) for one in says(chat, move.effects))


@pytest.mark.parametrize(
    "command", ["notat", "sag", "sagsmappe", "vis", "kode", "slet", "fortryd", "skabelon", "videre"]
)
def test_without_a_number_it_says_how_that_command_takes_one(command: str) -> None:
    read = answered(command, "")
    assert f"/{command} 12" in read
    assert UNKNOWN not in read, "no number was written"


@pytest.mark.parametrize("command", sorted(typed.NUMBERED - {"spaer", "fjern"}))
def test_a_number_that_nobody_knows_is_told_as_that(command: str) -> None:
    assert UNKNOWN in answered(command, "99 Signe hej")


@pytest.mark.parametrize("text", ["", "Birthe har tid"])
def test_passing_on_without_a_name_that_is_known_says_how_it_is_written_and_whom_there_is(text: str) -> None:
    read = answered("videre", text, topic=1)
    assert "kollegaens navn" in read
    assert "grunden" in read
    assert "Bo Lind" in read
