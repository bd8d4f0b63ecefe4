"""B-14's other side: floods bar nobody; a human can, for a while, seen by staff, and one press lifts it."""

import pytest

from tests.journeys import labels
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

REASON = "Trusler mod en kollega grundx"


async def test_a_bar_is_told_holds_over_a_restart_is_on_the_list_and_is_lifted_by_one_press(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    peter = await town.peter.in_topic(number)
    asked = await peter.writes(f"/spaer 7 {REASON}")
    assert "Luk for" in "".join(label for row in asked.answers[-1].buttons for label in row)
    newest = await aase.newest()
    await peter.presses_matching("Luk for Aase")
    (told,) = await aase.hears(after=newest)
    for part in (REASON, "Peter", "39 98 00 00", "112"):
        assert part in told.text, part

    await town.bot.stop()
    await town.bot.start()
    assert "ikke sendt videre" in (await aase.writes("I er nogle skiderikker spærretx")).text_back
    assert "ikke sendt videre" in (await aase.sends(kind="photo", text="billedspærretx")).text_back
    assert not await town.mette.in_general().sees("spærretx")
    assert not [one for one in await peter.hears() if "spærretx" in one.text]
    assert "112" in (await aase.writes("der er brand i kælderen hos naboen nu")).text_back
    assert f"Nr. {number}" in (await aase.writes(labels.STATUS)).text_back
    assert "Slet alt om mig" in (await aase.writes("hvad har I liggende om mig?")).text_back

    listed = await town.agent("ulla").writes("/spaer")
    assert REASON in listed.text_back
    newest = await aase.newest()
    await town.agent("ulla").presses_matching("Åbn for Aase igen")
    assert "skrive til kommunens folk her igen" in (await aase.waits_for(lambda _: True, after=newest)).text
    await aase.writes("undskyld, jeg var vred åbentx")
    assert await peter.sees("åbentx")
    assert "grundx" not in town.bot.log(), "the reason is in no log"
    kinds = [kind for (kind,) in town.bot.rows("SELECT kind FROM timeline WHERE about = 0 ORDER BY id")]
    assert kinds == ["barred", "bar_lifted"]
    code, shown = await town.bot.once("register")
    assert code == 0
    assert "lukket for en borger" in shown
    assert "Aase" not in shown


async def test_it_ends_by_itself_and_whoever_deletes_all_leaves_no_bar_behind(town: Town) -> None:
    for name, ends in (("Karim", True), ("Birgit", False)):
        citizen = await town.citizen(name)
        number = await town.brought(citizen)
        peter = await town.peter.in_topic(number)
        await peter.writes(f"/spaer 2 {REASON}")
        await peter.presses_matching(f"Luk for {name}")
        assert town.bot.rows("SELECT count(*) FROM bars") == [(1,)]
        newest = await citizen.newest()
        if ends:
            await town.later(days=2, hours=1)
            assert "her igen" in (await citizen.waits_for("her igen", after=newest)).text
            assert await peter.sees("kan skrive igen")
        else:
            await citizen.writes("slet alt hvad I har om mig")
            await citizen.presses_matching("Slet alt om mig")
            await citizen.presses_matching("Ja, slet det hele")
            await town.settled()
        assert town.bot.rows("SELECT count(*) FROM bars") == [(0,)]
