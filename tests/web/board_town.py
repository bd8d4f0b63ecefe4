"""A board that is really served: a store in a file, the real pages, and initiatives to show or to hide."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.core.effects import Note
from bot.core.frame import Frame, Press
from bot.core.initiative import Initiative
from bot.core.world import Gathering
from bot.noticeboard import Noticeboard
from bot.store.database import Database
from bot.web.board import Board
from bot.web.server import bind, build_site, serve_site
from tests.book import BOOK
from tests.core.town import FRAME, NOW, an_idea

ADDRESS = "https://ideer.example.org"
WORDS = "Cyklerne ligger og flyder. Æbler, øl og ål."
SECRET = "hemmeligeord"
SHOWN: Frame = replace(FRAME, board=ADDRESS, press=Press("Liv Storm", "presserådgiver", "39 98 00 00"))


def public(number: int = 12, **changes: Any) -> Initiative:
    """Aase's idea, shown in the words that she said yes to; her other words are nobody's business."""
    shown: dict[str, Any] = {"public": True, "public_words": WORDS, "owner_name": "Aase Winther", **changes}
    return an_idea(number, **shown)


def meeting(
    key: str = "a",
    title: str = "Grønt Råd",
    topics: tuple[str, ...] = ("natur",),
    where: str = "Byens Hus",
    days: int = 8,
) -> Gathering:
    """A meeting of the calendar, so many days from now."""
    start = NOW + timedelta(days=days)
    return Gathering(key, title, start, start + timedelta(hours=2), where, topics)


@dataclass
class Hall:
    """The running board: its store, its address, its editions, what answers, and its clock."""

    store: Database
    http: aiohttp.ClientSession
    url: str
    board: Noticeboard
    site: Board
    frame: Frame = SHOWN
    now: datetime = NOW
    headers: dict[str, str] = field(default_factory=dict)
    meetings: tuple[Gathering, ...] = ()

    async def keep(self, *initiatives: Initiative, notes: tuple[Note, ...] = ()) -> None:
        """Save them, and let the board look anew at once."""

        def work(transaction: Any) -> None:
            for initiative in initiatives:
                transaction.initiatives.save(initiative)
            transaction.timeline.add(notes, self.now)

        await self.store.write(work)
        self.look()

    def look(self) -> None:
        """Let the board look anew now, instead of within a second."""
        self.board._holds = 0.0

    async def get(self, path: str, status: int = 200, **headers: str) -> str:
        """A page's text."""
        async with self.http.get(self.url + path, headers=headers) as answer:
            self.headers = {name.lower(): value for name, value in answer.headers.items()}
            assert answer.status == status, f"{path}: {answer.status}"
            return (await answer.read()).decode()


@asynccontextmanager
async def open_hall(folder: Path) -> AsyncIterator[Hall]:
    """Serve the board until the block ends."""
    store = await Database.open(folder / "skab.db")
    holder: dict[str, Hall] = {}

    def places(text: str) -> tuple[str, ...]:
        return ("Ordrup Station",) if "Ordrup Station" in text else ()

    notices = Noticeboard(
        store,
        lambda: holder["hall"].frame,
        lambda: holder["hall"].now,
        places,
        "https://t.me/skab_bot?start=follow_{n}",
        lambda: holder["hall"].meetings,
    )
    board = Board(notices.edition, BOOK, ADDRESS)
    listening = bind("127.0.0.1", 0)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve_site(build_site(board.routes()), listening, stop))
    async with aiohttp.ClientSession() as http:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        holder["hall"] = Hall(store, http, url, notices, board)
        yield holder["hall"]
    stop.set()
    await asyncio.wait_for(serving, 10)
    await store.close()
