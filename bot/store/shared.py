"""The tables within a transaction that others run beside it: who claims what, and how the others hear of it."""

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, bindparam, func, select, text

from bot.conversation.rows import Arrival, Claimed, InboxRow, Leaving, Timer
from bot.store import records
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox
from bot.store.tables import NEW, inbox, outbox_ids, timers
from bot.store.timers import Timers
from bot.store.transaction import Transaction

LANES = 0x736B6C61
"""The first half of every advisory lock on a lane."""
ARRIVALS, LEAVING = "skab_arrivals", "skab_leaving"
"""The channels on which processes tell each other that there is something to do."""
AT_ONCE = 16
"""Lanes that are claimed in one question."""

_tell = select(func.pg_notify(bindparam("channel"), bindparam("sender")))
_seen = select(inbox.c.id, inbox.c.lane).where(NEW).order_by(inbox.c.id).limit(bindparam("most"))
_lock = text(
    "SELECT lane FROM unnest(CAST(:lanes AS text[]), CAST(:keys AS integer[])) AS wanted (lane, key)"
    " WHERE pg_try_advisory_xact_lock(:family, key)"
)
_claim = (
    select(
        inbox.c.id, inbox.c.source, inbox.c.key, inbox.c.lane, inbox.c.gather, inbox.c.body, inbox.c.received,
        inbox.c.tries,
    )
    .where(inbox.c.id.in_(bindparam("ids", expanding=True)), NEW)
    .order_by(inbox.c.id)
    .with_for_update(skip_locked=True)
)  # fmt: skip
_ids = select(func.nextval(outbox_ids.name)).select_from(func.generate_series(1, bindparam("many")).alias("one"))
_falling = (
    select(timers.c.key, timers.c.kind, timers.c.due, timers.c.about, timers.c.chat)
    .where(timers.c.due <= bindparam("now"))
    .order_by(timers.c.due)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class SharedTransaction(Transaction):
    """One transaction beside those of other processes. `sender` tells this process's news from those of others."""

    def __init__(self, connection: Connection, sender: str) -> None:
        super().__init__(connection)
        self._sender = sender

    @cached_property
    def inbox(self) -> "SharedInbox":
        """All that happened and is not yet handled."""
        return SharedInbox(self.connection, self._sender)

    @cached_property
    def outbox(self) -> "SharedOutbox":
        """All calls that are still to be made."""
        return SharedOutbox(self.connection, self._sender)

    @cached_property
    def timers(self) -> "SharedTimers":
        """What falls due later."""
        return SharedTimers(self.connection)


class SharedInbox(Inbox):
    """The inbox, of which each transaction claims whole lanes: so order is kept, whoever handles."""

    def __init__(self, connection: Connection, sender: str) -> None:
        super().__init__(connection)
        self._sender = sender

    def add(self, arrivals: Sequence[Arrival], now: float) -> int:
        """Store what arrived, and let the other processes know when this is committed."""
        new = super().add(arrivals, now)
        if new:
            self._run(_tell, {"channel": ARRIVALS, "sender": self._sender})
        return new

    def claim(self, limit: int, enough: int) -> Claimed:
        """The oldest rows of lanes that nobody works on, until there are `enough`; they are this transaction's."""
        lanes: dict[str, list[int]] = defaultdict(list)
        for row in (seen := self._run(_seen, {"most": limit}).all()):
            lanes[row.lane].append(row.id)
        asked, ours, count = list(lanes), set[str](), 0
        while asked and count < enough:
            gained = self._lock(asked[:AT_ONCE])
            asked = asked[AT_ONCE:]
            ours |= gained
            count += sum(len(lanes[lane]) for lane in gained)
        rows = self._rows([one for lane in ours for one in lanes[lane]])
        whole = _whole(lanes, rows)
        return Claimed([row for row in rows if row.lane in whole], bool(asked) or len(seen) == limit)

    def claim_again(self, rows: Sequence[InboxRow]) -> bool:
        """Whether these rows of one lane still wait, and nobody else works on their lane."""
        return bool(self._lock({row.lane for row in rows})) and len(self._rows([row.id for row in rows])) == len(rows)

    def _lock(self, lanes: Collection[str]) -> set[str]:
        """Those of the lanes that this transaction has now, until it ends."""
        asked = {"lanes": list(lanes), "keys": [key_of(lane) for lane in lanes], "family": LANES}
        return set(self._run(_lock, asked).scalars())

    def _rows(self, ids: Sequence[int]) -> list[InboxRow]:
        return [self.row(found) for found in self._run(_claim, {"ids": ids})] if ids else []


class SharedOutbox(Outbox):
    """The outbox, whose ids come from a sequence: a row for counting would make every transaction wait for it."""

    def __init__(self, connection: Connection, sender: str) -> None:
        super().__init__(connection)
        self._sender = sender

    def add(self, leaving: Sequence[Leaving], now: float) -> list[int]:
        """Store calls, in this order, and let the process that sends know when this is committed."""
        ids = super().add(leaving, now)
        if ids:
            self._run(_tell, {"channel": LEAVING, "sender": self._sender})
        return ids

    def _ids(self, many: int) -> Sequence[int]:
        """Ids that rise: whatever one lane decides later has higher ones, since it is handled after the commit."""
        return sorted(self._run(_ids, {"many": many}).scalars())


class SharedTimers(Timers):
    """The timers, each of which one process lets fall."""

    def claim(self, now: datetime, limit: int) -> list[Timer]:
        """Those that have fallen due and that no other process lets fall at this moment."""
        return [self.timer(row) for row in self._run(_falling, {"now": records.stamp(now), "most": limit})]


def key_of(lane: str) -> int:
    """The second half of a lane's advisory lock; two lanes that share one are never handled side by side."""
    return zlib.crc32(lane.encode()) - (1 << 31)


def _whole(lanes: Mapping[str, Collection[int]], rows: Iterable[InboxRow]) -> frozenset[str]:
    """The lanes of which every row could be locked; one that somebody else changes now would be passed over."""
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row.lane] += 1
    return frozenset(lane for lane, count in found.items() if count == len(lanes[lane]))
