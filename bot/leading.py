"""What one process does for all of them, for as long as it leads, and what the others look at meanwhile."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from bot.conversation.shell import Shell
from bot.conversation.storage import MOVED, StoreUnavailable
from bot.house import House
from bot.keeper.keepers import Keepers
from bot.routing.apart import GivenUp
from bot.store.database import Database
from bot.store.lead import Lead

LOOK_SECONDS = 0.5

log = structlog.get_logger(__name__)


async def while_leading(lead: Lead, work: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> None:
    """Do what only one process may do, as often as this one is it; `work` is to end when its event is set.

    Raises:
        Exception: whatever the work raises.
    """
    while not stop.is_set():
        await _first(stop.wait(), lead.until(True))
        if stop.is_set():
            return
        log.info("leads")
        ended = asyncio.Event()
        working = asyncio.ensure_future(work(ended))
        await _first(stop.wait(), lead.until(False), asyncio.wait({working}))
        ended.set()
        await working


async def follow(house: House, keepers: Keepers, shell: Shell, store: Database, stop: asyncio.Event) -> None:
    """Take up, while another process leads, what came in force and the groups that moved."""
    while not stop.is_set():
        try:
            if await catch_up(house, keepers, store):
                # What was given by the old rules after the one that leads had looked is looked through now.
                await shell.muster({})
        except StoreUnavailable as error:
            log.error("store_unavailable", reason=str(error))
        except GivenUp:
            # This process ends, or has just led: in a moment it is looked at again.
            log.info("rules_not_followed")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)


async def catch_up(house: House, keepers: Keepers, store: Database) -> bool:
    """Learn what is known by now: groups that became supergroups, and what another process put into force.

    True when that was rules. What the rules and settings call a group by may be its old id.
    """
    moved = await store.read(lambda transaction: transaction.settings.get(MOVED))
    house.moved |= {int(old): int(new) for old, new in moved.items()} if isinstance(moved, dict) else {}
    if store.lead.held:
        return False
    return await keepers.follow()


async def _first(*waits: Awaitable[object]) -> None:
    """Wait for the first of these, and no longer for the others."""
    tasks = [asyncio.ensure_future(one) for one in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
