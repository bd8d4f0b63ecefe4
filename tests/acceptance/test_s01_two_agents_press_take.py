"""S-01: two agents press TAKE in the same second; one has it, everybody knows who."""

import asyncio
import re

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Act, Phone
from tests.journeys.town import BIKES, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

DANCE = "jeg vil gerne lave en danseforestilling på hovedbiblioteket med teater og musik"
MOST_ALERT = 200


async def both_press(first: Phone, second: Phone, on_first: Message, on_second: Message) -> tuple[Act, Act]:
    """Two presses without waiting for what the first one does."""
    one = await first.presses(labels.TAKE, on=on_first, wait=False)
    two = await second.presses(labels.TAKE, on=on_second, wait=False)
    return one, two


async def take_has_one_winner(town: Town, number: int, winner: str, loser: Phone, lost: Act) -> None:
    """All that the scenario asks of the outcome."""
    alert = await loser.alert(lost)
    assert winner in alert, f"the loser reads who has it: {alert!r}"
    assert len(alert) <= MOST_ALERT
    owner = town.phone_of(town.owners[number])
    told = [one for one in await owner.hears() if f"{winner} har taget" in one.text]
    assert len(told) == 1, f"the citizen is told once: {await owner.screen()}"
    card = await town.card(number)
    assert card.key(labels.text(labels.TAKE)) is None, "TAKE is gone from the card"
    assert winner in card.text


@pytest.mark.parametrize("order", ["mette-bo", "bo-mette"])
async def test_of_two_presses_in_one_fetch_the_first_wins(town: Town, order: str) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    agents = {"mette": await town.mette.in_topic(number), "bo": await town.bo.in_topic(number)}
    first, second = (agents[name] for name in order.split("-"))
    card = await first.waits_for_button(labels.TAKE)
    await town.sandbox.post("updates/hold", hold=True)
    won, lost = await both_press(first, second, card, card)
    await town.sandbox.post("updates/hold", hold=False)
    await first.alert(won, seconds=2)
    await second.alert(lost, seconds=2)
    await town.settled()
    await take_has_one_winner(town, number, first.person.name, second, lost)
    assert await second.sees(lambda one: number and "medspiller" in " ".join((*one.buttons, one.text)))
    await invariants.one_responsible(town, number, first.person.name)


async def test_of_two_presses_in_two_fetches_the_first_wins(town: Town) -> None:
    number = await town.brought(await town.citizen("Aase"))
    mette, bo = await town.mette.in_topic(number), await town.bo.in_topic(number)
    card = await mette.waits_for_button(labels.TAKE)
    one = await mette.presses(labels.TAKE, on=card, wait=False)
    await asyncio.sleep(0.005)
    two = await bo.presses(labels.TAKE, on=card, wait=False)
    await town.settled()
    assert await mette.alert(one, seconds=2) is not None
    await take_has_one_winner(town, number, "Mette Holm", bo, two)
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_a_press_in_the_group_and_one_in_a_private_chat_have_one_winner(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim, DANCE)
    in_private = await town.farid.waits_for_button(labels.TAKE)
    farid, mette = town.farid, await town.mette.in_topic(number)
    in_group = await mette.waits_for_button(labels.TAKE)
    await town.sandbox.post("updates/hold", hold=True)
    won, lost = await both_press(farid, mette, in_private, in_group)
    await town.sandbox.post("updates/hold", hold=False)
    await farid.alert(won, seconds=2)
    await take_has_one_winner(town, number, "Farid Nazari", mette, lost)
    await town.settled()
    private_card = await town.card(number, town.farid)
    assert private_card.key(labels.text(labels.TAKE)) is None, "TAKE is gone from every card"
    assert "Farid Nazari" in private_card.text
    await invariants.one_responsible(town, number, "Farid Nazari")


async def test_a_double_press_of_one_agent_is_one_take_and_both_are_answered(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.mette.in_topic(number)
    card = await mette.waits_for_button(labels.TAKE)
    one, two = await both_press(mette, mette, card, card)
    await town.settled()
    await mette.alert(one, seconds=2)
    await mette.alert(two, seconds=2)
    told = [message for message in await aase.hears() if "har taget" in message.text]
    assert len(told) == 1
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_a_press_on_a_card_that_was_not_refreshed_is_refused_by_name(town: Town) -> None:
    number = await town.brought(await town.citizen("Aase"))
    mette, bo = await town.mette.in_topic(number), await town.bo.in_topic(number)
    card = await mette.waits_for_button(labels.TAKE)
    key = card.key(labels.text(labels.TAKE))
    assert key is not None
    await mette.presses(labels.TAKE)
    await town.later(minutes=3)
    late = await bo.presses_data(card.id, key["callback_data"], "TAKE", forged=True)
    assert "Mette Holm" in late.alert
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_the_winner_reads_that_it_is_theirs_the_words_how_to_answer_and_the_date(town: Town) -> None:
    number = await town.brought(await town.citizen("Aase"))
    mette = await town.mette.in_topic(number)
    act = await mette.presses(labels.TAKE)
    seen = f"{act.alert}\n{act.text_back}\n{(await town.card(number)).text}"
    assert re.search(r"[Dd]u har den nu", seen)
    assert BIKES in "\n".join(one.text for one in await mette.hears())
    assert await mette.has_button(labels.REPLY)
    assert "4. november" in seen


async def test_a_take_that_was_stored_before_a_kill_stands_and_the_citizen_is_told(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette, bo = await town.mette.in_topic(number), await town.bo.in_topic(number)
    card = await mette.waits_for_button(labels.TAKE)
    await town.sandbox.post("updates/hold", hold=True)
    won, _lost = await both_press(mette, bo, card, card)
    fault = await town.sandbox.fault(method="sendMessage", chat=aase.chat, kind="freeze_before")
    await town.sandbox.post("updates/hold", hold=False)
    await town.sandbox.fault_hit(fault)
    await town.bot.kill()
    await town.sandbox.delete("faults")
    await town.bot.start()
    await aase.waits_for("Mette Holm har taget")
    await town.settled()
    assert won.press
    told = [message for message in await aase.hears() if "har taget" in message.text]
    assert len(told) == 1
    await invariants.one_responsible(town, number, "Mette Holm")
