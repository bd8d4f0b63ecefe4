"""A sandbox over real HTTP as a test holds it: the phones and the control address in one hand, the bot in the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import aiohttp

TOKEN = "42:TEST"
MONDAY = "2026-11-02T09:00:00+01:00"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the Bot API answered."""

    status: int
    body: dict[str, Any]

    @property
    def result(self) -> Any:
        """The result of a call that must have gone well."""
        assert self.body.get("ok"), self.body
        return self.body["result"]

    @property
    def error(self) -> tuple[int, str]:
        """Code and text of a call that must have been refused; the HTTP status is the code."""
        assert self.body.get("ok") is False, self.body
        assert self.status == self.body["error_code"]
        return self.status, self.body["description"]


class Box:
    """One running sandbox."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.http = session
        self.url = url

    async def do(self, path: str, **wish: Any) -> Any:
        """POST to /sandbox/..., which must go well."""
        status, body = await self.refused(path, **wish)
        assert status == 200, body
        return body

    async def refused(self, path: str, **wish: Any) -> tuple[int, Any]:
        """POST to /sandbox/...; the status and the body."""
        async with self.http.post(f"{self.url}/sandbox/{path}", json=wish) as answer:
            return answer.status, await answer.json()

    async def see(self, path: str, **query: Any) -> Any:
        """GET /sandbox/..., which must go well."""
        async with self.http.get(f"{self.url}/sandbox/{path}", params=query) as answer:
            body = await answer.json()
            assert answer.status == 200, body
            return body

    async def call(self, method: str, /, **params: Any) -> Answer:
        """A Bot API call with JSON parameters."""
        async with self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as answer:
            return Answer(answer.status, await answer.json())

    async def person(self, first_name: str = "Aase", *, started: bool = True, **more: Any) -> int:
        """Somebody new; started without a message, unless told otherwise."""
        made = await self.do("people", first_name=first_name, started=started, **more)
        return int(made["id"])

    async def group(self, *members: int, bot: str | None = "administrator", **more: Any) -> int:
        """A new group with the bot in it, whose own updates are thrown away."""
        made = await self.do("groups", title=more.pop("title", "Staff"), members=list(members), bot=bot, **more)
        await self.updates()
        return int(made["id"])

    async def say(self, person: int, text: str, chat: int | None = None, **more: Any) -> dict[str, Any]:
        """A person writes; the (last) message."""
        sent = await self.do("send", person=person, chat=chat or person, text=text, **more)
        last: dict[str, Any] = sent["messages"][-1]
        return last

    async def tell(self, chat: int, text: str = "hello", **more: Any) -> dict[str, Any]:
        """The bot writes; the message."""
        message: dict[str, Any] = (await self.call("sendMessage", chat_id=chat, text=text, **more)).result
        return message

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        """All waiting updates, confirmed."""
        found: list[dict[str, Any]] = (await self.call("getUpdates", **params)).result
        if found:
            await self.call("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return found

    async def shown(self, chat: int, viewer: int | None = None) -> list[dict[str, Any]]:
        """The messages that a phone shows, the deleted ones left out."""
        query = {"viewer": viewer} if viewer else {}
        messages = (await self.see(f"chat/{chat}", **query))["messages"]
        return [message for message in messages if not message.get("deleted")]
