"""The line on which a process hears of the others' work, and on which it leads for as long as the line holds."""

import asyncio
import contextlib
import select
import socket
import threading
from collections.abc import Callable

import psycopg
import structlog
from sqlalchemy import Engine

from bot.store.lead import Lead
from bot.store.shared import ARRIVALS, LEAVING

LEADING = 0x736B6C64
"""The advisory lock of the process that leads."""
BEAT = 0.2
"""Seconds between two tries to lead, and between two looks whether the line still holds."""
PAUSE = 0.5
"""Seconds before a line that broke is made anew."""

log = structlog.get_logger()


class Watch:
    """A thread with a connection of its own. The lock lasts as long as the connection, however the process ends."""

    def __init__(self, engine: Engine, sender: str, lead: Lead) -> None:
        """`engine` knows the address; `sender` is how this process signs its own news, which it need not hear."""
        _, self._address = engine.dialect.create_connect_args(engine.url)
        self._sender = sender
        self._lead = lead
        self._bells: dict[str, Callable[[], None]] = {}
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._ending = threading.Event()
        self._end, self._ended = socket.socketpair()
        self._ready = asyncio.Event()
        self._held = False

    async def start(self) -> None:
        """Begin; when this returns, it is known whether this process leads."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        await self._ready.wait()

    def listen(self, on_arrivals: Callable[[], None], on_leaving: Callable[[], None]) -> None:
        """Call these when another process put rows into the inbox or the outbox."""
        self._bells = {ARRIVALS: on_arrivals, LEAVING: on_leaving}

    async def close(self) -> None:
        """Let another process lead."""
        if self._ending.is_set():
            return
        self._ending.set()
        self._end.send(b"x")
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)
        self._lead.turn(False)
        self._end.close()
        self._ended.close()

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                with psycopg.connect(**self._address, autocommit=True) as connection:
                    self._follow(connection)
            except psycopg.Error as error:
                log.warning("line_broken", reason=" ".join(str(error).split()))
            self._tell(False)
            self._ending.wait(PAUSE)

    def _follow(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        for channel in (ARRIVALS, LEAVING):
            connection.execute(f"LISTEN {channel}")
        # What came while nobody listened rings no bell.
        self._ring(*self._bells)
        while not self._ending.is_set():
            # One question for both: whether the line holds, and whether nobody else leads.
            asked = "SELECT true" if self._held else f"SELECT pg_try_advisory_lock({LEADING})"
            found = connection.execute(asked).fetchone()
            self._tell(found == (True,))
            select.select([connection.fileno(), self._ended.fileno()], [], [], BEAT)
            self._ring(*{note.channel for note in connection.notifies(timeout=0) if note.payload != self._sender})

    def _tell(self, held: bool) -> None:
        changed, self._held = held != self._held, held
        if changed or not self._ready.is_set():
            self._call(self._turn, held)

    def _turn(self, held: bool) -> None:
        self._lead.turn(held)
        self._ready.set()

    def _ring(self, *channels: str) -> None:
        for channel in channels:
            if channel in self._bells:
                self._call(self._bells[channel])

    def _call(self, what: Callable[..., None], *values: object) -> None:
        # A loop that is closed already has nobody left to be told.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(what, *values)
