"""B-12: edited and deleted messages, on both sides; what was read does not go away in silence."""

import re
from datetime import timedelta

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Phone
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

IDEAS = {
    "mette": "flere cykelstativer ved ordrup station så cyklerne ikke ligger og flyder",
    "signe": "mere liv i skolegården så eleverne har noget at lave i frikvarteret",
}
EDITED = re.compile(r"rettet kl\. ?(\d{1,2}[.:]\d\d)")
SIDES = list(IDEAS)


async def in_dialogue(town: Town, side: str) -> tuple[int, Phone, Phone]:
    """An open dialogue: number, Aase, and the agent where they work (Mette in a topic, Signe in her own chat)."""
    aase = await town.citizen("Aase")
    number = await town.brought(aase, IDEAS[side])
    agent = town.agent(side)
    there = agent if side == "signe" else await agent.in_topic(number)
    await there.presses(labels.TAKE)
    return number, aase, there


async def test_a_an_edit_before_send_changes_the_summary(town: Town) -> None:
    aase = await town.citizen("Aase")
    first = await aase.writes("der mangler 10 stativer til cykler ved stationen i ordrup")
    await aase.presses(labels.SKIP)
    act = await aase.edits(first.message_ids[0], "der mangler 20 stativer til cykler ved stationen i ordrup")
    summary = act.answers[-1] if act.answers else (await aase.hears())[-1]
    assert "20 stativer" in summary.text
    assert "10 stativer" not in summary.text
    number = await town.sent(aase)
    card = await town.card(number)
    assert "20 stativer" in card.text
    await invariants.one_responsible(town, number, "Mette Holm")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("days", [0, 3])
async def test_b_c_an_edit_of_what_was_read_is_shown_beside_it(town: Town, side: str, days: int) -> None:
    number, aase, agent = await in_dialogue(town, side)
    sent = await aase.writes("Jeg kan mødes tirsdag")
    old = await agent.waits_for("Jeg kan mødes tirsdag")
    await town.later(days=days, minutes=5)
    at = await town.now()
    act = await aase.edits(sent.message_ids[0], "Jeg kan mødes torsdag")
    assert len(act.answers) <= 1
    heard = await agent.hears(after=old.id - 1)
    changed = [one for one in heard if "Jeg kan mødes torsdag" in one.text]
    assert len(changed) == 1, f"the new text, once\n{await agent.screen()}"
    when = EDITED.search(changed[0].text)
    assert when, f"that it was changed: {changed[0].text!r}"
    minutes = [at + timedelta(minutes=more) for more in (0, 1)]
    assert when.group(1) in {f"{minute.hour}.{minute:%M}" for minute in minutes}, (
        f"and when: {changed[0].text!r} at {at}"
    )
    assert any("tirsdag" in one.text for one in heard), "what she had read is still there"
    assert changed[0].id > old.id, "the last one is current"
    await invariants.one_responsible(town, number)


async def test_b_g_an_edit_that_overtakes_its_message_follows_it_on_both_sides(town: Town) -> None:
    _, aase, mette = await in_dialogue(town, "mette")
    for sender, reader, words in ((aase, mette, "Jeg kan mandag"), (mette, aase, "/svar Vi ses mandag")):
        busy = await town.sandbox.fault(kind="429", retry_after=2, method="sendMessage", chat=reader.chat)
        sent = await sender.writes(f"{words} førx", wait=False)
        await town.sandbox.fault_hit(busy)
        await sender.edits(sent.message_ids[0], f"{words} efterx")
        heard = [one.text for one in await reader.hears() if words.removeprefix("/svar ") in one.text]
        assert len(heard) == 2, heard
        assert "førx" in heard[0]
        assert "efterx" in heard[1]
        assert "rettet" in heard[1]
    busy = await town.sandbox.fault(kind="429", retry_after=2, method="sendMessage", chat=town.group)
    regretted = await aase.writes("min nabo er også med fortrudtvejx", wait=False)
    await town.sandbox.fault_hit(busy)
    await aase.writes("slet min sidste besked")
    act = await aase.presses(labels.ERASE_COPY)
    assert "slettet" in act.text_back
    await aase.writes("men jeg er med bagefterx")
    await mette.waits_for("bagefterx")
    assert not await mette.sees("fortrudtvejx"), "what is deleted before it has left does not leave"
    town.words = [word for word in town.words if word not in regretted.text]


async def test_d_an_edit_under_a_finished_step_runs_nothing_again(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes(IDEAS["mette"])
    await aase.presses(labels.SKIP)
    yes = await aase.writes("ja")
    number = town.number_in(yes, aase)
    since = await town.last_call()
    await aase.edits(yes.message_ids[0], "nej")
    calls = [call for call in await town.sandbox.calls(after=since) if call["method"].startswith(("send", "edit"))]
    assert len(calls) <= 1, f"one line at most: {calls}"
    assert not any("inline_keyboard" in invariants.shown(call) for call in calls), f"and nothing to press: {calls}"
    assert await aase.sees("nr. "), "the receipt stands"
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_e_nobody_is_told_of_a_message_deleted_on_the_phone(town: Town) -> None:
    _number, aase, mette = await in_dialogue(town, "mette")
    sent = await aase.writes("Jeg har fået andre tanker slettetordx")
    await mette.waits_for("slettetordx")
    since = await town.last_call()
    await aase.deletes(sent.message_ids[0])
    await town.settled()
    assert not await town.sandbox.calls(after=since)
    assert await mette.sees("slettetordx")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("hours", [1, 49])
async def test_f_the_last_message_is_deleted_at_the_municipality_by_a_press(town: Town, side: str, hours: int) -> None:
    number, aase, agent = await in_dialogue(town, side)
    word = f"fortrudt{side}{hours}x"
    await aase.writes(f"min nabo er også med {word}")
    await agent.waits_for(word)
    await town.later(hours=hours)
    copy = await agent.waits_for(word)
    offer = await aase.writes("slet min sidste besked")
    said = offer.text_back
    assert re.search(r"telefon", said), said
    assert re.search(r"(bliver|ligger|står).*(hos kommunen|hos os)|sletter ikke hos kommunen", said), said
    act = await aase.presses(labels.ERASE_COPY)
    await town.settled()
    assert not await agent.sees(word), f"gone with the agent\n{await agent.screen()}"
    told = act.text_back + "\n" + "\n".join(one.text for one in await aase.hears(after=offer.answers[-1].id))
    overwritten = copy.id in [one.id for one in await agent.reads()]
    assert not (overwritten and hours < 48), "within 48 h it is deleted"
    assert re.search("skrevet over|overskrevet" if overwritten else "slettet", told), f"which of the two: {told!r}"
    await invariants.one_responsible(town, number)


@pytest.mark.parametrize("side", SIDES)
async def test_g_an_agents_edit_changes_the_citizens_copy_and_marks_it(town: Town, side: str) -> None:
    _number, aase, agent = await in_dialogue(town, side)
    act = await town.replied(agent, "Aase", "Vi ses mandag førordx")
    assert await aase.sees("førordx")
    before = await aase.newest()
    await agent.edits(act.message_ids[0], "Vi ses tirsdag efterordx")
    copy = await aase.waits_for("efterordx")
    assert copy.id <= before, "her copy is changed, not sent anew"
    assert "rettet" in copy.text, f"and marked: {copy.text!r}"
    assert not await aase.sees("førordx")


@pytest.mark.parametrize("side", SIDES)
async def test_h_deleting_in_the_topic_leaves_the_citizens_copy_and_undo_removes_it(town: Town, side: str) -> None:
    _number, aase, agent = await in_dialogue(town, side)
    first = await town.replied(agent, "Aase", "Tak for din idé bliverx")
    await agent.deletes(first.message_ids[0])
    await town.settled()
    assert await aase.sees("bliverx"), "a deletion in the topic is not an undo"
    await town.replied(agent, "Aase", "Kan vi mødes? fortrydesx")
    assert await aase.sees("fortrydesx")
    newest = await agent.newest()
    await agent.presses(labels.UNDO)
    await town.settled()
    assert not await aase.sees("fortrydesx"), "removed from Aase's chat"
    assert await aase.sees("bliverx")
    screen = "\n".join(one.text for one in await agent.hears())
    assert "Fjernet hos Aase" in screen, f"and says so: {screen!r} after {newest}"


async def test_no_text_claims_that_the_bot_sees_deletions() -> None:
    book = labels.BOOK.read_text(encoding="utf-8")
    assert not re.search(r"(jeg|botten) (kan se|ser|har set|opdager)[^.\n]*slet", book, re.IGNORECASE)
    assert not re.search(r"du har slettet", book, re.IGNORECASE)
