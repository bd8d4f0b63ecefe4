"""Makes a copy of another day the database of today: nothing is said twice, and what is lost is named."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import update

from bot.conversation.outage import LAST_SEEN
from bot.store import records
from bot.store.backup import Copy, look_at, numbers, put_back
from bot.store.database import Database
from bot.store.lock import ProcessLock
from bot.store.tables import inbox, outbox
from bot.store.transaction import Transaction

WHY = "restored: it may have been done before"
ROUND = 100


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what did not. `lost` are the initiatives that the copy does not know, where it can be seen.

    `parked_inbox` and `parked_outbox` are rows that waited when the copy was taken; `first` is the number of the next
    initiative; `aside` is where the database lies that was there before.
    """

    copy: Copy
    lost: tuple[int, ...]
    parked_inbox: int
    parked_outbox: int
    first: int
    aside: Path | None


async def restore(copy: Path, database: Path, now: datetime) -> Restored:
    """Put the copy in the place of the database, brought up to date, and settle what had waited in it.

    What waited then was most likely handled and sent by the bot that went on after the copy: it is put aside for a
    human. Promises that have fallen due since are reminded of at the next start, and before anything is sent those who
    were deleted since are deleted again (see `conversation.shell.Shell.forget_again`). `now` is the domain clock's.

    Raises:
        StoreError: the copy can't be used, or a bot is running on the database.
    """
    found = look_at(copy)
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = ProcessLock(database)
    lock.take()
    try:
        before = numbers(database)
        aside = put_back(copy, database)
        store = await Database.open(database, alone=False)
        try:
            return await store.write(_settle, found, before, aside, now)
        finally:
            await store.close()
    finally:
        lock.release()


def _settle(
    transaction: Transaction,
    found: Copy,
    before: frozenset[int],
    aside: Path | None,
    now: datetime,
) -> Restored:
    run = transaction.connection.execute
    arrived = run(update(inbox).where(inbox.c.state == "new").values(state="parked", error=WHY)).rowcount
    ripe = (outbox.c.state == "due") | ((outbox.c.state == "held") & (outbox.c.hold <= records.stamp(now)))
    leaving = run(update(outbox).where(ripe).values(state="parked", error=WHY)).rowcount
    kept = frozenset(transaction.initiatives.some(sorted(before))) if before else frozenset()
    newest = max((transaction.initiatives.next_number() - 1, *before))
    first = newest // ROUND * ROUND + ROUND + 1
    transaction.initiatives.begin_at(first)
    # Nobody was out of order: another machine was at work until it was not.
    transaction.settings.put(LAST_SEEN, now.isoformat())
    return Restored(found, tuple(sorted(before - kept)), arrived, leaving, first, aside)
