"""An appointment as a calendar reads it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.core.effects import Invite, To, Words
from bot.telegram_io.render import render
from tests.book import BOOK

ZONE = ZoneInfo("Europe/Copenhagen")
INVITE = Invite(
    to=To(900),
    about=12,
    at=datetime(2026, 11, 11, 10, tzinfo=ZONE),
    minutes=60,
    title=Words("citizen_step.meeting_title", "da", {"agent": "Mette Holm", "n": 12}),
    where="Byens Hus, Hellerupvej 22; stuen",
    caption=Words("citizen_step.invite", "da", {"due": datetime(2026, 11, 11, 10, tzinfo=ZONE)}),
    made=datetime(2026, 11, 3, 9, tzinfo=ZONE),
    sequence=2,
)


def file_of(invite: Invite) -> tuple[str, str]:
    (call,) = render(invite, BOOK.speak)
    assert call.method == "sendDocument"
    assert call.params["caption"]
    upload = call.params["document"]["upload"]
    return upload["name"], upload["text"]


def test_a_calendar_reads_when_where_and_with_whom() -> None:
    name, text = file_of(INVITE)
    assert name == "nr-12.ics"
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("dtstart").astimezone(ZONE) == INVITE.at
    assert (event.decoded("dtend") - event.decoded("dtstart")).total_seconds() == 3600
    assert str(event["summary"]) == "Møde med Mette Holm om nr. 12"
    assert str(event["location"]) == INVITE.where, "signs that mean something to a calendar stay literal"


def test_a_later_time_moves_the_same_appointment() -> None:
    (before,) = Calendar.from_ical(file_of(INVITE)[1]).walk("VEVENT")
    (after,) = Calendar.from_ical(file_of(replace(INVITE, sequence=3))[1]).walk("VEVENT")
    assert before["uid"] == after["uid"]
    assert int(after["sequence"]) > int(before["sequence"])


def test_the_file_keeps_to_the_rules_that_strict_calendars_ask_for() -> None:
    _, text = file_of(INVITE)
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert all(len(line.encode()) <= 75 for line in lines)
    for needed in ("BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:PUBLISH", "DTSTAMP:20261103T080000Z"):
        assert needed in lines
