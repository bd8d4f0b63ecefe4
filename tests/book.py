"""The shipped texts, strict as tests want them: read once for all tests of a process."""

from bot.texts.book import Book

BOOK = Book.load(strict=True)
