"""Meetings out of calendar files: recurring ones, time zones, what is called off, what is over, what can't be read."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.calendar import Listing, dead_dates, gatherings, read_listing, topics_of

ZONE = ZoneInfo("Europe/Copenhagen")
EXAMPLE = (Path(__file__).parent / "calendar" / "eksempel.ics").read_bytes()
NOW = datetime(2026, 10, 20, 9, tzinfo=ZONE)


def listing(data: bytes = EXAMPLE) -> Listing:
    read = read_listing(data, "calendar/eksempel.ics")
    assert isinstance(read, Listing), read
    return read


def test_meetings_come_in_order_and_keep_their_hour_over_the_change_to_winter_time() -> None:
    told = [(one.title.removeprefix("Eksempel: "), one.start.isoformat()) for one in gatherings([listing()], NOW)]
    assert told[:4] == [
        ("Gentofte Talks om havnen", "2026-11-05T19:00:00+01:00"),
        ("åbent møde i Handicaprådet", "2026-11-12T17:00:00+01:00"),
        ("åbent møde i Handicaprådet", "2027-01-14T17:00:00+01:00"),
        ("åbent møde i Handicaprådet", "2027-02-11T17:00:00+01:00"),
    ], "the tenth of December is left out, and what was called off too"
    summer = gatherings([listing()], datetime(2027, 4, 1, tzinfo=ZONE))
    assert summer[0].start.isoformat() == "2027-04-08T17:00:00+02:00"


def test_a_meeting_is_told_until_it_ends_and_is_the_same_one_at_every_look() -> None:
    during = datetime(2026, 11, 12, 18, 59, tzinfo=ZONE)
    first = gatherings([listing()], during)[0]
    assert first == next(one for one in gatherings([listing()], NOW) if one.start == first.start)
    after = gatherings([listing()], datetime(2026, 11, 12, 19, 1, tzinfo=ZONE))
    assert first.key not in {one.key for one in after}
    assert first.where == "Rådhuset, mødelokale C"
    assert first.topics == ("handicap",)


def test_a_meeting_that_names_no_zone_is_meant_in_the_municipalitys_own() -> None:
    data = EXAMPLE.replace(b"DTSTART:20261105T180000Z", b"DTSTART:20261105T180000").replace(b"T193000Z", b"T193000")
    assert gatherings([listing(data)], NOW)[0].start.isoformat() == "2026-11-05T18:00:00+01:00"


def test_what_is_over_for_good_is_found_with_its_line() -> None:
    line = EXAMPLE.decode().splitlines().index("UID:eksempel-forbi@skab") + 1
    [(file, (at, what))] = dead_dates([listing()], NOW)
    assert (file, at) == ("calendar/eksempel.ics", line)
    assert what == "“Eksempel: sprogcafé, som er forbi” er forbi. Slet det, eller skriv en ny dato"


def test_topics_are_told_with_their_line() -> None:
    assert {topic for _, topic in topics_of(listing())} == {"handicap", "demokrati", "kyst", "integration"}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b"BEGIN:VCALENDAR", b"hej", "filen kan ikke læses som en kalender"),
        (b"DTSTART:20261105T180000Z\n", b"", "har ingen dato"),
        (b"DTSTART:20261105T180000Z", b"DTSTART;VALUE=DATE:20261105", "har intet klokkeslæt"),
        (b"SUMMARY:Eksempel: Gentofte Talks om havnen\n", b"", "mødet har intet navn"),
        (b"SUMMARY:Eksempel: Gentofte Talks om havnen", b"SUMMARY:Ring til 251248-9996", "ligner et cpr-nummer"),
        (b"DTSTART:20261105T180000Z", b"DTSTART:i morgen", ""),
        ("å".encode(), "å".encode("cp1252"), "filen er ikke gemt som UTF-8"),
        (b"RRULE:FREQ=MONTHLY", b"RRULE:FREQ=HVER", "kan ikke læses"),
        (b"DTEND;TZID=Europe/Copenhagen:20261008", b"DTEND;TZID=Europe/Copenhagen:21261008", "varer 365"),
        (b"DTSTART:20261105T180000Z", b"DTSTART:00261105T180000Z", "begynder i år 26"),
        (b"RRULE:FREQ=MONTHLY", b"RRULE:FREQ=SECONDLY", "FREQ=SECONDLY"),
        (b"RRULE:FREQ=MONTHLY", b"RRULE:FREQ=MONTHLY;INTERVAL=0", "INTERVAL"),
        (b"RRULE:FREQ=MONTHLY", b"RRULE:FREQ=MONTHLY;BYMINUTE=1,2,3", "BYMINUTE"),
        (b"DTSTART;TZID=Europe/Copenhagen", b"DTSTART;TZID=Europe", "kan ikke læses"),
        (b"RRULE:FREQ=MONTHLY", b"RRULE:FREQOMONTHLY", "kommer igen på en måde"),
        (EXAMPLE, b"", "filen kan ikke læses"),
        (EXAMPLE, b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "der er ingen møder i filen"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_never_raises(old: bytes, new: bytes, what: str) -> None:
    faults = read_listing(EXAMPLE.replace(old, new), "calendar/eksempel.ics")
    assert isinstance(faults, list)
    assert any(what in told for _, told in faults), faults
