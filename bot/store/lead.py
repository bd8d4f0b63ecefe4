"""Who leads: of all processes on one database one fetches, sends and keeps the rules; all of them handle."""

import asyncio


class Lead:
    """Whether this process leads now, as the engine tells it."""

    def __init__(self, held: bool = False) -> None:
        self._held, self._free = asyncio.Event(), asyncio.Event()
        self.turn(held)

    @property
    def held(self) -> bool:
        """Whether this process leads."""
        return self._held.is_set()

    def turn(self, held: bool) -> None:
        """It does, or it does not, from now on."""
        for event, now in ((self._held, held), (self._free, not held)):
            if now:
                event.set()
            else:
                event.clear()

    async def until(self, held: bool) -> None:
        """Wait until this process leads, or no longer leads; at once where that is so already."""
        await (self._held if held else self._free).wait()
