"""One question to the database from the command line, beside a bot that may be running on it."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from bot.store.database import Database
from bot.store.transaction import Transaction

Result = TypeVar("Result")


def ask_once(where: str, work: Callable[[Transaction], Result]) -> Result:
    """What `work` answers within one transaction; the database is opened for it and closed again.

    Raises:
        StoreError: the database can't be used.
    """
    return asyncio.run(_ask(where, work))


async def _ask(where: str, work: Callable[[Transaction], Result]) -> Result:
    store = await Database.open(where, alone=False)
    try:
        return await store.write(work)
    finally:
        await store.close()
