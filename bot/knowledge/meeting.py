"""One meeting of a calendar file: what it is called, and everything for which it can't be used, at its line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core import cpr

LONGEST_TITLE = 120
LONGEST = timedelta(days=31)
"""A meeting that lasts longer has a wrong date: to look for it day by day would keep everybody waiting."""
FIRST_YEAR, LAST_YEAR = 1990, 2100
OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
CLOCKED = ("BYSECOND", "BYMINUTE", "BYHOUR")
"""How no meeting comes again, and what would take hours to work out."""
TOLD = ("SUMMARY", "LOCATION", "DESCRIPTION", "COMMENT", "CONTACT")
"""What people have written of a meeting."""
LIKE_A_CPR_NUMBER = (
    "der står noget, som ligner et cpr-nummer. Tag det ud. Er det noget andet, så skriv ord imellem cifrene"
)

Fault = tuple[int, str]
"""A line (from 1), and what is wrong there."""


def title_of(event: Any) -> str:
    """What the meeting is called, on one line."""
    return " ".join(str(event["SUMMARY"]).split())[:LONGEST_TITLE]


def line_in(text: str, words: str) -> int:
    """The first line that holds the words, from 1."""
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if words[:40] and words[:40] in line), 1)


def faults_of(event: Any, text: str) -> Iterator[Fault]:
    """Everything that is wrong with one meeting; `text` is the file in which it stands."""
    title = str(event.get("SUMMARY", "")).strip()
    line = line_in(text, title) if title else line_in(text, str(event.get("UID", "BEGIN:VEVENT")))
    if any(cpr.without(str(event.get(name, "")), "")[1] for name in TOLD):
        # Alone: other faults show what the meeting is called.
        yield line, LIKE_A_CPR_NUMBER
        return
    if not title:
        yield line, "mødet har intet navn. Skriv det i feltet titel (SUMMARY)"
    start = event.get("DTSTART")
    if start is None:
        yield line, f"“{title}” har ingen dato (DTSTART)"
    elif not isinstance(start.dt, datetime):
        yield line, f"“{title}” har intet klokkeslæt. Et møde, der varer hele dagen, kan ingen komme til tiden til"
    elif not FIRST_YEAR <= start.dt.year <= LAST_YEAR:
        yield line, f"“{title}” begynder i år {start.dt.year}. Ret datoen (DTSTART)"
    elif (lasts := _lasts(event, start.dt)) > LONGEST:
        yield line, f"“{title}” varer {lasts.days} dage. Ret datoen, hvor det slutter (DTEND)"
    if what := _comes_again_wrongly(event):
        yield line, f"“{title}” kommer igen på en måde, som intet møde gør ({what})"
    if event.errors:
        yield line, f"“{title}” kan ikke læses: {event.errors[0][1]}"


def _lasts(event: Any, start: datetime) -> timedelta:
    end, told = event.get("DTEND"), event.get("DURATION")
    if told is not None:
        return abs(told.dt) if isinstance(told.dt, timedelta) else timedelta()
    if end is None or not isinstance(end.dt, datetime):
        return timedelta()
    return abs(_in_utc(end.dt) - _in_utc(start))


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _comes_again_wrongly(event: Any) -> str:
    """What of a rule no meeting follows, or ""."""
    found = event.get("RRULE")
    for rule in found if isinstance(found, list) else [found] if found is not None else []:
        often = [str(one).upper() for one in rule.get("FREQ", ())]
        if len(often) != 1:
            return "RRULE uden FREQ"
        if often[0] in OFTEN:
            return f"FREQ={often[0]}"
        if clocked := next((name for name in CLOCKED if len(rule.get(name, ())) > 1), ""):
            return clocked
        if any(int(one) < 1 for one in rule.get("INTERVAL", ())):
            return "INTERVAL"
    extra = event.get("RDATE")
    dates = [
        one
        for several in (extra if isinstance(extra, list) else [extra] if extra is not None else [])
        for one in several.dts
    ]
    return "RDATE" if any(not isinstance(one.dt, datetime) for one in dates) else ""
