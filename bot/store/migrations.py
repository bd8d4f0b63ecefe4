"""Brings an older database up to the tables of today, step by step."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, delete, insert, inspect, select

from bot.core.initiative import Initiative
from bot.store import records
from bot.store.faults import StoreError
from bot.store.ledger import Ledger
from bot.store.tables import initiatives, ledger, metadata, schema_version

Step = Callable[[Connection], None]


def _begin_ledger(connection: Connection) -> None:
    """The numbers get rows of their own, which outlive the initiatives."""
    ledger.create(connection, checkfirst=True)
    kept = Ledger(connection)
    for body in connection.execute(select(initiatives.c.body)).scalars().all():
        kept.keep(records.load(Initiative, body), body)


STEPS: Sequence[Step] = (_begin_ledger,)
"""STEPS[n] leads from version n + 1 to n + 2. A new database is made whole at once, from `tables`."""


def migrate(connection: Connection, steps: Sequence[Step] = STEPS) -> int:
    """Make the tables or bring them up to date, within the caller's transaction; the version that stands then.

    Raises:
        StoreError: the database was written by a newer version of the program.
    """
    newest = 1 + len(steps)
    if not inspect(connection).has_table(schema_version.name):
        metadata.create_all(connection)
        connection.execute(insert(schema_version).values(version=newest))
        return newest
    found = connection.execute(select(schema_version.c.version)).scalar_one()
    if found > newest:
        raise StoreError(
            f"The database was written by a newer version of skab (schema {found}, this one knows {newest}). "
            "Start that version, or restore a backup from before the upgrade."
        )
    for step in steps[found - 1 :]:
        step(connection)
    if found < newest:
        connection.execute(delete(schema_version))
        connection.execute(insert(schema_version).values(version=newest))
    return newest
