"""Takes updates that Telegram pushes; answers 200 only after they are committed."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

Store = Callable[[Sequence[Mapping[str, Any]]], Awaitable[None]]
"""Keeps raw updates durably, each once by its `update_id`; returns after the commit."""

LARGEST: Final = 1024 * 1024
"""Bytes of the largest body that is read; Telegram's updates are far smaller."""
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (its name, not the secret)

log = structlog.get_logger(__name__)


class _TooLargeError(Exception):
    """The body is larger than any update."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """The address that Telegram pushes to: its secret path, and the secret that each push must carry in a header."""

    path: str
    secret: str = field(repr=False)
    store: Store
    seconds: float = 10.0
    """How long the body of one push may take to come."""

    def route(self) -> Route:
        """The address as a route."""
        return Route(self.path, self._take, methods=["POST"])

    async def _take(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self.secret.encode()):
            return Response(status_code=401)
        try:
            async with asyncio.timeout(self.seconds):
                body = await _read(request)
            update = json.loads(body)
        except _TooLargeError:
            return Response(status_code=413)
        except TimeoutError:
            return Response(status_code=408)
        except ClientDisconnect:
            return Response(status_code=400)
        except (ValueError, RecursionError):
            return Response("this is not JSON", status_code=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return Response("this is not an update", status_code=400)
        try:
            await self.store([update])
        except Exception:
            # Telegram keeps the update and tries again for a day; whatever the fault is, 200 would lose it.
            log.exception("update_not_stored")
            return Response(status_code=503)
        return Response(status_code=200)


async def _read(request: Request) -> bytes:
    """The body, given up as soon as it is too large, whatever its length was said to be."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise _TooLargeError
    return bytes(body)
