"""Timers: what falls due later, by the domain clock."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select

from bot.conversation.rows import Timer
from bot.store import records
from bot.store.insertion import insert
from bot.store.tables import timers

_set = insert(timers)
_set = _set.on_conflict_do_update(
    index_elements=["key"],
    set_={column.name: _set.excluded[column.name] for column in timers.c if not column.primary_key},
)
_drop = delete(timers).where(timers.c.key == bindparam("which"))
_due = (
    select(timers.c.key, timers.c.kind, timers.c.due, timers.c.about, timers.c.chat)
    .where(timers.c.due <= bindparam("now"))
    .order_by(timers.c.due)
    .limit(bindparam("most"))
)
_chats = select(timers.c.chat).where(timers.c.kind == bindparam("what")).order_by(timers.c.chat)


class Timers:
    """The table `timers` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def set(self, timer: Timer) -> None:
        """Let it fall due; a timer of the same key is replaced."""
        self._run(
            _set,
            {
                "key": timer.key,
                "kind": timer.kind,
                "due": records.stamp(timer.due),
                "about": timer.about,
                "chat": timer.chat,
            },
        )

    def drop(self, key: str) -> None:
        """It is no longer needed; one that is not there is no fault."""
        self._run(_drop, {"which": key})

    def due(self, now: datetime, limit: int) -> list[Timer]:
        """Those that have fallen due, the oldest first."""
        return [self.timer(row) for row in self._run(_due, {"now": records.stamp(now), "most": limit})]

    @staticmethod
    def timer(row: Row[*tuple[Any, ...]]) -> Timer:
        """A row of the table as the shell sees it."""
        return Timer(row.key, row.kind, records.moment(row.due), row.about, row.chat)

    def claim(self, now: datetime, limit: int) -> list[Timer]:
        """Those that have fallen due and that no other process lets fall at this moment."""
        return self.due(now, limit)

    def chats(self, kind: str) -> list[int]:
        """The private chats that timers of this kind concern."""
        return list(self._run(_chats, {"what": kind}).scalars())
