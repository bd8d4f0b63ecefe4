"""B-14: two hundred messages are gathered and passed on in order, nobody is shut out, and nobody else notices."""

import asyncio
import re
import time
from typing import Any

import psutil
import pytest

from tests.journeys import labels
from tests.journeys.invariants import NEW_MESSAGE, texts
from tests.journeys.phone import Phone
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

PACED = True
MANY = 200
MOST_ANSWERS = 3
REPLY_SECONDS = 5.0
OTHERS = ASKED_EACH = 10
PER_MINUTE = 20
MOST_GROWTH = 100 * 2**20
WORD = re.compile(r"\ba(\d+)\b")


async def in_talk(town: Town) -> tuple[Phone, Phone, int]:
    """Jonas, Mette in his topic, and the number: she has answered him."""
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas)
    mette = await town.taken(number, town.mette)
    await town.replied(mette, "Jonas", "Hej Jonas, fortæl mere")
    return jonas, mette, number


async def writes_fast(town: Town, jonas: Phone, first: int, last: int, every: float = 0.0) -> list[int]:
    """So many messages, one after the other, without waiting for an answer; `every` is seconds between two."""
    began, ids = time.monotonic(), []
    for n in range(first, last + 1):
        ids += (await jonas.writes(f"a{n}", wait=False)).message_ids
        town.words.append(f"a{n}")
        ahead = every * (n - first + 1) - (time.monotonic() - began)
        if ahead > 0:
            # The scenario's own pace: so many messages spread over a minute.
            await asyncio.sleep(ahead)
    return ids


def came(calls: list[dict[str, Any]], chat: int) -> list[dict[str, Any]]:
    """The messages that a chat got, oldest first."""
    carried_out = [one for one in calls if one["chat_id"] == chat and one["status"] == 200]
    return [one for one in carried_out if NEW_MESSAGE.match(one["method"])]


def all_in_order(calls: list[dict[str, Any]], town: Town) -> bool:
    """Whether each of the words came to the group, once, in the order in which they were written."""
    found = [int(n) for call in came(calls, town.group) for text in texts(call) for n in WORD.findall(text)]
    assert found == list(range(1, len(found) + 1)), f"out of order, or twice: {found}"
    return len(found) == MANY


def at_telegrams_pace(calls: list[dict[str, Any]], town: Town) -> None:
    """At most 20 messages to the group in any minute, and no call that Telegram had to refuse."""
    assert not [call for call in calls if call["status"] == 429]
    times = [call["at"] for call in came(calls, town.group)]
    for n, at in enumerate(times):
        within = [one for one in times[n:] if one < at + 60]
        assert len(within) <= PER_MINUTE, f"{len(within)} messages to the group within a minute"


async def flooded(town: Town, every: float, patience: float) -> None:
    jonas, mette, _ = await in_talk(town)
    since, began = await town.last_call(), time.time()
    memory = psutil.Process(town.bot.process.pid).memory_info().rss
    aase = await town.citizen("Aase")
    writing = asyncio.create_task(writes_fast(town, jonas, 1, MANY, every))
    act = await aase.writes("flere bænke på torvet, så ældre kan hvile sig undervejs", wait=False)
    await aase.waits_for_button(labels.SKIP, REPLY_SECONDS)
    await aase.presses(labels.SKIP, wait=False)
    await aase.waits_for_button(labels.SEND, REPLY_SECONDS)
    assert time.time() - act.began < 2 * REPLY_SECONDS
    ids = await writing

    async def arrived() -> bool:
        return all_in_order(await town.sandbox.calls(after=since), town)

    await town.sandbox.until(arrived, patience, f"a1 to a{MANY} are in the topic")
    await town.settled()
    calls = await town.sandbox.calls(after=since)
    at_telegrams_pace(calls, town)
    told = [text for call in came(calls, jonas.chat) if call["at"] - began < 60 for text in texts(call)]
    assert 1 <= len(told) <= MOST_ANSWERS, told
    assert [text for text in told if "samler dine beskeder" in text], told
    gathered = [one for one in await mette.hears() if "er samlet her" in one.text]
    assert gathered, "staff see that it came fast"
    assert len(came(calls, town.group)) <= PER_MINUTE
    grown = psutil.Process(town.bot.process.pid).memory_info().rss - memory
    assert grown < MOST_GROWTH, f"{grown / 2**20:.0f} MB more"
    await jonas.edits(ids[MANY // 2], "hundrede og en rettetx")
    assert await mette.sees("hundrede og en rettetx"), "also a message that was gathered can be mended"
    await answered_as_usual(town, jonas, mette)


async def answered_as_usual(town: Town, jonas: Phone, mette: Phone) -> None:
    """Ten minutes later he is no less heard than before."""
    await town.later(minutes=11)
    act = await jonas.writes("tak, det var alt fra mig af")
    assert "Sendt til Mette Holm" in act.text_back
    assert await mette.sees("tak, det var alt fra mig af")
    assert "Nr. " in (await jonas.writes(labels.STATUS)).text_back


async def test_two_hundred_messages_reach_the_agent_in_order_and_nobody_else_notices(town: Town) -> None:
    await flooded(town, 0.0, 60)


async def test_danger_in_the_middle_of_a_flood_is_answered_at_once(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    await writes_fast(town, jonas, 1, 30)
    began = time.monotonic()
    await jonas.writes("der er brand i kælderen hos naboen", wait=False)
    await jonas.waits_for("112", REPLY_SECONDS)
    assert time.monotonic() - began < REPLY_SECONDS
    await town.settled()


async def asks_all_the_while(phone: Phone, took: list[float]) -> None:
    """One question after the other, as fast as one person may, and the seconds that each answer took."""
    for _ in range(ASKED_EACH):
        newest, began = await phone.newest(), time.monotonic()
        await phone.writes(labels.STATUS, wait=False)
        await phone.waits_for(lambda _: True, 2 * REPLY_SECONDS, after=newest)
        took.append(time.monotonic() - began)
        # The scenario's own pace: nobody asks more than every six seconds, which would be a flood of its own.
        await asyncio.sleep(max(0.0, 60 / ASKED_EACH - took[-1]))


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_of_a_hundred_answers_to_others_95_come_within_five_seconds_while_he_writes_for_a_minute(
    town: Town,
) -> None:
    others = [await town.citizen("Aase") for _ in range(OTHERS)]
    took: list[float] = []
    asking = [asyncio.create_task(asks_all_the_while(phone, took)) for phone in others]
    await flooded(town, 60 / MANY, 600)
    await asyncio.gather(*asking)
    assert len(took) == OTHERS * ASKED_EACH
    late = sorted(one for one in took if one > REPLY_SECONDS)
    assert len(late) <= len(took) // 20, f"{len(late)} of {len(took)} were late: {late}"


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_two_hundred_photos_all_arrive_at_telegrams_pace(town: Town) -> None:
    jonas, mette, _ = await in_talk(town)
    since = await town.last_call()
    for n in range(MANY):
        await jonas.sends(wait=False, photo={}, caption=f"foto{n}")

    async def arrived() -> bool:
        return len([one for one in await mette.hears() if one.kind == "photo"]) == MANY

    await town.sandbox.until(arrived, 1200, "all the photos are in the topic")
    at_telegrams_pace(await town.sandbox.calls(after=since), town)
    assert len(came(await town.sandbox.calls(after=since), jonas.chat)) <= MOST_ANSWERS
