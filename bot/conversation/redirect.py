"""Where a message goes that a group can't take: to the responsible person's own chat, or the coordinator's."""

from collections.abc import Mapping
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
    if initiative is None or not row.method.startswith(("send", "copy")):
        return None
    chats = places.without_group(frame, initiative)
    known = transaction.people.some(chats)
    chat = next((one for one in chats if one in known and known[one].reachable), None)
    if chat is None:
        return None
    params = {key: value for key, value in row.params.items() if key not in ONLY_THERE} | {"chat_id": chat}
    tag = replace(row.tag, about=about) if row.tag else None
    return Leaving(lane=str(chat), method=row.method, params=params, tag=tag, tell=row.tell, rank=row.rank)


def about_of(row: OutboxRow) -> int:
    """The initiative that a call is about: by its tag, or by the topic that it was to stand in; else 0."""
    thread = row.params.get(THREAD)
    in_topic = thread["topic"] if isinstance(thread, Mapping) and "topic" in thread else 0
    return (row.tag.about if row.tag else 0) or int(in_topic)
