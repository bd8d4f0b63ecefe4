"""What waited for somebody who could not be written to: which of it is people's words, and how it is sent after all."""

from collections.abc import Iterable

from bot.conversation.rows import OutboxRow
from bot.conversation.storage import Transaction
from bot.core import bridges
from bot.core.effects import Tag
from bot.core.meetings import ROLE as MEETING
from bot.core.relay import BETWEEN, FELLOW
from bot.core.showing import ROLE as SHOWING

PREFIX = "unreachable: "
"""How the reason of a row begins that was parked because nobody can be reached in its chat."""
STEP = "step"
"""The role, and the form, of a next step: who comes back is told it at once, with the day that it has by then."""
ASKED = "bridge"
"""The role of one citizen's question to another; once it has its answer, or none came in time, it is asked no more."""
BY_PEOPLE = frozenset({"reply", STEP, MEETING, SHOWING, FELLOW, BETWEEN})
"""The roles of messages that a person wrote, staff or a fellow citizen; the bot's own words are of a day that has
passed."""


def waiting(transaction: Transaction, rows: Iterable[OutboxRow]) -> dict[int, tuple[str, int, int]]:
    """The rows that carry people's words, each with the message that it carries or is a part of."""
    found: dict[int, tuple[str, int, int]] = {}
    for row in rows:
        tag = row.tag
        if not row.error.startswith(PREFIX) or not row.method.startswith("send") or tag is None:
            continue
        if tag.role in BY_PEOPLE and (tag.role, tag.detail) != (STEP, STEP):
            found[row.id] = (tag.role, tag.origin_chat, tag.origin_message)
        elif tag.role == ASKED and tag.by and _is_asked_still(transaction, tag):
            found[row.id] = (tag.role, tag.by, row.id)
    return found


def _is_asked_still(transaction: Transaction, tag: Tag) -> bool:
    """Whether the citizen who asked to join or to help waits for an answer yet."""
    asked = transaction.initiatives.some([tag.about]).get(tag.about)
    return asked is not None and bridges.waiting(asked, tag.by) is not None


def send(transaction: Transaction, person: int, real: float) -> None:
    """Let them go, in their order; changes of what is there already too, and the bot's own stale words never."""
    rows = transaction.outbox.parked(str(person))
    words = waiting(transaction, rows)
    for row in rows:
        if not row.error.startswith(PREFIX):
            continue
        if row.id in words or not row.method.startswith(("send", "copy")):
            transaction.outbox.unpark(row.id, real)
        else:
            transaction.outbox.drop(row.id, "no longer true")
