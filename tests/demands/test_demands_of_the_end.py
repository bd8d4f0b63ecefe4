"""Defects that people met where things end: closed but not solved, asked twice, answered from a drawer."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.public_town import filled, moved
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]

DONE = "Der står nu tyve nye stativer"


# -- 24 ---


async def test_24_a_no_that_does_not_say_what_then_is_not_sent(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim)
    mette = await town.taken(number, town.mette)
    newest = await karim.newest()
    shown = await filled(town, number, labels.CAN_NOT, "Hvad: flytte stationen\nHvorfor: Den er Banedanmarks.", mette)
    assert "I stedet" in shown.text_back, shown.text_back
    assert not await karim.hears(after=newest)
    whole = await mette.swipes(shown.answers[-1], "I stedet: skriv til Banedanmark")
    await mette.presses(labels.OK, on=whole.answers[-1])
    (told,) = await karim.hears(after=newest)
    assert "kan ikke" in told.text
    assert "skriv til Banedanmark" in told.text


# -- 25 and 26 ---


async def test_25_26_what_is_done_is_one_press_to_go_on_with_and_one_to_open_again(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim)
    mette = await town.taken(number, town.mette)
    await moved(town, number, labels.DONE, DONE, mette)
    (done,) = [one for one in await karim.hears() if DONE in one.text]
    await karim.presses(labels.GOES_ON, on=done)
    told = [one for one in await mette.hears() if "drive nr." in one.text]
    assert len(told) == 1, "a press is an answer"
    await karim.presses_data(done.id, f"on_no:{number}", forged=True)
    assert len([one for one in await mette.hears() if "drive nr." in one.text]) == 1, "and is not asked for twice"
    await karim.writes(labels.STATUS)
    again = await karim.presses(labels.REOPEN)
    assert "åben igen" in again.text_back
    assert dates(again.text_back)
    assert await mette.sees("igen. Skriv til Karim")
    await invariants.one_responsible(town, number, "Mette Holm")


# -- 31 ---


async def test_31_a_canned_answer_is_seen_filled_in_before_it_is_sent(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim)
    agent = await town.mette.in_topic(number)
    newest = await karim.newest()
    menu = await agent.writes("/skabelon")
    assert len(menu.answers[-1].buttons) >= 2, menu.text_back
    shown = await agent.presses_matching("Hvem er med")
    words = f"Hej Karim. Jeg sidder med din idé, nr. {number}."
    assert words in shown.text_back
    assert not await karim.hears(after=newest), "nothing goes out before the press"
    await agent.presses(labels.TO_CITIZEN)
    (told,) = await karim.hears(after=newest)
    assert words in told.text
    await invariants.one_responsible(town, number, "Mette Holm")
