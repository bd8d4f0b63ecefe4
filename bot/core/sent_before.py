"""What was sent to a citizen before, found again: wherever its first line stands, the same buttons take it back."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core import card
from bot.core.card import say
from bot.core.effects import Button, Field, FindSent, Quote, Say, Tag, To
from bot.core.events import Said
from bot.core.history import GONE, Entry
from bot.core.initiative import NOBODY, Initiative
from bot.core.promise import CORRECTION
from bot.core.world import PART, Link, Move

COMMAND = "fortryd"
MOST = 3
"""So many of the newest are shown; what must go is hardly ever older."""
SHOWN = 200
"""UTF-16 units of each: enough to know it again."""


def by_command(move: Move, said: Said, initiative: Initiative | None, *, named: bool) -> None:
    """ "/fortryd" in a topic or on a swipe, "/fortryd 12" anywhere."""
    to = To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    if initiative is None:
        move.do(Say(to, say("desk.unknown_number" if named else "desk.undo.which")))
    else:
        move.do(FindSent(to, initiative.number))


def tell(
    to: To, initiative: Initiative, copies: Sequence[Link], entries: Sequence[Entry], now: datetime
) -> Iterator[Say]:
    """The newest messages that still stand in the citizen's chat, each with its buttons, the last one lowest.

    `copies` are the messages there, newest first. A group counts its messages anew: of two with one number it may be
    either that is gone, and then both are shown.
    """
    found: dict[tuple[int, int], Link] = {}
    for link in (one for one in copies if not one.detail.startswith(PART)):
        # Of several messages that carry one on, the first is what the buttons name.
        found[(link.origin_chat, link.origin_message)] = link
    gone = Counter(entry.data.get("message") for entry in entries if GONE.get(entry.kind) == "agent_said")
    alike = Counter(message for _, message in found)
    there = [link for (_, message), link in found.items() if gone[message] < alike[message]]
    name, n = card.first_name(initiative), initiative.number
    if not there:
        by_voice = "by_voice." if initiative.owner == NOBODY else ""
        yield Say(to, say(f"{by_voice}desk.undo.nothing", name=name, n=n))
    for link in reversed(there[:MOST]):
        text, writer = _words(link, entries)
        fields: dict[str, Field] = {"name": name, "n": n, "at": link.at, "agent": writer or initiative.responsible_name}
        head = say("desk.undo.found", **fields)
        undo, astray = (Button(f"desk.button.{verb}", f"{verb}:{n}:{link.message_id}") for verb in ("undo", "astray"))
        row = (undo, astray) if now - link.at <= CORRECTION else (astray,)
        tag = Tag("sent", n, link.origin_chat, link.origin_message)
        yield Say(to, Quote(card.cut_to(text, SHOWN), head) if text else head, (row,), tag, silent=True)


def _words(link: Link, entries: Sequence[Entry]) -> tuple[str, str]:
    """What it says now, and who wrote it; nothing where that is not kept."""
    of_it = [entry for entry in entries if entry.data.get("message") == link.origin_message]
    said = [entry for entry in of_it if entry.kind in ("agent_said", "agent_edited")]
    return (str(said[-1].data.get("text", "")).strip(), said[-1].actor) if said else ("", "")
