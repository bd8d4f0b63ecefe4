"""Writes the report of a month: a page that needs nothing but itself and its charts, each with its words beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.core.effects import Field, Words
from bot.core.frame import Frame
from bot.core.looking_back import few, tell
from bot.core.mirror import Mirror
from bot.core.numbers import MONTH, Counts, Numbers
from bot.report import charts
from bot.texts.book import Book

FOLDER: Final = Path(__file__).parent
MONTHS: Final = 12
SHOWN: Final = ("in_time", "late", "overdue")
WAITS: Final = ("same_day", "next_day", "second_day", "some_days", "more_days")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in the page: its heading, its file, and in words what it shows."""

    title: str
    file: str
    alt: str


class Report:
    """The report of one month in one language."""

    def __init__(self, mirror: Mirror, numbers: Numbers, frame: Frame, book: Book, lang: str = "da") -> None:
        self._mirror, self._numbers, self._frame, self._book, self._lang = mirror, numbers, frame, book, lang

    def write(self, folder: Path) -> Path:
        """Write page and charts into a folder, which is made; the page's path."""
        folder.mkdir(parents=True, exist_ok=True)
        first = datetime.combine(self._mirror.month, time(), tzinfo=self._numbers.at.tzinfo)
        told = [self._book.speak(part).plain for part in tell(self._mirror, self._frame, first, self._lang).parts]
        shown = [chart for chart in (self._promises(folder), self._waits(folder), self._stages(folder)) if chart]
        templates = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
        page = templates.get_template("report.html").render(
            lang=self._lang,
            title=self._say("mirror.report.title", at=first),
            lead=self._say("mirror.report.lead", municipality=self._frame.municipality),
            made=self._say("mirror.report.made", at=self._numbers.at),
            head=told[0],
            principles=[paragraph.partition(". ")[::2] for paragraph in told[1:]],
            charts=shown,
            numbers=self._whole(),
            why_few=self._say("numbers.why_few"),
            numbers_title=self._say("numbers.title"),
        )
        path = folder / "spejl.html"
        path.write_text(page, encoding="utf-8")
        return path

    def _whole(self) -> list[tuple[str, str, str]]:
        """Every number of the board with its name and how it is counted."""
        whole = self._numbers.whole
        return [
            (self._say(f"numbers.name.{name}"), self._told(whole, name), self._say(f"numbers.how.{name}"))
            for name in whole
        ]

    def _promises(self, folder: Path) -> Chart | None:
        newest = sorted(self._numbers.months.items())[-MONTHS:]
        if not newest:
            return None
        zone = self._numbers.at.tzinfo
        named = [(self._say("mirror.report.short", at=datetime.strptime(month, MONTH).replace(tzinfo=zone)), counts)
                 for month, counts in newest]  # fmt: skip
        names = {name: self._say(f"mirror.report.{name}") for name in SHOWN}
        charts.promises(named, names, self._say("numbers.few"), folder / "loefter.png")
        last: Mapping[str, Field] = {name: self._told(newest[-1][1], name) for name in SHOWN}
        return Chart(
            self._say("mirror.report.promises"), "loefter.png", self._say("mirror.report.promises_alt", **last)
        )

    def _waits(self, folder: Path) -> Chart | None:
        named = [
            (self._say(f"mirror.report.{name}"), many) for name, many in zip(WAITS, self._mirror.waits, strict=True)
        ]
        if not any(many for _, many in named):
            return None
        charts.columns(named, self._say("numbers.few"), folder / "ventetid.png")
        return Chart(self._say("mirror.report.waits"), "ventetid.png", self._alt("mirror.report.waits_alt", named))

    def _stages(self, folder: Path) -> Chart | None:
        named = [(self._say(f"board.stage.{stage.value}"), many) for stage, many in self._mirror.stages.items()]
        if not named:
            return None
        charts.rows(named, self._say("numbers.few"), folder / "trin.png")
        return Chart(self._say("mirror.report.stages"), "trin.png", self._alt("mirror.report.stages_alt", named))

    def _alt(self, key: str, bars: Sequence[tuple[str, int]]) -> str:
        told = ", ".join(f"{label}: {self._few(many)}" for label, many in bars)
        return self._say(key, told=told)

    def _few(self, many: int) -> str:
        told = few(many, self._lang)
        return self._book.speak(told).plain if isinstance(told, Words) else str(told)

    def _told(self, counts: Counts, name: str) -> str:
        count = counts[name]
        if not count.few:
            return str(count.known)
        key = "numbers.few_more" if count.public else "numbers.few"
        return self._say(key, n=count.public)

    def _say(self, key: str, **fields: Field) -> str:
        return self._book.speak(Words(key, self._lang, fields)).plain
