"""Renders the pages of the board: HTML that needs no script, with every word from the book of texts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.core.display import Shown
from bot.core.effects import Field, Words
from bot.core.initiative import Stage
from bot.core.numbers import MEASURES, MONTH, Counts, days_since
from bot.core.wording import extract
from bot.texts.book import FIRST, Book
from bot.web import codes
from bot.web.edition import FILTERS, LATE, SEEKS, Edition

FOLDER: Final = Path(__file__).parent / "pages"
PICTURE: Final = "share.png"
"""What is shown beside a link to the board where one is shared: 1200 by 630 pixels, without words."""
NAMES: Final[Mapping[str, str]] = {"da": "Dansk", "en": "English", "uk": "Українська"}
"""What each language calls itself."""
LOCALES: Final[Mapping[str, str]] = {"da": "da_DK", "en": "en_GB", "uk": "uk_UA"}
A_PAGE: Final = 20
"""Initiatives on one page of the list."""
SHORT: Final = 30
"""Words of an initiative that a list shows."""
STATIONS: Final[Mapping[Stage, int]] = {
    Stage.RECEIVED: 0, Stage.WITH_AGENT: 1, Stage.DEVELOPING: 2, Stage.WAITING: 2, Stage.TRIAL: 3, Stage.REALISING: 4,
    Stage.DONE: 5,
}  # fmt: skip
"""How far along its way a stage is, of five stations; an ending without a result is nowhere on it."""
ORDER: Final = (
    Stage.RECEIVED, Stage.WITH_AGENT, Stage.DEVELOPING, Stage.TRIAL, Stage.WAITING, Stage.REALISING, Stage.DONE,
    Stage.MAY_NOT, Stage.CAN_NOT, Stage.JOINED,
)  # fmt: skip
NAME: Final = 60
SAID: Final = 4096
"""Texts that are kept as they were said, with fields of at most `NAME` characters."""


class NoSuchPage(LookupError):
    """There is nothing at this address; the message never says why."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list: what it is called, how many there are, and where it leads."""

    name: str
    many: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Ways to narrow the list by one quality; `chosen` is what it is narrowed to, or ""."""

    name: str
    choices: Sequence[Choice]
    chosen: str
    open: bool


class Pages:
    """All pages in all languages. `address` is the board's own, without a slash at its end."""

    def __init__(self, book: Book, address: str) -> None:
        self.book = book
        self.address = address
        self.languages = tuple(lang for lang in book.languages if lang in NAMES)
        self.css = (FOLDER / "style.css").read_bytes()
        self.stylesheet = f"/board-{hashlib.sha256(self.css).hexdigest()[:12]}.css"
        self._said = lru_cache(SAID)(
            lambda _own, key, lang, fields: book.speak(Words(key, lang, dict(fields))).plain,
        )
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True, auto_reload=False,
        )  # fmt: skip

    def say(self, key: str, lang: str, **fields: Field) -> str:
        """A text of the book, as plain characters; those of short things are kept, since a page has hundreds."""
        if any(isinstance(value, Words) or (isinstance(value, str) and len(value) > NAME) for value in fields.values()):
            return self.book.speak(Words(key, lang, fields)).plain
        return self._said(self.book.own.mark, key, lang, tuple(sorted(fields.items())))

    def link(self, path: str, lang: str) -> str:
        """A path of the board in a language."""
        return path if lang == FIRST else f"/{lang}{path}"

    def listing(self, edition: Edition, lang: str, wanted: Mapping[str, str], page: int) -> str:
        """The list, narrowed to what is `wanted` by `FILTERS`. Raises `NoSuchPage` for a page or a choice of none."""
        every = edition.ordered
        groups = self._groups(edition, lang, wanted)
        numbers = edition.narrowed(wanted)
        found = every if numbers is None else [one for one in every if one.number in numbers]
        pages = max(1, -(-len(found) // A_PAGE))
        if not 1 <= page <= pages:
            raise NoSuchPage

        def page_link(number: int) -> str:
            asked = {**wanted, **({"side": str(number)} if number > 1 else {})}
            return self.link("/", lang) + (f"?{urlencode(asked)}" if asked else "")

        shown = found[(page - 1) * A_PAGE : page * A_PAGE]
        return self.render(
            "list.html", edition, lang, "/", here="list", shown=shown, total=len(found), page=page, pages=pages,
            choices=groups, nothing=not every, page_link=page_link,
        )  # fmt: skip

    def one(self, edition: Edition, lang: str, number: int) -> str:
        """One initiative. Raises `NoSuchPage` for one that is not public, just as for one that is not there."""
        one = edition.shown.get(number)
        if one is None:
            raise NoSuchPage
        follow = edition.follow.format(n=number)
        code = codes.draw(edition.follow, number)
        return self.render("one.html", edition, lang, f"/nr/{number}", one=one, follow=follow, code=Markup(code))  # nosec B704 # noqa: S704 (our own drawing of squares)

    def numbers(self, edition: Edition, lang: str) -> str:
        """The numbers, each with how it is counted."""
        counted = edition.numbers
        overdue = [(one, since, days_since(since, edition.now)) for one, since in self.overdue(edition)]
        return self.render(
            "figures.html", edition, lang, "/tal", here="numbers", numbers=counted, overdue=overdue,
            measures=tuple(MEASURES), months=self.months(edition, lang), topics=self.topics(edition, lang),
        )  # fmt: skip

    def overdue(self, edition: Edition) -> list[tuple[Shown, datetime]]:
        """Those that wait for an answer too long and that everybody may see, with since when, the oldest first."""
        late = ((edition.shown.get(one.number), one.since) for one in edition.numbers.overdue)
        return [(one, since) for one, since in late if one is not None and one.title]

    def missing(self, edition: Edition, lang: str) -> str:
        """What everybody reads at an address of nothing, and of what is not theirs to see."""
        return self.render("missing.html", edition, lang, "/", known=False)

    def months(self, edition: Edition, lang: str) -> list[tuple[str, Counts]]:
        """The numbers of each month under its name."""
        zone = edition.now.tzinfo
        named = ((datetime.strptime(month, MONTH).replace(tzinfo=zone), counts) for month, counts in
                 edition.numbers.months.items())  # fmt: skip
        return [(self.say("numbers.month", lang, at=month), counts) for month, counts in named]

    def topics(self, edition: Edition, lang: str) -> list[tuple[str, Counts]]:
        """The numbers of each topic under its name."""
        nameless = self.say("numbers.no_topic", lang)
        found = edition.numbers.topics.items()
        return [(edition.topic(topic, lang) if topic else nameless, counts) for topic, counts in found]

    def step(self, one: Shown, lang: str) -> str:
        """The next step as a human wrote it, else in the bot's own words."""
        if one.step is None:
            return ""
        return one.step.what or self.say(one.step.key, lang, first=one.step.first)

    def _groups(self, edition: Edition, lang: str, wanted: Mapping[str, str]) -> list[Group]:
        index = edition.index
        topics = {name: edition.topic(name, lang) for name in index["emne"]}
        offered: tuple[tuple[str, str, Mapping[str, str]], ...] = (
            ("fase", "board.by_stage", {stage.value: self.say(f"board.stage.{stage.value}", lang) for stage in ORDER}),
            ("emne", "board.by_topic", dict(sorted(topics.items(), key=lambda named: named[1]))),
            ("sted", "board.by_place", {place: place for place in sorted(index["sted"])}),
            (
                "vis",
                "board.by_need",
                {LATE: self.say("board.only_late", lang), SEEKS: self.say("board.only_seeks", lang)},
            ),
        )
        groups = [self._group(edition, lang, wanted, name, key, named) for name, key, named in offered]
        return [group for group in groups if group.choices]

    def _group(
        self, edition: Edition, lang: str, wanted: Mapping[str, str], name: str, key: str, named: Mapping[str, str]
    ) -> Group:
        chosen = wanted.get(name, "")
        if chosen and chosen not in named:
            raise NoSuchPage
        rest = {other: value for other, value in wanted.items() if other != name}
        among = edition.narrowed(rest)
        held = {value: numbers if among is None else numbers & among for value, numbers in edition.index[name].items()}
        choices = [
            Choice(label, len(held.get(value, ())), self._list_link(lang, {**rest, name: value}), value == chosen)
            for value, label in named.items()
            if held.get(value) or value == chosen
        ]
        if chosen:
            many = len(edition.ordered) if among is None else len(among)
            choices.insert(0, Choice(self.say("board.all", lang), many, self._list_link(lang, rest), False))
        return Group(self.say(key, lang), choices, named.get(chosen, ""), bool(chosen))

    def _list_link(self, lang: str, wanted: Mapping[str, str]) -> str:
        ordered = {name: wanted[name] for name in FILTERS if name in wanted}
        return self.link("/", lang) + (f"?{urlencode(ordered)}" if ordered else "")

    def render(
        self, template: str, edition: Edition, lang: str, path: str, *, known: bool = True, **more: object
    ) -> str:
        """One of the templates with all that every page shows, and `more`. `path` is without its language."""
        frame = edition.frame
        context: dict[str, object] = {
            "t": lambda key, **fields: self.say(key, lang, **fields),
            "words": lambda key, **fields: Words(key, lang, fields),
            "link": lambda to, other=lang: self.link(to, other),
            "whole": lambda to, other=lang: self.address + self.link(to, other),
            "topic": lambda name: edition.topic(name, lang),
            "step": lambda one: self.step(one, lang),
            "called": lambda one: frame.title_in(lang, one.role),
            "short": lambda text: extract(" ".join(text.split()), SHORT),
            "tone": _tone,
            "station": lambda one: STATIONS.get(one.stage, -1),
            "lang": lang,
            "locale": LOCALES[lang],
            "languages": self.languages,
            "language_names": [(other, NAMES[other]) for other in self.languages],
            "now": edition.now,
            "site": frame.bot_name,
            "municipality": frame.municipality,
            "phone": frame.contact.phone,
            "press": frame.press.fields() if frame.press else None,
            "privacy": frame.privacy_link if frame.privacy_link.startswith("https://") else "",
            "stylesheet": self.stylesheet,
            "picture": f"{self.address}/{PICTURE}",
            "path": path,
            "known": known,
            "here": "",
        }
        return self._templates.get_template(template).render(context | more)


def _tone(one: Shown) -> str:
    if one.stage in (Stage.MAY_NOT, Stage.CAN_NOT):
        return "no"
    if one.stage.closed and one.stage is not Stage.DONE:
        return "closed"
    return "wait" if one.stage is Stage.WAITING else "on"
