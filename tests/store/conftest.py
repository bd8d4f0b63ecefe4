"""A database in a file for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.store.database import Database


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An open, empty database."""
    opened = await Database.open(tmp_path / "skab.db")
    yield opened
    await opened.close()
