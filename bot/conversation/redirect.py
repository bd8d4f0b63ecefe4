"""Where a message goes that a group can't take: to the responsible person's own chat, or the coordinator's."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.conversation.resolve import THREAD
from bot.conversation.rows import Leaving, OutboxRow
from bot.conversation.storage import Transaction
from bot.core import places
from bot.core.frame import Frame

ONLY_THERE = frozenset({THREAD, "reply_parameters"})
"""What points at something within the group."""


def elsewhere(transaction: Transaction, frame: Frame, row: OutboxRow) -> Leaving | None:
    """The same message to somebody's own chat; None for what is no message about an initiative, or for nobody."""
    about = about_of(row)
    initiative = transaction.initiatives.some([about]).get(about) if about else None
    if initiative is None:
        return None
    chats = places.without_group(frame, initiative)
    if not row.method.startswith(("send", "copy")):
        return _of_the_twin(transaction, row, chats)
    known = transaction.people.some(chats)
    chat = next((one for one in chats if one in known and known[one].reachable), None)
    if chat is None:
        return None
    params = {key: value for key, value in row.params.items() if key not in ONLY_THERE} | {"chat_id": chat}
    tag = replace(row.tag, about=about) if row.tag else None
    return Leaving(lane=str(chat), method=row.method, params=params, tag=tag, tell=row.tell, rank=row.rank)


def _of_the_twin(transaction: Transaction, row: OutboxRow, chats: Iterable[int]) -> Leaving | None:
    """A change of a message that was sent elsewhere too: it changes there; None where there is no such message."""
    wanted = row.params.get("message_id")
    if not row.method.startswith("edit") or not isinstance(wanted, Mapping) or "role" not in wanted:
        return None
    for chat in chats:
        if transaction.messages.newest(chat, wanted["role"], wanted["about"]) is not None:
            return Leaving(lane=str(chat), method=row.method, params={**row.params, "chat_id": chat}, rank=row.rank)
    return None


def about_of(row: OutboxRow) -> int:
    """The initiative that a call is about: by its tag, or by the topic that it was to stand in; else 0."""
    thread, target = row.params.get(THREAD), row.params.get("message_id")
    in_topic = thread["topic"] if isinstance(thread, Mapping) and "topic" in thread else 0
    of_role = target["about"] if isinstance(target, Mapping) and "about" in target else 0
    return (row.tag.about if row.tag else 0) or int(in_topic) or int(of_role)
