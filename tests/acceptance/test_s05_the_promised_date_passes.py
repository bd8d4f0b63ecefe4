"""S-05: no promise passes in silence; an answer that arrived is the only thing that keeps it."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Phone
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

SENT = "2026-11-02T09:10:00+01:00"
LATE = "Vi lovede dig svar"
EXCUSES = ("travl", "systemfejl", "snarest", "desværre")


async def sent_on_monday(town: Town) -> tuple[int, Phone]:
    """Aase's idea of Monday 2 November 09:10, promised for Wednesday at 16."""
    await town.at(SENT)
    aase = await town.citizen("Aase")
    return await town.brought(aase), aase


async def apologies(aase: Phone, after: int = 0) -> list[str]:
    """The messages in which the bot says sorry."""
    return [one.text for one in await aase.hears(after=after) if LATE in one.text]


async def test_a_c_d_taking_it_stops_no_clock_and_each_miss_is_told_once_with_a_new_date(fresh_town: Town) -> None:
    town = fresh_town
    number, aase = await sent_on_monday(town)
    mette, peter, karen = await town.taken(number, town.mette), town.peter, town.agent("karen")
    before = await karen.newest()
    await town.at("2026-11-03T16:00:30+01:00")
    reminded = await mette.waits_for("husk nr.")
    assert (4, 11) in dates(reminded.text)
    assert not await apologies(aase), "a reminder is for staff"

    await town.at("2026-11-04T16:00:00+01:00")
    told = await apologies(aase)
    assert len(told) == 1, await aase.screen()
    assert "Mette Holm" in told[0]
    assert dates(told[0])[0] == (6, 11), "a new date within two working days"
    assert (4, 11) in dates(told[0]), "what was promised"
    assert not [word for word in EXCUSES if word in told[0].lower()]
    assert await mette.sees("Overskredet: nr.")
    lead = await peter.waits_for("Overskredet:")
    assert "Mette Holm" in lead.text
    for key in (labels.TAKE_OVER, labels.NEW_DATE):
        assert lead.key(labels.text(key)), f"{key} is not there: {lead.buttons}"
    overdue = (await peter.writes("/overskredet")).text_back
    assert "Mette Holm" in overdue
    assert (4, 11) in dates(overdue), "since when"
    assert not await karen.hears(after=before), "the leader hears of a second miss"
    await invariants.one_responsible(town, number, "Mette Holm")

    await town.at("2026-11-06T16:00:00+01:00")
    told = await apologies(aase)
    assert len(told) == 2
    assert dates(told[1])[0] == (10, 11)
    assert "anden gang" in (await karen.waits_for("Overskredet for anden gang")).text
    await peter.presses(labels.TAKE_OVER, on=await peter.waits_for("Overskredet:"))
    await aase.waits_for("Peter Dam har taget")
    await invariants.one_responsible(town, number, "Peter Dam")
    await town.at("2026-11-09T10:00:00+01:00")
    assert f"nr. {number}" in (await peter.writes("/overskredet")).text_back.lower(), "a new date is no answer"
    await town.replied(await peter.in_topic(number), "Aase", "Undskyld, Aase. Vi ringer i morgen")
    assert f"nr. {number}" not in (await peter.writes("/overskredet")).text_back.lower(), "nobody waits any more"
    await town.at("2026-11-11T10:00:00+01:00")
    assert len(await apologies(aase)) == 2, "an answer that arrived ends it"


async def test_b_an_answer_ten_seconds_before_the_hour_keeps_the_promise(town: Town) -> None:
    number, aase = await sent_on_monday(town)
    mette = await town.taken(number, town.mette)
    await town.at("2026-11-04T15:59:50+01:00")
    await town.replied(mette, "Aase", "Tak, Aase. Må jeg ringe?")
    await town.at("2026-11-04T16:10:00+01:00")
    assert not await apologies(aase)
    assert not await mette.sees("Overskredet: nr.")
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_f_the_three_dates_and_the_quiet_hours(town: Town) -> None:
    for sent, day in (
        ("2026-11-06T17:30:00+01:00", (10, 11)),
        ("2026-12-23T10:00:00+01:00", (29, 12)),
        ("2027-03-24T14:00:00+01:00", (31, 3)),
    ):
        await town.at(sent)
        citizen = await town.citizen("Aase")
        await town.brought(citizen)
        receipt = (await citizen.hears())[-1].text
        assert dates(receipt) == [day], f"sent {sent}: {receipt}"
        assert "kl. 16" in receipt
    newest = await citizen.newest()
    await town.bot.stop()
    await town.sandbox.set_clock(set="2027-03-31T21:30:00+02:00")
    await town.bot.start()
    await town.settled()
    assert not await apologies(citizen, after=newest), "nobody is woken"
    await town.at("2027-04-01T07:00:00+02:00")
    assert len(await apologies(citizen, after=newest)) == 1


async def test_e_a_promise_that_fell_due_while_the_bot_was_down_is_told_once_after_the_start(town: Town) -> None:
    await town.at("2027-04-12T09:10:00+02:00")
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    await town.at("2027-04-14T15:30:00+02:00")
    await town.bot.stop()
    await town.sandbox.set_clock(set="2027-04-14T17:00:00+02:00")
    await town.bot.start()
    await town.settled()
    await aase.waits_for(LATE)
    assert len(await apologies(aase)) == 1, await aase.screen()
    await town.bot.restart()
    await town.later(minutes=20)
    assert len(await apologies(aase)) == 1
    await invariants.one_responsible(town, number, "Mette Holm")
