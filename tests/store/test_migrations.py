"""A database of every earlier version, with drafts and promises in it, becomes one of today and loses nothing."""

import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, select

from bot.core.history import Entry
from bot.store.database import Database
from bot.store.migrations import STEPS, migrate
from bot.store.tables import people, talks
from bot.store.transaction import Transaction

SCHEMAS = Path(__file__).parent / "schemas"
NEWEST = 1 + len(STEPS)
EARLIER = range(1, NEWEST)
FAR = datetime(2027, 6, 1).astimezone()


def grown(version: int, path: Path) -> Path:
    """A database as that version left it, with what people had done in it.

    A version of which nobody kept one (none was ever released) is made of the newest before it by the steps themselves.
    """
    kept = max(int(re.sub(r"\D", "", one.stem)) for one in SCHEMAS.glob("v*.sql") if one.stem <= f"v{version}")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"v{kept}.sql").read_text(encoding="utf-8"))
    if kept < version:
        engine = transactional(path)
        with engine.begin() as started:
            migrate(started, STEPS[: version - 1])
        engine.dispose()
    return path


def transactional(path: Path) -> Engine:
    """The file as the bot opens it: what is done in a transaction is kept as a whole, the shape of tables too."""
    raw = sqlite3.connect(path, isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def shape(path: Path) -> dict[str, Any]:
    """The columns and indexes of each table."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            table: {(name, kind.replace("INTEGER", "BIGINT"), needed) for _, name, kind, needed, *_ in rows}
            for table, rows in ((one, connection.execute(f"PRAGMA table_info({one})")) for one in tables)
            if not table.startswith("sqlite_")
        }
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")]
        indexes = {
            name: [column for _, _, column in connection.execute(f"PRAGMA index_info({name})")]
            for name in names
            if not name.startswith("sqlite_")
        }
    return {"columns": columns, "indexes": indexes}


@pytest.mark.parametrize("version", EARLIER)
async def test_it_has_the_shape_of_a_new_one(version: int, tmp_path: Path) -> None:
    old = grown(version, tmp_path / "old.db")
    for path in (old, tmp_path / "new.db"):
        await (await Database.open(path)).close()
    assert shape(old) == shape(tmp_path / "new.db")
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(NEWEST,)]


def counted(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        tables = ("initiatives", "people", "talks", "followers", "timeline", "messages", "topics", "timers", "outbox")
        counts = {table: f"SELECT count(*) FROM {table}" for table in tables}  # noqa: S608 (our own names)
        return {table: connection.execute(query).fetchone()[0] for table, query in counts.items()}


@pytest.mark.parametrize("version", EARLIER)
async def test_every_draft_promise_button_and_waiting_message_is_kept(version: int, tmp_path: Path) -> None:
    path = grown(version, tmp_path / "skab.db")
    before = counted(path)
    database = await Database.open(path)

    def look(transaction: Transaction) -> None:
        run = transaction.connection.execute
        ideas, signed = transaction.initiatives.open(), list[Entry]()
        assert len(ideas) == before["initiatives"] >= 2
        for idea in ideas.values():
            assert idea.responsible_name
            assert idea.step.due > idea.sent
            theirs = [line for line in transaction.timeline.of(idea.number) if line.actor == idea.owner_name]
            assert {line.person for line in theirs} <= {idea.owner}
            signed.extend(theirs)
        assert signed, "each line of a citizen's is known to be theirs"
        known = transaction.people.some(list(run(select(people.c.id)).scalars()))
        assert len(known) == before["people"]
        found = [transaction.people.talk(key) for key in run(select(talks.c.key)).scalars().all()]
        drafts = [talk.draft for talk in found if talk is not None and talk.draft is not None]
        assert [draft for draft in drafts if draft.version and draft.standing], "a draft with its summary"
        assert [draft for draft in drafts if draft.media], "a draft with its pictures"
        assert len(transaction.timers.due(FAR, 999)) == before["timers"] > 0
        waits = [row for row in transaction.outbox.due(99, ()) if row.params.get("text") == "waits"]
        assert len(waits) == 1
        public = transaction.initiatives.public()
        assert None not in transaction.initiatives.public_stamps().values()
        assert [transaction.initiatives.followers(number) for number in public if number]
        assert [transaction.messages.newest(chat, "card", number) for number in ideas for chat in desks(ideas[number])]
        assert transaction.initiatives.next_number() == max(ideas) + 1
        newest = max(ideas.values(), key=lambda one: one.touched)
        lately = transaction.initiatives.lately_of(newest.responsible, 1, newest.touched)
        assert lately[newest.number].touched == newest.touched

    await database.read(look)
    await database.close()
    assert counted(path) == before


def desks(idea: Any) -> list[int]:
    return [desk.chat for desk in idea.desks]


@pytest.mark.parametrize("version", EARLIER)
def test_a_step_that_fails_leaves_the_old_database_as_it_was(version: int, tmp_path: Path) -> None:
    path = grown(version, tmp_path / "skab.db")
    before = shape(path)

    def fails(_: Connection) -> None:
        raise RuntimeError("the power is gone")

    engine = transactional(path)
    with pytest.raises(RuntimeError), engine.begin() as connection:
        migrate(connection, [*STEPS, fails])
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(version,)]
    assert shape(path) == before
