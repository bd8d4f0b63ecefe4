"""What came to which chat on the day of chaos, read off the bot's calls as it goes on."""

import asyncio
import hashlib
import json
import re
from collections import Counter, defaultdict
from typing import Any

from tests.journeys.invariants import NEW_MESSAGE, shown
from tests.journeys.sandbox import Sandbox

MARK = re.compile(r"\b(?:ide|mere|svar|intern)\d+x\d+q\b")


class Tally:
    """What came to which chat, read off the calls as the day goes on: the sandbox keeps the newest ones only."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.calls = 0
        self.where: dict[str, list[int]] = defaultdict(list)
        self.order: dict[tuple[int, str], list[int]] = defaultdict(list)
        self.again: Counter[str] = Counter()
        self._sandbox = sandbox
        self._seen = 0
        self._reading = asyncio.Lock()

    async def catch_up(self, *, ended: bool = False) -> None:
        """Read on from where it stopped, up to a call that is still under way; once the day has `ended`, all."""
        async with self._reading:
            for call in await self._sandbox.calls(after=self._seen):
                if not (call["status"] or call["fault"] or ended):
                    break
                self._seen = call["n"]
                if carried_out(call):
                    self._take(call)

    def _take(self, call: dict[str, Any]) -> None:
        self.calls += 1
        marks = set(MARK.findall(shown(call)))
        for mark in marks:
            self.where[mark].append(int(call["chat_id"]))
        if marks:
            told = json.dumps([call["chat_id"], call["params"]], sort_keys=True)
            self.again[hashlib.sha256(told.encode()).hexdigest()] += 1
        for kind, index, n in re.findall(r"\b(mere|svar)(\d+)x(\d+)q\b", str(call["params"].get("text", ""))):
            self.order[int(call["chat_id"]), f"{kind}{index}"].append(int(n))


def carried_out(call: dict[str, Any]) -> bool:
    """Whether the call made a message."""
    return call["status"] == 200 and bool(NEW_MESSAGE.match(call["method"]))
