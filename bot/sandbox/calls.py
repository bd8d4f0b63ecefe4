"""The log of every Bot API call that the bot made, for tests that judge what it did."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KEPT = 200_000
# Forms send these as text; told as numbers, whichever way the bot's client works.
_NUMBERS = frozenset({"chat_id", "from_chat_id", "message_id", "message_thread_id", "user_id"})


@dataclass(slots=True)
class Call:
    """One call; `at` is real time in seconds since 1970, `status` is 0 until it is answered."""

    n: int
    at: float
    method: str
    chat_id: int | str | None
    params: Mapping[str, Any]
    status: int = 0
    result: Any = None
    fault: str | None = None

    def view(self) -> dict[str, Any]:
        """As the control address tells it, with JSON parameters read."""
        return {
            "n": self.n,
            "at": self.at,
            "method": self.method,
            "chat_id": self.chat_id,
            "params": {name: _read(name, value) for name, value in self.params.items()},
            "status": self.status,
            "result": self.result,
            "fault": self.fault,
        }


@dataclass(slots=True)
class CallLog:
    """The last 200,000 calls, numbered from 1; polls for updates are kept apart, since they are many and say little."""

    count: int = 0
    entries: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT))
    polls: deque[Call] = field(default_factory=lambda: deque(maxlen=1000))

    def open(self, method: str, chat_id: int | str | None, params: Mapping[str, Any]) -> Call:
        """Note a call as it comes in."""
        self.count += 1
        call = Call(self.count, time.time(), method, chat_id, params)
        (self.polls if method == "getUpdates" else self.entries).append(call)
        return call

    def find(self, after: int, method: str | None, chat: int | None, polls: bool) -> list[dict[str, Any]]:
        """Calls with a number over `after`, oldest first, narrowed by method and chat."""
        newest: list[Call] = []
        for log in (self.entries, self.polls) if polls else (self.entries,):
            for call in reversed(log):
                if call.n <= after:
                    break
                if method and call.method.lower() != method.lower():
                    continue
                if chat is None or call.chat_id == chat:
                    newest.append(call)
        newest.sort(key=lambda call: call.n)
        return [call.view() for call in newest]


def _read(name: str, value: Any) -> Any:
    if not isinstance(value, str) or not value:
        return value
    if name in _NUMBERS and value.lstrip("-").isdigit():
        return int(value)
    if value[0] in "{[":
        try:
            return json.loads(value)
        except ValueError:
            return value  # a person's text may well begin with a bracket
    return value
