"""The sandbox server in a process of its own, as a journey sees it: phones, clock, faults and recorded calls."""

import asyncio
import json
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from tests.journeys.nursery import NURSERY, Child
from tests.journeys.patience import Patience, worked
from tests.journeys.surroundings import surroundings

Json = Any
Found = TypeVar("Found")
START_SECONDS = 15.0
PEEK_SECONDS = 0.03
LAST = 10**12


class Refused(AssertionError):
    """The sandbox would not do what the journey asked of it."""


def free_port() -> int:
    """A TCP port of this machine that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Sandbox:
    """A real `python -m bot.sandbox`, spoken to over HTTP. `folder` takes its log and the clock file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = "42:TEST"
        self.clock_file = folder / "clock"
        self.url = ""
        self.seq = 0
        """The number of the newest event that any answer has told of: `until` waits for those after it."""
        self._newest: dict[int, tuple[int, int]] = {}
        self._process: Child | None = None
        self._http: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Start the server and wait until it answers."""
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.clock_file.write_text("0")
        words = ["bot.sandbox", "--port", f"{port}", "--token", self.token, "--clock-file", f"{self.clock_file}"]
        self._process = await NURSERY.bear(words, self.folder / "sandbox.log", self.folder, surroundings())
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        process = self._process
        still = Patience(START_SECONDS, lambda: worked(process.pid))
        while not await self._answers():
            assert process.returncode is None, f"the sandbox ended:\n{self.log()}"
            assert not still.over(), f"the sandbox did not start:\n{self.log()}"
            await asyncio.sleep(0.03)

    async def stop(self) -> None:
        """End the server; nothing of its world stays."""
        if self._http is not None:
            await self._http.close()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await asyncio.wait_for(self._process.wait(), 10)

    def log(self) -> str:
        """What the server has printed."""
        return (self.folder / "sandbox.log").read_text(errors="replace")

    async def _answers(self) -> bool:
        try:
            await self.get("state")
        except (aiohttp.ClientError, OSError):
            return False
        return True

    @property
    def http(self) -> aiohttp.ClientSession:
        """The client, while the server runs."""
        assert self._http is not None, "the sandbox is not started"
        return self._http

    async def get(self, path: str, **query: str | float) -> Json:
        """GET of the phone or control API."""
        params = {key: str(value) for key, value in query.items()}
        async with self.http.get(f"{self.url}/sandbox/{path}", params=params) as answer:
            return await self._read(answer, path)

    async def post(self, path: str, **body: Json) -> Json:
        """POST of the phone or control API."""
        whole, headers = BytesIO(json.dumps(body).encode()), {"Content-Type": "application/json"}
        async with self.http.post(f"{self.url}/sandbox/{path}", data=whole, headers=headers) as answer:
            return await self._read(answer, path)

    async def delete(self, path: str) -> Json:
        """DELETE of the control API."""
        async with self.http.delete(f"{self.url}/sandbox/{path}") as answer:
            return await self._read(answer, path)

    async def _read(self, answer: aiohttp.ClientResponse, path: str) -> Json:
        body = await answer.json()
        if answer.status >= 400:
            raise Refused(f"{path}: {answer.status} {body}")
        if isinstance(body, dict):
            self.seq = body.get("seq", self.seq)
        return body

    async def until(self, condition: Callable[[], Awaitable[Found | None]], seconds: float, what: str) -> Found:
        """Wait, by the event stream, until the condition finds something true; fail with `what` after `seconds`."""
        deadline = time.monotonic() + seconds
        while True:
            found = await condition()
            if found:
                return found
            left = deadline - time.monotonic()
            assert left > 0, f"not within {seconds} s: {what}"
            await self.get("wait", after=self.seq, timeout=max(0.01, min(left, PEEK_SECONDS)))

    async def calls(self, after: int = 0, method: str = "", chat: int | None = None, polls: bool = False) -> list[Json]:
        """The Bot API calls that the bot made, oldest first; getUpdates only with `polls`."""
        query: dict[str, str | float] = {"after": after}
        if method:
            query["method"] = method
        if chat is not None:
            query["chat"] = chat
        if polls:
            query["polls"] = 1
        found: list[Json] = (await self.get("calls", **query))["calls"]
        return [call for call in found if call["method"] != "getWebhookInfo"]

    async def last_call(self) -> int:
        """The number of the newest recorded call."""
        number: int = (await self.get("calls", after=LAST))["next"]
        return number

    async def pending(self) -> int:
        """How many updates the bot has not yet confirmed."""
        count: int = (await self.get("state"))["waiting"]
        return count

    async def messages(self, chat: int, viewer: int, after: int = 0) -> list[Json]:
        """What a chat holds; `after` a message's id, what has changed before that one need not be among it."""
        newest, seq = self._newest.get(chat, (0, 0))
        found = await self.get(f"chat/{chat}", viewer=viewer, after=seq if after and after >= newest else 0)
        read: list[Json] = found["messages"]
        return read

    async def newest(self, chat: int, viewer: int) -> int:
        """The id of the newest message in a chat; only what is new there since the last time is read."""
        newest, seq = self._newest.get(chat, (0, 0))
        found = await self.get(f"chat/{chat}", viewer=viewer, after=seq)
        newest = max([newest, *(raw["message_id"] for raw in found["messages"])])
        self._newest[chat] = newest, found["seq"]
        return newest

    async def now(self) -> datetime:
        """The sandbox's own time."""
        return datetime.fromisoformat((await self.get("clock"))["now"])

    async def set_clock(self, **how: Json) -> None:
        """Move the clock: `forward` seconds, `set` an ISO time, or `to` "monday9"."""
        await self.post("clock", **how)

    async def fault(self, **what: Json) -> int:
        """Set a fault; its id."""
        number: int = (await self.post("faults", **what))["id"]
        return number

    async def fault_hit(self, fault: int, seconds: float = 20) -> None:
        """Wait until the fault has been met."""

        async def hit() -> bool:
            faults = await self.get("faults")
            listed = faults["faults"] if isinstance(faults, dict) else faults
            return any(one["id"] == fault and one["hits"] > 0 for one in listed)

        await self.until(hit, seconds, f"fault {fault} was never met")
