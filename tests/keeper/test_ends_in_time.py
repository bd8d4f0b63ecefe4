"""The bot's end waits for no file that is being judged: the process that learns is ended, and nothing of it is used."""

import asyncio
import time

import pytest

from bot.routing import apart
from bot.routing.apart import GivenUp, accept_apart, give_up
from bot.routing.live import Accepted
from tests.conversation.house import until
from tests.journeys import rulebook
from tests.journeys.process import ROOT


async def test_a_file_that_is_being_judged_is_given_up_at_once() -> None:
    whole = (ROOT / "routing_rules.yaml").read_bytes()
    judging = asyncio.create_task(asyncio.to_thread(accept_apart, whole, None, None))
    await until(lambda: apart._learning, 20)
    began = time.monotonic()
    give_up()
    with pytest.raises(GivenUp):
        await judging
    assert time.monotonic() - began < 2
    assert apart._learning == {}


async def test_what_nobody_gives_up_is_judged_to_the_end() -> None:
    give_up()
    outcome = await asyncio.to_thread(accept_apart, rulebook.short_rules(), None, None)
    assert isinstance(outcome, Accepted)
