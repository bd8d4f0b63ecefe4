"""Demand 36: rules are not opaque; anyone can ask why an idea is where it is, and staff's answer stays with staff."""

import pytest

from tests.journeys.town import BIKES, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]


async def test_36_citizen_and_staff_each_hear_why(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase, BIKES)
    asked = await aase.writes("hvorfor?")
    assert f"Jeg sendte nr. {number} til Mette Holm, fordi du skrev »" in asked.text_back
    assert len(asked.answers) == 1
    desk = await town.taken(number, town.mette)
    told = await desk.writes("/hvorfor")
    assert f"Derfor ligger nr. {number} her" in told.text_back
    assert "af 100" in told.text_back
    assert "Reglernes version: " in told.text_back
    assert not await aase.sees("Reglernes version")
    since = await desk.newest()
    await town.replied(desk, "Aase", "Jeg kigger på pladsen i morgen")
    await aase.writes("hvorfor?")
    await desk.waits_for("hvorfor?", after=since)
