"""The public board over HTTP: strict, without cookies, scripts or anybody else's servers, and made to be kept."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.texts.book import FIRST, Book
from bot.web import meetings
from bot.web.edition import FILTERS, Edition
from bot.web.exports import Exports
from bot.web.meetings import Meetings
from bot.web.pages import FOLDER, PICTURE, NoSuchPage, Pages
from bot.web.shelf import Kept, Shelf

CURRENT: Final = "public, no-cache"
"""May be kept, but is asked for again each time: what a citizen hides is gone at the next look."""
FOR_GOOD: Final = "public, max-age=31536000, immutable"
STRICT: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CALENDAR = "text/calendar; charset=utf-8"
HTML, CSV, JSON = "text/html; charset=utf-8", "text/csv; charset=utf-8", "application/json"
ATOM, XML, TEXT = "application/atom+xml", "application/xml", "text/plain; charset=utf-8"
WHOLE: Final = frozenset({CSV, JSON, XML, CALENDAR})
"""Kinds that hold all there is: they take half a second, so they are made in a thread, one after the other.

A page takes a few thousandths, and is made at once: beside a busy loop a thread waits far longer for its turn.
"""
MOST_DIGITS: Final = 9

Make = Callable[[Edition, str], str]
Editions = Callable[[], Awaitable[Edition]]
"""Gives the edition of now."""


class Board:
    """All addresses of the board. `address` is where the world reaches it."""

    def __init__(self, editions: Editions, book: Book, address: str) -> None:
        self._editions = editions
        self._pages = Pages(book, address)
        self._exports = Exports(self._pages)
        self._meetings = Meetings(self._pages)
        self._shelf = Shelf()
        self._making = asyncio.Semaphore(1)
        style = Kept.of(self._pages.css, "text/css; charset=utf-8")
        icon = Kept.of((FOLDER / "icon.svg").read_bytes(), "image/svg+xml")
        picture = Kept.of((FOLDER / PICTURE).read_bytes(), "image/png")
        self._fixed = {self._pages.stylesheet: style, "/icon.svg": icon, f"/{PICTURE}": picture}

    def routes(self) -> list[Route]:
        """The addresses, the last of which takes everything that is none."""
        found = [Route(path, self._fixed_file) for path in self._fixed]
        found += [Route("/sitemap.xml", self._sitemap), Route("/robots.txt", self._robots)]
        found.append(Route(f"{meetings.PATH}.ics", self._export_in(FIRST, self._meetings.calendar, CALENDAR)))
        found.append(Route(f"{meetings.PATH}/{{key}}.ics", self._meeting))
        exports: tuple[tuple[str, Make, str], ...] = (
            ("/tal", self._pages.numbers, HTML),
            ("/data.csv", self._exports.ideas_csv, CSV),
            ("/data.json", self._exports.ideas_json, JSON),
            ("/tal.csv", self._exports.numbers_csv, CSV),
            ("/tal.json", self._exports.numbers_json, JSON),
            ("/feed.atom", self._exports.feed, ATOM),
        )
        for lang in self._pages.languages:
            found.append(Route(self._pages.link("/", lang), self._list_in(lang)))
            found.append(Route(self._pages.link("/nr/{number}", lang), self._one_in(lang)))
            found.append(Route(self._pages.link(meetings.PATH, lang), self._meetings_in(lang)))
            for path, make, kind in exports:
                found.append(Route(self._pages.link(path, lang), self._export_in(lang, make, kind)))
        return [*found, Route("/{anything:path}", self._nothing)]

    def _list_in(self, lang: str) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            asked = request.query_params
            wanted = {name: asked[name] for name in FILTERS if asked.get(name)}
            side = asked.get("side", "1")
            page = int(side) if side.isascii() and side.isdigit() and len(side) < MOST_DIGITS else 0
            key = f"list {lang} {page} {sorted(wanted.items())}"
            return await self._answer(request, lang, key, HTML, lambda e: self._pages.listing(e, lang, wanted, page))

        return respond

    def _meetings_in(self, lang: str) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            asked = request.query_params
            wanted = {name: asked[name] for name in meetings.FILTERS if asked.get(name)}
            key = f"meetings {lang} {sorted(wanted.items())}"
            return await self._answer(request, lang, key, HTML, lambda e: self._meetings.page(e, lang, wanted))

        return respond

    async def _meeting(self, request: Request) -> Response:
        key = request.path_params["key"]
        return await self._answer(request, FIRST, f"meeting {key}", CALENDAR, lambda e: self._meetings.one(e, key))

    def _one_in(self, lang: str) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            digits = request.path_params["number"]
            fits = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS and digits[0] != "0"
            number = int(digits) if fits else 0
            return await self._answer(
                request, lang, f"one {lang} {number}", HTML, lambda e: self._pages.one(e, lang, number), number
            )

        return respond

    def _export_in(self, lang: str, make: Make, kind: str) -> Callable[[Request], Awaitable[Response]]:
        async def respond(request: Request) -> Response:
            return await self._answer(request, lang, request.url.path, kind, lambda e: make(e, lang))

        return respond

    async def _sitemap(self, request: Request) -> Response:
        return await self._answer(request, FIRST, "sitemap", XML, self._exports.sitemap)

    async def _robots(self, request: Request) -> Response:
        return _reply(request, Kept.of(self._exports.robots(), TEXT), CURRENT)

    async def _fixed_file(self, request: Request) -> Response:
        return _reply(request, self._fixed[request.url.path], FOR_GOOD)

    async def _nothing(self, request: Request) -> Response:
        first = request.url.path.split("/")[1]
        return await self._not_there(request, first if first in self._pages.languages else FIRST)

    async def _answer(
        self,
        request: Request,
        lang: str,
        key: str,
        kind: str,
        make: Callable[[Edition], str],
        number: int | None = None,
    ) -> Response:
        """A kept answer, or one that is made now; with a `number` it is one initiative's page."""
        edition = await self._editions()
        if number is not None and number not in edition.shown:
            return await self._not_there(request, lang)
        made_from = self._with_texts(edition.mark if number is None else edition.mark_of(number))
        kept = self._shelf.find(made_from, key)
        if kept is None and kind not in WHOLE:
            kept = self._make(made_from, key, kind, lambda: make(edition))
        elif kept is None:
            async with self._making:
                kept = self._shelf.find(made_from, key) or await asyncio.to_thread(
                    self._make, made_from, key, kind, lambda: make(edition)
                )
        return _reply(request, kept, CURRENT) if kept is not None else await self._not_there(request, lang)

    def _make(self, made_from: str, key: str, kind: str, make: Callable[[], str]) -> Kept | None:
        try:
            kept = Kept.of(make(), kind)
        except NoSuchPage:
            return None
        self._shelf.put(made_from, key, kept)
        return kept

    def _with_texts(self, made_from: str) -> str:
        """What an answer is made from, and the texts that it is told in."""
        return f"{made_from} {self._pages.book.own.mark}"

    async def _not_there(self, request: Request, lang: str) -> Response:
        """The very same answer for what there is not and for what nobody may see."""
        edition = await self._editions()
        made_from, key = self._with_texts(edition.frame.rules_hash), f"missing {lang}"
        kept = self._shelf.find(made_from, key)
        if kept is None:
            kept = Kept.of(self._pages.missing(edition, lang), HTML, 404)
            self._shelf.put(made_from, key, kept)
        return _reply(request, kept, CURRENT)


def _reply(request: Request, kept: Kept, keep: str) -> Response:
    tag = f'"{kept.mark}"'
    headers = {**STRICT, "Cache-Control": keep, "ETag": tag, "Vary": "Accept-Encoding"}
    if kept.kind in (CSV, JSON, ATOM):
        headers["Access-Control-Allow-Origin"] = "*"
    if kept.status == 200 and tag in request.headers.get("if-none-match", "").replace("W/", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(kept.packed, kept.status, headers, kept.kind)
    return Response(kept.body(), kept.status, headers, kept.kind)
