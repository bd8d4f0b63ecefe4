"""How the store is now, in numbers: what waits and for how long, what was put aside, which promises are due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from bot.store import records
from bot.store.tables import DUE, HELD, NEW, OPEN, PARKED, inbox, initiatives, outbox

_waiting = select(func.count(), func.min(inbox.c.received)).where(NEW)
_leaving = select(func.count(), func.min(outbox.c.created)).where(DUE)
_held = select(func.count()).select_from(outbox).where(HELD)
_parked_in = select(func.count()).select_from(inbox).where(PARKED)
_parked_out = select(func.count()).select_from(outbox).where(PARKED)
_open = select(func.count()).select_from(initiatives).where(OPEN)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Counts of rows; `inbox_oldest` and `outbox_oldest` are seconds that the oldest one has waited.

    `due_today` and `overdue` are open initiatives by the domain clock; the turn may be the citizen's.
    """

    inbox: int
    inbox_oldest: float
    outbox: int
    outbox_oldest: float
    held: int
    parked_inbox: int
    parked_outbox: int
    open: int
    due_today: int
    overdue: int


def take_pulse(connection: Connection, now: datetime, real: float) -> Pulse:
    """Look at all of it. `now` is the domain clock's, `real` real time in seconds since 1970."""
    waiting, oldest_in = connection.execute(_waiting).one()
    leaving, oldest_out = connection.execute(_leaving).one()
    held, parked_in, parked_out, opened = (
        connection.execute(query).scalar_one() for query in (_held, _parked_in, _parked_out, _open)
    )
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    before = _open.where(initiatives.c.due < records.stamp(now))
    today = _open.where(initiatives.c.due >= records.stamp(now), initiatives.c.due < records.stamp(midnight))
    return Pulse(
        inbox=waiting,
        inbox_oldest=max(0.0, real - oldest_in) if oldest_in else 0.0,
        outbox=leaving,
        outbox_oldest=max(0.0, real - oldest_out) if oldest_out else 0.0,
        held=held,
        parked_inbox=parked_in,
        parked_outbox=parked_out,
        open=opened,
        due_today=connection.execute(today).scalar_one(),
        overdue=connection.execute(before).scalar_one(),
    )
