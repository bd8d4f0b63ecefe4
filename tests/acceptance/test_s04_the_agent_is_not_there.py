"""S-04: an agent on holiday, out of reach or never there; a reachable person with a name has every idea."""

from pathlib import Path

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Person
from tests.journeys.town import AGENTS, Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

FLOWERS = "bivenlige vilde blomster i vejkanten langs hele skoven"
VISITS = "besøgsvenner til ensomme gamle på plejehjemmet der gerne vil spise sammen"
HANGOUT = "et sted vi unge kan hænge ud om aftenen, en ungdomsklub"
LONE = Person(2905, "Lone", "Bach")
"""A phone on which nobody has pressed START."""


async def test_a_b_c_d_g_h_who_is_away_is_stood_in_for_by_name_and_comes_back(fresh_town: Town) -> None:
    town = fresh_town
    jonas, birgit = await town.citizen("Jonas"), await town.citizen("Birgit")
    one, two = await town.brought(jonas, FLOWERS), await town.brought(birgit, FLOWERS)
    bo = await town.taken(one, town.bo)
    since = await town.last_call()

    told = await town.bo.writes("væk 2/11-13/11")
    assert "Lone Bach" in told.text_back
    for citizen in (jonas, birgit):
        words = await citizen.waits_for("Bo Lind er væk til mandag den 16. november. Lone Bach svarer så længe.")
        assert dates(words.text) == [(16, 11), (4, 11)], "and the promised date stands"
        calls = await town.sandbox.calls(after=since, chat=citizen.chat)
        assert len([call for call in calls if call["method"] == "sendMessage"]) == 1, "told once"
    for number in (one, two):
        await invariants.one_responsible(town, number, "Lone Bach")
    card = await town.card(one, town.lone)
    assert "blomster" in card.text
    assert dates(card.text)[0] == (4, 11)

    karim = await town.citizen("Karim")
    newest = await karim.writes(FLOWERS)
    assert "Lone Bach" in newest.text_back or "Bo Lind" not in newest.text_back
    three = await town.sent(karim)
    receipt = (await karim.hears())[-1].text
    assert "Lone Bach" in receipt
    assert dates(receipt) == [(4, 11)], "the same promise"

    await bo.writes("/svar Hej Jonas, jeg svarer lige herfra bofrakystx")
    assert "Bo Lind" in (await jonas.waits_for("bofrakystx")).text
    await invariants.one_responsible(town, one, "Lone Bach")

    await town.lone.writes("væk til fredag")
    await invariants.one_responsible(town, three, "Peter Dam")
    await town.peter.writes("væk")
    await town.peter.presses(labels.AWAY_WEEK)
    await invariants.one_responsible(town, three, "Karen Toft")
    await karim.waits_for("Karen Toft svarer så længe")

    for day in ("2026-11-09T07:10:00+01:00", "2026-11-15T12:00:00+01:00"):
        await town.at(day)
        # Whoever has Bo's until he is back keeps it; Lone's own idea is hers again as soon as she is.
        await invariants.one_responsible(town, one, "Karen Toft")
        await invariants.one_responsible(town, three, "Lone Bach")
    await town.at("2026-11-16T07:00:00+01:00")
    assert "Bo Lind er tilbage" in (await jonas.waits_for("er tilbage og har igen")).text
    await invariants.one_responsible(town, one, "Bo Lind")
    await invariants.one_responsible(town, three, "Lone Bach")


async def test_e_who_never_pressed_start_is_found_out_before_anybody_is_given_to_them(tmp_path: Path) -> None:
    seats = " ".join(f"{name}={person.id}" for name, person in (AGENTS | {"lone": LONE}).items())
    async with Town(tmp_path, {"SKAB_SEATS": seats}, asleep=True) as town:
        await town.moves_in(LONE)
        await town.bot.start()
        await town.settled()
        told = [one.text for one in await town.agent("ulla").hears() if "Lone Bach" in one.text]
        assert len(told) == 1, told
        assert "START" in told[0]
        assert "Peter Dam" in told[0]
        karim = await town.citizen("Karim")
        number = await town.brought(karim, VISITS)
        assert "Peter Dam" in (await karim.hears())[-1].text
        assert "Lone Bach" not in "".join(one.text for one in await karim.hears())
        await invariants.one_responsible(town, number, "Peter Dam")

        await town.phone_of(LONE).starts()
        await town.sandbox.until(
            lambda: has_the_desks_menu(town, LONE.id), 10, "the desk's commands are offered to her"
        )
        assert await has_the_desks_menu(town, AGENTS["signe"].id), "whoever works in private only has them there"
        assert not await has_the_desks_menu(town, karim.chat)
        birgit = await town.citizen("Birgit")
        await town.brought(birgit, VISITS)
        assert "Lone Bach" in (await birgit.hears())[-1].text


async def has_the_desks_menu(town: Town, chat: int) -> bool:
    """Whether Telegram offers the desk's commands, and none of a citizen's, in that chat."""
    menus = [str(one["params"]) for one in await town.sandbox.calls(method="setMyCommands", chat=None)]
    own = [menu for menu in menus if str(chat) in menu]
    return bool(own) and "koe" in own[-1] and "privatliv" not in own[-1]


async def test_f_who_blocked_the_bot_never_gets_an_idea(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas, HANGOUT)
    await invariants.one_responsible(town, number, "Signe Krag")
    ulla = town.agent("ulla")
    newest = await ulla.newest()
    await town.signe.blocks()
    await town.settled()
    told = [one.text for one in await ulla.hears(after=newest)]
    assert len(told) == 1, told
    assert "Signe Krag" in told[0]
    assert "START" in told[0]
    assert "Farid Nazari" in told[0]
    await jonas.waits_for("Farid Nazari")
    await invariants.one_responsible(town, number, "Farid Nazari")
    other = await town.citizen("Aase")
    second = await town.brought(other, HANGOUT)
    assert "Farid Nazari" in (await other.hears())[-1].text
    await invariants.one_responsible(town, second, "Farid Nazari")
    await town.signe.unblocks()
    await town.signe.starts()
    third = await town.citizen("Karim")
    await town.brought(third, HANGOUT)
    assert "Signe Krag" in (await third.hears())[-1].text
