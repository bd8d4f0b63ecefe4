"""The board as data: the same as its pages show, for spreadsheets, programs, feed readers and search engines."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from xml.etree import ElementTree as Xml

from bot.conversation.spreadsheet import IDEA, spreadsheet
from bot.core.display import Shown
from bot.core.effects import Words
from bot.core.numbers import MEASURES, Count, Counts, days_since
from bot.web.edition import Edition
from bot.web.pages import Pages

NEWEST: Final = 50
"""Initiatives in the feed."""
MOST_ADDRESSES: Final = 10_000
"""Addresses of initiatives in the sitemap; a sitemap may hold 50,000 (sitemaps.org), each here in three languages."""
ATOM: Final = "http://www.w3.org/2005/Atom"
SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
ANSWERS_FOR: Final = ("responsible", "role", "late")
"""What the numbers tell besides, by the names of the other file, of one that waits for an answer too long."""
COLUMNS: Final = (*IDEA, "places", "page")
"""The columns of the file that a chat hands out, and what only the board knows: places and the page."""


class Exports:
    """Everything that is fetched instead of read. What is told here is what the pages tell."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def ideas_csv(self, edition: Edition, lang: str) -> str:
        """One row an initiative, opened by a double click: a mark for UTF-8, semicolons, and no formula can hide."""
        head = [self._pages.say(f"open.file.{name}", lang) for name in COLUMNS]
        return spreadsheet(head, (self._record(edition, one, lang).values() for one in _every(edition)))

    def ideas_json(self, edition: Edition, lang: str) -> str:
        """The same for programs."""
        every = [self._record(edition, one, lang) for one in _every(edition)]
        return json.dumps({"at": edition.now.isoformat(), "ideas": every}, ensure_ascii=False, indent=1)

    def numbers_csv(self, edition: Edition, lang: str) -> str:
        """The numbers: a row for each measure, in all, by month and by topic, then each public one that is overdue."""
        say = self._pages.say
        head = [say(f"numbers.column.{name}", lang) for name in ("part", "of", "measure", "count", "how")]
        head += [say(f"open.file.{name}", lang) for name in ANSWERS_FOR]
        rows: list[list[str]] = []
        for part, key, counts in self._parts(edition, lang):
            for name, count in counts.items():
                how = say(f"numbers.how.{name}", lang)
                rows.append([part, key, say(f"numbers.name.{name}", lang), self.told(count, lang), how])
        rows += self._overdue(edition, lang)
        return spreadsheet(head, (row + [""] * (len(head) - len(row)) for row in rows))

    def numbers_json(self, edition: Edition, lang: str) -> str:
        """The numbers for programs: `few` says that 1 or 2 more are not counted out."""
        counted = edition.numbers
        whole = {
            "at": counted.at.isoformat(),
            "how": {name: self._pages.say(f"numbers.how.{name}", lang) for name in MEASURES},
            "all": _plain(counted.whole),
            "months": {month: _plain(counts) for month, counts in counted.months.items()},
            "topics": {topic: _plain(counts) for topic, counts in counted.topics.items()},
            "longest_days": counted.longest,
            "overdue": [
                {"number": one.number, "responsible": one.responsible, "role": edition.frame.title_in(lang, one.role),
                 "since": since.isoformat(), "days": days_since(since, edition.now)}
                for one, since in self._pages.overdue(edition)
            ],
        }  # fmt: skip
        return json.dumps(whole, ensure_ascii=False, indent=1)

    def told(self, count: Count, lang: str) -> str:
        """A count as it is told: exactly, or that a few are not counted out."""
        if not count.few:
            return str(count.known)
        key = "numbers.few_more" if count.public else "numbers.few"
        return self._pages.say(key, lang, n=count.public)

    def feed(self, edition: Edition, lang: str) -> str:
        """An Atom feed of the initiatives that moved last (RFC 4287)."""
        pages, frame = self._pages, edition.frame
        feed = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": lang})
        home = pages.address + pages.link("/", lang)
        newest = edition.ordered[:NEWEST]
        _add(feed, "id", home)
        _add(feed, "title", f"{frame.bot_name} · {frame.municipality}")
        _add(feed, "updated", (newest[0].touched if newest else edition.now).isoformat())
        Xml.SubElement(feed, "link", {"rel": "self", "href": pages.address + pages.link("/feed.atom", lang)})
        Xml.SubElement(feed, "link", {"href": home})
        for one in newest:
            self._entry(feed, edition, one, lang)
        return _document(feed)

    def sitemap(self, edition: Edition) -> str:
        """The addresses of all pages in all languages (sitemaps.org)."""
        pages = self._pages
        root = Xml.Element("urlset", {"xmlns": SITEMAP})
        paths: list[tuple[str, datetime | None]] = [("/", None), ("/moeder", None), ("/tal", None)]
        paths += [(f"/nr/{one.number}", one.touched) for one in edition.ordered[:MOST_ADDRESSES]]
        for path, touched in paths:
            for lang in pages.languages:
                url = Xml.SubElement(root, "url")
                _add(url, "loc", pages.address + pages.link(path, lang))
                if touched is not None:
                    _add(url, "lastmod", touched.date().isoformat())
        return _document(root)

    def robots(self) -> str:
        """What is public may be found."""
        return f"User-agent: *\nAllow: /\nSitemap: {self._pages.address}/sitemap.xml\n"

    def _parts(self, edition: Edition, lang: str) -> Iterable[tuple[str, str, Counts]]:
        say, counted = self._pages.say, edition.numbers
        yield say("numbers.all", lang), "", counted.whole
        for label, counts in self._pages.months(edition, lang):
            yield say("numbers.by_month", lang), label, counts
        for label, counts in self._pages.topics(edition, lang):
            yield say("numbers.by_topic", lang), label, counts

    def _overdue(self, edition: Edition, lang: str) -> Iterable[list[str]]:
        """How long the longest has waited, and each that everybody may see, with who answers for it; no title."""
        say, longest = self._pages.say, edition.numbers.longest
        days, how = say("numbers.name.days", lang), say("numbers.how.overdue", lang)
        if longest:
            waited = say("numbers.longest", lang, days=Words("shared.days", lang, {"n": longest}))
            yield [say("numbers.all", lang), "", days, str(longest), waited]
        for one, since in self._pages.overdue(edition):
            named = [say("numbers.overdue_head", lang), say("board.number", lang, n=one.number), days]
            late = str(days_since(since, edition.now))
            yield [*named, late, how, one.responsible, edition.frame.title_in(lang, one.role), since.date().isoformat()]

    def _record(self, edition: Edition, one: Shown, lang: str) -> Mapping[str, str | int]:
        """One initiative by `COLUMNS`; of one that was taken back, only that."""
        say, late = self._pages.say, one.late(edition.now)
        page = self._pages.address + self._pages.link(f"/nr/{one.number}", lang)
        stage = say(f"board.stage.{one.stage.value}", lang)
        told: dict[str, str | int] = dict.fromkeys(COLUMNS, "")
        told |= {"number": one.number, "stage": stage, "page": page}
        if not one.title:
            return told
        way = (f"{passed.at.date().isoformat()} {say(f'board.passage.{passed.what}', lang)}" for passed in one.passages)
        return told | {
            "title": one.title,
            "words": one.words,
            "topics": ", ".join(edition.topic(topic, lang) for topic in one.topics),
            "places": ", ".join(one.places),
            "responsible": one.responsible,
            "role": edition.frame.title_in(lang, one.role),
            "step": self._pages.step(one, lang),
            "who": one.step.who if one.step else "",
            "due": f"{one.step.due:%Y-%m-%d %H:%M}" if one.step else "",
            "late": late.date().isoformat() if late else "",
            "sent": one.sent.date().isoformat(),
            "way": " / ".join(way),
            "ending": one.what,
            "why": one.why,
            "instead": one.instead,
            "seeks": one.seeks,
        }

    def _entry(self, feed: Xml.Element, edition: Edition, one: Shown, lang: str) -> None:
        page = self._pages.address + self._pages.link(f"/nr/{one.number}", lang)
        entry = Xml.SubElement(feed, "entry")
        _add(entry, "id", page)
        _add(entry, "title", one.title)
        _add(entry, "updated", one.touched.isoformat())
        _add(entry, "published", one.sent.isoformat())
        Xml.SubElement(entry, "link", {"href": page})
        _add(Xml.SubElement(entry, "author"), "name", one.responsible)
        late = one.late(edition.now)
        lines = [self._pages.say(f"board.stage.{one.stage.value}", lang), self._pages.step(one, lang)]
        lines += [self._pages.say("board.late", lang, since=late)] if late else []
        _add(entry, "summary", " · ".join(filter(None, lines)))


def _every(edition: Edition) -> list[Shown]:
    """All of them by number, also those that were taken back, of which nothing but that is told."""
    return sorted(edition.shown.values(), key=lambda one: one.number)


def _plain(counts: Counts) -> dict[str, dict[str, int | bool]]:
    return {name: {"count": count.known, "few": count.few} for name, count in counts.items()}


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = "".join(sign for sign in text if sign >= " " or sign in "\n\t")


def _document(root: Xml.Element) -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode")
