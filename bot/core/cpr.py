"""Finds Danish civil registration numbers (CPR) in a text, however they are spaced, and takes them out."""

import re

_BETWEEN = r"[\s.,/_·\-\u00ad\u200b-\u200d\u2010-\u2015\u2060\u2212\ufe63\uff0d]{0,3}"
_LINE = r"\s?[\-\u2010-\u2015\u2212\ufe63\uff0d]\s?"
_WHOLE = re.compile(rf"(?<!\d)(\d\d){_BETWEEN}(\d\d){_BETWEEN}(\d\d){_BETWEEN}\d{{4}}(?!\d)")
_YEAR = re.compile(rf"(?<!\d)(\d\d){_BETWEEN}(\d\d){_BETWEEN}(?:19|20)\d\d{_LINE}\d{{4}}(?!\d)")
"""The year in four digits: twelve digits are a CPR number only where a line stands before the last four."""
_PAIRS = re.compile(r"(?<!\d)(?<!\d\s)(\d\d)\s(\d\d)\s(\d\d)\s\d\d\s\d\d(?!\s?\d)")
"""Ten digits read out two by two; with more digits beside them they are telephone numbers in a row."""

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SUBSTITUTE = 60
"""What is added to the day in a substitute number, which is given to people who have no CPR number yet."""


def without(text: str, mark: str) -> tuple[str, int]:
    """The text with `mark` in the place of every CPR number, and how many there were.

    Ten digits count as one when they begin with a date (DDMMYY), also of a substitute number; so do twelve, with the
    year in full, where a line stands before the last four. There is no check digit to go by: numbers without one have
    been given out since 2007 (CPR-kontoret, "Personnummeret i CPR").
    """
    found = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal found
        if not _is_a_date(int(match[1]), int(match[2])):
            return match[0]
        found += 1
        return mark

    for written in (_YEAR, _WHOLE, _PAIRS):
        text = written.sub(replaced, text)
    return text, found


def _is_a_date(day: int, month: int) -> bool:
    if day > _SUBSTITUTE:
        day -= _SUBSTITUTE
    return 1 <= month <= 12 and 1 <= day <= _LENGTHS[month - 1]
