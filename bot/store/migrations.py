"""Brings an older database up to the tables of today, step by step."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Index, bindparam, delete, insert, inspect, select, text, update

from bot.core import bridges
from bot.core.authors import called
from bot.core.initiative import Initiative
from bot.store import records
from bot.store.faults import StoreError
from bot.store.initiatives import on_lists
from bot.store.ledger import Ledger
from bot.store.tables import (
    PUBLIC,
    bars,
    deletion_pieces,
    deletions,
    initiatives,
    ledger,
    messages,
    metadata,
    offered,
    outbox,
    page_versions,
    partners,
    schema_version,
    timeline,
)

Step = Callable[[Connection], None]


def _know_deletions(connection: Connection) -> None:
    """Deletions that finish by themselves, and of which kind each message is."""
    metadata.create_all(connection, tables=[deletions, deletion_pieces])
    if "kind" not in {column["name"] for column in inspect(connection).get_columns(messages.name)}:
        connection.exec_driver_sql("ALTER TABLE messages ADD COLUMN kind TEXT NOT NULL DEFAULT ''")


def _begin_ledger(connection: Connection) -> None:
    """The numbers get rows of their own, which outlive the initiatives."""
    ledger.create(connection, checkfirst=True)
    kept = Ledger(connection)
    for body in connection.execute(select(initiatives.c.body)).scalars().all():
        kept.keep(records.load(Initiative, body), body)


def _show_changes(connection: Connection) -> None:
    """What the public sees is stamped at each change, and citizens can take part in what others began."""
    connection.execute(text("ALTER TABLE initiatives ADD COLUMN shown BIGINT"))
    _index(initiatives.indexes, "initiatives_shown").create(connection, checkfirst=True)
    partners.create(connection, checkfirst=True)


def _index(indexes: Iterable[Index], name: str) -> Index:
    return next(index for index in indexes if index.name == name)


def _know_the_cause(connection: Connection) -> None:
    """Each call knows the row of the inbox that it follows from, so that the log can tell a request as a whole."""
    if "cause" not in {column["name"] for column in inspect(connection).get_columns(outbox.name)}:
        connection.exec_driver_sql("ALTER TABLE outbox ADD COLUMN cause BIGINT NOT NULL DEFAULT 0")


def keep_pages(connection: Connection) -> None:
    """The versions of the pages that answer questions are kept too."""
    page_versions.create(connection, checkfirst=True)


def _hear_buttons(connection: Connection) -> None:
    """The words of the last message's buttons are known, so that writing them presses."""
    offered.create(connection, checkfirst=True)


def _see_changes_in_one_index(connection: Connection) -> None:
    """An index that lacked a part had every document read to see whether anything public has changed; all have stamps.

    No stamp is drawn for those that have none: nobody has seen another one of theirs, and their numbers are unlike.
    """
    for name in ("initiatives_public", "initiatives_shown"):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
    _index(initiatives.indexes, "initiatives_shown").create(connection)
    unstamped = update(initiatives).where(PUBLIC, initiatives.c.shown.is_(None))
    connection.execute(unstamped.values(shown=initiatives.c.number))


def _know_whose(connection: Connection) -> None:
    """Each line of a timeline knows the citizen whose it is; of older ones by the name, where only one is called so."""
    if "person" not in {column["name"] for column in inspect(connection).get_columns(timeline.name)}:
        connection.execute(text("ALTER TABLE timeline ADD COLUMN person BIGINT"))
    _index(timeline.indexes, "timeline_person").create(connection, checkfirst=True)
    for body in connection.execute(select(initiatives.c.body)).scalars().all():
        initiative = records.load(Initiative, body)
        named: dict[str, set[int]] = {}
        for person, name in called(initiative):
            named.setdefault(name, set()).add(person)
        lines = update(timeline).where(timeline.c.about == initiative.number)
        for name, people in named.items():
            if len(people) == 1 and min(people) > 0:
                connection.execute(lines.where(timeline.c.actor == name).values(person=min(people)))
        for bridge in bridges.of(initiative):
            asked = lines.where(timeline.c.kind == "bridge_asked", timeline.c.at == _seconds(bridge.at))
            connection.execute(asked.values(person=bridge.person))


def _know_what_moved_last(connection: Connection) -> None:
    """An agent's latest ones are found without reading all that they lead."""
    if "touched" not in {column["name"] for column in inspect(connection).get_columns(initiatives.name)}:
        connection.execute(text("ALTER TABLE initiatives ADD COLUMN touched FLOAT NOT NULL DEFAULT 0"))
    found = connection.execute(select(initiatives.c.number, initiatives.c.body)).all()
    moved = [{"which": row.number, "at": records.stamp(records.load(Initiative, row.body).touched)} for row in found]
    if moved:
        of_one = update(initiatives).where(initiatives.c.number == bindparam("which"))
        connection.execute(of_one.values(touched=bindparam("at")), moved)
    connection.exec_driver_sql("DROP INDEX IF EXISTS initiatives_responsible")
    for name in ("initiatives_lately", "initiatives_helped"):
        _index(initiatives.indexes, name).create(connection, checkfirst=True)


def _know_who_is_barred(connection: Connection) -> None:
    """Somebody can be barred from writing to staff for a while."""
    bars.create(connection, checkfirst=True)


def _keep_lists(connection: Connection) -> None:
    """The lists find what is due and what is late without reading every open one."""
    there = {column["name"] for column in inspect(connection).get_columns(initiatives.name)}
    for name, kind in (("ours", "FLOAT"), ("late", "FLOAT"), ("misses", "INTEGER NOT NULL DEFAULT 0")):
        if name not in there:
            connection.execute(text(f"ALTER TABLE initiatives ADD COLUMN {name} {kind}"))
    found = connection.execute(select(initiatives.c.number, initiatives.c.body)).all()
    stand = [{"which": row.number, **on_lists(records.load(Initiative, row.body))} for row in found]
    if stand:
        of_one = update(initiatives).where(initiatives.c.number == bindparam("which"))
        connection.execute(
            of_one.values(ours=bindparam("ours"), late=bindparam("late"), misses=bindparam("misses")), stand
        )
    connection.exec_driver_sql("DROP INDEX IF EXISTS initiatives_open")
    for name in ("open", "mine", "ours", "days", "late", "again"):
        _index(initiatives.indexes, f"initiatives_{name}").create(connection, checkfirst=True)


def _seconds(written: str) -> float:
    return records.stamp(datetime.fromisoformat(written))


STEPS: Sequence[Step] = (
    _begin_ledger,
    _show_changes,
    _know_the_cause,
    _know_deletions,
    keep_pages,
    _hear_buttons,
    _see_changes_in_one_index,
    _know_whose,
    _know_what_moved_last,
    _know_who_is_barred,
    _keep_lists,
)
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
            f"Databasen er skrevet af en nyere version af skab ({found}, her {newest}). Start den version, eller læg "
            "en kopi fra før tilbage: skab restore. (The database was written by a newer version.)"
        )
    for step in steps[found - 1 :]:
        step(connection)
    if found < newest:
        connection.execute(delete(schema_version))
        connection.execute(insert(schema_version).values(version=newest))
    return newest
