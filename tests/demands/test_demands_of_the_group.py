"""Defects that people met where staff work in a group: topics that vanish, ids that change, writers without a face."""

import re

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Phone
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]


async def topics(town: Town, number: int) -> list[int]:
    """The threads of an initiative's topics that stand now."""
    state = await town.sandbox.get("state")
    group = next(chat for chat in state["chats"] if chat["id"] == town.group)
    return [one["thread_id"] for one in group["topics"] if re.match(rf"\D{{0,5}}{number}(?!\d)", one["name"])]


async def in_group(town: Town, person: Phone, word: str) -> int:
    """How many messages of the bot's in the staff group (any topic) hold this word."""
    found = await town.sandbox.get(f"chat/{town.group}", viewer=person.person.id)
    texts = [raw.get("text") or raw.get("caption") or "" for raw in found["messages"] if not raw.get("deleted")]
    return sum(word in text for text in texts)


# -- 9 ---


async def test_9_a_deleted_topic_is_made_anew_once_with_the_summary_and_both_messages_in_order(town: Town) -> None:
    await town.brought(await town.citizen("Karim"))  # "nr 1" is the first of Aase's messages, and no idea of hers
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    await town.sandbox.post("topic", chat=town.group, thread=mette.thread, action="delete", person=town.bo.person.id)
    words = ("er der nyt om mødet?? nr 1", "og en ting til nr 2")
    for word in words:
        await aase.writes(word, wait=False)
    await town.settled()
    assert len(await topics(town, number)) == 1, "exactly one new topic"
    anew = await town.mette.in_topic(number)
    assert anew.thread != mette.thread
    heard = [one.text for one in await anew.hears()]
    places = [next((at for at, text in enumerate(heard) if word in text), -1) for word in words]
    assert -1 < places[0] < places[1], f"both, in order\n{await anew.screen()}"
    assert [await in_group(town, town.mette, word) for word in words] == [1, 1]
    assert await anew.sees("rollator"), "the summary is posted again"
    await anew.waits_for_button(labels.REPLY)
    await town.replied(anew, "Aase", "Vi ses torsdag nytemnex")
    await aase.waits_for("nytemnex")
    await invariants.one_responsible(town, number, "Mette Holm")


# -- 11 ---
# A group that becomes a supergroup is S-07 (b) and (c), in tests/acceptance.


# -- 12 ---


async def test_12_an_anonymous_admin_is_nobody_and_is_told_so_clearly(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    farid = await town.farid.in_topic(number)
    since, newest = await town.last_call(), await farid.newest()
    await farid.sends(text="/svar Kære Aase, kom forbi anonymx", anonymous=True)
    told = [one for one in await farid.hears(after=newest) if "anonym" in one.text.lower()]
    assert len(told) == 1, await farid.screen()
    assert len(told[0].text.split()) <= 40, told[0].text
    assert not await aase.sees("anonymx"), "nothing is relayed"
    assert not await town.sandbox.calls(after=since, chat=aase.chat)
    await town.replied(mette, "Aase", "Vi ses torsdag medansigtx")
    await aase.waits_for("medansigtx")
    await invariants.one_responsible(town, number, "Mette Holm")
