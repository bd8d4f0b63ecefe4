"""A keeper over a real database and a short rules file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.routing.live import Accepted, accept
from bot.store.database import Database
from tests.journeys.rulebook import short_rules


@pytest.fixture(scope="session")
def good() -> Accepted:
    """Rules that passed every check."""
    found = accept(short_rules())
    assert isinstance(found, Accepted)
    return found


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database."""
    opened = await Database.open(tmp_path / "skab.db")
    yield opened
    await opened.close()
