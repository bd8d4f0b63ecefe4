"""S-06: a topic that an agent deletes, renames or closes, and a bot that may make none: all words arrive."""

import re

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Phone
from tests.journeys.town import GROUP_RIGHTS, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

GONE = "Bad Request: message thread not found"
TOO_GONE = "Bad Request: TOPIC_DELETED"
"""Other words, for the same fault is told to the admins only once an hour."""


async def test_a_a_deleted_topic_comes_again_once_and_ends_nothing(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    await aase.writes("det er værst om morgenen førendax")
    await town.replied(mette, "Aase", "Så kigger jeg på det fredag svarendax")
    await town.sandbox.post("topic", chat=town.group, thread=mette.thread, action="delete", person=town.bo.person.id)
    await aase.writes("er der nyt om mødet førstx", wait=False)
    await aase.writes("og en ting til andenx", wait=False)
    await town.settled()
    anew = await town.bo.in_topic(number)
    heard = [one.text for one in await anew.hears()]
    at = [next(place for place, text in enumerate(heard) if word in text) for word in ("førstx", "andenx")]
    assert at == sorted(at), f"both, in order\n{await anew.screen()}"
    whole = "\n".join(heard)
    for word in ("førendax", "svarendax", "førstx", "andenx"):
        assert whole.count(word) == 1, f"the last messages, each once: {word}\n{whole}"
    assert whole.index("svarendax") < whole.index("førstx"), "what was said, then what is new"
    for part in (f"Nr. {number} ·", "Ansvarlig: Mette Holm", "Næste skridt: ", "senest "):
        assert part in heard[0], f"{part!r} is not on the card: {heard[0]}"
    told = next(text for text in heard if "slettet" in text)
    assert "stadig åben" in told, "deleting ends nothing"
    assert "borgerens ord er her endnu" in told, "and erases nothing"
    assert not await aase.sees("slettet")
    await invariants.reached(town, "førstx", town.group)
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_b_c_a_closed_topic_is_one_question_to_the_agent_and_nothing_to_the_citizen(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    newest, asked = await aase.newest(), await town.mette.newest()
    for name in ("Cyklerne, haster", f"{number} haster"):
        who = {"person": town.bo.person.id, "action": "rename", "name": name}
        await town.sandbox.post("topic", chat=town.group, thread=mette.thread, **who)
        await town.settled()
        assert not await aase.hears(after=newest), "another name is no news for anybody"
        assert not await town.mette.hears(after=asked)
        await aase.writes(f"står det her stadig i tråden {name} omdøbtx")
        assert await mette.sees(f"{name} omdøbtx"), "it is the same topic, whatever it is called"
        newest = await aase.newest()
    await town.sandbox.post("topic", chat=town.group, thread=mette.thread, action="close", person=town.mette.person.id)
    await town.settled()
    (question,) = await town.mette.hears(after=asked)
    assert f"nr. {number}" in question.text
    assert question.text.count("?") == 1
    assert question.key(labels.text(labels.MORE)), "to end it is two presses away"
    assert not await aase.hears(after=newest), "she is told nothing until Mette answers"
    await aase.writes("jeg skriver mens der er lukket lukketx")
    assert await mette.sees("lukketx")
    await invariants.one_responsible(town, number, "Mette Holm")
    again = await town.mette.newest()
    await town.sandbox.post("topic", chat=town.group, thread=mette.thread, action="reopen", person=town.mette.person.id)
    await town.settled()
    assert not await aase.sees("åbnet")
    assert not await town.mette.hears(after=again)
    await aase.writes("og nu er der åbent åbentx")
    assert await mette.sees("åbentx")


async def test_d_without_the_right_to_make_topics_the_words_stand_in_general_and_the_admins_know(town: Town) -> None:
    ulla = town.agent("ulla")
    newest = await ulla.newest()
    fewer = {right: on for right, on in GROUP_RIGHTS.items() if right != "can_manage_topics"}
    await town.sandbox.post("member", chat=town.group, person="bot", status="administrator", rights=fewer)
    await town.settled()
    (told,) = await ulla.hears(after=newest)
    assert "administrere emner" in told.text, told.text
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    general = town.mette.in_general()
    card = await general.waits_for(lambda one: one.text.startswith(f"Nr. {number} ·"))
    await general.presses(labels.TAKE, on=card)
    assert await aase.sees("Mette Holm har taget")
    await aase.writes("der ligger også en løs flise generalx")
    relayed = await general.waits_for("generalx")
    assert re.search(rf"Aase.*nr\. {number}\b", relayed.text), f"name and number: {relayed.text!r}"
    await town.replied(general, "Aase", "Ja, det har vi svargeneralx")
    assert await aase.sees("svargeneralx")
    await town.sandbox.post("member", chat=town.group, person="bot", status="administrator", rights=GROUP_RIGHTS)
    await town.settled()


async def with_a_deleted_topic(town: Town) -> tuple[Phone, int, Phone, int]:
    """Aase, whose idea Mette has in a topic that is deleted then; its number, the admin, and what she has read last."""
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    ulla = town.agent("ulla")
    newest = await ulla.newest()
    await town.sandbox.post("topic", chat=town.group, thread=mette.thread, action="delete", person=town.bo.person.id)
    return aase, number, ulla, newest


async def test_e_where_no_new_topic_can_be_made_either_it_is_not_tried_for_ever(town: Town) -> None:
    aase, number, ulla, newest = await with_a_deleted_topic(town)
    await town.sandbox.fault(method="createForumTopic", kind="400", times=9, description=GONE)
    since = await town.last_call()
    await aase.writes("når det frem nådx")
    await town.sandbox.delete("faults")
    general = town.mette.in_general()
    relayed = await general.waits_for("nådx")
    assert re.search(rf"Aase.*nr\. {number}\b", relayed.text)
    calls = await town.sandbox.calls(after=since, chat=town.group)
    tries = [one for one in calls if "nådx" in str(one["params"])]
    assert len(tries) <= 3, [one["status"] for one in tries]
    assert len([one for one in calls if one["method"] == "createForumTopic"]) <= 3
    assert [one for one in await ulla.hears(after=newest) if "emner" in one.text], "the admin is told what is missing"
    assert not await aase.sees("General"), "nothing odd at hers"


async def test_e_where_telegram_does_not_know_the_new_topic_either_one_is_made_and_no_more(town: Town) -> None:
    aase, number, ulla, newest = await with_a_deleted_topic(town)
    # The old topic and the new one: the call in General is the third.
    await town.sandbox.fault(method="sendMessage", chat=town.group, kind="400", times=2, description=TOO_GONE)
    since = await town.last_call()
    await aase.writes("når det frem nuogsåx")
    await town.sandbox.delete("faults")
    relayed = await town.mette.in_general().waits_for("nuogsåx")
    assert re.search(rf"Aase.*nr\. {number}\b", relayed.text)
    calls = await town.sandbox.calls(after=since, chat=town.group)
    assert len([one for one in calls if one["method"] == "createForumTopic"]) == 1
    assert len([one for one in calls if "nuogsåx" in str(one["params"])]) <= 3
    assert [one for one in await ulla.hears(after=newest) if "emner" in one.text], "the admin is told what is missing"
    empty = await town.topic(number)
    await town.sandbox.post("topic", chat=town.group, thread=empty, action="delete", person=town.bo.person.id)
    await aase.writes("og det her efterpåx")
    assert await town.mette.in_general().sees("efterpåx")
    await invariants.one_responsible(town, number, "Mette Holm")
