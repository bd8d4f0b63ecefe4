"""The shipped texts, strict as tests want them: read once for all tests of a process."""

from bot.texts.book import Book

BOOK = Book.load(strict=True)


def has_twin(section: str, key: str, lang: str) -> bool:
    """Whether a text has a twin under that section, with the same fields."""
    twin = f"{section}.{key}"
    return twin in BOOK.known(lang) and BOOK.entries[lang][twin].fields == BOOK.entries[lang][key].fields
