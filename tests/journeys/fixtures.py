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
    async with Town(folder, settings, paced=getattr(request.module, "PACED", False)) as opened:
        yield opened
        code = await opened.bot.stop()
        opened.bot.assert_calm()
        assert code == 0, f"the bot ended with {code}:\n{opened.bot.log()[-2000:]}"


@pytest_asyncio.fixture(loop_scope="module")
async def town(open_town: Town) -> AsyncIterator[Town]:
    """The town, with nothing under way; all traffic of the test is held against the invariants afterwards."""
    since, first_act = await open_town.last_call(), len(open_town.acts)
    yield open_town
    if open_town.bot.runs:
        await open_town.settled()
    await invariants.check(open_town, since, first_act)
