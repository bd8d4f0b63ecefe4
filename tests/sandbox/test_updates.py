"""Updates: long polling, offsets, kinds, two pollers, 24 hours; and webhooks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox.box import Box

pytestmark = pytest.mark.asyncio
DAY = 24 * 3600


async def test_an_update_stays_until_it_is_confirmed_by_the_offset(box: Box) -> None:
    aase = await box.person()
    for text in ("a", "b", "c"):
        await box.say(aase, text)
    first = (await box.call("getUpdates", limit=2)).result
    assert [update["message"]["text"] for update in first] == ["a", "b"]
    assert (await box.call("getUpdates", limit=2)).result == first
    rest = (await box.call("getUpdates", offset=first[-1]["update_id"] + 1)).result
    assert [update["message"]["text"] for update in rest] == ["c"]
    assert rest[0]["update_id"] == first[-1]["update_id"] + 1


async def test_a_negative_offset_keeps_the_newest(box: Box) -> None:
    aase = await box.person()
    for text in ("a", "b", "c"):
        await box.say(aase, text)
    assert [u["message"]["text"] for u in (await box.call("getUpdates", offset=-1)).result] == ["c"]
    assert len((await box.call("getUpdates")).result) == 1


async def test_a_long_poll_ends_with_the_first_update(box: Box) -> None:
    aase = await box.person()
    poll = asyncio.create_task(box.call("getUpdates", timeout=30))
    await box.see("state")
    assert not poll.done()
    await box.say(aase, "hello")
    (update,) = (await asyncio.wait_for(poll, 5)).result
    assert update["message"]["text"] == "hello"


async def test_a_second_poller_ends_the_first_with_409(box: Box) -> None:
    first = asyncio.create_task(box.call("getUpdates", timeout=30))
    while not (await box.see("calls", polls=1))["calls"]:
        pass
    second = asyncio.create_task(box.call("getUpdates", timeout=30))
    code, text = (await asyncio.wait_for(first, 5)).error
    assert code == 409
    assert text.startswith("Conflict: terminated by other getUpdates request")
    await box.say(await box.person(), "hello")
    assert len((await asyncio.wait_for(second, 5)).result) == 1


async def test_only_the_kinds_that_are_allowed_are_queued_and_the_wish_is_remembered(box: Box) -> None:
    aase = await box.person()
    await box.call("getUpdates", allowed_updates=["callback_query"])
    await box.say(aase, "hello")
    await box.call("getUpdates")
    await box.say(aase, "still nothing")
    assert await box.updates() == []
    await box.call("getUpdates", allowed_updates=[])
    await box.say(aase, "again")
    assert len(await box.updates()) == 1


async def test_updates_wait_for_24_hours_and_then_are_gone(box: Box) -> None:
    aase = await box.person()
    await box.say(aase, "lost")
    await box.do("clock", forward=2 * 3600)
    await box.say(aase, "kept")
    await box.do("clock", forward=DAY - 3600)
    assert [update["message"]["text"] for update in await box.updates()] == ["kept"]


async def test_an_update_of_an_unknown_kind_can_be_injected(box: Box) -> None:
    made = await box.do("updates", brand_new_kind={"x": 1})
    (update,) = await box.updates()
    assert update == {"update_id": made["update_ids"][0], "brand_new_kind": {"x": 1}}


async def test_update_ids_may_begin_anew_and_an_old_offset_confirms_nothing(box: Box) -> None:
    aase = await box.person()
    await box.say(aase, "before the silence")
    old = (await box.updates())[-1]["update_id"] + 1
    await box.do("updates/number", next=7)
    await box.say(aase, "after")
    (update,) = (await box.call("getUpdates", offset=old)).result
    assert (update["update_id"], update["message"]["text"]) == (7, "after")
    assert (await box.call("getUpdates", offset=8)).result == []


@dataclass
class Receiver:
    """A bot's web server that answers as the test says."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    reply: dict[str, Any] | None = None
    seen: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        self.seen.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        self.heard.set()
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.reply or {}, status=status)

    async def wait(self, count: int) -> None:
        while len(self.seen) < count:
            self.heard.clear()
            await asyncio.wait_for(self.heard.wait(), 10)


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    app = web.Application()
    app.add_routes([web.post("/hook", made.take)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield made
    finally:
        await runner.cleanup()


async def settled(box: Box) -> dict[str, Any]:
    """getWebhookInfo as soon as nothing waits."""
    info: dict[str, Any] = {"pending_update_count": 1}
    while info["pending_update_count"]:
        info = (await box.call("getWebhookInfo")).result
    return info


async def test_a_webhook_gets_updates_in_order_with_its_secret(box: Box) -> None:
    aase = await box.person()
    await box.say(aase, "before")
    async with receiver() as hook:
        await box.call("setWebhook", url=hook.url, secret_token="s3cret_-")
        await box.say(aase, "after")
        await hook.wait(2)
        assert [secret for secret, _ in hook.seen] == ["s3cret_-", "s3cret_-"]
        assert [update["message"]["text"] for _, update in hook.seen] == ["before", "after"]
        refused = await box.call("getUpdates")
        assert refused.error == (
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
            " first",
        )
        assert (await settled(box))["url"] == hook.url
        await box.call("deleteWebhook")
    assert await box.updates() == []


async def test_a_webhook_that_fails_gets_the_update_again_and_later_ones_of_the_chat_wait(box: Box) -> None:
    aase = await box.person()
    async with receiver() as hook:
        hook.statuses = [500]
        await box.call("setWebhook", url=hook.url)
        await box.say(aase, "first")
        await box.say(aase, "second")
        await hook.wait(1)
        info: dict[str, Any] = {}
        while "last_error_message" not in info:
            info = (await box.call("getWebhookInfo")).result
        assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
        await hook.wait(3)
        assert [update["message"]["text"] for _, update in hook.seen] == ["first", "first", "second"]
        await settled(box)


async def test_a_webhook_may_answer_with_a_call(box: Box) -> None:
    aase = await box.person()
    async with receiver() as hook:
        hook.reply = {"method": "sendMessage", "chat_id": aase, "text": "by webhook"}
        await box.call("setWebhook", url=hook.url)
        await box.say(aase, "hello")
        await settled(box)
        assert [message["text"] for message in await box.shown(aase)] == ["hello", "by webhook"]


async def test_setting_a_webhook_ends_a_poll(box: Box) -> None:
    poll = asyncio.create_task(box.call("getUpdates", timeout=30))
    while not (await box.see("calls", polls=1))["calls"]:
        pass
    await box.call("setWebhook", url="https://example.org/hook")
    assert (await asyncio.wait_for(poll, 5)).error == (409, "Conflict: terminated by setWebhook request")


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({"url": "http://example.org/x"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:8000/x"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://example.org/x", "secret_token": "a b"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_that_telegram_does_not_take_is_refused(box: Box, wish: dict[str, str], text: str) -> None:
    assert (await box.call("setWebhook", **wish)).error == (400, f"Bad Request: {text}")


async def test_waiting_updates_can_be_dropped(box: Box) -> None:
    await box.say(await box.person(), "old")
    await box.call("deleteWebhook", drop_pending_updates=True)
    assert await box.updates() == []
