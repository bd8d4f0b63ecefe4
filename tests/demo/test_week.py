"""The demonstrations are played by the real process, and say so when a step is not seen."""

import pytest

from bot.demo import script
from bot.demo.gatherings import MARK
from bot.demo.script import Missing, Stage, play, talk
from bot.demo.week import BEGINS, week

pytestmark = [pytest.mark.soak, pytest.mark.timeout(300)]


async def test_an_idea_is_seen_step_by_step_from_hello_to_status() -> None:
    told: list[str] = []
    assert await play(told.append, talk), "\n".join(told[-6:])
    assert told[-1] == "Alle trin blev set."


async def test_a_week_at_the_desk_is_seen_step_by_step() -> None:
    told: list[str] = []
    assert await play(told.append, week, BEGINS), "\n".join(told[-6:])
    days = {line.partition(" kl.")[0] for line in told if line.startswith("\n=====")}
    assert len(days) == 5
    assert any("[Tag den]" in line for line in told), "what can be pressed is printed too"
    assert "Peter er koordinator" in told[0], "a stranger reads who is who"
    assert len([line for line in told if line.startswith("--- ")]) >= 20, "and what happens, ahead of it"
    assert any("(fil: sag-1.pdf)" in line for line in told), "what is sent as a file is told"
    order = ("Mette trykker «Tag den»", "du har den nu", "Mette: /svar Tak", "Sendt til Aase", "Jonas: en grønnere")
    places = [next(n for n, line in enumerate(told) if words in line) for words in order]
    assert places == sorted(places), "each answer stands behind what it answers"
    assert told[-1] == "Alle trin blev set."


async def test_the_sandbox_has_meetings_to_try_on_the_phone_on_the_board_and_in_a_calendar() -> None:
    told: list[str] = []

    async def asks(stage: Stage) -> None:
        await stage.town.act("start", person=script.AASE)
        await stage.writes("Aase", script.AASE, "møder i Hellerup", chat=script.AASE)
        listed = await stage.expect(script.AASE, MARK, "Hellerup", note="møderne")
        label = listed["reply_markup"]["inline_keyboard"][0][0]["text"]
        await stage.presses("Aase", script.AASE, listed, label)
        await stage.expect(script.AASE, "kalender", note="mødet som fil")

    assert await play(told.append, asks), "\n".join(told[-6:])


async def test_a_step_that_does_not_come_ends_it_with_what_was_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "PATIENCE", 2.0)
    told: list[str] = []

    async def waits(stage: Stage) -> None:
        await stage.expect(script.AASE, "noget som ingen siger", note="en besked")

    assert not await play(told.append, waits)
    assert told[-1].startswith("Ikke set: en besked")
    assert issubclass(Missing, Exception)
