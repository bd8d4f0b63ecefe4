"""S-08: a colleague is asked, and says yes, no or nothing; until a yes one person has it, and the date stands."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Phone
from tests.journeys.town import BIKES, Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]


async def offered(town: Town, why: str) -> tuple[int, Phone, Phone]:
    """Jonas's idea, taken by Mette, who talks with him and then asks Signe to take it: number, Jonas, Mette."""
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas, BIKES)
    mette = await town.taken(number, town.mette)
    await town.replied(mette, "Jonas", "Hvor mange cykler er der?")
    await jonas.writes("der er mindst fyrre cyklertalx")
    noted = town.mark(f"internnote{number}x")
    await mette.writes(f"/notat Vej og Park har stativer {noted}")
    before = await jonas.newest()
    await mette.writes(f"/videre Signe {why}")
    await mette.waits_for("Signe Krag er spurgt")
    asked = await town.signe.waits_for(lambda one: why in one.text and f"nr. {number}" in one.text)
    assert asked.key(labels.text(labels.PASS_YES))
    assert dates((await town.card(number)).text)[0] in dates(asked.text), "the open promise"
    assert await town.signe.sees("cyklertalx"), "the whole dialogue"
    assert await town.signe.sees("Hvor mange cykler er der?")
    assert "Mette Holm (internt)" in (await town.signe.waits_for(noted)).text, "and the internal notes, marked"
    assert not await jonas.hears(after=before), "he hears nothing before a yes"
    assert "Afventer Signe Krag" in (await town.card(number)).text
    await invariants.one_responsible(town, number, "Mette Holm")
    return number, jonas, mette


async def test_a_b_e_after_a_yes_the_colleague_has_it_with_the_same_date_and_he_just_writes(town: Town) -> None:
    why = town.mark("hemmeliggrundx")
    number, jonas, mette = await offered(town, why)
    due = dates((await town.card(number)).text)[0]
    bo = await town.bo.in_topic(number)
    other = await bo.presses_data((await town.card(number)).id, f"pass_yes:{number}", forged=True)
    assert "ikke spurgt" in other.alert, "only Signe is asked"
    await invariants.one_responsible(town, number, "Mette Holm")
    before = await jonas.newest()
    await town.signe.presses(labels.PASS_YES)
    told = await jonas.waits_for("Signe Krag har nu ansvaret", after=before)
    assert "Mette Holm har fortalt Signe, hvad I har talt om" in told.text
    assert await jonas.sees("Signe Krag har nu ansvaret", after=before)
    await invariants.one_responsible(town, number, "Signe Krag")
    card = (await town.card(number, town.signe)).text
    assert dates(card)[0] == due, "the date does not move"
    assert "Afventer" not in card

    await jonas.writes("så skriver jeg bare videre tilsignex")
    await town.signe.waits_for("tilsignex")
    prompt = await mette.presses(labels.REPLY)
    assert "Signe Krag har ansvaret" in prompt.text_back
    await mette.swipes(prompt.answers[-1], "Kortet ligger på biblioteket hjælperx")
    helped = await jonas.waits_for("hjælperx")
    assert "Mette Holm" in helped.text
    assert "hjælper Signe Krag" in helped.text
    assert await town.signe.sees("hjælperx"), "one thread"
    await invariants.one_responsible(town, number, "Signe Krag")


async def test_c_d_after_a_no_or_a_working_day_of_silence_nothing_has_changed(town: Town) -> None:
    number, jonas, mette = await offered(town, "hun kender skolen nejx")
    before = await jonas.newest()
    await town.signe.presses(labels.PASS_NO)
    await mette.waits_for("Signe Krag siger nej tak")
    assert "Afventer" not in (await town.card(number)).text, "nobody is asked any more"
    await invariants.one_responsible(town, number, "Mette Holm")
    await mette.writes("/videre Signe prøv igen stillex")
    await town.signe.waits_for("stillex")
    await town.later(days=1, hours=8)
    silent = await mette.waits_for("Signe Krag har ikke svaret")
    assert "Mette Holm har stadig ansvaret" in silent.text
    await invariants.one_responsible(town, number, "Mette Holm")
    heard = "\n".join(one.text for one in await jonas.hears(after=before))
    assert "Signe" not in heard
