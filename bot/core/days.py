"""Days as people write them in Danish: "12/11", "12. november", "på torsdag", "i morgen", "om to uger"."""

import re
from datetime import date, timedelta

_MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november")
_SHORT = {name[:3]: number for number, name in enumerate((*_MONTHS, "december"), 1)}
_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_COUNTS = {
    "en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9, "ti": 10,
}  # fmt: skip
_IN_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{4}|\d{2}))?\.?(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_BY_NAME = re.compile(
    r"(?<!\d)(\d{1,2})\.?\s*(?:i\s+)?(jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s+(\d{4}))?"
)
_AHEAD = re.compile(r"\bom\s+(\d{1,3}|" + "|".join(_COUNTS) + r")\s+(dage?|uger?|måned(?:er)?)\b")
_A_MONTH_BACK = timedelta(days=60)
_DAYS_IN = {"d": 1, "u": 7}


def read_day(text: str, today: date) -> date | None:
    """The day that a text names, as seen from `today`; None when it names none.

    A day without a year is the next one of that date, unless it has just passed (60 days): then it is that one, so
    that a slip is seen as a slip and not taken for next year.
    """
    text = text.casefold()
    return _relative(text, today) or _written(text, today) or _weekday(text, today)


def _written(text: str, today: date) -> date | None:
    if found := _ISO.search(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _BY_NAME.search(text):
        return _with_year(int(found[1]), _SHORT[found[2]], found[3], today)
    if found := _IN_FIGURES.search(text):
        return _with_year(int(found[1]), int(found[2]), found[3], today)
    return None


def _with_year(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    this = _day(today.year, month, day)
    if this is None or this >= today or today - this <= _A_MONTH_BACK:
        return this or _day(today.year + 1, month, day)
    return _day(today.year + 1, month, day)


def _relative(text: str, today: date) -> date | None:
    if re.search(r"\bi\s+overmorgen\b", text):
        return today + timedelta(days=2)
    if re.search(r"\bi\s*morgen\b", text):
        return today + timedelta(days=1)
    if re.search(r"\bi\s*dag\b", text):
        return today
    found = _AHEAD.search(text)
    if found is None:
        return None
    n = _COUNTS.get(found[1]) or int(found[1])
    if found[2].startswith("m"):
        month = today.month - 1 + n
        year, month = today.year + month // 12, month % 12 + 1
        return next(d for d in (_day(year, month, today.day - back) for back in range(4)) if d is not None)
    return today + timedelta(days=n * _DAYS_IN[found[2][0]])


def _weekday(text: str, today: date) -> date | None:
    for number, name in enumerate(_WEEKDAYS):
        if found := re.search(rf"\b(næste\s+)?{name}\b", text):
            ahead = (number - today.weekday()) % 7 or 7
            monday_after = 7 - today.weekday()
            return today + timedelta(days=monday_after + number if found[1] else ahead)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
