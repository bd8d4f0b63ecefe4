"""Pushed updates over real HTTP: only Telegram may push, and 200 comes after the commit."""

import asyncio
import io
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import serve
from bot.web.health import health_routes
from bot.web.server import bind, build_site, serve_site
from bot.web.webhook import LARGEST, SECRET_HEADER, Webhook

SECRET = "s" * 32
UPDATE = {"update_id": 7, "message": {"text": "hej"}}


class Service:
    """The site as it runs, with a store that can fail or take its time."""

    def __init__(self) -> None:
        self.kept: list[Mapping[str, Any]] = []
        self.fault: Exception | None = None
        self.faults: dict[str, str] = {}
        self.open = asyncio.Event()
        self.open.set()
        self.asked = asyncio.Event()
        self.stored = asyncio.Event()
        self.url = ""
        self.address = ("", 0)

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        self.asked.set()
        await self.open.wait()
        if self.fault:
            raise self.fault
        self.kept += updates
        self.stored.set()

    async def look(self) -> Mapping[str, str]:
        return self.faults


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    """A running service."""
    service = Service()
    hook = Webhook("/telegram/x7", SECRET, service.store, seconds=0.5)
    listening = bind("127.0.0.1", 0)
    service.address = listening.getsockname()
    service.url = f"http://127.0.0.1:{service.address[1]}"
    stop = asyncio.Event()
    site = build_site([hook.route(), *health_routes(service.look)])
    serving = asyncio.create_task(serve_site(site, listening, stop))
    yield service
    service.open.set()
    stop.set()
    await asyncio.wait_for(serving, 10)


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    """Whoever calls."""
    async with aiohttp.ClientSession() as session:
        yield session


async def push(client: aiohttp.ClientSession, service: Service, body: Any, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    kind = {"data": io.BytesIO(body)} if isinstance(body, bytes) else {"json": body}
    async with client.post(f"{service.url}/telegram/x7", headers=headers, **kind) as answer:
        return answer.status


async def test_an_update_is_kept_and_answered_200(client: aiohttp.ClientSession, service: Service) -> None:
    assert await push(client, service, UPDATE) == 200
    assert service.kept == [UPDATE]


async def test_200_comes_only_after_the_commit(client: aiohttp.ClientSession, service: Service) -> None:
    service.open.clear()
    pushing = asyncio.create_task(push(client, service, UPDATE))
    await service.asked.wait()
    done, _ = await asyncio.wait({pushing}, timeout=0.1)
    assert not done
    service.open.set()
    assert await pushing == 200


@pytest.mark.parametrize("secret", [None, "", "forkert", "s" * 31, "ø" * 32])
async def test_a_stranger_is_turned_away(client: aiohttp.ClientSession, service: Service, secret: str | None) -> None:
    assert await push(client, service, UPDATE, secret) == 401
    assert service.kept == []


async def test_only_the_secret_path_and_only_post(client: aiohttp.ClientSession, service: Service) -> None:
    async with client.post(f"{service.url}/telegram/x8", headers={SECRET_HEADER: SECRET}, json=UPDATE) as answer:
        assert answer.status == 404
    async with client.get(f"{service.url}/telegram/x7", headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 405


NO_UPDATES = [b"", b"{", b"[]", b"7", b'{"message": {}}', b'{"update_id": "7"}', b"\xff", b"[" * 9999]


@pytest.mark.parametrize("body", NO_UPDATES)
async def test_what_is_no_update_is_refused(client: aiohttp.ClientSession, service: Service, body: bytes) -> None:
    assert await push(client, service, body) == 400
    assert service.kept == []


async def test_a_body_without_end_is_given_up(client: aiohttp.ClientSession, service: Service) -> None:
    assert await push(client, service, b" " * (LARGEST + 1)) == 413


async def test_a_body_that_never_comes_is_given_up(service: Service) -> None:
    reader, writer = await asyncio.open_connection(*service.address)
    head = f"POST /telegram/x7 HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET}\r\nContent-Length: 50\r\n\r\n{{"
    writer.write(head.encode())
    async with asyncio.timeout(10):
        answer = await reader.readline()
    writer.close()
    assert b" 408 " in answer
    assert service.kept == []


async def test_what_could_not_be_stored_is_left_with_telegram(client: aiohttp.ClientSession, service: Service) -> None:
    service.fault = OSError("the disk is full")
    assert await push(client, service, UPDATE) == 503
    service.fault = None
    assert await push(client, service, UPDATE) == 200


async def test_health_tells_what_is_at_fault(client: aiohttp.ClientSession, service: Service) -> None:
    async def look(path: str) -> tuple[int, Any]:
        async with client.get(service.url + path) as answer:
            return answer.status, await answer.json()

    assert await look("/healthz") == (200, {"alive": True})
    assert await look("/readyz") == (200, {"ready": True, "faults": {}})
    service.faults = {"database": "read-only"}
    assert await look("/readyz") == (503, {"ready": False, "faults": {"database": "read-only"}})
    assert (await look("/healthz"))[0] == 200


def test_a_port_in_use_is_an_error_before_anything_runs() -> None:
    with bind("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
        bind("127.0.0.1", taken.getsockname()[1])


def test_the_secret_does_not_show_in_the_webhooks_own_words() -> None:
    assert SECRET not in repr(Webhook("/x", SECRET, Service().store))


async def test_the_sandbox_pushes_and_tries_again_until_it_is_kept(
    client: aiohttp.ClientSession, service: Service
) -> None:
    service.fault = OSError("the disk is full")
    async with serve("42:TEST") as sandbox:

        async def do(path: str, **wish: Any) -> Any:
            async with client.post(f"{sandbox.url}/{path}", json=wish) as answer:
                return await answer.json()

        hook = {"url": f"{service.url}/telegram/x7", "secret_token": SECRET}
        assert (await do("bot42:TEST/setWebhook", **hook))["ok"]
        person = await do("sandbox/people", first_name="Aase")
        await do("sandbox/start", person=person["id"])
        await asyncio.wait_for(service.asked.wait(), 10)
        service.fault = None
        await asyncio.wait_for(service.stored.wait(), 20)
    assert service.kept[0]["message"]["text"] == "/start"
