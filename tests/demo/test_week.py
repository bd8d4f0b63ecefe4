"""The demonstrations are played by the real process, and say so when a step is not seen."""

import pytest

from bot.demo import script
from bot.demo.script import Missing, Stage, play
from bot.demo.week import week

pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]


async def test_a_week_at_the_desk_is_seen_step_by_step() -> None:
    told: list[str] = []
    assert await play(told.append, week), "\n".join(told[-6:])
    days = [line for line in told if line.startswith("\n=====")]
    assert len(days) == 5
    assert told[-1] == "Alle trin blev set."


async def test_a_step_that_does_not_come_ends_it_with_what_was_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "PATIENCE", 2.0)
    told: list[str] = []

    async def waits(stage: Stage) -> None:
        await stage.expect(script.AASE, "noget som ingen siger", note="en besked")

    assert not await play(told.append, waits)
    assert told[-1].startswith("Ikke set: en besked")
    assert issubclass(Missing, Exception)
