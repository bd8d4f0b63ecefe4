"""The book of everything that the bot can say: found by key, filled, and spoken in a language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.lists import format_list

from bot.core.effects import Button, Content, Field, Parts, Quote, Words
from bot.texts.moments import word_moment
from bot.texts.strings import Sheet, SheetFault, read_sheet
from bot.texts.template import Template, TemplateFault
from bot.texts.text import Text

FIRST = "da"
"""The language that every text has, and that stands in where another lacks it."""

_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})
_COUNT, _ROLE = "n", "role"
_ENDED = (".", "!", "?", "…")
_LOCALES = {"en": "en_GB"}
_HERE = Path(__file__).parent
_NOT_A_LANGUAGE = frozenset({"understands", "samples"})


class NoSuchText(LookupError):
    """A text was asked for by a key that the book does not hold, or a field of it was not filled."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One text; where the number `n` bends it, one template for each plural category of the language.

    `other` is the only one of most texts, and the category that stands in where none fits.
    """

    other: Template
    bent: Mapping[str, Template] | None = None

    @classmethod
    def of(cls, templates: Mapping[str, Template]) -> "Entry":
        """The text with these templates by their category; "other" is among them."""
        return cls(templates["other"], templates if len(templates) > 1 else None)

    @property
    def templates(self) -> Mapping[str, Template]:
        """Every template by its category."""
        return self.bent or {"other": self.other}

    @property
    def fields(self) -> frozenset[str]:
        """The names of all fields that may have to be filled."""
        counted = frozenset({_COUNT}) if self.bent else frozenset[str]()
        return counted.union(*(template.fields for template in self.templates.values()))

    def template(self, n: Field | None, lang: str) -> Template:
        """The template for this number in this language (Unicode's plural rules); "other" where none fits."""
        if self.bent is None or not isinstance(n, int):
            return self.other
        return self.bent.get(Locale.parse(_LOCALES.get(lang, lang)).plural_form(n), self.other)


@dataclass(slots=True)
class Own:
    """The municipality's own texts, in place of those of the files; they may change while the bot runs.

    `mark` tells one set of them from another.
    """

    entries: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """All texts by language and dotted key. `zone` is the municipality's own; moments are told in it.

    A `strict` book (tests) raises `NoSuchText` where a key or a field is missing; another one falls back to Danish,
    and shows the bare name in brackets where even that is missing, since a person must never get silence.
    `title_in` tells what an agent's title, which is kept in Danish, is called in a language. `own` texts come first.
    `clock` tells what day it is, for those that are so far away that their year must be told; without it none is.
    """

    entries: Mapping[str, Mapping[str, Entry]]
    zone: ZoneInfo
    strict: bool = False
    title_in: Callable[[str, str], str] = lambda _, title: title
    own: Own = field(default_factory=Own)
    clock: Callable[[], datetime] | None = None

    @classmethod
    def load(cls, folder: Path = _HERE, *, zone: str = "Europe/Copenhagen", strict: bool = False) -> "Book":
        """Read every language file (`da.yaml`, `en.yaml`, ...) of a folder.

        Raises `SheetFault` with file, line or key where a text can't be read.
        """
        return cls(_shipped() if folder == _HERE else _read(folder), ZoneInfo(zone), strict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that there is a file for, Danish first."""
        return (FIRST, *sorted(self.entries.keys() - {FIRST}))

    def known(self, lang: str = FIRST) -> frozenset[str]:
        """The keys of all texts in a language."""
        return frozenset(self.entries[lang])

    def entry(self, key: str, lang: str = FIRST) -> Entry | None:
        """The text of that key in this very language, the municipality's own if there is one."""
        return self.own.entries.get(lang, {}).get(key) or self.entries[lang].get(key)

    def speak(self, content: Content) -> Text:
        """The text as it is read: templates filled, a person's own words untouched.

        Raises `NoSuchText` in a strict book when a key or a field is missing.
        """
        match content:
            case Words():
                return _text(list(self._runs(content)))
            case Quote(text=words, heading=heading):
                above = [] if heading is None else [*self._runs(heading), ("\n", False)]
                return _text([*above, (words, False)])
            case Parts(parts=parts):
                spoken = [text for text in map(self.speak, parts) if text.plain]
                return _join(spoken)

    def label(self, button: Button) -> str:
        """What stands on a button, as plain characters."""
        return self.speak(Words(button.key, button.lang, button.fields)).plain

    def _runs(self, words: Words) -> Iterator[tuple[str, bool]]:
        """The text in runs, bold or not. Words that end their own sentence swallow the text's full stop after them."""
        lang, entry = self._find(words)
        if entry is None:
            yield f"[{words.key}]", False
            return
        ended = False
        for piece in entry.template(words.fields.get(_COUNT), lang).pieces:
            if not piece.field:
                yield piece.plain.removeprefix(".") if ended else piece.plain, piece.bold
                ended = False
            elif piece.field in words.fields:
                value = words.fields[piece.field]
                if piece.field == _ROLE and isinstance(value, str):
                    value = self.title_in(lang, value)
                for run, bold in self._fill(value, piece.form, lang):
                    yield run, bold or piece.bold
                    ended = run.endswith(_ENDED)
            elif self.strict:
                raise NoSuchText(f"the text `{words.key}` ({lang}) needs the field `{piece.field}`")
            else:
                yield f"[{piece.field}]", piece.bold

    def _find(self, words: Words) -> tuple[str, Entry | None]:
        lang = words.lang if words.lang in self.entries else FIRST
        entry = self.entry(words.key, lang)
        if entry is None and self.strict:
            raise NoSuchText(f"there is no text `{words.key}` in {lang}.yaml")
        if entry is None:
            lang, entry = FIRST, self.entry(words.key)
        return lang, entry

    def _fill(self, value: Field, form: str, lang: str) -> Iterator[tuple[str, bool]]:
        match value:
            case Words():
                yield from self._runs(value)
            case datetime():
                now = self.clock() if self.clock is not None else None
                yield word_moment(value.astimezone(self.zone), form or "senest", lang, now), False
            case tuple():
                yield format_list(list(value), locale=_LOCALES.get(lang, lang)), False
            case _:
                yield str(value), False


@cache
def _shipped() -> Mapping[str, Mapping[str, Entry]]:
    """What comes with the program, and stays as it is while that runs."""
    return _read(_HERE)


def _read(folder: Path) -> dict[str, dict[str, Entry]]:
    paths = [path for path in sorted(folder.glob("*.yaml")) if path.stem not in _NOT_A_LANGUAGE]
    entries = {path.stem: dict(_entries(read_sheet(path), "", path.name)) for path in paths}
    if FIRST not in entries:
        raise SheetFault(f"{FIRST}.yaml is missing in {folder.name}: every text must be there in Danish")
    return entries


def _entries(sheet: Sheet, above: str, file: str) -> Iterator[tuple[str, Entry]]:
    for name, value in sheet.items():
        key = f"{above}{name}"
        if isinstance(value, dict) and not _is_plural(value):
            yield from _entries(value, f"{key}.", file)
            continue
        written = value if isinstance(value, dict) else {"other": value}
        try:
            yield key, Entry.of({category: Template.parse(_one(text)) for category, text in written.items()})
        except TemplateFault as fault:
            raise SheetFault(f"{file}: `{key}`: {fault}") from fault


def _is_plural(sheet: Sheet) -> bool:
    return {"one", "other"} <= sheet.keys() <= _CATEGORIES


def _one(value: str | list[str] | Sheet) -> str:
    if not isinstance(value, str):
        raise TemplateFault("must be one text")
    return value.rstrip("\n")


def _text(runs: list[tuple[str, bool]]) -> Text:
    plain = ""
    bold: list[tuple[int, int]] = []
    for run, stands_out in runs:
        start, plain = len(plain), plain + run
        if stands_out and bold and bold[-1][1] == start:
            bold[-1] = (bold[-1][0], len(plain))
        elif stands_out and run:
            bold.append((start, len(plain)))
    return Text(plain, tuple(bold))


def _join(texts: list[Text]) -> Text:
    plain = ""
    bold: list[tuple[int, int]] = []
    for text in texts:
        plain += "\n\n" if plain else ""
        bold.extend((start + len(plain), end + len(plain)) for start, end in text.bold)
        plain += text.plain
    return Text(plain, tuple(bold))
