"""Carries python-telegram-bot's calls over aiohttp; knows the token's address and never tells it to anybody."""

import json
from io import BytesIO
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

Timeout = Any
"""Seconds, None for no limit, or python-telegram-bot's mark for "as usual"."""

TOO_MANY: Final = 429
TOO_LARGE: Final = 413
SERVER_FAULT: Final = 500


class PausedError(TelegramError):
    """Telegram asks for a pause (429); `seconds` is how long.

    python-telegram-bot's own RetryAfter warns whenever it is made unless an environment variable is set.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Telegram asks for a pause of {seconds:g} s")
        self.seconds = seconds


class TooLargeError(TelegramError):
    """Telegram refuses the call for its size (413), and will always do so."""


class Request(BaseRequest):
    """An HTTP client of a few connections that are kept open.

    Errors name the kind of fault only, since an address holds the token.
    """

    def __init__(self, *, connections: int, patience: float) -> None:
        """`connections` are open at most; `patience` is how many seconds an answer may take."""
        self._connections = connections
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take."""
        return self._patience

    async def initialize(self) -> None:
        """Open the pool; it must be called inside the running loop."""
        if self._session is None or self._session.closed:
            pool = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(
                connector=pool, headers={"User-Agent": self.USER_AGENT}, cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Close the pool and all its connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Make one request: the HTTP status and the body.

        Raises:
            NetworkError: the server can't be reached or hangs up.
            TimedOut: no answer in time; the call may have been carried out.
            PausedError, TooLargeError: see there.
        """
        if self._session is None or self._session.closed:
            raise NetworkError("the connection to Telegram is not open")
        timeout = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_seconds(connect_timeout, 5.0),
            sock_read=_seconds(read_timeout, self._patience),
        )
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as answer:
                code, payload = answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except (aiohttp.ClientError, OSError) as fault:
            raise NetworkError(f"the connection failed: {type(fault).__name__}") from None
        if code == TOO_MANY:
            raise PausedError(_pause(payload))
        if code == TOO_LARGE:
            raise TooLargeError("Request Entity Too Large")
        if code >= SERVER_FAULT:
            raise NetworkError(f"Telegram has a fault of its own ({code})")
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The body as an object; unlike the library's it logs nothing, since a body may hold people's words."""
        try:
            body = json.loads(payload)
        except ValueError:
            raise NetworkError("the answer is not JSON") from None
        if not isinstance(body, dict):
            raise NetworkError("the answer is not a JSON object")
        return body


def _body(data: RequestData | None) -> aiohttp.FormData | None:
    """The parameters as a form, with files as its parts if there are any."""
    if data is None:
        return None
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    if data.contains_files:
        for name, (file_name, content, mime_type) in data.multipart_data.items():
            # As a stream, so that a large file leaves piece by piece and holds nobody up.
            stream = BytesIO(content) if isinstance(content, bytes) else content
            form.add_field(name, stream, filename=file_name, content_type=mime_type)
    return form


def _seconds(value: Timeout, usual: float) -> float | None:
    return value if value is None or isinstance(value, int | float) else usual


def _pause(payload: bytes) -> float:
    """The seconds that a 429 asks for; 1 where a proxy on the way answered instead of Telegram."""
    try:
        return max(0.0, float(json.loads(payload)["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return 1.0
