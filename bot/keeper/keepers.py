"""Everything that is kept while the bot runs: rules, pages and the municipality's own texts."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, NamedTuple

from bot.keeper.keeper import Keeper
from bot.keeper.pages import PageKeeper
from bot.keeper.texts import TextKeeper


class Keepers(NamedTuple):
    """The three keepers of a running bot."""

    rules: Keeper
    pages: PageKeeper
    texts: TextKeeper

    def watches(self, stop: asyncio.Event, introduce: Callable[[], Awaitable[None]]) -> list[Coroutine[Any, Any, None]]:
        """What the process that leads looks at until `stop`; `introduce` tells Telegram anew what the bot is."""
        return [self.rules.watch(stop), self.pages.watch(stop), self.texts.watch(stop, introduce)]

    async def follow(self) -> bool:
        """Take up what came in force while another process leads, and whether that was rules."""
        await self.pages.follow()
        await self.texts.follow()
        return await self.rules.follow()
