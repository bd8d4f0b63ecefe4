"""A bell that wakes everybody who waits for something new."""

from __future__ import annotations

import asyncio
from typing import Any


class Bell:
    """`ring` wakes all who wait now; nobody hears a ring from before they began to wait."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all who wait."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def wait(self, seconds: float) -> bool:
        """Wait for a ring for at most `seconds`; True if it rang."""
        if seconds <= 0:
            return False
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(future)
        return True
