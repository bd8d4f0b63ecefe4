"""Webhooks: what the bot set, and the delivery of updates to it with Telegram's order, secret and retries."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlparse

import aiohttp

from bot.sandbox.chats import Json
from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.updates import Update, kinds_from
from bot.sandbox.world import World

FIRST_PAUSE = 1.0  # seconds before the first repetition; doubled each time
LONGEST_PAUSE = 60.0
ANSWER_TIMEOUT = 60.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# The sandbox is a closed world: it asks no name server and posts to this machine only. Every other host has this
# address, which is kept for documentation (https://www.rfc-editor.org/rfc/rfc5737), and never answers.
ELSEWHERE = "192.0.2.1"
_PORTS = frozenset({None, 80, 88, 443, 8443})
_log = logging.getLogger(__name__)

Execute = Callable[[Json], Awaitable[object]]


@dataclass(slots=True)
class Webhook:
    """What setWebhook said, and the newest failure."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    has_certificate: bool = False
    ip_address: str | None = None
    last_error_date: int = 0
    last_error: str = ""


def set_webhook(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setwebhook; plain http is allowed to this machine itself only."""
    url = (params.text("url") or "").strip()
    queue = world.updates
    if params.flag("drop_pending_updates"):
        queue.waiting.clear()
    queue.allow(kinds_from(params.values.get("allowed_updates")))
    if not url:
        queue.set_webhook(None)
        return True
    _check_address(url)
    secret = params.text("secret_token") or None
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    queue.set_webhook(
        Webhook(
            url,
            secret,
            max_connections=min(max(params.integer("max_connections") or 40, 1), 100),
            has_certificate="certificate" in params.files,
            ip_address=params.text("ip_address") or _address_of(url),
        )
    )
    return True


def _check_address(url: str) -> None:
    try:
        address = urlparse(url)
        port = address.port
    except ValueError as error:
        raise bad_request("bad webhook: Invalid webhook URL specified") from error
    if address.hostname in _LOOPBACK:
        return
    if address.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _address_of(url: str) -> str:
    return "127.0.0.1" if urlparse(url).hostname in _LOOPBACK else ELSEWHERE


def delete_webhook(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletewebhook"""
    if params.flag("drop_pending_updates"):
        world.updates.waiting.clear()
    world.updates.set_webhook(None)
    return True


def get_webhook_info(world: World, _params: Params) -> Json:
    """https://core.telegram.org/bots/api#getwebhookinfo"""
    hook: Webhook | None = world.updates.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": bool(hook and hook.has_certificate),
        "pending_update_count": len(world.updates.waiting),
    }
    if hook is not None:
        info["max_connections"] = hook.max_connections
        if hook.ip_address:
            info["ip_address"] = hook.ip_address
        if hook.last_error:
            info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error}
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


class Delivery:
    """Posts waiting updates to the webhook: in order within a chat, chats side by side, until each is taken."""

    def __init__(self, world: World, execute: Execute) -> None:
        self._world = world
        self._execute = execute
        self._tasks: dict[int | None, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver for as long as the server lives."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_TIMEOUT)) as session:
            try:
                while True:
                    self._start_chats(session)
                    await self._world.updates.bell.wait(1.0)
            finally:
                for task in self._tasks.values():
                    task.cancel()

    def _start_chats(self, session: aiohttp.ClientSession) -> None:
        hook: Webhook | None = self._world.updates.webhook
        if hook is None:
            return
        self._tasks = {chat: task for chat, task in self._tasks.items() if not task.done()}
        for update in self._world.updates.ready(1000):
            if len(self._tasks) >= hook.max_connections:
                return
            if update.chat not in self._tasks:
                self._tasks[update.chat] = asyncio.create_task(self._deliver(session, update))

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> None:
        """Post one update again and again, until the bot takes it, or it or the webhook is gone."""
        pause = FIRST_PAUSE
        queue = self._world.updates
        while (hook := queue.webhook) is not None and update in queue.waiting:
            failure = await self._post(session, hook, update)
            if failure is None:
                queue.take(update)
                return
            hook.last_error, hook.last_error_date = failure, self._world.clock.date()
            _log.info("webhook did not take update %s: %s; again in %s s", update.id, failure, pause)
            # A new webhook is tried at once; nothing else cuts the pause short.
            await queue.webhook_bell.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _post(self, session: aiohttp.ClientSession, hook: Webhook, update: Update) -> str | None:
        if urlparse(hook.url).hostname not in _LOOPBACK:
            return "Connection timed out"
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update.body, headers=headers) as answer:
                if not 200 <= answer.status < 300:
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
                if answer.content_type == "application/json":
                    reply = await answer.json()
                    if isinstance(reply, dict) and "method" in reply:
                        await self._execute(reply)
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectionError:
            return "Connection refused"
        except (aiohttp.ClientError, ValueError) as error:
            return str(error)
        return None


METHODS = {"setWebhook": set_webhook, "deleteWebhook": delete_webhook, "getWebhookInfo": get_webhook_info}
