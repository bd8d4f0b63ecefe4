"""Every text with sample names filled in, so that all of them can be read and judged in one place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.effects import Field, Words
from bot.texts.book import FIRST, Book, Entry
from bot.texts.strings import Sheet, read_sheet

MOMENT = datetime(2026, 11, 4, 16, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
"""Wednesday 4 November 2026 at 16: the first promise of the acceptance scenarios."""

_SAMPLES = Path(__file__).parent / "samples.yaml"
_EVERY = "every"
_NUMBERS = (12, 1, 2, 5, 0)
"""The numbers that a text is read with: the first that its language bends in the form asked for."""
_NONE = "1½"
"""What no whole number bends to, in Ukrainian, is how a part is told."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """One text as it stands in the file (`written`) and as it is read (`said`).

    `form` is the plural category ("one", "other" ...) where a number bends the text, else "". `own` says that the
    municipality has put it in place of the shipped one.
    """

    key: str
    form: str
    written: str
    said: str
    own: bool = False


def specimen(book: Book, key: str, lang: str = FIRST, form: str = "") -> str:
    """One text with sample names, a sample date and a number: 12, or one that takes this plural form.

    Raises `KeyError` for a key that is not there.
    """
    entry = _entry(book, key, lang)
    return book.speak(_filled(book, key, lang, _number(entry, lang, form))).plain


def specimens(book: Book, lang: str = FIRST) -> Iterator[Specimen]:
    """Every text of a language by the order of the file, one for each form that a number bends it to."""
    for key in book.entries[lang]:
        entry, own = _entry(book, key, lang), key in book.own.entries.get(lang, {})
        for form, template in entry.templates.items():
            shown = form if len(entry.templates) > 1 else ""
            yield Specimen(key, shown, template.written, specimen(book, key, lang, form), own)


def as_data(book: Book, lang: str = FIRST) -> dict[str, str | dict[str, str]]:
    """Every text by its key; where a number bends it, each form by its name."""
    data: dict[str, str | dict[str, str]] = {}
    for one in specimens(book, lang):
        kept = data.setdefault(one.key, {} if one.form else one.said)
        if isinstance(kept, dict):
            kept[one.form] = one.said
    return data


def _entry(book: Book, key: str, lang: str) -> Entry:
    found = book.entry(key, lang)
    if found is None:
        raise KeyError(key)
    return found


def _number(entry: Entry, lang: str, form: str) -> Field:
    if not form or len(entry.templates) == 1:
        return _NUMBERS[0]
    fits = (n for n in _NUMBERS if entry.template(n, lang) is entry.templates[form])
    return next(fits, _NONE)


def _filled(book: Book, key: str, lang: str, number: Field) -> Words:
    """The text with its samples; some of them are other texts, and have samples of their own."""
    samples = _samples(lang, key)
    fields: dict[str, Field] = {"n": number}
    for template in _entry(book, key, lang).templates.values():
        for piece in template.pieces:
            if piece.form:
                fields[piece.field] = MOMENT
            elif piece.field and piece.field != "n":
                value = samples[piece.field]
                is_text = value.startswith("=")
                fields[piece.field] = _filled(book, value[1:], lang, _NUMBERS[0]) if is_text else value
    return Words(key, lang, fields)


@cache
def _samples(lang: str, key: str) -> Mapping[str, str]:
    """What fills the fields of this text: for all languages, for this one, and what is told of the text itself."""
    sheets = (_sheet(_EVERY), _sheet(lang))
    parts = key.split(".")
    owners = [".".join(parts[: number + 1]) for number in range(len(parts))]
    found = {name: value for sheet in sheets for name, value in sheet["fields"][""].items()}
    for owner in owners:
        for sheet in sheets:
            found |= sheet["texts"].get(owner, {})
    return found


@cache
def _sheet(lang: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """The samples of a language, or the Danish ones: "fields" under "", and "texts" by the key that they are for."""
    whole = read_sheet(_SAMPLES)
    sheet = _inner(whole, lang if lang in whole else FIRST)
    texts = _inner(sheet, "texts")
    return {
        "fields": {"": _plain(_inner(sheet, "fields"))},
        "texts": {key: _plain(_inner(texts, key)) for key in texts},
    }


def _inner(sheet: Sheet, name: str) -> Sheet:
    held = sheet[name]
    return held if isinstance(held, dict) else {}


def _plain(sheet: Sheet) -> dict[str, str]:
    return {name: str(value) for name, value in sheet.items()}
