"""What stands in every chat of the sandbox, kept up to date by its event stream, for many who wait at once."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import aiohttp

from tests.journeys.message import Message
from tests.journeys.sandbox import Sandbox

LAST = 20
SAID = frozenset({"message", "edit", "edited", "delete", "deleted"})


class Watch:
    """One reader of the stream; `async with Watch(sandbox)`."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.chats: dict[int, dict[int, Message]] = defaultdict(dict)
        self._news: dict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Watch":
        """Begin to read."""
        after = (await self.sandbox.get("state"))["seq"]
        self._reading = asyncio.create_task(self._read(after))
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self, after: int) -> None:
        while True:
            try:
                found = await self.sandbox.get("wait", after=after, timeout=10)
            except (aiohttp.ClientError, TimeoutError):
                continue
            after = found["seq"]
            for event in found["events"]:
                payload = event["payload"]
                if event["chat"] is not None and "message_id" in payload:
                    self.chats[event["chat"]][payload["message_id"]] = Message(payload)
                    self._news[event["chat"]].set()

    async def waits(self, chat: int, wanted: Callable[[Message], Any], seconds: float) -> Message | None:
        """The newest message of the bot's in that chat that is meant, as soon as it is there; None after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    self._news[chat].clear()
                    found = self.finds(chat, wanted)
                    if found is not None:
                        return found
                    await self._news[chat].wait()
        except TimeoutError:
            return None

    def screen(self, chat: int) -> str:
        """The end of what stands in the chat, for a failed talk's report."""
        return "\n".join(f"    {message}" for message in list(self.chats[chat].values())[-LAST:])

    def finds(self, chat: int, wanted: Callable[[Message], Any]) -> Message | None:
        """The newest message of the bot's that is meant."""
        newest = reversed(self.chats[chat].values())
        return next((one for one in newest if one.from_bot and not one.deleted and wanted(one)), None)
