"""The Bot API's front door: token, faults, limits, the method itself, and the log of it all."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import Any

from aiohttp import web

from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError, too_many_requests
from bot.sandbox.faults import Fault
from bot.sandbox.files import DOWNLOAD_LIMIT, body
from bot.sandbox.methods import TABLE
from bot.sandbox.params import Params, read_params
from bot.sandbox.updates import kinds_from
from bot.sandbox.webhook import METHODS as WEBHOOK_METHODS
from bot.sandbox.world import World

METHODS = TABLE | {name.lower(): (name, handler) for name, handler in WEBHOOK_METHODS.items()}
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_UNLIMITED = frozenset({"sendchataction"})
_ALL = ("getUpdates", None)
_log = logging.getLogger(__name__)


def _json(data: Any, status: int = 200) -> web.Response:
    return web.Response(
        body=json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(),
        status=status,
        content_type="application/json",
    )


def _refusal(error: ApiError) -> web.Response:
    response = _json(error.body(), error.code)
    if error.parameters and "retry_after" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response


class BotApi:
    """Answers the calls of one bot."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """The addresses of methods and of downloads."""
        # A client may quote the colon of the token, so the whole of it is matched here, unquoted.
        method, file = r"/bot{token:[^/]+}/{method:[^/]+}", r"/file/bot{token:[^/]+}/{path:.+}"
        return [web.get(file, self.download), web.get(method, self.call), web.post(method, self.call)]

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if token != self._world.bot.token:
            raise ApiError(401, "Unauthorized")

    async def download(self, request: web.Request) -> web.Response:
        """GET /file/bot<token>/<path>; https://core.telegram.org/bots/api#file"""
        try:
            self._check_token(request)
            stored = self._world.files.by_path(request.match_info["path"])
            if stored is None or stored.size > DOWNLOAD_LIMIT:
                raise ApiError(404, "Not Found: file not found")
        except ApiError as error:
            return _refusal(error)
        return web.Response(body=body(stored), content_type="application/octet-stream")

    async def call(self, request: web.Request) -> web.StreamResponse:
        """GET or POST /bot<token>/<method>"""
        name = request.match_info["method"].lower()
        try:
            self._check_token(request)
            params = await read_params(request)
        except ApiError as error:
            return _refusal(error)
        chat_id = _chat_of(params)
        proper, _ = METHODS.get(name, (None, None)) if name != "getupdates" else _ALL
        log = self._world.calls.open(proper or request.match_info["method"], chat_id, params.values)
        fault = self._world.faults.strike(name, chat_id)
        if fault is not None:
            log.fault = fault.kind
            return await self._go_wrong(request, fault, name, params, log)
        return await self._carry_out(name, params, log)

    async def execute(self, reply: dict[str, Any]) -> None:
        """Carry out the call that a webhook gave as its answer; Telegram tells nobody how it went."""
        params = Params({key: value for key, value in reply.items() if key != "method"})
        method = str(reply["method"])
        log = self._world.calls.open(method, _chat_of(params), params.values)
        await self._carry_out(method.lower(), params, log)

    async def _go_wrong(
        self, request: web.Request, fault: Fault, name: str, params: Params, log: Call
    ) -> web.StreamResponse:
        if fault.kind.endswith("_after"):
            await self._carry_out(name, params, log)
        if fault.kind.startswith("freeze"):
            log.status = log.status if fault.kind == "freeze_after" else 0
            await asyncio.Event().wait()  # until the caller hangs up; the server then cancels this handler
        if fault.kind.startswith("cut"):
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        error = fault.error()
        log.status, log.result = error.code, error.body()
        return _refusal(error)

    async def _carry_out(self, name: str, params: Params, log: Call) -> web.Response:
        try:
            result = await self._result(name, params, log)
        except ApiError as error:
            refused = error
        except Exception:
            # A fault of the sandbox itself. Telegram too says so in JSON, and the log must show how the call ended.
            _log.exception("%s could not be carried out", log.method)
            refused = ApiError(500, "Internal Server Error")
        else:
            log.status, log.result = 200, result
            return _json({"ok": True, "result": result})
        log.status, log.result = refused.code, refused.body()
        return _refusal(refused)

    async def _result(self, name: str, params: Params, log: Call) -> Any:
        world = self._world
        if name == "getupdates":
            world.updates.allow(kinds_from(params.values.get("allowed_updates")))
            limit = min(max(params.integer("limit") or 100, 1), 100)
            return await world.updates.poll(params.integer("offset") or 0, limit, params.number("timeout") or 0)
        if name not in METHODS:
            raise ApiError(404, "Not Found: method not found")
        if name.startswith(("send", "copy", "forward")) and name not in _UNLIMITED:
            wait = world.limits.take(log.chat_id, _count(params))
            if wait:
                raise too_many_requests(wait)
        return METHODS[name][1](world, params)


def _chat_of(params: Params) -> int | str | None:
    value = params.values.get("chat_id")
    try:
        return int(value) if value is not None else None
    except (ValueError, TypeError, OverflowError):
        return str(value)


def _count(params: Params) -> int:
    """How many messages a call sends."""
    for name in ("media", "message_ids"):
        if many := params.list_if_any(name):
            return len(many)
    return 1
