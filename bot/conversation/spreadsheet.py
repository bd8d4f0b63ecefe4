"""What is handed out as a spreadsheet, in a chat and on the board: one form, and one set of columns for open ideas."""

import csv
from collections.abc import Iterable
from io import StringIO

MARK = "\ufeff"
"""Tells Excel that the file is UTF-8; without it æøå come out wrong."""
IDEA = (
    "number", "title", "words", "topics", "stage", "responsible", "role", "step", "who", "due", "late", "seeks",
    "sent", "way", "ending", "why", "instead",
)  # fmt: skip
"""What both files tell of an open idea, in this order and under these names; their texts stand under `open.file`."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula (OWASP, CSV injection)."""


def spreadsheet(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """The file's text; semicolons, since a Danish spreadsheet takes a comma for a decimal point."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(map(_harmless, map(str, row)) for row in rows)
    return MARK + written.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
