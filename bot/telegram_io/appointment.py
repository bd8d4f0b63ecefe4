"""An appointment as the file that calendars read (iCalendar, RFC 5545), and the call that uploads it."""

from datetime import UTC, timedelta

from bot.conversation.ports import Json, Speak
from bot.core.effects import Invite

TYPE = "text/calendar"


def calendar(invite: Invite, speak: Speak) -> str:
    """The file's text; times are in UTC, so that every calendar shows them in its owner's zone."""
    # Only here: a bot that has sent no appointment yet spares three megabytes.
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", f"{_name(invite)}@skab")
    event.add("sequence", invite.sequence)
    event.add("dtstamp", invite.made.astimezone(UTC))
    event.add("dtstart", invite.at.astimezone(UTC))
    event.add("dtend", (invite.at + timedelta(minutes=invite.minutes)).astimezone(UTC))
    event.add("summary", speak(invite.title).plain)
    event.add("location", invite.where)
    whole = Calendar()
    whole.add("prodid", "-//skab//appointment//DA")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add_component(event)
    written: bytes = whole.to_ical()
    return written.decode("utf-8")


def upload(invite: Invite, speak: Speak) -> Json:
    """The file as it waits in the outbox: its text is in the row, so that a restart loses nothing of it."""
    return {"upload": {"name": f"{_name(invite)}.ics", "type": TYPE, "text": calendar(invite, speak)}}


def _name(invite: Invite) -> str:
    return invite.uid or f"nr-{invite.about}"
