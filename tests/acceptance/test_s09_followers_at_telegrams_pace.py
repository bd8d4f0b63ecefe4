"""S-09 (c) at Telegram's own limits: fifty followers are told once, within 2 minutes, without a 429."""

import time

import pytest

from tests.journeys.public_town import followed, next_step, public_idea
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

PACED = True
FOLLOWERS = 50
MOST_SECONDS = 120
WORD = "tilallefølgere"


async def test_fifty_of_fifty_followers_are_told_once_within_two_minutes_without_a_429(town: Town) -> None:
    number = await public_idea(town)
    followers = await followed(town, number, FOLLOWERS)
    since, began = await town.last_call(), time.time()
    await next_step(town, number, what=f"måler pladsen op {WORD}", wait=False)

    async def all_told() -> bool:
        told = {call["chat_id"] for call in await town.sandbox.calls(after=since, method="sendMessage")}
        return told >= {phone.chat for phone in followers}

    await town.sandbox.until(all_told, MOST_SECONDS, "fifty of fifty followers are told")
    await town.settled()
    calls = await town.sandbox.calls(after=since)
    assert not [call for call in calls if call["status"] == 429], "no 429"
    for phone in followers:
        heard = [call for call in calls if call["chat_id"] == phone.chat and call["status"] == 200]
        assert len(heard) == 1, f"{phone} was told {len(heard)} times"
        assert WORD in heard[0]["params"]["text"]
        assert heard[0]["at"] - began <= MOST_SECONDS
