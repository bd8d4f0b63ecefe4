"""The tables: what they hold and which questions their indexes answer."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    Sequence,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData()

Key = BigInteger().with_variant(Integer, "sqlite")
"""A whole number of 64 bits; SQLite counts rows up by itself only when it is called INTEGER."""
LARGEST = 2**63 - 1
"""The largest of them: a database that is asked for a larger one fails instead of finding none."""


# The rows that wait. Written once as SQL, for the indexes and for the questions: a partial index is used only where
# the question says the very same.
NEW = text("state = 'new'")
PARKED = text("state = 'parked'")
DONE = text("state = 'done'")
DUE = text("state = 'due'")
HELD = text("state = 'held'")
LEFT = text("state IN ('due', 'held')")
GONE = text("state IN ('sent', 'dropped')")
OPEN = text("closed IS FALSE")
HELPED = text("closed IS FALSE AND helpers > ''")
PUBLIC = text("public IS TRUE")
OURS = text("ours IS NOT NULL")
LATE = text("late IS NOT NULL")
AGAIN = text("misses > 1")
CARRIED = text("origin_message <> 0")
BY_CITIZENS = text("person IS NOT NULL")


def _only(condition: TextClause) -> dict[str, Any]:
    """An index over only the rows that wait, so that its size follows the work left and not the history."""
    return {"sqlite_where": condition}


schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

counters = Table("counters", metadata, Column("name", Text, primary_key=True), Column("value", Key, nullable=False))

bars = Table("bars", metadata, Column("person", Key, primary_key=True), Column("body", Text, nullable=False))

settings = Table("settings", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

rules_versions = Table(
    "rules_versions",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("hash", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("who", Text, nullable=False),
    Column("based_on", Key, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)

rules_drafts = Table(
    "rules_drafts",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("owner", Key, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("based_on", Key, nullable=False),
    Column("at", Float, nullable=False),
    sqlite_autoincrement=True,
)

# A page that waits has an `owner`, the admin who sent it; one that held has 0.
page_versions = Table(
    "page_versions",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("who", Text, nullable=False),
    Column("owner", Key, nullable=False),
    sqlite_autoincrement=True,
)

# state: new | done | parked. A done row keeps only its key, for 48 hours; people's words are gone from it.
inbox = Table(
    "inbox",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("gather", Text),
    Column("body", Text, nullable=False),
    Column("received", Float, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    UniqueConstraint("source", "key", name="inbox_once"),
    sqlite_autoincrement=True,
)
Index("inbox_new", inbox.c.id, **_only(NEW))
Index("inbox_parked", inbox.c.id, **_only(PARKED))
Index("inbox_done", inbox.c.received, **_only(DONE))

# state: held (until the domain time `hold`) | due | sent | parked | dropped. Ids come from `counters`, or where several
# processes share the table from a sequence: never twice.
outbox_ids = Sequence("outbox_ids", metadata=metadata)
outbox = Table(
    "outbox",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("sort", Key, nullable=False),
    Column("lane", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("params", Text, nullable=False),
    Column("tag", Text),
    Column("tell", Boolean, nullable=False, server_default=false()),
    Column("state", Text, nullable=False),
    Column("hold", Float),
    Column("due", Float, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    Column("created", Float, nullable=False),
    Column("cause", Key, nullable=False, server_default="0"),
)
Index("outbox_due", outbox.c.sort, outbox.c.id.desc(), **_only(DUE))
Index("outbox_lane", outbox.c.lane, **_only(LEFT))
Index("outbox_held", outbox.c.hold, **_only(HELD))
Index("outbox_parked", outbox.c.id, **_only(PARKED))
Index("outbox_gone", outbox.c.created, **_only(GONE))

people = Table(
    "people",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

talks = Table(
    "talks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("person", Key, nullable=False),
    Column("body", Text, nullable=False),
)
Index("talks_person", talks.c.person)

initiatives = Table(
    "initiatives",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=False),
    Column("owner", Key, nullable=False),
    Column("stage", Text, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("helpers", Text, nullable=False, server_default=""),
    Column("due", Float, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("shown", Key),
    Column("touched", Float, nullable=False, server_default="0"),
    Column("ours", Float),
    Column("late", Float),
    Column("misses", Integer, nullable=False, server_default="0"),
)
Index("initiatives_owner", initiatives.c.owner)
# `closed` is in it for an engine that keeps no part of an index: it counts what is open without reading documents.
Index("initiatives_open", initiatives.c.due, initiatives.c.closed, **_only(OPEN))
Index("initiatives_lately", initiatives.c.responsible, initiatives.c.touched, **_only(OPEN))
# The lists, see `core.lists`: `ours` and `late` are empty for what has ended.
_as_listed = (initiatives.c.due, initiatives.c.late, initiatives.c.ours)
Index("initiatives_mine", initiatives.c.responsible, *_as_listed, **_only(OPEN))
Index("initiatives_ours", initiatives.c.ours, initiatives.c.number, initiatives.c.late, **_only(OURS))
Index("initiatives_days", initiatives.c.responsible, initiatives.c.ours, initiatives.c.number, **_only(OURS))
Index("initiatives_late", initiatives.c.late, initiatives.c.number, **_only(LATE))
Index("initiatives_again", initiatives.c.late, initiatives.c.ours, **_only(AGAIN))
Index("initiatives_helped", initiatives.c.helpers, initiatives.c.touched, **_only(HELPED))
# Another random number in `shown` at each save of a public one: the sum over this index tells whether anything that
# the public sees has changed, without reading a single document. `public` is in it since SQLite looks at it anyway,
# and it is the only index of the public ones since beside a smaller one SQLite takes that.
Index("initiatives_shown", initiatives.c.number, initiatives.c.shown, initiatives.c.public, **_only(PUBLIC))

# What the numbers count: it holds no words and nobody, and stays when the initiative is deleted.
ledger = Table(
    "ledger",
    metadata,
    Column("number", Key, primary_key=True, autoincrement=False),
    Column("sent", Float, nullable=False),
    Column("first_due", Float, nullable=False),
    Column("answered", Float),
    Column("stage", Text, nullable=False),
    Column("turn", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("version", Key, nullable=False),
)

followers = Table(
    "followers",
    metadata,
    Column("about", Key, primary_key=True, autoincrement=False),
    Column("person", Key, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
Index("followers_person", followers.c.person)

partners = Table(
    "partners",
    metadata,
    Column("about", Key, primary_key=True, autoincrement=False),
    Column("person", Key, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
Index("partners_person", partners.c.person)

timeline = Table(
    "timeline",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("about", Key, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("seen_by", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("data", Text, nullable=False),
    Column("person", Key),
    sqlite_autoincrement=True,
)
Index("timeline_about", timeline.c.about, timeline.c.id)
Index("timeline_person", timeline.c.person, timeline.c.about, **_only(BY_CITIZENS))

messages = Table(
    "messages",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("chat", Key, nullable=False),
    Column("message_id", Key, nullable=False),
    Column("role", Text, nullable=False),
    Column("about", Key, nullable=False),
    Column("origin_chat", Key, nullable=False),
    Column("origin_message", Key, nullable=False),
    Column("by", Key, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("kind", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)
Index("messages_place", messages.c.chat, messages.c.message_id)
Index("messages_role", messages.c.about, messages.c.role, messages.c.chat, messages.c.id)
Index("messages_origin", messages.c.origin_chat, messages.c.origin_message, **_only(CARRIED))

topics = Table(
    "topics",
    metadata,
    Column("chat", Key, primary_key=True, autoincrement=False),
    Column("about", Key, primary_key=True, autoincrement=False),
    Column("thread", Key, nullable=False),
)
Index("topics_thread", topics.c.chat, topics.c.thread)

timers = Table(
    "timers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("due", Float, nullable=False),
    Column("about", Key, nullable=False),
    Column("chat", Key, nullable=False),
)
Index("timers_due", timers.c.due)

# What the last message to a private chat offers to press: payloads by the digests of the words that do the same.
offered = Table(
    "offered",
    metadata,
    Column("chat", Key, primary_key=True, autoincrement=False),
    Column("choices", Text, nullable=False),
)

# A deletion that is under way, and each copy that it takes away. All of it is gone once the receipt is written.
deletions = Table(
    "deletions",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=False),
    Column("person", Key, nullable=False),
    Column("noted", Boolean, nullable=False, server_default=false()),
    Column("body", Text, nullable=False),
)

# state: waiting | deleted | overwritten | beneath | kept
deletion_pieces = Table(
    "deletion_pieces",
    metadata,
    Column("deletion", Key, primary_key=True, autoincrement=False),
    Column("piece", Key, primary_key=True, autoincrement=False),
    Column("chat", Key, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    sqlite_with_rowid=False,
)
