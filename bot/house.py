"""All that is read before anything is sent: settings, rules, texts and pages, and what they say of a text."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import structlog

from bot.clock import MovedClock
from bot.core.frame import Frame
from bot.core.match import Match
from bot.core.world import Gathering, Told
from bot.keeper.opening import NoRules, Opening, open_rules
from bot.keeper.own_texts import read_own
from bot.knowledge.calendar import gatherings
from bot.knowledge.live import LivePages
from bot.routing.apart import Learner
from bot.routing.language import tell_language
from bot.routing.last_lines import emergency_without_rules
from bot.routing.learned import accept_quickly
from bot.routing.likeness import Likeness
from bot.routing.live import Accepted, LiveRules, Refused
from bot.routing.questions import Questions
from bot.routing.semantic import Semantic
from bot.routing.spelling import fold
from bot.sandbox_folder import DATABASE, folder_of
from bot.settings import Settings
from bot.store.address import is_there
from bot.store.database import Database
from bot.store.once import ask_once
from bot.store.transaction import Transaction
from bot.texts.book import Book

log = structlog.get_logger(__name__)
Found = TypeVar("Found")


class Fault(Exception):
    """Something that a human must mend before the bot can run; `lines` say what, one line each."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(slots=True)
class House:
    """All that is read before anything is sent: settings, rules, texts and pages."""

    settings: Settings
    rules: LiveRules
    book: Book
    pages: LivePages
    clock: MovedClock
    learner: Learner
    moved: dict[int, int] = field(default_factory=dict)
    second: Semantic | None = None
    username: str = ""
    _in_use: tuple[str, str, dict[int, int], Frame] | None = None

    def frame(self) -> Frame:
        """The municipality's frame by the rules in force, with the admins of the settings and the ids of now."""
        frame = self.rules.current.frame
        key = frame.rules_hash, self.username, self.moved
        if self._in_use is None or self._in_use[:3] != key:
            moved = dict(self.moved)
            used = frame.in_use(moved, self.settings.admins, self.username, self.settings.board_url or "")
            self._in_use = frame.rules_hash, self.username, moved, used
        return self._in_use[3]

    def route(self, text: str) -> Match:
        """What the rules in force make of a text, today, with the second opinion; where they fail, danger is found."""
        router = self.rules.current.router
        if self.second is not None:
            self.second.teach(router.rules)
            router.second = self.second
        try:
            return router.match(text, today=self.today())
        except Exception as error:
            line = emergency_without_rules(text)
            if not line:
                raise
            log.error("rules_failed_in_danger", reason=type(error).__name__)
            return Match("emergency", (), False, "", tell_language(text), "", emergency=line, certain=True)

    def likeness(self) -> Likeness:
        """An empty index of like ideas, which reads words as the rules in force do."""
        return Likeness(self.rules.current.router)

    def hint(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Let the second opinion begin on the words of updates that will be handled soon."""
        for update in updates if self.second is not None else ():
            message = update.get("message")
            words = str(message.get("text") or message.get("caption") or "") if isinstance(message, dict) else ""
            if self.second is not None and words.strip() and not words.startswith("/"):
                self.second.hint(words.strip())

    def answer(self, question: str, lang: str) -> Told | None:
        """What `knowledge/` says to a question, with its source."""
        return self.pages.index.answer(question, lang, self.today())

    def gatherings(self, about: str) -> tuple[Gathering, ...]:
        """The meetings of the calendar that are still to come, about a topic, a place or both, or all for ""."""
        found = gatherings(self.pages.shelf.listings, self.clock())
        wanted = fold(about.strip())
        if not wanted or not found:
            return found
        labels = {topic.id: " ".join(topic.label.values()) for topic in self.frame().topics.values()}
        named = tuple(
            one
            for one in found
            if wanted in fold(" ".join((one.title, one.where, *(labels.get(topic, topic) for topic in one.topics))))
        )
        meant = self.rules.current.router.first_topic(about)
        places = [fold(place) for place in self.places(about)]
        # "Natur i Hellerup" is a topic and a place: one without the other is not what was asked for.
        return named or tuple(
            one
            for one in found
            if meant in one.topics and all(place in fold(f"{one.title} {one.where}") for place in places)
        )

    def places(self, text: str) -> tuple[str, ...]:
        """The municipality's places that a text mentions."""
        return self.rules.current.router.places(text)

    def districts(self) -> tuple[str, ...]:
        """The parts of the municipality: the first group of places in the rules."""
        return self.rules.current.router.districts

    def forums(self, topics: Sequence[str]) -> Sequence[tuple[str, str, str]]:
        """Councils and forms of dialogue that ideas of these topics may be taken to (see `Index.fitting`)."""
        return self.pages.index.fitting(topics, self.today())

    def today(self) -> date:
        """The day in the municipality."""
        return self.clock().date()


async def open_house(
    settings: Settings,
    store: Database,
    learner: Learner,
    samples: Path | None = None,
    ended: asyncio.Event | None = None,
) -> tuple[House, Opening]:
    """Read rules, texts and pages; where the rules file can't be used, the last good version holds.

    What lies in a sandbox's folder of `samples` is read along with the pages. `learner` learns the rules, now and
    whenever they are changed.

    Raises:
        GivenUp: the bot is to end (`ended`) before the rules are learned.
        Fault: there are no rules that can be used; every fault is told with its line.
    """

    def judge(data: bytes) -> Accepted | Refused:
        return accept_quickly(data, settings.seats or None, settings.staff_chat, settings.cache_folder, learner)

    # Before the rules, which may still be learned on another core.
    book, pages = Book.load(), LivePages(settings.knowledge, Questions, samples)
    try:
        opening = await open_rules(settings.rules, judge, store, ended)
    except NoRules as error:
        raise Fault(*error.lines) from None
    house = House(
        settings=settings,
        rules=LiveRules(
            settings.rules,
            opening.accepted,
            settings.seats or None,
            settings.staff_chat,
            opening.file.digest,
            broken=opening.file.broken,
            check=learner.accept,
        ),
        book=book,
        pages=pages,
        clock=MovedClock(settings.clock_file),
        learner=learner,
    )
    house.book = replace(
        house.book, title_in=lambda lang, title: house.frame().title_in(lang, title), clock=house.clock
    )
    return house, opening


def read_book(settings: Settings) -> Book:
    """The texts as a bot with these settings says them: its own, and in their place the municipality's.

    Raises:
        Fault: the municipality's own texts can't be used.
    """
    book, path = Book.load(), settings.own_texts_file
    if path.exists() or settings.own_texts is not None:
        found = read_own(read_file(path, "SKAB_OWN_TEXTS"), book)
        if found.faults:
            raise Fault(*(f"{path}: {problem}" for problem in found.faults))
        book.own.entries, book.own.mark = found.own.entries, found.own.mark
    return book


def read_file(path: Path, setting: str) -> bytes:
    """The bytes of a file that a setting names.

    Raises:
        Fault: it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise Fault(f"{path}: kan ikke læses ({told(error)}). Sæt {setting} til filen.") from None


def ask_database(settings: Settings, work: Callable[[Transaction], Found]) -> Found:
    """What `work` finds in the bot's database, which may be in use meanwhile.

    Raises:
        Fault: there is none yet; a question makes none, since its answer would be that all is well.
        StoreError: it can't be used.
    """
    if is_there(settings.database):
        return ask_once(settings.database, work)
    lines = [f"Der er ingen database i {settings.database} endnu. Start botten først: skab run"]
    of_sandbox = folder_of(settings) / DATABASE
    if of_sandbox.exists():
        lines.append(f"Sandkassens ligger i {of_sandbox}: skriv SKAB_DATABASE={of_sandbox} foran kommandoen.")
    raise Fault(*lines)


def told(error: OSError) -> str:
    """Why the machine could not read or write a file, in Danish where it is one of the usual reasons."""
    usual = {
        FileNotFoundError: "der er ingen fil eller mappe, der hedder sådan",
        FileExistsError: "det er en fil",
        IsADirectoryError: "det er en mappe",
        NotADirectoryError: "en del af stien er ikke en mappe",
        PermissionError: "du har ikke lov",
    }
    return usual.get(type(error), error.strerror or type(error).__name__)


def read_rules(settings: Settings) -> Accepted:
    """The rules in the file.

    Raises:
        Fault: the file is not there, or its rules can't be used.
    """
    data = read_file(settings.rules, "SKAB_RULES")
    found = accept_quickly(data, settings.seats or None, settings.staff_chat, settings.cache_folder)
    if isinstance(found, Refused):
        raise Fault(*(f"{settings.rules}: {problem}" for problem in found.problems))
    return found
