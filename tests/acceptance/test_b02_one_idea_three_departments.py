"""B-02: an idea under three departments has one responsible, helpers by name, and one thread."""

import os
import subprocess
import sys

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Phone
from tests.journeys.process import ROOT
from tests.journeys.town import Town

GARDEN = (
    "Vi er nogle pensionister i Jægersborg der gerne vil dyrke grøntsager sammen med 4. klasse på den tomme grund bag"
    " biblioteket. Skolen er med på den"
)
REPEATS = 20
READ = """
import sys
from datetime import date
from bot.routing.live import accept
from tests.journeys.rulebook import brief_rules
router = accept(brief_rules()).router
for _ in range(int(sys.argv[2])):
    print(router.match(sys.argv[1], today=date(2026, 11, 2)).agent)
"""


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.timeout(300)
async def test_one_leads_the_others_help_by_name_and_the_citizen_has_one_thread(fresh_town: Town) -> None:
    town = fresh_town
    karim = await town.citizen("Karim")
    number = await town.brought(karim, GARDEN)
    assert town.numbers == [number]
    assert "Signe Krag" in (await karim.hears())[-1].text
    cards = [await town.card(number, agent) for agent in (town.signe, town.lone)] + [await town.card(number)]
    for card in cards:
        assert "Ansvarlig: Signe Krag" in card.text
        assert GARDEN in card.text, "he is never asked for what he has said"
        assert "Bo Lind" in card.text
    await invariants.one_responsible(town, number, "Signe Krag")

    await town.signe.presses(labels.TAKE)
    await town.lone.presses(labels.HELPER, on=await town.card(number, town.lone))
    assert "Medspillere: Lone Bach" in (await town.card(number)).text
    bo = await town.bo.in_topic(number)
    newest, hers = await bo.newest(), await town.lone.newest()
    await town.at("2026-11-03T16:00:00+01:00")
    assert not [one for one in await bo.hears(after=newest) if "som også handler om dine emner" in one.text]
    await town.at("2026-11-04T16:00:00+01:00")
    assert len([one for one in await bo.hears(after=newest) if "som også handler om dine emner" in one.text]) == 1
    await town.at("2026-11-06T15:00:00+01:00")
    assert len([one for one in await bo.hears(after=newest) if "som også handler om dine emner" in one.text]) == 1
    assert not [one for one in await town.lone.hears(after=hers) if "som også handler om dine emner" in one.text]
    await invariants.one_responsible(town, number, "Signe Krag")

    await town.signe.writes(f"/videre {number} Lone hun kender seniorerne")
    await town.lone.waits_for("vil give dig")
    assert "Afventer Lone Bach" in (await town.card(number, town.signe)).text
    assert "Ansvarlig: Signe Krag" in (await town.card(number, town.signe)).text
    await invariants.one_responsible(town, number, "Signe Krag")

    await both_ask(town, karim, number)
    await karim.writes("det er 4. b og vi er syv begge svarx")
    for agent in (town.signe, town.lone):
        await agent.waits_for("svarx")
    assert "Lone Bach" in (await karim.writes(labels.STATUS)).text_back, "helpers are named as helpers"
    await invariants.one_responsible(town, number, "Signe Krag")
    listed = (await town.peter.writes(labels.QUEUE)).text_back
    assert "1 åben idé" in listed


async def both_ask(town: Town, karim: Phone, number: int) -> None:
    """The responsible and a helper ask him within the same minute, each under their own name."""
    before = await karim.newest()
    await town.signe.writes(f"/svar {number} Hvilken klasse er det signespx", wait=False)
    await town.lone.writes(f"/svar {number} Hvor mange pensionister er I lonespx", wait=False)
    await town.settled()
    heard = [one.text for one in await karim.hears(after=before)]
    hers = [text for text in heard if "spx" in text]
    signes, lones = hers
    assert "signespx" in signes, "in the order in which they were asked"
    assert "lonespx" in lones
    assert "Signe Krag" in signes.split("\n")[0]
    assert "Lone Bach, " in lones.split("\n")[0]
    assert "hjælper Signe Krag" in lones
    assert await town.signe.sees("lonespx"), "who leads reads what a helper asks"


def test_the_same_words_find_the_same_lead_in_twenty_of_twenty_readings() -> None:
    leads = set()
    for seed in range(2):
        # Another process, which keeps its sets in another order.
        told = subprocess.run(
            [sys.executable, "-c", READ, GARDEN, str(REPEATS // 2)], cwd=ROOT, text=True, capture_output=True,
            check=True, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(seed)},
        )  # fmt: skip
        leads.update(told.stdout.split())
    assert leads == {"signe"}
