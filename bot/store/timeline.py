"""The timeline of each initiative: what happened, when, who did it, who may see it; only ever added to, or emptied."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from bot.core.effects import Note
from bot.core.history import BY_AGENTS, Entry
from bot.store import records
from bot.store.tables import BY_CITIZENS, timeline

_line = (timeline.c.kind, timeline.c.actor, timeline.c.seen_by, timeline.c.at, timeline.c.data, timeline.c.person)
_of = select(*_line).where(timeline.c.about == bindparam("which")).order_by(timeline.c.id)
_numbers_of = (
    select(timeline.c.about).distinct().where(BY_CITIZENS, timeline.c.person == bindparam("whose")).order_by("about")
)
_of_kind = (
    select(timeline.c.about, *_line)
    .where(timeline.c.about.in_(bindparam("which", expanding=True)), timeline.c.kind == bindparam("what"))
    .order_by(timeline.c.id)
)
_between = (
    select(timeline.c.kind, timeline.c.at, timeline.c.data)
    .where(
        timeline.c.at >= bindparam("since"),
        timeline.c.at < bindparam("until"),
        timeline.c.kind.in_(bindparam("what", expanding=True)),
    )
    .order_by(timeline.c.id)
)
DATA = records.kind_of(Note, "data")


class Timeline:
    """The table `timeline` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, notes: Sequence[Note], at: datetime, whose: Callable[[Note], int] = lambda _: 0) -> None:
        """Add lines, in this order; `whose` tells the citizen who did what a line says, or 0."""
        if notes:
            self._run(
                timeline.insert(),
                [
                    {
                        "about": note.about,
                        "kind": note.kind,
                        "actor": note.actor,
                        "seen_by": note.seen_by,
                        "at": records.stamp(at),
                        "data": records.dump(DATA, note.data),
                        "person": whose(note) or None,
                    }
                    for note in notes
                ],
            )

    def of(self, about: int) -> list[Entry]:
        """All that happened to an initiative, oldest first."""
        return [_entry(row) for row in self._run(_of, {"which": about})]

    def numbers_of(self, person: int) -> list[int]:
        """The initiatives in which a citizen has done anything, also where they have no part any more."""
        return list(self._run(_numbers_of, {"whose": person}).scalars())

    def redact(self, about: int, message: int) -> None:
        """Take the words of a citizen's message (its id on the phone) out of every line; that it happened stays.

        A group counts its messages anew: an agent's may bear the same id.
        """
        query = select(timeline.c.id, timeline.c.kind, timeline.c.data).where(timeline.c.about == about)
        for row in self._run(query).all():
            data = records.load_union(DATA, row.data)
            if row.kind not in BY_AGENTS and data.get("message") == message and data.get("text"):
                spared = records.dump(DATA, {**data, "text": ""})
                self._run(update(timeline).where(timeline.c.id == row.id).values(data=spared))

    def of_kind(self, kind: str, numbers: Sequence[int]) -> list[tuple[int, Entry]]:
        """All of one kind that happened to these initiatives, oldest first, each with its number."""
        found = self._run(_of_kind, {"which": numbers, "what": kind}) if numbers else ()
        return [(row.about, _entry(row)) for row in found]

    def between(self, since: datetime, until: datetime, kinds: Sequence[str]) -> list[Entry]:
        """All of these kinds that happened in that time, to whatever initiative, without saying to which or by whom."""
        found = self._run(_between, {"since": records.stamp(since), "until": records.stamp(until), "what": kinds})
        return [Entry(row.kind, "", "", records.moment(row.at), records.load_union(DATA, row.data)) for row in found]


def _entry(row: Row[*tuple[Any, ...]]) -> Entry:
    data = records.load_union(DATA, row.data)
    return Entry(row.kind, row.actor, row.seen_by, records.moment(row.at), data, row.person or 0)
