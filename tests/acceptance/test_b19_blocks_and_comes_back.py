"""B-19: a citizen blocks the bot during a dialogue and comes back; nothing is lost, and nothing counts meanwhile."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]


async def test_blocked_for_ten_days_and_back_with_two_messages_waiting(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    at_desk = await mette.newest()
    await aase.blocks()
    await town.settled()
    assert await mette.sees("får ikke beskeder lige nu", after=at_desk)

    for word in ("førsteord", "andetord"):
        before, since = await mette.newest(), await town.last_call()
        await town.replied(mette, "Aase", f"Hej Aase {word}")
        told = "\n".join(one.text for one in await mette.hears(after=before))
        assert "Din besked er ikke leveret" in told
        assert "Sendt til" not in told
        tries = await town.sandbox.calls(after=since, chat=aase.chat)
        assert len(tries) == 1, "one try a message"
    assert "kan ikke nås" in (await town.peter.writes(labels.QUEUE)).text_back
    assert "kan ikke nås" in (await town.card(number, mette)).text

    before = await mette.newest()
    await town.later(days=10)
    missed = "\n".join(one.text for one in await mette.hears(after=before))
    assert "passeret" not in missed.lower()
    overdue = (await town.peter.writes("/overskredet")).text_back
    assert f"nr. {number}" not in overdue.lower(), "not counted as overdue while she is away"
    assert town.bot.rows("SELECT closed FROM initiatives WHERE number = ?", number) == [(0,)]

    await aase.unblocks()
    await town.settled()
    act = await aase.starts()
    (back,) = act.answers
    for part in ("Velkommen tilbage", f"Nr. {number}", "Mette Holm", "2 beskeder venter"):
        assert part in back.text, f"{part!r} is not in {back.text!r}"
    assert "slettet" not in back.text
    before = await mette.newest()
    await aase.presses("citizen.button.read_waiting", on=back)
    await aase.waits_for("andetord")
    read = [one.text for one in await aase.hears(after=back.id)]
    assert ["førsteord" in text for text in read] == [True, False], "in order, each once"
    assert ["andetord" in text for text in read] == [False, True]
    assert await mette.sees("Sendt til Aase", after=before), "now it has arrived"
    again = await aase.presses("citizen.button.read_waiting", on=back)
    assert "førsteord" not in again.text_back
    assert "ikke flere beskeder" in again.text_back
    await invariants.one_responsible(town, number, "Mette Holm")
