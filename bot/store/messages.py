"""Messages of the bot's: what each one is, where it stands, and whose words it carries on."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Row, and_, bindparam, func, select, union

from bot.core.world import Link
from bot.store import records
from bot.store.tables import CARRIED, messages

_fields = (
    messages.c.chat, messages.c.message_id, messages.c.role, messages.c.about, messages.c.origin_chat,
    messages.c.origin_message, messages.c.by, messages.c.detail, messages.c.at, messages.c.kind,
)  # fmt: skip
_at = (
    select(*_fields)
    .where(messages.c.chat == bindparam("where"), messages.c.message_id == bindparam("which"))
    .order_by(messages.c.id.desc())
    .limit(1)
)
_copies = (
    select(*_fields)
    .where(
        CARRIED,
        messages.c.origin_chat == bindparam("where"),
        messages.c.origin_message == bindparam("which"),
    )
    .order_by(messages.c.id)
)
# By our own sequence: a supergroup counts its messages from 1 again.
_last = select(func.max(messages.c.id)).where(
    messages.c.about == bindparam("number"), messages.c.role == bindparam("what"), messages.c.chat == bindparam("where")
)
_newest = select(messages.c.message_id).where(messages.c.id == _last.scalar_subquery())
_latest = (
    select(*_fields)
    .where(
        messages.c.about == bindparam("number"),
        messages.c.role == bindparam("what"),
        messages.c.chat == bindparam("where"),
    )
    .order_by(messages.c.id.desc())
    .limit(bindparam("most"))
)
LATELY = 40
"""Messages of a chat that are looked at for what was said there lately."""
_lately = (
    select(messages.c.role, messages.c.about)
    .where(messages.c.chat == bindparam("where"))
    .order_by(messages.c.message_id.desc())
    .limit(LATELY)
)


class Messages:
    """The table `messages` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, link: Link) -> None:
        """Remember a message that was sent."""
        self._run(
            messages.insert(),
            {
                "chat": link.chat,
                "message_id": link.message_id,
                "role": link.role,
                "about": link.about,
                "origin_chat": link.origin_chat,
                "origin_message": link.origin_message,
                "by": link.by,
                "detail": link.detail,
                "at": records.stamp(link.at),
                "kind": link.kind,
            },
        )

    def at(self, chat: int, message: int) -> Link | None:
        """What that message is, or None if it is none that the bot knows."""
        row = self._run(_at, {"where": chat, "which": message}).first()
        return None if row is None else _link(row)

    def copies(self, chat: int, message: int) -> tuple[Link, ...]:
        """The messages that carry that one on, oldest first."""
        return tuple(_link(row) for row in self._run(_copies, {"where": chat, "which": message}))

    def lately(self, chat: int, role: str) -> set[int]:
        """The initiatives that the newest messages of that role in that chat are about."""
        return {row.about for row in self._run(_lately, {"where": chat}) if row.role == role}

    def latest(self, chat: int, role: str, about: int) -> list[Link]:
        """The newest messages of that role for that initiative in that chat, the newest first."""
        named = {"where": chat, "what": role, "number": about, "most": LATELY}
        return [_link(row) for row in self._run(_latest, named)]

    def of_person(self, person: int, numbers: Collection[int], others: Collection[int] = ()) -> list[Link]:
        """The messages to this person, those that carry their words, and those about these initiatives, in order.

        `others` are the initiatives of others in which they have done anything, such as asked to join.
        """
        query = select(*_fields).where(messages.c.id.in_(of_person(person, numbers, others))).order_by(messages.c.id)
        return [_link(row) for row in self._run(query)]

    def newest(self, chat: int, role: str, about: int) -> int | None:
        """The message id of the newest message of that role for that initiative in that chat, or None."""
        found: int | None = self._run(_newest, {"where": chat, "what": role, "number": about}).scalar()
        return found


def of_person(person: int, numbers: Collection[int], others: Collection[int]) -> CompoundSelect[int]:
    """The ids of the messages by which a person is known, each kind found by an index of its own."""
    kinds = [
        messages.c.chat == person,
        and_(CARRIED, messages.c.origin_chat == person),
        messages.c.about.in_(list(numbers)),
        and_(messages.c.about.in_([*numbers, *others]), messages.c.by == person),
        # Lists are about none alone.
        *(and_(messages.c.about == 0, messages.c.detail.contains(f" {number} ")) for number in numbers),
    ]
    return union(*(select(messages.c.id).where(kind) for kind in kinds))


def _link(row: Row[*tuple[Any, ...]]) -> Link:
    return Link(
        row.chat, row.message_id, row.role, row.about, row.origin_chat, row.origin_message, row.by, row.detail,
        records.moment(row.at), row.kind,
    )  # fmt: skip
