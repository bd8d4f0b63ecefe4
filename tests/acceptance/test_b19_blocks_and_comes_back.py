"""B-19: a citizen blocks the bot during a dialogue and comes back; nothing is lost, and nothing counts meanwhile."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]


async def test_blocked_for_ten_days_and_back_with_two_messages_waiting(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    at_desk = await mette.newest()
    await aase.blocks()
    await town.settled()
    assert await mette.sees("får ikke beskeder lige nu", after=at_desk)

    await writes_in_vain(town, mette, number, aase)
    assert "kan ikke nås" in (await town.peter.writes(labels.QUEUE)).text_back
    assert "kan ikke nås" in (await town.card(number, mette)).text

    before = await mette.newest()
    await town.later(days=10)
    missed = "\n".join(one.text for one in await mette.hears(after=before))
    assert "passeret" not in missed.lower()
    overdue = (await town.peter.writes("/overskredet")).text_back
    assert f"nr. {number}" not in overdue.lower(), "not counted as overdue while she is away"
    assert "Overskredet" not in (await town.peter.writes(f"/vis {number}")).text_back
    assert town.bot.rows("SELECT closed FROM initiatives WHERE number = ?", number) == [(0,)]

    await aase.unblocks()
    await town.settled()
    act = await aase.starts()
    (back,) = act.answers
    for part in ("Velkommen tilbage", f"Nr. {number}", "Mette Holm", "måler pladsen op", "2 beskeder venter"):
        assert part in back.text, f"{part!r} is not in {back.text!r}"
    assert dates(back.text) == [(16, 11)], "the date that passed meanwhile is set anew"
    assert "slettet" not in back.text
    await reads_what_waited(town, mette, aase, back)
    await invariants.one_responsible(town, number, "Mette Holm")


async def writes_in_vain(town: Town, mette: Phone, number: int, aase: Phone) -> None:
    """Mette replies twice and sets a next step: each is tried once, and she is told that it did not arrive."""
    for word in ("førsteord", "andetord"):
        before, since = await mette.newest(), await town.last_call()
        await town.replied(mette, "Aase", f"Hej Aase {word}")
        told = "\n".join(one.text for one in await mette.hears(after=before))
        assert "Din besked er ikke leveret" in told
        assert "Sendt til" not in told
        tries = await town.sandbox.calls(after=since, chat=aase.chat)
        assert len(tries) == 1, "one try a message"
    before, since = await mette.newest(), await town.last_call()
    await moved(town, number, labels.STEP, "Hvad: måler pladsen op\nHvem: mig\nHvornår: 6. november", mette)
    told = "\n".join(one.text for one in await mette.hears(after=before))
    assert "Din besked er ikke leveret" in told
    assert len(await town.sandbox.calls(after=since, chat=aase.chat)) == 1


async def reads_what_waited(town: Town, mette: Phone, aase: Phone, back: Message) -> None:
    """One press, and all of it comes; a second press has nothing left."""
    before = await mette.newest()
    # What comes is Mette's, not the bot's own words in answer to one press.
    await aase.presses("citizen.button.read_waiting", on=back, wait=False)
    await aase.waits_for("andetord", after=back.id)
    await town.settled()
    read = [one.text for one in await aase.hears(after=back.id)]
    waited = ("førsteord", "andetord", "måler pladsen op")
    assert [[word in text for word in waited] for text in read] == [[True, False, False], [False, True, False]], (
        "in order, each once, and the step not again with the day that has passed"
    )
    assert await mette.sees("Sendt til Aase", after=before), "now it has arrived"
    again = await aase.presses("citizen.button.read_waiting", on=back)
    assert "førsteord" not in again.text_back
    assert "ikke flere beskeder" in again.text_back
