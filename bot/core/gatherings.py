"""Meetings and events out of the municipality's calendar: told by topic and place, and sent as a file for one's own."""

import re

from bot.core import status
from bot.core.effects import Invite, Parts, To, Words
from bot.core.events import Pressed, Said
from bot.core.world import Gathering, Move

MOST = 3
"""Meetings in one message; the next ones come first."""
LONGEST_WORDS = 5
VERB = "cal"
_ABOUT = re.compile(
    r"(?:møder|moeder|arrangementer|meetings|events|зустрічі|події|засідання)\s+"
    r"(?:(?:om|i|på|ved|for|about|in|at|on|про|у|в|на)\s+)?(\S.{1,40}?)[?.!]?",
    re.IGNORECASE,
)


def asked_about(text: str) -> str:
    """The topic or place behind "møder om natur" or "møder i Hellerup"; "" for other words."""
    found = _ABOUT.fullmatch(text.strip()) if len(text.split()) <= LONGEST_WORDS else None
    return found[1] if found else ""


def answered(move: Move, said: Said) -> bool:
    """Tell the meetings, all or about something, where the words ask for them; False when they are other words.

    In the middle of something else "møder på biblioteket" is a part of that: only the bare word or the command asks.
    """
    asked = move.world.intent == "gatherings"
    about = said.text.strip() if said.command else asked_about(said.text)
    busy = move.talk.draft is not None or move.talk.asking is not None or bool(status.open_initiatives(move))
    if not asked and (said.command or busy or not about):
        return False
    tell(move, about)
    return True


def tell(move: Move, about: str = "") -> None:
    """The next meetings, each with a button for the calendar; that there is none is said, and who knows more.

    Of one that comes again only the next is told, where nothing narrower was asked for.
    """
    every = move.world.gatherings(about)
    next_ones = {one.title: one for one in reversed(every)}.values()
    found = every[:MOST] if about else sorted(next_ones, key=lambda one: one.start)[:MOST]
    if not found:
        contact = move.world.frame.contact
        key = "citizen.gatherings.none_about" if about else "citizen.gatherings.none"
        move.tell(move.words(key, about=about, phone=contact.phone, municipality=move.world.frame.municipality))
        return
    lines = [_line(move, one) for one in found]
    rows = tuple(
        (move.button("citizen.button.to_calendar", f"{VERB}:0:{one.key}", at=one.start, title=one.title[:24]),)
        for one in found
    )
    head = move.words("citizen.gatherings.about" if about else "citizen.gatherings.head", about=about)
    move.tell(Parts((head, *lines)), rows)


def _line(move: Move, one: Gathering) -> Words:
    key = "citizen.gatherings.line" if one.where else "citizen.gatherings.line_nowhere"
    return move.words(key, title=one.title, at=one.start, where=one.where)


def on_pressed(move: Move, event: Pressed, key: str) -> None:
    """Send the meeting as a file for the calendar, if it still stands in the municipality's own."""
    one = next((one for one in move.world.gatherings("") if one.key == key), None)
    if one is None:
        move.answers(event.callback_id, move.words("citizen.gatherings.gone"))
        return
    minutes = max(1, round((one.end - one.start).total_seconds() / 60))
    title, caption = (move.words(f"citizen.gatherings.{name}", title=one.title) for name in ("title", "caption"))
    move.do(Invite(To(move.person.id), 0, one.start, minutes, title, one.where, caption, move.world.now, uid=one.key))
