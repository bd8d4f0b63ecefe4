"""Lets timers fall due, by the domain clock: each becomes a row of the inbox, once."""

from bot.conversation.ports import Clock
from bot.conversation.rows import TIMER, Arrival
from bot.conversation.rows import Timer as Timer
from bot.conversation.storage import Transaction

TICK = 0.25
"""Seconds between two looks at the clock."""
MOST = 200
NOBODY = "timers"
"""The lane of timers that concern no chat."""


def fall(transaction: Transaction, clock: Clock, real: float) -> tuple[int, int]:
    """Move what has fallen due into the inbox, and let go what was held back until now; how many of each."""
    now = clock()
    due = transaction.timers.claim(now, MOST)
    transaction.inbox.add([_arrival(timer) for timer in due], real)
    for timer in due:
        transaction.timers.drop(timer.key)
    return len(due), transaction.outbox.release(now, real)


def is_due(transaction: Transaction, clock: Clock) -> bool:
    """Whether anything has fallen due, for a look that holds nobody up."""
    now = clock()
    hold = transaction.outbox.next_hold()
    return bool(transaction.timers.due(now, 1)) or (hold is not None and hold <= now.timestamp())


def _arrival(timer: Timer) -> Arrival:
    body = {
        "key": timer.key,
        "kind": timer.kind,
        "about": timer.about,
        "chat": timer.chat,
        "due": timer.due.isoformat(),
    }
    lane = str(timer.chat) if timer.chat else NOBODY
    return Arrival(TIMER, f"{timer.key}@{timer.due.timestamp():.3f}", lane, body)
