"""Every text with sample names filled in, so that all of them can be read and judged in one place."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.effects import Field, Words
from bot.texts.book import FIRST, Book

MOMENT = datetime(2026, 11, 4, 16, 0, tzinfo=ZoneInfo("Europe/Copenhagen"))
"""Wednesday 4 November 2026 at 16: the first promise of the acceptance scenarios."""

_MOMENTS = frozenset({"due", "at", "since", "until", "promised", "when", "date", "day"})
_SAMPLES: dict[str, Field] = {
    "n": 2,
    "of": 3,
    "municipality": "Gentofte Kommune",
    "phone": "39 98 00 00",
    "agent": "Mette Holm",
    "who": "Mette Holm",
    "role": "sparringsagent",
    "name": "Aase",
    "first": "Mette",
    "title": "Bænke på torvet",
    "old": "Bænke på torvet",
    "new": "Et torv med bænke",
}
_OTHER = "Bænke"


def specimen(book: Book, key: str, lang: str = FIRST) -> str:
    """One text with sample names, a sample date and the number 2. Raises `KeyError` for a key that is not there."""
    fields: dict[str, Field] = {}
    for template in book.entries[lang][key].templates.values():
        for piece in template.pieces:
            if piece.field:
                fields[piece.field] = _sample(piece.field, piece.form)
    return book.speak(Words(key, lang, _SAMPLES | fields)).plain


def specimens(book: Book, lang: str = FIRST) -> Iterator[tuple[str, str]]:
    """Every text of a language as (key, text), by the order of the file."""
    for key in book.entries[lang]:
        yield key, specimen(book, key, lang)


def _sample(name: str, form: str) -> Field:
    return MOMENT if form or name in _MOMENTS else _SAMPLES.get(name, _OTHER)
