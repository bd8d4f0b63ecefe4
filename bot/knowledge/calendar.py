"""The municipality's meetings and events: iCalendar files, which councils and their own calendars read and write."""

import hashlib
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.world import Gathering

AHEAD = timedelta(days=180)
"""How far ahead meetings are told."""
LONGEST_LIFE = timedelta(days=3660)
"""How far ahead a meeting that comes again is looked for before it is called dead."""
USUAL = timedelta(hours=1)
"""How long a meeting without an end lasts in somebody's calendar."""
LONGEST_TITLE = 120

Fault = tuple[int, str]
"""A line (from 1), and what is wrong there."""


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
        faults = [fault for event in whole.walk("VEVENT") for fault in _faults(event, text)]
        faults += [(1, "der er ingen møder i filen")] if not whole.walk("VEVENT") else []
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        return [(1, f"filen kan ikke læses som en kalender: {error}")]
    return faults or Listing(name, text, whole)


def gatherings(listings: Iterable[Listing], now: datetime, ahead: timedelta = AHEAD) -> tuple[Gathering, ...]:
    """Every meeting that has not ended and begins before `now + ahead`, the next one first; `now` is aware."""
    found = {one.key: one for listing in listings for one in _between(listing, now, now + ahead)}
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.title)))


def dead_dates(listings: Iterable[Listing], now: datetime) -> Iterator[tuple[str, Fault]]:
    """The meetings that never come again, by the file they stand in: they can go."""
    for listing in listings:
        alive = {one.title for one in _between(listing, now, now + LONGEST_LIFE, most=200, called_off=True)}
        for event in listing.whole.walk("VEVENT"):
            title = _title(event)
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


def _between(
    listing: Listing, start: datetime, end: datetime, most: int = 1000, *, called_off: bool = False
) -> Iterator[Gathering]:
    import recurring_ical_events

    zone = start.tzinfo
    every = recurring_ical_events.of(listing.whole, components=["VEVENT"], skip_bad_series=True)
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
        yield Gathering(key, _title(event), begins, ends, where, tuple(_topics(event)))


def _faults(event: Any, text: str) -> Iterator[Fault]:
    title = str(event.get("SUMMARY", "")).strip()
    line = _line(text, title) if title else _line(text, str(event.get("UID", "BEGIN:VEVENT")))
    if not title:
        yield line, "mødet har intet navn. Skriv det i feltet titel (SUMMARY)"
    start = event.get("DTSTART")
    if start is None:
        yield line, f"“{title}” har ingen dato (DTSTART)"
    elif not isinstance(start.dt, datetime):
        yield line, f"“{title}” har intet klokkeslæt. Et møde, der varer hele dagen, kan ingen komme til tiden til"
    if event.errors:
        yield line, f"“{title}” kan ikke læses: {event.errors[0][1]}"


def _title(event: Any) -> str:
    return " ".join(str(event["SUMMARY"]).split())[:LONGEST_TITLE]


def _line_of(event: Any, listing: Listing) -> int:
    """The line of a meeting's own name in the file, which is written there as it is."""
    return _line(listing.text, f"UID:{event.get('UID', '')}")


def _topics(event: Any) -> list[str]:
    found = event.get("CATEGORIES")
    every = found if isinstance(found, list) else [found] if found is not None else []
    return [str(topic).strip().casefold() for one in every for topic in one.cats]


def _moment(at: datetime, zone: Any) -> datetime:
    """A moment in the municipality's own zone; one that names no zone is meant so."""
    return at.astimezone(zone or ZoneInfo("Europe/Copenhagen")) if at.tzinfo else at.replace(tzinfo=zone)


def _line(text: str, words: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if words[:40] and words[:40] in line), 1)
