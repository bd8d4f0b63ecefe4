"""An empty database for each test, on each of the engines."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.store.database import Database
from tests.store.cluster import Cluster


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What SKAB_DATABASE names: a file that is not there yet, or a database on a server."""
    if request.param == "sqlite":
        return str(tmp_path / "skab.db")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.database()


@pytest_asyncio.fixture
async def database(where: str) -> AsyncIterator[Database]:
    """An open, empty database."""
    opened = await Database.open(where)
    yield opened
    await opened.close()
