"""What the numbers are counted from: a row an initiative, without words or people, that outlives the initiative."""

import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select

from bot.core.initiative import Initiative, Stage, Turn
from bot.core.tally import Counted, counted
from bot.store import records
from bot.store.insertion import insert
from bot.store.tables import initiatives, ledger, timeline

DELETED: Final = -1
"""The version of an initiative that is deleted: nothing of it changes any more."""

_keep = insert(ledger)
_keep = _keep.on_conflict_do_update(
    index_elements=["number"],
    set_={column.name: _keep.excluded[column.name] for column in ledger.c if not column.primary_key},
)
_rows = select(ledger, initiatives.c.number.label("there")).outerjoin(
    initiatives, initiatives.c.number == ledger.c.number
)
_some = _rows.where(ledger.c.number.in_(bindparam("which", expanding=True)))
_state = select(func.count(), func.coalesce(func.sum(ledger.c.version), 0))
_there = select(func.count()).select_from(initiatives)
_versions = (
    select(ledger.c.number, ledger.c.version, initiatives.c.number.label("there"))
    .outerjoin(initiatives, initiatives.c.number == ledger.c.number)
    .order_by(ledger.c.number)
)
_happened = (
    select(timeline.c.about, timeline.c.kind, timeline.c.at)
    .where(
        timeline.c.about.in_(bindparam("which", expanding=True)),
        timeline.c.kind.in_(bindparam("what", expanding=True)),
    )
    .order_by(timeline.c.id)
)


class Ledger:
    """The table `ledger` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def keep(self, initiative: Initiative, body: str) -> None:
        """Write down how the initiative counts now; `body` is the whole of it, as it is stored."""
        one = counted(initiative)
        self._run(
            _keep,
            {
                "number": one.number,
                "sent": records.stamp(one.sent),
                "first_due": records.stamp(one.first_due),
                "answered": None if one.answered is None else records.stamp(one.answered),
                "stage": one.stage.value,
                "turn": one.turn.value,
                "topic": one.topic,
                "public": one.public,
                "version": zlib.crc32(body.encode()),
            },
        )

    def rows(self) -> list[Counted]:
        """All that ever were; of one that is deleted only its dates and its ending are left."""
        return [_counted(row) for row in self._run(_rows)]

    def some(self, numbers: Iterable[int]) -> list[Counted]:
        """As `rows`, of these alone."""
        return [_counted(row) for row in self._run(_some, {"which": list(numbers)})]

    def state(self) -> tuple[int, ...]:
        """Numbers that are others as soon as any initiative is: sent, changed or deleted."""
        kept, versions = self._run(_state).one()
        return kept, versions, self._run(_there).scalar_one()

    def versions(self) -> dict[int, int]:
        """All numbers that ever were, each with a number that changes with the initiative."""
        return {row.number: row.version if row.there is not None else DELETED for row in self._run(_versions)}

    def happened(self, numbers: Iterable[int], kinds: Iterable[str]) -> dict[int, list[tuple[str, datetime]]]:
        """When something of these kinds happened to these initiatives, oldest first; never what was said."""
        found: dict[int, list[tuple[str, datetime]]] = {}
        for row in self._run(_happened, {"which": list(numbers), "what": list(kinds)}):
            found.setdefault(row.about, []).append((row.kind, records.moment(row.at)))
        return found


def _counted(row: Any) -> Counted:
    return Counted(
        number=row.number,
        sent=records.moment(row.sent),
        first_due=records.moment(row.first_due),
        answered=None if row.answered is None else records.moment(row.answered),
        stage=Stage(row.stage),
        turn=Turn(row.turn),
        topic=row.topic,
        public=row.public and row.there is not None,
        deleted=row.there is None,
    )


def highest(connection: Connection) -> int:
    """The highest number that any initiative ever had."""
    return connection.execute(select(func.max(ledger.c.number))).scalar() or 0
