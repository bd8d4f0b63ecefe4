"""Keeps under Telegram's limits: a steady slot clock over all chats, and each chat's own pace."""

from collections import deque
from dataclasses import dataclass, field, replace

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast the bot sends, a little under what Telegram takes (Bot API FAQ, "My bot is hitting limits").

    `overall` calls a second; to one chat `burst` at once and `chat` a second after that; `group` a minute.
    With `one_by_one` a message waits until the fate of the one before it, in whatever chat, is written down.
    `free` messages of one person pass one by one within some seconds; what they write beyond that is gathered.
    """

    overall: float = 28.0
    chat: float = 0.95
    burst: int = 3
    group: int = 20
    one_by_one: bool = True
    free: int = 5


SINGLE = Limits(overall=1e9, chat=1e9, burst=1_000_000, group=1_000_000, free=1_000_000)
"""One by one as always, and at no pace."""
UNLIMITED = replace(SINGLE, one_by_one=False)

CREDIT = 0.07
"""Seconds of unused slots that may be made up for, so that a late wake-up costs no throughput (two slots)."""
NOW = 0.001
"""Seconds that are not worth a wait."""


@dataclass(slots=True)
class _Chat:
    level: float
    at: float
    sent: deque[float] = field(default_factory=deque)


class Pace:
    """When the next call may go. All times are of the monotonic clock, in seconds."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._slot = 0.0
        self._chats: dict[str, _Chat] = {}

    def overall(self, now: float) -> float:
        """Seconds until the next slot over all chats."""
        return _worth(self._slot - now)

    def chat(self, lane: str, now: float, messages: int) -> float:
        """Seconds until that chat may get so many messages."""
        chat = self._chats.get(lane)
        if chat is None:
            return 0.0
        self._refill(chat, now)
        wait = (min(messages, self._limits.burst) - chat.level) / self._limits.chat
        if lane.startswith("-"):
            over = len(chat.sent) + messages - self._limits.group
            if over > 0 and chat.sent:
                wait = max(wait, chat.sent[min(over, len(chat.sent)) - 1] + MINUTE - now)
        return _worth(wait)

    def take(self, lane: str, now: float, messages: int) -> None:
        """A call goes out now; `messages` is how many messages it makes in the chat (0 for a change of one)."""
        self._slot = max(self._slot, now - CREDIT) + max(1, messages) / self._limits.overall
        if not messages:
            return
        chat = self._chats.setdefault(lane, _Chat(float(self._limits.burst), now))
        self._refill(chat, now)
        chat.level -= messages
        if lane.startswith("-"):
            chat.sent.extend([now] * messages)

    def forget(self, now: float) -> None:
        """Drop chats whose pace is no longer felt, so that memory follows the talks of the last minute."""
        for lane, chat in list(self._chats.items()):
            self._refill(chat, now)
            if chat.level >= self._limits.burst and not chat.sent:
                del self._chats[lane]

    def _refill(self, chat: _Chat, now: float) -> None:
        chat.level = min(float(self._limits.burst), chat.level + (now - chat.at) * self._limits.chat)
        chat.at = now
        while chat.sent and chat.sent[0] <= now - MINUTE:
            chat.sent.popleft()


def _worth(wait: float) -> float:
    return wait if wait > NOW else 0.0
