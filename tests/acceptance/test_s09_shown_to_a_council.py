"""S-09 (j): showing an initiative to a council: the very text first, a yes counts, and a no costs nothing."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.public_town import moved
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

TEXT = "Fri gang for alle ved stationen, også med rollator"
LINES = f"Hvor: Handicaprådets møde\nHvornår: 3. december\nTekst: {TEXT}"


@pytest.mark.parametrize("yes", [True, False], ids=["yes", "no"])
async def test_j_nothing_reaches_a_council_before_a_yes_and_a_no_costs_nothing(town: Town, yes: bool) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim)
    mette = await town.taken(number, town.mette)
    title = await invariants.title_of(town, number)
    newest = await karim.newest()
    shown = await moved(town, number, labels.SHOW, LINES, mette)
    assert "siger ja" not in shown.text_back
    (asked,) = await karim.hears(after=newest)
    for part in (TEXT, "Handicaprådets møde", "Mette Holm", "nej ændrer ikke"):
        assert part in asked.text, f"{part!r} is not in {asked.text!r}"
    assert (3, 12) in dates(asked.text)
    assert asked.text.count("?") == 1
    at_desk = await mette.newest()
    act = await karim.presses(labels.SHOW_YES if yes else labels.SHOW_NO, on=asked)
    told = [one.text for one in await mette.hears(after=at_desk)]
    if yes:
        assert any("siger ja" in text and TEXT in text for text in told), told
        assert (3, 12) in dates((await karim.writes(labels.STATUS)).text_back)
    else:
        assert "Ingen har set noget" in act.text_back
        assert any("nej tak" in text for text in told), told
        assert not any(TEXT in text for text in told)
    await invariants.one_responsible(town, number, "Mette Holm")
    assert await invariants.title_of(town, number) == title
    again = await karim.presses_data(asked.id, f"show_ok:{number}:1", forged=True)
    assert again.alert, "a second answer changes nothing"
