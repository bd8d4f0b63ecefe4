"""Keeps the municipality's own texts: watches their file, takes a good one, tells admins of a bad one, once."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog

from bot.conversation.rule_rows import arrival
from bot.conversation.storage import StoreUnavailable
from bot.core.rule_news import TextsBarred, TextsInForce, TextsRefused
from bot.keeper.own_texts import Found, read_own
from bot.keeper.shelf import put_on_disk
from bot.keeper.trial import told
from bot.routing.load import digest
from bot.routing.watched import Watched
from bot.store.database import Database
from bot.texts.book import Book

LOOK_SECONDS = 0.5
MOST_TOLD = 5
NAME = "own_texts"
"""What the name of a file of own texts begins with when an admin sends one."""
INTRODUCING = "bot."
"""Texts that Telegram keeps and shows by itself; it is told them anew when they change."""

log = structlog.get_logger(__name__)


class TextKeeper:
    """The file of own texts and the book that they stand in; what it finds goes to the dialogue by the inbox."""

    def __init__(self, path: Path, book: Book, store: Database, clock: Callable[[], datetime]) -> None:
        """Read the file as it stands; where it can't be used, the bot's own texts hold."""
        self.path = path
        self._book = book
        self._store = store
        self._clock = clock
        self._file = Watched(path)
        self._seen, self._opening = "", Found(book.own)
        data = self._file.read()
        if data:
            self._seen, self._opening = digest(data), read_own(data, book)
            self._take(self._opening)

    async def watch(self, stop: asyncio.Event, introduce: Callable[[], Awaitable[None]]) -> None:
        """Look at the file until `stop`; while nothing can be stored, what was found waits."""
        await self._in_the_end(self._tell_of_opening, stop)
        while not stop.is_set():
            before = self._introduction()
            found = await self.look()
            if found is not None:
                await self._in_the_end(partial(self._tell, found), stop)
                if self._introduction() != before:
                    await introduce()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)

    async def follow(self) -> None:
        """Take up what was saved while another process leads, which is the one to tell."""
        await self.look()

    async def look(self) -> Found | None:
        """What came of a save, once, and taken where it is good; None where there was none."""
        read = await asyncio.to_thread(self._file.poll, time.monotonic())
        if read is None:
            return None
        data = read.data or b""
        seen = digest(data) if data else ""
        if seen == self._seen:
            return None
        self._seen = seen
        found = await asyncio.to_thread(read_own, data, self._book)
        self._take(found)
        return found

    async def receive(self, data: bytes, chat: int, name: str) -> TextsRefused | TextsBarred | None:
        """A file that an admin sent: its faults, or it is written down, and taken like every save."""
        found = await asyncio.to_thread(read_own, data, self._book)
        if found.faults:
            return self._refusal(found, name, chat=chat)
        if digest(data) == self._seen:
            return TextsBarred(self._clock(), chat, "same")
        if not await asyncio.to_thread(put_on_disk, self.path, data):
            return TextsBarred(self._clock(), chat, "unwritten")
        return None

    def _take(self, found: Found) -> None:
        if not found.faults:
            self._book.own.entries, self._book.own.mark = found.own.entries, found.own.mark

    def _introduction(self) -> dict[tuple[str, str], object]:
        own = self._book.own.entries
        return {(lang, key): own[lang][key] for lang in own for key in own[lang] if key.startswith(INTRODUCING)}

    async def _tell_of_opening(self) -> None:
        """Once for each such file: a bot that is started again and again says it no more often."""
        if self._opening.faults:
            log.error("texts_left_out", problems=[str(problem) for problem in self._opening.faults[:20]])
            news = self._refusal(self._opening, self.path.name, started=True)
            await self._arrive(news, f"texts-started:{self._seen}")

    async def _tell(self, found: Found) -> None:
        if found.faults:
            log.error("texts_refused", problems=[str(problem) for problem in found.faults[:20]])
            await self._arrive(self._refusal(found, self.path.name), f"texts:{time.time_ns()}")
            return
        log.info("texts_in_force", texts=found.many)
        news = TextsInForce(self._clock(), self.path.name, found.many, told(found.warnings, MOST_TOLD))
        await self._arrive(news, f"texts:{time.time_ns()}")

    def _refusal(self, found: Found, name: str, *, started: bool = False, chat: int = 0) -> TextsRefused:
        more = max(0, len(found.faults) - MOST_TOLD)
        return TextsRefused(self._clock(), name, told(found.faults, MOST_TOLD), more, started, chat)

    async def _arrive(self, news: TextsInForce | TextsRefused, key: str) -> None:
        row = arrival(news, key)
        await self._store.write(lambda transaction: transaction.inbox.add([row], time.time()))

    @staticmethod
    async def _in_the_end(tell: Callable[[], Awaitable[None]], stop: asyncio.Event) -> None:
        """Do it, however long the disk is full."""
        while not stop.is_set():
            try:
                return await tell()
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
        return None


def names_own_texts(name: str) -> bool:
    """Whether a file that was sent is one of own texts, by its name."""
    return name.casefold().startswith(NAME)
