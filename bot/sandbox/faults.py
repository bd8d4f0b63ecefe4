"""Faults on demand: the n-th call of a method is refused, cut, or frozen before or after it is carried out."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.errors import ApiError, PhoneError, too_many_requests

_DICE = random.SystemRandom()
KINDS = frozenset({"400", "403", "429", "500", "502", "cut", "cut_after", "freeze_before", "freeze_after"})
TEXTS = {
    "400": "Bad Request: fault on demand",
    "403": "Forbidden: bot was blocked by the user",
    "500": "Internal Server Error",
    "502": "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    """What shall go wrong: from the `nth` matching call on, `times` times."""

    id: int
    kind: str
    method: str = "*"
    chat: int | None = None
    nth: int = 1
    times: int = 1
    retry_after: int = 17
    description: str | None = None
    probability: float = 1.0
    seen: int = 0
    hits: int = 0

    def strikes(self, method: str, chat: int | str | None) -> bool:
        """Count a call, and tell whether it is the one."""
        if self.method not in ("*", method) or (self.method == "*" and method == "getupdates"):
            return False
        if (self.chat is not None and self.chat != chat) or self.hits >= self.times:
            return False
        self.seen += 1
        if self.seen < self.nth or _DICE.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def error(self) -> ApiError:
        """The answer of the kinds that are a number."""
        if self.kind == "429":
            return too_many_requests(self.retry_after)
        return ApiError(int(self.kind), self.description or TEXTS[self.kind])

    def view(self) -> dict[str, Any]:
        """As the control address tells it."""
        names = (
            "id",
            "kind",
            "method",
            "chat",
            "nth",
            "times",
            "retry_after",
            "description",
            "probability",
            "hits",
        )
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True)
class FaultList:
    """All faults that were asked for, in order; the first that fits a call strikes."""

    faults: dict[int, Fault] = field(default_factory=dict)
    count: int = 0
    _bell: Bell = field(default_factory=Bell)

    def add(self, wish: dict[str, Any]) -> Fault:
        """Take a wish as it came from the control address. PhoneError if it makes no sense."""
        kind = str(wish.get("kind"))
        if kind not in KINDS:
            raise PhoneError(f"kind is one of {', '.join(sorted(KINDS))}, not {kind!r}")
        self.count += 1
        fault = Fault(
            id=self.count,
            kind=kind,
            method=str(wish.get("method", "*")).lower(),
            chat=None if wish.get("chat") is None else int(wish["chat"]),
            nth=int(wish.get("nth", 1)),
            times=int(wish.get("times", 1)),
            retry_after=int(wish.get("retry_after", 17)),
            description=wish.get("description"),
            probability=float(wish.get("probability", 1.0)),
        )
        self.faults[fault.id] = fault
        return fault

    def strike(self, method: str, chat: int | str | None) -> Fault | None:
        """The fault that befalls this call, or None; `method` in small letters."""
        if not self.faults:
            return None
        for fault in self.faults.values():
            if fault.strikes(method, chat):
                self._bell.ring()
                return fault
        return None

    def clear(self) -> None:
        """Forget all faults."""
        self.faults.clear()
        self._bell.ring()

    async def wait(self, fault_id: int, seconds: float) -> Fault:
        """Wait up to `seconds` for a fault to be hit. PhoneError if there is no such fault."""
        deadline = time.monotonic() + seconds
        while True:
            fault = self.faults.get(fault_id)
            if fault is None:
                raise PhoneError(f"no fault {fault_id}", 404)
            if fault.hits or not await self._bell.wait(deadline - time.monotonic()):
                return fault
