"""The journal: everything that happens in the world, numbered, for phones that look on and tests that wait."""

from __future__ import annotations

import time
from typing import Any

from bot.sandbox.bell import Bell

KEPT = 200_000


class Journal:
    """Numbered events; `seq` is the number of the newest one, and the last 200,000 are kept."""

    def __init__(self) -> None:
        self.seq = 0
        self._events: list[dict[str, Any]] = []
        self._bell = Bell()

    def record(self, kind: str, chat: int | None, payload: dict[str, Any]) -> int:
        """Add an event and wake all who wait; returns its number."""
        self.seq += 1
        self._events.append({"seq": self.seq, "type": kind, "chat": chat, "payload": payload})
        if len(self._events) > KEPT * 5 // 4:
            del self._events[:-KEPT]
        self._bell.ring()
        return self.seq

    def since(self, after: int, limit: int = 1000) -> list[dict[str, Any]]:
        """At most `limit` of the kept events with a number over `after`, oldest first."""
        if not self._events:
            return []
        first = self._events[0]["seq"]
        start = max(0, after + 1 - first)
        return self._events[start : start + limit]

    async def wait(self, after: int, seconds: float) -> list[dict[str, Any]]:
        """The events over `after`, waiting up to `seconds` of real time for the first one."""
        deadline = time.monotonic() + seconds
        while True:
            events = self.since(after)
            if events or not await self._bell.wait(deadline - time.monotonic()):
                return events
