"""The figures that somebody on call needs: what waits and for how long, what failed, which promises are due."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from bot.conversation.counts import Counts
from bot.house import House
from bot.store.database import Database
from bot.store.pulse import Pulse, take_pulse
from bot.store.transaction import Transaction
from bot.web.metrics import Figure

log = structlog.get_logger(__name__)


class Vitals:
    """Looks at store, sender, rules and line at once. `reached` is when Telegram last answered (`time.monotonic()`)."""

    def __init__(self, house: House, store: Database, counts: Counts, reached: Callable[[], float | None]) -> None:
        self._house = house
        self._store = store
        self._counts = counts
        self._reached = reached

    async def look(self) -> Sequence[Figure]:
        """All figures as they are now; those of the store are left out while it can't be read."""
        figures = list(self._of_the_process())
        try:
            pulse = await self._store.read(self._pulse)
        except Exception as error:
            # Whoever asks for figures must hear that the store is the fault; what kind of fault stands in the log.
            log.warning("store_not_readable", reason=type(error).__name__)
            return [*figures, Figure("skab_store_readable", "1 while the database can be read.", 0)]
        return [*figures, Figure("skab_store_readable", "1 while the database can be read.", 1), *_of_the_store(pulse)]

    def _pulse(self, transaction: Transaction) -> Pulse:
        return take_pulse(transaction.connection, self._house.clock(), time.time())

    def _of_the_process(self) -> Sequence[Figure]:
        acts, good, where = self._counts.acts, float(not self._house.rules.broken), self._house.settings.database
        calls = {outcome: float(times) for outcome, times in self._counts.calls.items()}
        figures = [
            Figure("skab_acts_handled", "Rows of the inbox handled since the start.", acts, kind="counter"),
            Figure("skab_calls", "Calls of the Bot API since the start, by outcome.", calls, "outcome", "counter"),
            Figure("skab_rules_file_good", "0 while the rules file can't be used.", good),
            Figure("skab_database_bytes", "Size of the database's files on this machine.", float(_size(where))),
        ]
        reached = self._reached()
        if reached is not None:
            silent = time.monotonic() - reached
            figures.append(Figure("skab_telegram_silent_seconds", "Seconds since Telegram last answered.", silent))
        return figures


def _of_the_store(pulse: Pulse) -> Sequence[Figure]:
    parked = {"inbox": float(pulse.parked_inbox), "outbox": float(pulse.parked_outbox)}
    return (
        Figure("skab_inbox_waiting", "Rows of the inbox that wait to be handled.", pulse.inbox),
        Figure("skab_inbox_oldest_seconds", "How long the oldest of them has waited.", pulse.inbox_oldest),
        Figure("skab_outbox_waiting", "Calls that are due to be made.", pulse.outbox),
        Figure("skab_outbox_oldest_seconds", "How long the oldest of them has waited.", pulse.outbox_oldest),
        Figure("skab_outbox_held", "Calls that are kept back until later, such as the morning.", pulse.held),
        Figure("skab_parked", "Rows that were put aside and wait for a human.", parked, "queue"),
        Figure("skab_initiatives_open", "Initiatives that have not ended.", pulse.open),
        Figure("skab_promises_due_today", "Open initiatives whose date is still to come today.", pulse.due_today),
        Figure("skab_promises_overdue", "Open initiatives whose date has passed.", pulse.overdue),
    )


def _size(where: str) -> int:
    """The bytes of the file and of its log; none where the database is a server."""
    path = Path(where)
    files = (path, path.with_name(path.name + "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
