"""A stretch of days as people write it in Danish: "2/11-13/11", "2.-13. november", "til fredag", "uge 46"."""

import re
from datetime import date, timedelta

from bot.core.days import read_day

_MONTH = r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zæøå]*\.?(?:\s+\d{4})?"
_WEEKDAY = r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)"
_DAY = (
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\.?"
    rf"|\d{{1,2}}\.?\s*{_MONTH}|\d{{1,2}}\.?|i\s*dag|i\s*morgen|i\s+overmorgen|(?:på\s+|næste\s+)?{_WEEKDAY})"
)
_TO = r"(?:-|–|—|til\s+og\s+med|t\.?\s*o\.?\s*m\.?|til)"
_SPAN = re.compile(rf"(?:fra\s+)?(?:den\s+)?(?P<first>{_DAY})?\s*(?:{_TO}\s*(?:den\s+)?(?P<last>{_DAY}))?\.?")
_WEEK = re.compile(r"(?:i\s+)?uge\s*(\d{1,2})\.?")
_BARE = re.compile(r"(\d{1,2})\.?")
_MONTH_OF = re.compile(rf"(?:[/.](\d{{1,2}}(?:[/.]\d{{2,4}})?)|\s*({_MONTH}))")
FRIDAY, SUNDAY = 4, 6


def read_span(text: str, today: date) -> tuple[date, date] | None:
    """The first and last day that the whole text names, as seen from `today`; None when it says anything else.

    One day alone is both; "til fredag" begins today. The last day may come before the first: that is for the caller.
    """
    text = " ".join(text.casefold().split())
    if week := _WEEK.fullmatch(text):
        return _week(int(week[1]), today)
    if text in ("i denne uge", "denne uge", "resten af ugen", "ugen ud"):
        return today, this_week(today)
    if text in ("næste uge", "i næste uge"):
        return next_week(today)
    found = _SPAN.fullmatch(text) if text else None
    if found is None or not (found["first"] or found["last"]):
        return None
    written = found["first"] or ""
    if found["last"] and _BARE.fullmatch(written):
        month = _MONTH_OF.search(found["last"])
        day = written.rstrip(".")
        written = f"{day}/{month[1]}" if month and month[1] else f"{day}. {month[2] if month else ''}"
    first = read_day(written, today) if written else today
    last = read_day(found["last"], first or today) if found["last"] else first
    return (first, last) if first and last else None


def this_week(today: date) -> date:
    """The last day of the week of `today`."""
    return today + timedelta(days=SUNDAY - today.weekday())


def next_week(today: date) -> tuple[date, date]:
    """Monday and Sunday of the week after that of `today`."""
    monday = this_week(today) + timedelta(days=1)
    return monday, this_week(monday)


def _week(number: int, today: date) -> tuple[date, date] | None:
    for year in (today.isocalendar().year, today.isocalendar().year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if this_week(monday) >= today:
            return max(monday, today), this_week(monday)
    return None
