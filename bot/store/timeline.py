"""The timeline of each initiative: what happened, when, who did it, who may see it; only ever added to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.core.effects import Note
from bot.core.history import Entry
from bot.store import records
from bot.store.tables import timeline

_of = (
    select(timeline.c.kind, timeline.c.actor, timeline.c.seen_by, timeline.c.at, timeline.c.data)
    .where(timeline.c.about == bindparam("which"))
    .order_by(timeline.c.id)
)
DATA = records.kind_of(Note, "data")


class Timeline:
    """The table `timeline` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, notes: Sequence[Note], at: datetime) -> None:
        """Add lines, in this order."""
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
                    }
                    for note in notes
                ],
            )

    def of(self, about: int) -> list[Entry]:
        """All that happened to an initiative, oldest first."""
        return [
            Entry(row.kind, row.actor, row.seen_by, records.moment(row.at), records.load_union(DATA, row.data))
            for row in self._run(_of, {"which": about})
        ]
