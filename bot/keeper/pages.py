"""Keeps the pages that answer questions: watches their folder, tries, uses and takes back what admins send."""

import asyncio
import contextlib
import hashlib
import io
import re
import time
import zipfile
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path

import structlog

from bot.conversation.ports import Json, Outcome, Retry
from bot.conversation.rule_rows import arrival
from bot.conversation.storage import StoreUnavailable
from bot.core.page_news import PageBarred, PageFault, PageNews, PagesInForce, PagesListed, PagesRefused, PageTried, Why
from bot.keeper.shelf import put_on_disk
from bot.keeper.thought import think
from bot.knowledge.calendar import gatherings
from bot.knowledge.live import Changed, LivePages
from bot.knowledge.reader import CALENDAR, Page, Problem, Shelf
from bot.routing.apart import GivenUp
from bot.store.database import Database
from bot.store.transaction import Transaction
from bot.telegram_io.line import FileTooLarge, Line, TelegramError, Upload
from bot.telegram_io.outbound import judge

LOOK_SECONDS = 0.5
LARGEST = 100_000
MOST_TOLD = 5
MOST_MEETINGS = 8
"""Meetings of a file that an admin reads before it counts."""
MEETINGS = frozenset({"kalender", "møder"})
"""What an admin asks for to get the files of the calendar."""
_NAME = re.compile(r"(?P<id>[\w-]+?)(?:\.(?:da|en|uk))?(?:\s*\(\d+\))?\.md", re.IGNORECASE)
_LISTING = re.compile(r"(?P<id>[\w -]{1,60}?)(?:\s*\(\d+\))?\.ics", re.ASCII)
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
"""As the pages' own files are named: other letters do not come back from every phone as they were sent."""
_LANG = re.compile(r"^sprog:\s*(\w{2})\s*$", re.MULTILINE)

Errand = Callable[[Mapping[str, Json]], Awaitable[PageNews | Outcome | None]]
log = structlog.get_logger(__name__)


class PageKeeper:
    """The pages in force and their versions; what it finds goes to the dialogue by the inbox."""

    def __init__(self, live: LivePages, store: Database, clock: Callable[[], datetime]) -> None:
        self.live = live
        self.store = store
        self.clock = clock
        self._lock = asyncio.Lock()
        self._told_of_opening = False
        self._ended: asyncio.Event | None = None
        """When nobody waits any more for pages that are read, once the folder is watched."""

    async def watch(self, stop: asyncio.Event) -> None:
        """Look at the folder until `stop`; while nothing can be stored, what was found waits."""
        self._ended = stop
        with contextlib.suppress(GivenUp):
            await self._watch(stop)

    async def _watch(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.look()
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)

    async def look(self) -> None:
        """Take up what was saved in the folder; called again and again."""
        async with self._lock:
            if not self._told_of_opening:
                self._told_of_opening = True
                if self.live.problems:
                    await self._tell_of_opening(self.live.problems)
            changed = await think(self._ended, self.live.poll, time.monotonic())
            if changed is None:
                return
            if changed.problems:
                log.error("pages_refused", problems=[str(problem) for problem in changed.problems[:20]])
                await self._tell(self._refusal(changed.problems, "faults"))
                return
            await self.store.write(self._keep_saved, changed)
            log.info("pages_in_force", files=list(changed.after)[:20], who="mappen")

    async def follow(self) -> None:
        """Take up what was saved in the folder while another process leads, which is the one to keep it and to tell."""
        async with self._lock:
            await think(None, self.live.poll, time.monotonic())

    def _keep_saved(self, transaction: Transaction, changed: Changed) -> None:
        before = 0
        for name, text in changed.after.items():
            before = transaction.pages.keep(name, changed.before[name], self.clock(), "")
            transaction.pages.keep(name, text, self.clock(), "")
        alone = len(changed.after) == 1
        news = PagesInForce(self.clock(), tuple(changed.after), mended=changed.mended, before=before if alone else 0)
        self._to_inbox(transaction, news)

    def _refusal(self, problems: tuple[Problem, ...], why: Why) -> PagesRefused:
        more = max(0, len(problems) - MOST_TOLD)
        return PagesRefused(self.clock(), why=why, faults=told(problems), more=more)

    async def _tell_of_opening(self, problems: tuple[Problem, ...]) -> None:
        """Once for each such folder: a bot that is started again and again says it no more often."""
        log.error("pages_left_out", problems=[str(problem) for problem in problems[:20]])
        key = hashlib.sha256("".join(map(str, problems)).encode()).hexdigest()[:16]
        row = arrival(self._refusal(problems, "started"), f"pages-started:{key}")
        await self.store.write(lambda transaction: transaction.inbox.add([row], time.time()))

    async def _tell(self, news: PageNews) -> None:
        await self.store.write(lambda transaction: self._to_inbox(transaction, news))

    @staticmethod
    def _to_inbox(transaction: Transaction, news: PageNews) -> None:
        transaction.inbox.add([arrival(news, f"pages:{time.time_ns()}")], time.time())

    # -- what admins ask -----------------------------------------------------------------------------------------------

    def errands(self, line: Line) -> Mapping[str, Errand]:
        """What can be asked of it, by the name of the errand; files are fetched over this line."""

        async def judged(asked: Mapping[str, Json]) -> PageNews | Outcome:
            return await self._judge(line, asked)

        return {
            "page_judge": judged, "page_use": self._use, "page_back": self._back, "page_drop": self._drop,
            "page_list": self._list,
        }  # fmt: skip

    def upload(self, name: str) -> Upload:
        """A page's file as it is sent, or all of them in one when `name` is ""."""
        if name:
            lang, _, file = name.partition("/")
            called = file if lang == CALENDAR else f"{file.removesuffix('.md')}.{lang}.md"
            return Upload(called, self.live.shelf.files.get(name, b""))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
            for path, data in self.live.shelf.files.items():
                whole.writestr(path, data)
        return Upload("viden.zip", packed.getvalue())

    async def _judge(self, line: Line, asked: Mapping[str, Json]) -> PageNews | Outcome:
        """Fetch a page that was sent and try it: its faults, or how it would read and what it would change."""
        now, chat, sent = self.clock(), asked["chat"], asked["text"]
        try:
            data = await line.fetch(asked["file_id"], LARGEST)
        except FileTooLarge:
            return PagesRefused(now, sent, "too_large", chat=chat)
        except TelegramError as error:
            outcome = judge(error, "getFile")
            return outcome if isinstance(outcome, Retry) else PagesRefused(now, sent, "unreadable", chat=chat)
        name = name_of(sent, data)
        if not name:
            return PagesRefused(now, sent, "no_page", chat=chat)
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            fault = (name, 1, "filen er ikke gemt som UTF-8. Gem den igen, og vælg UTF-8")
            return PagesRefused(now, name, "faults", (fault,), chat=chat)
        if text == self.live.text(name):
            return PageBarred(now, chat, "same")
        shelf = await think(self._ended, self.live.try_page, name, text)
        faults = self._faults_of(shelf)
        if faults:
            log.warning("pages_refused", who=asked["who"], problems=[str(problem) for problem in faults[:20]])
            more = max(0, len(faults) - MOST_TOLD)
            return PagesRefused(now, name, "faults", told(faults), more, chat)
        is_new = name not in self.live.shelf.files
        if name.startswith(CALENDAR):
            ahead, lines = meetings_of(shelf, name, now)
            draft = await self.store.write(lambda one: one.pages.keep_draft(chat, name, text, now))
            return PageTried(now, chat, draft, name, is_new, ahead, lines, "")
        lost = await think(self._ended, self.live.lost_with, shelf)
        draft = await self.store.write(lambda one: one.pages.keep_draft(chat, name, text, now))
        page = page_of(shelf, name)
        return PageTried(now, chat, draft, name, is_new, len(page.aliases), page.text, page.source, lost)

    def _faults_of(self, shelf: Shelf) -> tuple[Problem, ...]:
        """What is wrong with pages, but for what was wrong already and is nobody's doing who sends another page."""
        return tuple(problem for problem in shelf.problems if problem not in self.live.problems)

    async def _use(self, asked: Mapping[str, Json]) -> PageNews | Outcome | None:
        draft = await self.store.read(lambda one: one.pages.get(asked["number"]))
        if draft is None or draft.owner != asked["chat"]:
            return PageBarred(self.clock(), asked["chat"], "gone")
        return await self._put(draft.name, draft.text, asked, draft=draft.id)

    async def _back(self, asked: Mapping[str, Json]) -> PageNews | Outcome | None:
        version = await self.store.read(lambda one: one.pages.get(asked["number"]))
        if version is None or version.owner:
            return PageBarred(self.clock(), asked["chat"], "gone")
        return await self._put(version.name, version.text, asked)

    async def _drop(self, asked: Mapping[str, Json]) -> None:
        draft = await self.store.read(lambda one: one.pages.get(asked["number"]))
        if draft is not None and draft.owner == asked["chat"]:
            await self.store.write(lambda one: one.pages.drop_draft(draft.id))

    async def _put(self, name: str, text: str, asked: Mapping[str, Json], draft: int = 0) -> PageNews | None:
        """Write a page into the folder and take it, all pages together; "" takes the page away."""
        now, chat = self.clock(), asked["chat"]
        async with self._lock:
            old = self.live.text(name)
            shelf = await think(self._ended, self.live.try_page, name, text)
            faults = self._faults_of(shelf)
            if faults:
                return PagesRefused(now, name, "faults", told(faults), max(0, len(faults) - MOST_TOLD), chat)
            if old == text:
                await self.store.write(lambda one: one.pages.drop_draft(draft))
                return PageBarred(now, chat, "same")
            if not await asyncio.to_thread(write_page, self.live.folder / name, text):
                return PageBarred(now, chat, "unwritten")
            await asyncio.to_thread(self.live.take, shelf)
            news = await self.store.write(self._keep, name, old, text, asked["who"], draft)
        log.info("pages_in_force", files=[name], who=asked["who"])
        return news

    def _keep(self, transaction: Transaction, name: str, old: str, text: str, who: str, draft: int) -> PagesInForce:
        before = transaction.pages.keep(name, old, self.clock(), "")
        transaction.pages.keep(name, text, self.clock(), who)
        transaction.pages.drop_draft(draft)
        return PagesInForce(self.clock(), (name,), who, restored=not draft, before=before)

    async def _list(self, asked: Mapping[str, Json]) -> PageNews:
        wanted, pages = str(asked["text"]).strip().casefold(), self.live.index.pages
        if wanted in MEETINGS:
            listings = tuple(name for name in self.live.shelf.files if name.startswith(CALENDAR))
            return PagesListed(self.clock(), asked["chat"], str(asked["text"]), listings)
        named = [page for page in pages if wanted and wanted in (page.id, page.title.casefold())]
        if wanted and not named:
            found = self.live.index.find(wanted)
            named = [page for page in pages if found is not None and page.id == found.id]
        ids = {page.id for page in named}
        files = tuple(name for name in self.live.shelf.files if name.partition("/")[2].removesuffix(".md") in ids)
        titles = tuple(f"{page.id}: {page.title}" for page in pages if page.lang == "da") if not wanted else ()
        return PagesListed(self.clock(), asked["chat"], str(asked["text"]), files, titles)


def told(problems: tuple[Problem, ...]) -> tuple[PageFault, ...]:
    """The first problems, as they are told to admins."""
    return tuple((one.file, one.line, one.what) for one in problems[:MOST_TOLD])


def name_of(sent: str, data: bytes) -> str:
    """The page that a sent file is: its id by the file's name, its language by what it says; "" where that fails.

    A file with meetings goes into the calendar under its own name.
    """
    listing = _LISTING.fullmatch(sent.casefold().translate(_PLAIN))
    if listing is not None:
        return f"{CALENDAR}/{'-'.join(listing['id'].split())}.ics"
    named, lang = _NAME.fullmatch(sent), _LANG.search(data.decode("utf-8", "replace"))
    return f"{lang[1]}/{named['id'].casefold()}.md" if named and lang else ""


def page_of(shelf: Shelf, name: str) -> Page:
    """The page of that file."""
    lang, _, file = name.partition("/")
    return next(page for page in shelf.pages if (page.lang, page.id) == (lang, file.removesuffix(".md")))


def meetings_of(shelf: Shelf, name: str, now: datetime) -> tuple[int, str]:
    """How many meetings of that file are still to come, and the first of them, a line each."""
    found = gatherings((one for one in shelf.listings if one.name == name), now)
    lines = (f"{one.start:%d.%m.%Y kl. %H.%M}: {one.title}. {one.where}".rstrip() for one in found[:MOST_MEETINGS])
    return len(found), "\n".join(lines)


def write_page(path: Path, text: str) -> bool:
    """Let the page's file hold this text, whole or not at all; "" takes it away. False where that can't be done."""
    try:
        if not text:
            path.unlink(missing_ok=True)
            return True
        path.parent.mkdir(exist_ok=True)
    except OSError:
        return False
    return put_on_disk(path, text.encode())
