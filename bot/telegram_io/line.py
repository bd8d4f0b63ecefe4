"""The one line to Telegram: python-telegram-bot's Bot with a small pool, asked by method name, answering raw JSON."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from telegram import Bot, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError
from telegram.request import BaseRequest

from bot.telegram_io.request import Request

__all__ = [
    "ANSWER_SECONDS", "TELEGRAM", "BadRequest", "FileTooLarge", "FileUnfetched", "InvalidToken", "Line",
    "TelegramError", "Upload",
]  # fmt: skip
"""With the errors that those outside this room catch, since they may not import `telegram` themselves."""

DEFAULT_NONE = BaseRequest.DEFAULT_NONE
TELEGRAM = "https://api.telegram.org"
ANSWER_SECONDS = 20.0
"""How long a call may take; Telegram itself gives up on most sooner."""
FETCHED = 200
TRIES = 3
"""Times that a file is asked for where it lies."""
FETCH_SECONDS = 60.0
"""How long a file may take to come, however steadily it trickles."""


class FileTooLarge(Exception):
    """A file is larger than what is wanted of it."""


class FileUnfetched(TelegramError):
    """Telegram says where a file lies, and it can't be had from there however often one asks."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of ours that is sent: it may stand as a parameter of a call."""

    name: str
    data: bytes


class Line(Bot):
    """A bot's connection to a Bot API server.

    It is opened without a call, so that a start without a network is possible: `async with Line(token, url) as line`.
    """

    def __init__(self, token: str, api_url: str = TELEGRAM, *, connections: int = 8) -> None:
        """`api_url` is the server's root, without `/bot`; `connections` are open at most besides the one that polls."""
        root = api_url.rstrip("/")
        super().__init__(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=Request(connections=connections, patience=ANSWER_SECONDS),
            get_updates_request=Request(connections=1, patience=ANSWER_SECONDS),
        )

    def __repr__(self) -> str:
        """Without the token, which the library would show."""
        return f"Line(bot {self.token.partition(':')[0]})"

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close_pools()

    async def open(self) -> None:
        """Open the pools; nothing is sent."""
        for request in self._request:
            await request.initialize()

    async def close_pools(self) -> None:
        """Close the pools. (`Bot.close` is the Bot API's method of that name: never call it.)"""
        for request in self._request:
            await request.shutdown()

    async def ask(self, method: str, params: Mapping[str, Any] | None = None, patience: float | None = None) -> Any:
        """Call a method of the Bot API by its name and give Telegram's `result` as it stands in the JSON.

        `patience` is how many seconds the answer may take, if not the usual.

        Raises:
            telegram.error.TelegramError: what Telegram or the network answered instead.
        """
        # `_do_post` is what the library's subclasses build on; `do_api_request` warns about every method that the
        # library has itself, and `_post` before it expects an album's files as the library's own objects.
        given = {name: _upload(value) for name, value in (params or {}).items() if value is not None}
        return await self._do_post(method, given, read_timeout=DEFAULT_NONE if patience is None else patience)

    async def fetch(self, file_id: str, most: int) -> bytes:
        """The bytes of a file that somebody sent.

        Raises:
            FileTooLarge: it has more than `most` bytes; nothing was fetched.
            FileUnfetched: it can't be had from where it lies.
            telegram.error.TelegramError: what Telegram or the network answered instead.
        """
        found = await self.ask("getFile", {"file_id": file_id})
        path, size = found.get("file_path"), found.get("file_size", 0)
        if size > most:
            raise FileTooLarge(f"{size} bytes, {most} is the most")
        if not isinstance(path, str):
            raise TelegramError("Telegram names no place to fetch the file from")
        data = await self._bytes_of(path)
        if len(data) > most:
            raise FileTooLarge(f"{len(data)} bytes, {most} is the most")
        return data

    async def _bytes_of(self, path: str) -> bytes:
        reason = ""
        for _ in range(TRIES):
            try:
                async with asyncio.timeout(FETCH_SECONDS):
                    code, data = await self._request[1].do_request(f"{self.base_file_url}/{path}", "GET")
            except (NetworkError, TimeoutError) as error:
                # Its words may hold the address, and with it the token.
                reason = type(error).__name__
                continue
            if code == FETCHED:
                return bytes(data)
            reason = str(code)
        raise FileUnfetched(f"the file can't be fetched ({reason})")


def _upload(value: Any) -> Any:
    """A file of ours as the library wants it; anything else as it is."""
    return InputFile(value.data, filename=value.name, attach=False) if isinstance(value, Upload) else value
