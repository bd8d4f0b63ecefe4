"""Writes everything that the bot can say as one page, for reviewers: to read on a screen, or on paper with a pen."""

from itertools import groupby
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.core.effects import Field, Words
from bot.texts.book import FIRST, Book
from bot.texts.readers import is_label, reader_of
from bot.texts.specimen import Specimen, specimens

FOLDER: Final = Path(__file__).parent
READERS: Final = ("citizen", "staff", "admin")


def write_page(book: Book, path: Path, file: str, lang: str = FIRST) -> Path:
    """Write the texts of a language into a page, by who reads them; `file` is where an editor puts a text of their own.

    Raises:
        OSError: it can't be written there.
    """

    def say(key: str, **fields: Field) -> str:
        return book.speak(Words(f"textbook.page.{key}", lang, fields)).plain

    listed = list(specimens(book, lang))
    parts = [(say(reader), _sections([one for one in listed if reader_of(one.key) == reader])) for reader in READERS]
    templates = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    page = templates.get_template("texts.html").render(
        lang=lang, say=say, parts=parts, is_label=is_label, count=str(len(listed)), file=file
    )
    path.write_text(page, encoding="utf-8")
    return path


def _sections(listed: list[Specimen]) -> list[tuple[str, list[Specimen]]]:
    """The texts by the first word of their keys, in the order of the file."""
    return [(name, list(texts)) for name, texts in groupby(listed, lambda one: one.key.split(".")[0])]
