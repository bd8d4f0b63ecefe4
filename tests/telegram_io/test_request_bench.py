"""What a call costs: our request class against the library's own, in one run."""

import asyncio
import itertools
import subprocess
import sys
import time
from collections.abc import Iterator

import aiohttp
import pytest
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram_io.request import Request

CALLS = 400
SAY = {"chat_id": 1001, "text": "Tak. Jeg har skrevet det ned: flere stativer. " * 4}


@pytest.fixture
def sandbox() -> Iterator[str]:
    """A sandbox in a process of its own, so that its work is not counted."""
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip().rstrip("/")
        process.terminate()


async def cost(request: BaseRequest, url: str, flight: int) -> float:
    """Seconds of this process's CPU that one call takes."""
    bot = Bot("42:TEST", base_url=f"{url}/bot", request=request, get_updates_request=request)
    await request.initialize()
    left = itertools.islice(itertools.count(), CALLS)

    async def go() -> None:
        for _ in left:
            await bot.send_message(**SAY)

    start = time.process_time()
    await asyncio.gather(*(go() for _ in range(flight)))
    spent = time.process_time() - start
    await request.shutdown()
    return spent / CALLS


@pytest.mark.bench
@pytest.mark.parametrize("flight", [1, 8, 64])
async def test_a_call_costs_less_than_half_of_what_the_librarys_own_client_takes(sandbox: str, flight: int) -> None:
    async with aiohttp.ClientSession() as session:
        for act, wish in (
            ("people", {"first_name": "Aase", "id": 1001}),
            ("start", {"person": 1001}),
            ("limits", {"enforce": False}),
        ):
            async with session.post(f"{sandbox}/sandbox/{act}", json=wish) as answer:
                assert answer.status == 200
    ours = await cost(Request(connections=flight, patience=20), sandbox, flight)
    theirs = await cost(HTTPXRequest(connection_pool_size=flight), sandbox, flight)
    print(f"{flight} in flight: {ours * 1e3:.2f} ms against {theirs * 1e3:.2f} ms of CPU a call")
    assert ours < theirs / 2
