"""Telegram's flood limits: so many messages a second in all, a second in one chat, and a minute in one group."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

BURST = 3  # messages that one chat may get at once before its own limit is felt


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at `rate` a second, never more than `size`."""

    rate: float
    size: float
    level: float
    at: float

    def missing(self, now: float, wanted: int) -> float:
        """Seconds until `wanted` tokens are there (or the bucket is full); 0.0 if they are."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(wanted, self.size) - self.level) / self.rate)


@dataclass(slots=True)
class Limits:
    """Real time counts, never the moved clock; a refused message costs nothing."""

    enforce: bool = True
    per_second: float = 30
    per_chat_per_second: float = 1
    per_group_per_minute: float = 20
    _buckets: dict[object, Bucket] = field(default_factory=dict)

    def set(self, enforce: bool, per_second: float, per_chat: float, per_group: float) -> None:
        """Change the limits and forget what was sent."""
        self.enforce, self.per_second = enforce, per_second
        self.per_chat_per_second, self.per_group_per_minute = per_chat, per_group
        self._buckets.clear()

    def take(self, chat: int | str | None, messages: int = 1) -> int:
        """Count messages to a chat; 0, or the seconds to wait when they are too many and nothing is counted."""
        if not self.enforce:
            return 0
        now = time.monotonic()
        buckets = [self._bucket("all", self.per_second, self.per_second, now)]
        buckets.append(self._bucket(chat, self.per_chat_per_second, BURST * self.per_chat_per_second, now))
        if isinstance(chat, str) or (chat is not None and chat < 0):
            rate = self.per_group_per_minute / 60
            buckets.append(self._bucket(("group", chat), rate, self.per_group_per_minute, now))
        wait = max(bucket.missing(now, messages) for bucket in buckets)
        if wait > 0:
            return math.ceil(wait)
        for bucket in buckets:
            bucket.level -= messages
        return 0

    def _bucket(self, key: object, rate: float, size: float, now: float) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(rate, size, size, now)
        return bucket
