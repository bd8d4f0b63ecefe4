"""What every journey starts from: an open town for a file of tests, and the invariants at the end of each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys import invariants
from tests.journeys.town import Town


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_town(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """One town for the file: sandbox and bot run until its last test; the bot must then end without a stack trace."""
    folder: Path = tmp_path_factory.mktemp("town")
    settings = getattr(request.module, "SETTINGS", None)
    paced, rules = getattr(request.module, "PACED", False), getattr(request.module, "RULES", None)
    async with Town(folder, settings, paced=paced, begins_with=rules) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def fresh_town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town for one long test alone, so that the coordinator's list holds all that happens there."""
    async with Town(tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def town(open_town: Town) -> AsyncIterator[Town]:
    """The town, with nothing under way; all traffic of the test is held against the invariants afterwards."""
    yield open_town
    if open_town.bot.runs:
        await open_town.settled()
    await invariants.check(open_town)
