"""A sandbox on a free port for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest_asyncio

from bot.sandbox.server import serve
from tests.sandbox.box import MONDAY, TOKEN, Box


@pytest_asyncio.fixture
async def box(tmp_path: Path) -> AsyncIterator[Box]:
    """An empty world on a Monday at nine, without flood limits."""
    async with serve(TOKEN, clock_file=tmp_path / "clock") as running, aiohttp.ClientSession() as session:
        made = Box(session, running.url)
        await made.do("limits", enforce=False)
        await made.do("clock", set=MONDAY)
        yield made
