"""The server: every address of the sandbox, put together, and how to run it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox import control, groups, phone, phone_send
from bot.sandbox.api import BotApi
from bot.sandbox.clock import Clock
from bot.sandbox.errors import ApiError, PhoneError
from bot.sandbox.files import body
from bot.sandbox.phone_input import Wish, read_wish
from bot.sandbox.webhook import Delivery
from bot.sandbox.world import World, new_world

UPLOAD_LIMIT = 52 * 1024 * 1024  # bytes; a bot uploads up to 50 MB
CSP = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; base-uri 'none'; frame-ancestors 'none'"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}

Act = Callable[[World, Wish], Any]
Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]

ACTS: dict[str, Act] = {
    "people": groups.add_person,
    "groups": groups.add_group,
    "title": groups.set_title,
    "member": groups.set_status,
    "migrate": groups.upgrade,
    "topic": groups.topic,
    "privacy": groups.set_privacy,
    "facts": groups.set_facts,
    "start": phone_send.start,
    "send": phone_send.send,
    "album": phone_send.album,
    "edit": phone.edit,
    "delete": phone.delete,
    "press": phone.press,
    "react": phone.react,
    "pin": phone.pin,
    "unpin": phone.unpin,
    "block": phone.block,
    "unblock": phone.unblock,
    "clock": control.move_clock,
    "faults": control.add_fault,
    "limits": control.set_limits,
    "reset": lambda world, _wish: control.reset(world),
    "updates": control.inject,
    "updates/hold": control.hold,
    "updates/number": control.renumber,
}


def _json(data: Any, status: int = 200) -> web.Response:
    return web.Response(text=json.dumps(data, ensure_ascii=False), status=status, content_type="application/json")


def _check_origin(request: web.Request) -> None:
    """Another website that is open in the same browser must not play with the sandbox."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        raise PhoneError("this address answers to its own page only", 403)


def _plainly(respond: Respond) -> Respond:
    """Turn what can't be done into `{"error": ...}` with a 4xx."""

    async def wrapped(request: web.Request) -> web.StreamResponse:
        try:
            _check_origin(request)
            return await respond(request)
        except PhoneError as error:
            return _json({"error": str(error)}, error.status)
        except ApiError as error:
            return _json({"error": error.description}, error.code)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
            return _json({"error": f"this can't be read: {type(error).__name__}: {error}"}, 400)

    return wrapped


class ControlApi:
    """The phone and control addresses, /sandbox/..."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """All of them."""
        reads: dict[str, Respond] = {
            "state": self._state,
            r"chat/{chat:-?\d+}": self._chat,
            "stream": self._stream,
            "wait": self._wait,
            r"press/{id}": self._press,
            "file/{id}": self._file,
            "clock": self._clock,
            "calls": self._calls,
            "faults": self._faults,
            r"faults/{id:\d+}/wait": self._fault_wait,
        }
        found = [web.get(f"/sandbox/{path}", _plainly(respond)) for path, respond in reads.items()]
        found += [web.post(f"/sandbox/{path}", _plainly(self._acting(act))) for path, act in ACTS.items()]
        return [*found, web.delete("/sandbox/faults", _plainly(self._clear_faults))]

    def _acting(self, act: Act) -> Respond:
        async def respond(request: web.Request) -> web.StreamResponse:
            return _json(act(self._world, await read_wish(request)))

        return respond

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        return _json(phone.state(self._world))

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        viewer = request.query.get("viewer")
        after = int(request.query.get("after") or 0)
        chat = int(request.match_info["chat"])
        return _json(phone.read_chat(self._world, chat, int(viewer) if viewer else None, after))

    async def _wait(self, request: web.Request) -> web.StreamResponse:
        after, timeout = int(request.query.get("after") or 0), float(request.query.get("timeout") or 10)
        events = await self._world.journal.wait(after, min(timeout, 60))
        return _json({"events": events, "seq": events[-1]["seq"] if events else self._world.journal.seq})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        after = int(request.headers.get("Last-Event-ID") or request.query.get("after") or 0)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        await response.write(b": open\n\n")
        try:
            while True:
                events = await self._world.journal.wait(after, 15)
                lines = [f"id: {e['seq']}\ndata: {json.dumps(e, ensure_ascii=False)}\n\n" for e in events]
                await response.write("".join(lines).encode() or b": still here\n\n")
                after = events[-1]["seq"] if events else after
        except ConnectionResetError:
            return response  # the page was closed

    async def _press(self, request: web.Request) -> web.StreamResponse:
        return _json(phone.press_answer(self._world, request.match_info["id"]))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self._world.files.get(request.match_info["id"])
        if stored is None:
            raise PhoneError("there is no such file", 404)
        kind = "image/png" if stored.content.startswith(b"\x89PNG") else stored.mime_type
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        fallback = "image/jpeg" if stored.kind == "photo" else "application/octet-stream"
        kind = (kind or "").partition(";")[0] or fallback
        return web.Response(body=body(stored), content_type=kind, headers=headers)

    async def _clock(self, _request: web.Request) -> web.StreamResponse:
        return _json(control.clock_view(self._world))

    async def _calls(self, request: web.Request) -> web.StreamResponse:
        return _json(control.find_calls(self._world, dict(request.query)))

    async def _faults(self, _request: web.Request) -> web.StreamResponse:
        return _json(control.list_faults(self._world))

    async def _clear_faults(self, _request: web.Request) -> web.StreamResponse:
        return _json(control.clear_faults(self._world))

    async def _fault_wait(self, request: web.Request) -> web.StreamResponse:
        timeout = float(request.query.get("timeout") or 10)
        fault = await self._world.faults.wait(int(request.match_info["id"]), min(timeout, 60))
        return _json(fault.view())


async def _page(request: web.Request) -> web.StreamResponse:
    """The chat page: files of the package, nothing from elsewhere."""
    name = request.match_info.get("name") or "index.html"
    found = files("bot.sandbox").joinpath("page", *Path(name).parts)
    suffix = Path(name).suffix
    if ".." in Path(name).parts or suffix not in _TYPES or not found.is_file():
        raise web.HTTPNotFound(text="not found")
    headers = {
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
    }
    return web.Response(body=found.read_bytes(), content_type=_TYPES[suffix], charset="utf-8", headers=headers)


@dataclass(frozen=True, slots=True)
class Beside:
    """What the bot shows elsewhere, to which the page links: an address, its name, and a name for a narrow screen."""

    url: str
    name: str
    short: str

    def link(self) -> str:
        """As HTML."""
        names = f'<span>{escape(self.name)}</span><span class="short" aria-hidden="true">{escape(self.short)}</span>'
        return f'<a class="beside" href="{escape(self.url, quote=True)}">{names}</a>'


def _page_with(beside: Beside | None) -> Respond:
    """The chat page, with a link to what the bot shows elsewhere."""
    link = beside.link() if beside else ""

    async def respond(request: web.Request) -> web.StreamResponse:
        page = await _page(request)
        if isinstance(page, web.Response) and isinstance(page.body, bytes):
            page.body = page.body.replace(b"<!-- beside -->", link.encode())
        return page

    return respond


def build_app(world: World, beside: Beside | None = None) -> web.Application:
    """The whole of the sandbox as one web application; the page links to what is `beside` it."""
    api = BotApi(world)
    app = web.Application(client_max_size=UPLOAD_LIMIT)
    app.add_routes(api.routes())
    app.add_routes(ControlApi(world).routes())
    app.add_routes(
        [web.get("/", _page_with(beside)), web.get("/page/{name:.+}", _page), web.get(r"/{name:[\w-]+\.\w+}", _page)]
    )

    async def deliver(_: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(Delivery(world, api.execute).run())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    app.cleanup_ctx.append(deliver)
    return app


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that runs; `url` is its address."""

    url: str
    world: World


@asynccontextmanager
async def serve(
    token: str,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    clock_file: Path | None = None,
    data: Path | None = None,
    beside: Beside | None = None,
) -> AsyncIterator[Running]:
    """Run a sandbox as long as the block lasts; port 0 takes a free one. OSError if the port is taken.

    `beside` is what the bot shows elsewhere, to which the page links.
    """
    world = new_world(token, Clock(clock_file), data)
    # A handler ends with its caller: a killed bot's long poll and a frozen call must not live on.
    runner = web.AppRunner(build_app(world, beside), handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        bound = runner.addresses[0][1]
        yield Running(f"http://{host}:{bound}", world)
    finally:
        await runner.cleanup()
