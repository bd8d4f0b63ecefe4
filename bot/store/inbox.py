"""The inbox: everything that happened, stored before Telegram is told so, and until it is handled."""

import json
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.conversation.rows import Arrival, InboxRow
from bot.store.tables import DONE, NEW, inbox

_add = insert(inbox).on_conflict_do_nothing(index_elements=["source", "key"])
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
        return [
            InboxRow(*row[:5], json.loads(row.body), row.received, row.tries)
            for row in self._run(_waiting, {"most": limit})
        ]

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
