"""S-07 and more: the rules say that an agent answers elsewhere from now on, and the talk goes on there, whole."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.town import Town

pytestmark = [pytest.mark.soak, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]

YARD = "en grønnere skolegård med klatretræer på skolen"
SIGNE = "navn: Signe Krag"


async def test_from_an_own_chat_to_the_group_and_back_no_word_is_lost(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas, YARD)
    await town.signe.presses(labels.TAKE, on=await town.card(number, town.signe))
    await jonas.writes("vi er tyve i klassen førflytx")
    await town.signe.waits_for("førflytx")
    rules = town.rules.read_text(encoding="utf-8")
    before, name, after = rules.partition(SIGNE)
    assert "svarer_i: privat" in after
    newest = await jonas.newest()

    await town.saves_rules(before + name + after.replace("svarer_i: privat", "svarer_i: gruppe", 1))
    await town.signe.waits_for("fortsætter dér")  # who looks in the old place is told where it is
    group = await town.signe.in_topic(number)
    here = await group.waits_for("er her fra nu af")
    assert "Signe Krag har stadig ansvaret" in here.text
    assert await group.sees("klatretræer"), "the idea in her words"
    assert await group.sees("førflytx"), "and what was said since"
    assert not await jonas.hears(after=newest), "it is no news for him"
    await invariants.one_responsible(town, number, "Signe Krag")
    await jonas.writes("kan vi komme forbi i morgen efterflytx")
    assert await group.sees("efterflytx")
    await town.replied(group, "Jonas", "Ja, kom bare kl. 14 gruppesvarx")
    assert "Signe Krag" in (await jonas.waits_for("gruppesvarx")).text

    own = await town.signe.newest()
    await town.saves_rules(rules)
    await town.signe.waits_for("er her fra nu af", after=own)
    await jonas.writes("vi kommer fire tilbagex")
    assert await town.signe.sees("tilbagex")
    await invariants.one_responsible(town, number, "Signe Krag")
