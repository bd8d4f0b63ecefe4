"""Posters: a square code for each place that opens the bot, and how many have come by it; never who."""

import re
from collections.abc import Sequence

from bot.core.card import say
from bot.core.effects import CameBy, KeepPoster, Parts, Say, SendPaper, To, Words
from bot.core.events import Said
from bot.core.frame import Agent
from bot.core.world import Move

MAKE, COUNTS = "plakat", "plakater"
COMMANDS = frozenset({MAKE, COUNTS})
"""The commands that make a poster, and that tell what came of them."""
START = "sted_"
"""How the payload of a poster's link begins; the place's short name follows."""
LONGEST = 40
_SHORT = 48
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "ü": "u"})


def make(move: Move, said: Said, agent: Agent) -> None:
    """ "/plakat Byens Hus": a sheet to print, with a code of that place's own."""
    place, to = " ".join(said.text.split()), To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    frame = move.world.frame
    short = slug(place)
    if not short or len(place) > LONGEST or not frame.username:
        move.do(Say(to, say("desk.poster.how", n=LONGEST)))
        return
    link = f"https://t.me/{frame.username}?start={START}{short}"
    contact = frame.contact
    hours = contact.hours["da"]
    call = say("desk.poster.call", phone=contact.phone, hours=hours, meet=contact.meet["da"])
    lines: tuple[tuple[str, Words | str], ...] = (
        ("big", say("desk.poster.head")),
        ("line", say("desk.poster.line", municipality=frame.municipality)),
        ("code", link),
        *(("line", Words("desk.poster.scan", lang)) for lang in ("da", "en", "uk") if lang in frame.languages),
        ("under", call),
        ("under", say("desk.poster.foot", municipality=frame.municipality, place=place)),
    )
    caption = say("desk.poster.made", place=place, agent=agent.first_name)
    move.do(KeepPoster(short, place))
    move.do(SendPaper(to, f"plakat-{short}.pdf", say("desk.poster.title", place=place), lines, caption))


def came(move: Move, payload: str) -> None:
    """Somebody has come by a poster; from here on they are met like anybody else."""
    short = payload.removeprefix(START)
    if short and short == slug(short):
        move.do(CameBy(short))


def counts(to: To, posters: Sequence[tuple[str, int]]) -> Say:
    """How many have come by each poster, the most first."""
    if not posters:
        return Say(to, say("desk.poster.none"))
    most_first = sorted(posters, key=lambda one: (-one[1], one[0]))
    lines = tuple(say("desk.poster.count", place=place, n=n) for place, n in most_first)
    return Say(to, Parts((say("desk.poster.counts"), *lines)))


def slug(place: str) -> str:
    """A place's name as it can stand in a link: the Bot API takes A-Z, a-z, 0-9, _ and - there, 64 at most."""
    plain = place.casefold().translate(_LETTERS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SHORT].strip("-")
