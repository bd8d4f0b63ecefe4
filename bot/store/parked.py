"""What was parked in either queue, for a human: look at it, try it again, or lay it away."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from bot.store.tables import LARGEST, inbox, outbox

TABLES = {"inbox": inbox, "outbox": outbox}
WAITING = {"inbox": "new", "outbox": "due"}
"""The state of a row that is to be worked on."""


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """One parked row: which queue, its number, what it is, and why it was parked. It holds nobody's words."""

    queue: str
    id: int
    what: str
    error: str


class Parked:
    """The parked rows of both queues."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self) -> list[ParkedRow]:
        """All of them, the oldest first."""
        arrived = select(inbox.c.id, inbox.c.source, inbox.c.error).where(inbox.c.state == "parked")
        leaving = select(outbox.c.id, outbox.c.method, outbox.c.error).where(outbox.c.state == "parked")
        return [
            ParkedRow(queue, row[0], str(row[1]), str(row[2] or ""))
            for queue, query in (("inbox", arrived.order_by(inbox.c.id)), ("outbox", leaving.order_by(outbox.c.id)))
            for row in self._connection.execute(query)
        ]

    def one(self, queue: str, number: int) -> dict[str, Any] | None:
        """A parked row with all that it holds, or None."""
        table = TABLES[queue]
        if number > LARGEST:
            return None
        query = select(table).where(table.c.id == number, table.c.state == "parked")
        found = self._connection.execute(query).mappings().first()
        return dict(found) if found is not None else None

    def retry(self, queue: str, number: int) -> bool:
        """Let it be worked on again; False when there is no such row."""
        return self._change(queue, number, WAITING[queue], tries=0)

    def drop(self, queue: str, number: int) -> bool:
        """Lay it away for good, with all that it held; False when there is no such row."""
        if queue == "inbox":
            return self._change(queue, number, "done", body="")
        return self._change(queue, number, "dropped", params="{}")

    def _change(self, queue: str, number: int, state: str, **more: int | str) -> bool:
        table = TABLES[queue]
        if number > LARGEST:
            return False
        change = update(table).where(table.c.id == number, table.c.state == "parked").values(state=state, **more)
        return self._connection.execute(change).rowcount == 1
