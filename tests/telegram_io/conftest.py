"""A real sandbox over real HTTP, a line to it, and a hand that does what phones and testers do."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import serve
from bot.telegram_io.line import Line

TOKEN = "42:TEST"


class Hand:
    """Acts on the sandbox as people and testers do."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    async def do(self, act: str, **wish: Any) -> Any:
        """POST /sandbox/ACT."""
        async with self._session.post(f"{self.url}/sandbox/{act}", json=wish) as answer:
            body = await answer.json()
            assert answer.status == 200, body
            return body

    async def look(self, what: str, **query: Any) -> Any:
        """GET /sandbox/WHAT."""
        async with self._session.get(f"{self.url}/sandbox/{what}", params=query) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def citizen(self, name: str = "Aase", started: bool = True) -> int:
        """A new person's id."""
        person = await self.do("people", first_name=name, language_code="da")
        if started:
            await self.do("start", person=person["id"])
        return int(person["id"])

    async def group(self, *members: int, **more: Any) -> int:
        """A staff group's id: a supergroup with topics, the bot an administrator."""
        wish = {"title": "Sparringsagenter", "forum": True, "members": list(members), "bot": "administrator"}
        chat = await self.do("groups", **{**wish, **more})
        return int(chat["id"])


@pytest.fixture
async def hand() -> AsyncIterator[Hand]:
    """A fresh sandbox and a hand on it."""
    async with serve(TOKEN) as running, aiohttp.ClientSession() as session:
        yield Hand(running.url, session)


@pytest.fixture
async def line(hand: Hand) -> AsyncIterator[Line]:
    """An open line to the sandbox."""
    async with Line(TOKEN, hand.url) as opened:
        yield opened
