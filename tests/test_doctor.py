"""What the doctor finds at home, before it asks anybody else."""

from pathlib import Path

import pytest

from bot.core.frame import Agent
from bot.doctor import _at_home, _namesakes
from bot.telegram_io.waiting import Waiting


@pytest.mark.parametrize(("mode", "well"), [(0o600, True), (0o400, True), (0o644, False), (0o640, False)])
def test_settings_that_others_can_read_are_told_with_how_to_mend_it(
    mode: int, well: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert all(finding.well for finding in _at_home())
    Path(".env").write_text("SKAB_BOT_TOKEN=", encoding="ascii")
    Path(".env").chmod(mode)
    first = next(iter(_at_home()))
    assert first.well is well
    assert ("chmod 600 .env" in first.mend) is not well


@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({1: "Lone Bach", 2: "Lone Berg"}, [1]),
        ({2: "lone", 3: "Hanne Bach"}, [2]),
        ({3: "Hanne Bach", 4: "Ib"}, []),
    ],
)
def test_only_the_numbers_of_those_who_are_called_as_the_agent_is_are_shown(
    people: dict[int, str], shown: list[int]
) -> None:
    lone = Agent(id="lone", name="Lone Bach", title="sparringsagent", telegram=None, desk="private")
    assert _namesakes(lone, Waiting(people=people)) == shown
