"""What was said on an initiative so far, out of its timeline, for somebody who comes to it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.effects import Field, Parts, Quote, Say, Tag, To, Words

SAID = {"citizen_said": "citizen_edited", "agent_said": "agent_edited"}
"""The kinds of lines that hold words, each with the kind that changes them."""
BY_AGENTS = frozenset({"agent_said", "agent_edited"})
"""The kinds of lines that hold an agent's words to the citizen."""
INTERNAL = frozenset({"note", "asked", "advised"})
"""The kinds of lines in which staff wrote to each other."""
TAKEN_BACK = "taken_back"
"""The kind of the line that says that an agent has taken a message back from the citizen."""
GONE = {"erased": "citizen_said", TAKEN_BACK: "agent_said", "astray": "agent_said"}
"""The kinds of lines by which words are taken away, each with the kind of those words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline; `seen_by`: "staff" | "owner" | "public". `person` is the citizen who did it, or 0."""

    kind: str
    actor: str
    seen_by: str
    at: datetime
    data: Mapping[str, Field]
    person: int = 0


def retell(to: To, about: int, entries: Sequence[Entry], still: Collection[int] = ()) -> Iterator[Say]:
    """One message to staff with the words of both sides as they stand now, and with what staff noted, in order.

    Nothing where nobody has said anything.

    Words that the citizen has deleted are not told, nor what an agent has taken back, nor what `still` has to arrive
    there: messages of the citizen's by their ids.
    """
    gone = {(GONE[entry.kind], entry.data.get("message")) for entry in entries if entry.kind in GONE}
    gone |= {("citizen_said", message) for message in still}
    newest = {(entry.kind, entry.data.get("message")): entry.data.get("text") for entry in entries}
    parts: list[Words | Quote] = []
    for entry in entries:
        message = entry.data.get("message")
        if entry.kind in INTERNAL:
            head = Words("colleague.history.internal", "da", {"name": entry.actor, "at": entry.at})
            parts.append(Quote(str(entry.data.get("text", "")), head))
        if entry.kind not in SAID or (entry.kind, message) in gone:
            continue
        text = newest.get((SAID[entry.kind], message), entry.data.get("text"))
        files = entry.data.get("media", 0)
        key = "colleague.history.files" if files else "colleague.history.line"
        head = Words(key, "da", {"name": entry.actor, "at": entry.at, "n": files or 0})
        parts.append(Quote(str(text), head) if text else head)
    if parts:
        head = Words("colleague.history.head", "da", {"n": about})
        yield Say(to, Parts((head, *parts)), tag=Tag("history", about=about), silent=True)
