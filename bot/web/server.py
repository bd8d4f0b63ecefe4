"""Serves the service's own addresses inside the loop that the bot runs in."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

AT_ONCE = 200
"""Connections at once; whoever comes beyond them gets 503. Slow ones are the proxy's to end (see docs/operator.md)."""

LONGEST_HEAD = 64 * 1024
"""Bytes of a request before its body; longer ones are refused."""


def build_site(routes: Sequence[BaseRoute]) -> Starlette:
    """The site with these routes; anything else is 404."""
    return Starlette(routes=list(routes))


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens on the address; port 0 takes a free one.

    Raises:
        OSError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, as asyncio only sends small parts at once where the protocol is named: else each answer waits 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


async def serve_site(site: Starlette, listening: socket.socket, stop: asyncio.Event) -> None:
    """Serve until `stop` is set; requests under way are ended first, for at most five seconds."""
    server = _Server(
        uvicorn.Config(
            site,
            http=_Protocol,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            limit_concurrency=AT_ONCE,
            timeout_graceful_shutdown=5,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        server.should_exit = True
        await serving
        listening.close()


class _Protocol(HttpToolsProtocol):
    """uvicorn's quicker way of reading requests, which alone would keep a head that never ends."""

    _head = 0
    """Bytes of the head that is coming, as far as it has come."""

    def data_received(self, data: bytes) -> None:
        self._head += len(data)
        super().data_received(data)
        if self._head > LONGEST_HEAD and not self.transport.is_closing():
            self.send_400_response("The request is too long.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head = 0

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self._head = 0

    def on_body(self, body: bytes) -> None:
        self._head = 0
        super().on_body(body)


class _Server(uvicorn.Server):
    """uvicorn without its own handling of signals: the bot's is the one that counts."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
