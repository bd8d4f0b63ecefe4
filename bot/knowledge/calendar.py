"""The municipality's meetings and events: iCalendar files, which councils and their own calendars read and write."""

import hashlib
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.world import Gathering
from bot.knowledge.meeting import Fault, faults_of, line_in, title_of

AHEAD = timedelta(days=180)
"""How far ahead meetings are told."""
LONGEST_LIFE = timedelta(days=3660)
"""How far ahead a meeting that comes again is looked for before it is called dead."""
USUAL = timedelta(hours=1)
"""How long a meeting without an end lasts in somebody's calendar."""
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
PROBED = 3
"""So many meetings of a file are worked out when it is read: what can't be is a fault then, and not at a question."""
_UNREADABLE = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError, OSError)
"""What the libraries raise for what a file holds; a zone that is called as a folder is looked up as a file."""


@dataclass(frozen=True)
class Listing:
    """One file of the calendar that can be used. `whole` is the library's own reading of it."""

    name: str
    text: str
    whole: Any


def read_listing(data: bytes, name: str) -> Listing | list[Fault]:
    """A file of the calendar, or everything that is wrong with it; never raises for what the file holds."""
    # Only where there is such a file: most of the bot has no need of the library.
    from icalendar import Calendar

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return [(1, "filen er ikke gemt som UTF-8. Gem den igen, og vælg UTF-8")]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            whole = Calendar.from_ical(data)
        faults = [fault for event in whole.walk("VEVENT") for fault in faults_of(event, text)]
        faults += [(1, "der er ingen møder i filen")] if not whole.walk("VEVENT") else []
    except _UNREADABLE as error:
        return [(1, f"filen kan ikke læses som en kalender: {error}")]
    listing = Listing(name, text, whole)
    return faults or list(_never_told(listing)) or listing


def gatherings(listings: Iterable[Listing], now: datetime, ahead: timedelta = AHEAD) -> tuple[Gathering, ...]:
    """Every meeting that has not ended and begins before `now + ahead`, the next one first; `now` is aware."""
    found = {one.key: one for listing in listings for one in _between(listing, now, now + ahead)}
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.title)))


def dead_dates(listings: Iterable[Listing], now: datetime) -> Iterator[tuple[str, Fault]]:
    """The meetings that never come again, by the file they stand in: they can go."""
    for listing in listings:
        alive = {one.title for one in _between(listing, now, now + LONGEST_LIFE, most=200, called_off=True)}
        for event in listing.whole.walk("VEVENT"):
            title = title_of(event)
            if title not in alive:
                yield listing.name, (_line_of(event, listing), f"“{title}” er forbi. Slet det, eller skriv en ny dato")


def topics_of(listing: Listing) -> Iterator[tuple[int, str]]:
    """The topics that a file's meetings name, each with the line of its meeting."""
    for event in listing.whole.walk("VEVENT"):
        for topic in _topics(event):
            yield _line_of(event, listing), topic


def write_calendar(meetings: Iterable[Gathering], now: datetime) -> str:
    """These meetings as a file that calendars read (RFC 5545); in UTC, which each calendar shows in its own zone."""
    from icalendar import Calendar, Event

    whole = Calendar()
    whole.add("prodid", "-//skab//meetings//DA")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    for one in meetings:
        event = Event()
        event.add("uid", f"{one.key}@skab")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", one.start.astimezone(UTC))
        event.add("dtend", one.end.astimezone(UTC))
        event.add("summary", one.title)
        event.add("location", one.where)
        if one.topics:
            event.add("categories", list(one.topics))
        whole.add_component(event)
    written: bytes = whole.to_ical()
    return written.decode("utf-8")


def _never_told(listing: Listing) -> Iterator[Fault]:
    """What would raise when somebody asks for meetings: how one comes again, mostly; told at its own line."""
    wrong = _raised(listing)
    if wrong is None:
        return
    found = False
    for event in listing.whole.walk("VEVENT"):
        alone = _raised(Listing(listing.name, listing.text, event))
        if alone is not None:
            found = True
            title = f"“{title_of(event)}” kommer igen på en måde, som ikke kan læses (RRULE)"
            yield _line_of(event, listing), f"{title}: {alone}"
    if not found:
        yield 1, f"filens møder kan ikke regnes ud: {wrong}"


def _raised(listing: Listing) -> Exception | None:
    try:
        far = EARLIEST + 20 * LONGEST_LIFE
        list(_between(listing, EARLIEST, far, most=PROBED, called_off=True, skip_bad=False))
    except _UNREADABLE as error:
        return error
    return None


def _between(
    listing: Listing,
    start: datetime,
    end: datetime,
    most: int = 1000,
    *,
    called_off: bool = False,
    skip_bad: bool = True,
) -> Iterator[Gathering]:
    import recurring_ical_events

    zone = start.tzinfo
    every = recurring_ical_events.of(listing.whole, components=["VEVENT"], skip_bad_series=skip_bad)
    for number, event in enumerate(every.after(start)):
        begins = _moment(event["DTSTART"].dt, zone)
        if begins >= end or number >= most:
            return
        if str(event.get("STATUS", "")).upper() == "CANCELLED" and not called_off:
            continue
        ends = _moment(event["DTEND"].dt, zone) if "DTEND" in event else begins
        ends = ends if ends > begins else begins + USUAL
        if ends <= start:
            continue
        key = hashlib.sha256(f"{event.get('UID', '')}{event['SUMMARY']}{begins.isoformat()}".encode()).hexdigest()[:12]
        where = " ".join(str(event.get("LOCATION", "")).split())
        yield Gathering(key, title_of(event), begins, ends, where, tuple(_topics(event)))


def _line_of(event: Any, listing: Listing) -> int:
    """The line of a meeting's own name in the file, which is written there as it is."""
    return line_in(listing.text, f"UID:{event.get('UID', '')}")


def _topics(event: Any) -> list[str]:
    found = event.get("CATEGORIES")
    every = found if isinstance(found, list) else [found] if found is not None else []
    return [str(topic).strip().casefold() for one in every for topic in one.cats]


def _moment(at: datetime, zone: Any) -> datetime:
    """A moment in the municipality's own zone; one that names no zone is meant so."""
    return at.astimezone(zone or ZoneInfo("Europe/Copenhagen")) if at.tzinfo else at.replace(tzinfo=zone)
