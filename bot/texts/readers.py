"""Who reads a text, by its key: citizens, staff or admins; and which texts stand on a button."""

from typing import Final, Literal

from bot.texts.book import FIRST, Book

Reader = Literal["citizen", "staff", "admin"]
CITIZEN: Final = "citizen"
STAFF: Final = "staff"
ADMIN: Final = "admin"

SECTIONS: Final[dict[str, Reader]] = {
    "citizen": CITIZEN, "citizen_step": CITIZEN, "bridge": CITIZEN, "offer": CITIZEN, "matter": CITIZEN,
    "partner": CITIZEN, "lead": CITIZEN, "open": CITIZEN, "step": CITIZEN, "step_of_another": CITIZEN,
    "stage": CITIZEN, "shared": CITIZEN, "bot": CITIZEN, "board": CITIZEN, "numbers": CITIZEN,
    "desk": STAFF, "colleague": STAFF, "by_voice": STAFF, "case_file": STAFF, "mirror": STAFF,
    "bot.staff_command": STAFF,
    "admin": ADMIN, "rulebook": ADMIN, "pagebook": ADMIN, "textbook": ADMIN, "bot.admin_command": ADMIN,
}  # fmt: skip
"""The sections of the files of texts, by who reads them; a part of a section may have readers of its own."""
LONGEST_LABEL: Final = 28
"""Characters that fit a button on its own row, on a small phone with large letters."""


def reader_of(key: str) -> Reader:
    """Who reads the text. Raises `KeyError` for a section that nobody is told to read."""
    parts = key.split(".")
    return SECTIONS.get(".".join(parts[:2])) or SECTIONS[parts[0]]


def is_label(key: str) -> bool:
    """Whether the text stands on a button."""
    return "button" in key.split(".")


def read_by(book: Book, reader: Reader, lang: str = FIRST) -> list[str]:
    """The keys of all texts that such people read, in the order of the file."""
    return [key for key in book.entries[lang] if reader_of(key) == reader]
