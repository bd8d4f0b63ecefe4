"""The inbox: everything that happened, stored before Telegram is told so, and until it is handled."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from bot.conversation.rows import Arrival, Claimed, InboxRow
from bot.store.insertion import insert
from bot.store.tables import DONE, NEW, inbox

_add = (
    insert(inbox)
    .on_conflict_do_nothing(index_elements=["source", "key"])
    # How many were new is asked; of other INSERTs nobody asks it, and SQLAlchemy does not look.
    .execution_options(preserve_rowcount=True)
)
_waiting = (
    select(
        inbox.c.id, inbox.c.source, inbox.c.key, inbox.c.lane, inbox.c.gather, inbox.c.body, inbox.c.received,
        inbox.c.tries,
    )
    .where(NEW)
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
# A handled row keeps its key, so that a repeat is known, and nothing of what anybody said or who it was.
_done = update(inbox).where(inbox.c.id == bindparam("row")).values(state="done", lane="", body="", error="")
_park = update(inbox).where(inbox.c.id == bindparam("row")).values(state="parked", error=bindparam("why"))
_failed = update(inbox).where(inbox.c.id == bindparam("row")).values(tries=inbox.c.tries + 1, error=bindparam("why"))


class Inbox:
    """The table `inbox` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, arrivals: Sequence[Arrival], now: float) -> int:
        """Store what arrived, in this order; the number of those that were not there before."""
        if not arrivals:
            return 0
        return self._run(
            _add,
            [
                {
                    "source": one.source,
                    "key": one.key,
                    "lane": one.lane,
                    "gather": one.gather,
                    "body": json.dumps(one.body, ensure_ascii=True, separators=(",", ":")),
                    "received": now,
                    "state": "parked" if one.fault else "new",
                    "error": one.fault,
                }
                for one in arrivals
            ],
        ).rowcount

    def waiting(self, limit: int) -> list[InboxRow]:
        """The oldest rows that wait to be handled, oldest first."""
        return [self.row(found) for found in self._run(_waiting, {"most": limit})]

    @staticmethod
    def row(found: Row[*tuple[Any, ...]]) -> InboxRow:
        """A row of the table as the shell sees it."""
        number, source, key, lane, gather, body, received, tries = found
        return InboxRow(number, source, key, lane, gather, json.loads(body), received, tries)

    def claim(self, limit: int, enough: int) -> Claimed:  # noqa: ARG002
        """The oldest rows that this transaction may handle: where one process has the inbox, all that wait.

        At most `limit` are looked at; `enough` is how many are wanted where others want some too.
        """
        rows = self.waiting(limit)
        return Claimed(rows, len(rows) == limit)

    def claim_again(self, rows: Sequence[InboxRow]) -> bool:  # noqa: ARG002
        """Whether these rows, seen in an earlier transaction, may be handled in this one."""
        return True

    def done(self, ids: Collection[int]) -> None:
        """They are handled."""
        if ids:
            self._run(_done, [{"row": one} for one in ids])

    def failed(self, row: int, error: str) -> None:
        """Handling it failed once more."""
        self._run(_failed, [{"row": row, "why": error}])

    def park(self, ids: Collection[int], error: str) -> None:
        """They can't be handled: a human must look at them."""
        if ids:
            self._run(_park, [{"row": one, "why": error} for one in ids])

    def forget(self, before: float, limit: int) -> int:
        """Delete handled rows that came before that moment (real time), at most `limit`; how many there were."""
        old = select(inbox.c.id).where(DONE, inbox.c.received < before).limit(limit)
        return self._run(delete(inbox).where(inbox.c.id.in_(old))).rowcount
