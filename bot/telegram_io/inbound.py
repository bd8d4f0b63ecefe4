"""Fetches updates by long polling; Telegram is told "received" only after they are committed."""

import asyncio
import time
from collections.abc import Awaitable
from typing import Any, Final

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.conversation.storage import StoreUnavailable
from bot.telegram_io.intake import MARK, Store, sparing
from bot.telegram_io.line import Line
from bot.telegram_io.request import PausedError

POLL_SECONDS: Final = 25
BATCH: Final = 100
ALLOWED: Final = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
"""What the bot asks for. Reactions are left out: nothing in the talk hangs on them."""

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
STORE_PAUSE: Final = 1.0
"""Seconds between two tries while nothing can be stored."""
RIVALS: Final = 4
"""Conflicts in a row after which it is sure that somebody else polls with the same token, and goes on doing so."""

log = structlog.get_logger(__name__)


class IntakeError(Exception):
    """Updates can't be fetched until a human mends something; the text says what, in one line."""


class Poller:
    """Long polling over a `Line`, into an injected store."""

    def __init__(self, line: Line, store: Store, *, mark: str = MARK, poll_seconds: float = POLL_SECONDS) -> None:
        """`mark` stands for a CPR number; `poll_seconds` is how long Telegram may hold an empty answer back."""
        self._line = line
        self._store = sparing(store, mark)
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._pause = FIRST_PAUSE
        self._conflicts = 0
        self.reached: float | None = None
        """When Telegram last answered, by `time.monotonic()`, at first when it was asked; None while nobody asks."""

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch and store until `stop` is set; then return at once, or after the commit that is under way.

        Raises:
            IntakeError: the token is refused, or somebody else polls with it.
            Exception: whatever else the store raises; the updates then still wait at Telegram.
        """
        # Since the last time somebody else may have fetched.
        self._offset, self._conflicts = None, 0
        self.reached = time.monotonic()
        try:
            await self._run(stop)
        finally:
            # Another process asks from now on; Telegram is not silent to this one.
            self.reached = None

    async def _run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            updates = await self._unless(stop, self._fetch())
            if updates is None:
                continue
            if updates:
                try:
                    await self._store(updates)
                except StoreUnavailable as error:
                    # Nothing is confirmed: what waits comes again, with what was written since. It may be danger.
                    log.error("store_unavailable", reason=str(error))
                    await self._rest(stop, STORE_PAUSE)
                    continue
                self._offset = int(updates[-1]["update_id"]) + 1
            else:
                # All is confirmed. Telegram starts its numbers anew, at random, after a week of silence (Bot API,
                # `Update.update_id`); an old offset above the new numbers would throw those updates away.
                self._offset = None

    async def _unless(self, stop: asyncio.Event, fetch: Awaitable[list[dict[str, Any]]]) -> list[dict[str, Any]] | None:
        """What the fetch brings; None when it failed, after a pause, or when `stop` came first."""
        asking = asyncio.ensure_future(fetch)
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                return None
            return asking.result()
        except TelegramError as error:
            await self._rest(stop, self._judge(error))
            return None
        finally:
            for task in (asking, stopping):
                task.cancel()
            await asyncio.gather(asking, stopping, return_exceptions=True)

    async def _fetch(self) -> list[dict[str, Any]]:
        wish = {"offset": self._offset, "limit": BATCH, "timeout": self._poll_seconds, "allowed_updates": ALLOWED}
        found = await self._line.ask("getUpdates", wish, patience=self._poll_seconds + 10)
        self.reached, self._pause, self._conflicts = time.monotonic(), FIRST_PAUSE, 0
        return [update for update in found if isinstance(update, dict) and isinstance(update.get("update_id"), int)]

    def _judge(self, error: TelegramError) -> float:
        """The seconds to wait after an error."""
        match error:
            case InvalidToken():
                raise IntakeError(
                    "Telegram kender ikke SKAB_BOT_TOKEN: hent den igen hos @BotFather. "
                    "(Telegram does not know the bot's token.)"
                ) from None
            case Conflict():
                self._conflicts += 1
                if self._conflicts >= RIVALS:
                    raise IntakeError(
                        "En anden udgave af botten henter beskeder med samme token, eller en webhook er sat: stop den. "
                        f"(Telegram: {error.message[:160]})"
                    ) from None
        if isinstance(error, PausedError):
            wait = error.seconds
        else:
            wait, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        log.warning("updates_not_fetched", reason=error.message[:160], wait=wait)
        return wait

    @staticmethod
    async def _rest(stop: asyncio.Event, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await stop.wait()
        except TimeoutError:
            return


async def listen_by_polling(line: Line) -> None:
    """Take a webhook off the bot, so that polling is allowed; what waits at Telegram goes on waiting."""
    await line.ask("deleteWebhook", {"drop_pending_updates": False})


async def listen_by_webhook(line: Line, url: str, secret: str) -> None:
    """Ask Telegram to send updates to `url` with `secret` in the header X-Telegram-Bot-Api-Secret-Token."""
    wish = {"url": url, "secret_token": secret, "allowed_updates": ALLOWED, "max_connections": 8}
    await line.ask("setWebhook", wish)
