"""Stores what Telegram sends, a whole batch at once, before Telegram is told that it was received."""

import hashlib
from collections.abc import Mapping, Sequence

from bot.conversation.compose import Composer
from bot.conversation.flood import Flood
from bot.conversation.ports import Json
from bot.conversation.rooms import Rooms
from bot.conversation.rows import TELEGRAM, Arrival
from bot.conversation.storage import Transaction
from bot.core.effects import TellHumans, Words

LONG = 4000
"""UTF-16 units from which a text may be the first part of one that the phone cut (Telegram cuts at 4,096)."""

NOWHERE = "0"
"""The lane of what happened in no chat."""

OFFSET = "polling_offset"


def take_in(
    transaction: Transaction,
    rooms: Rooms,
    updates: Sequence[Json],
    offset: int | None,
    now: float,
    flood: Flood | None = None,
) -> int:
    """Store the updates in their order, and the offset from which to ask next; how many were new.

    Those that can't be read are parked at once, and the admins are told. `flood` marks those that are to be gathered.
    """
    if offset is not None:
        transaction.settings.put(OFFSET, offset)
    arrivals = [address(update) for update in updates]
    if flood is not None:
        arrivals = flood.mark(arrivals, now)
    broken = [one for one in arrivals if one.fault]
    new = transaction.inbox.add([one for one in arrivals if not one.fault], now)
    for one in broken:
        if transaction.inbox.add([one], now):
            composer = Composer(transaction, rooms, rooms.clock())
            composer.follow([TellHumans(Words("admin.update_unreadable", fields={"reason": one.fault}))])
            composer.save(now)
            new += 1
    return new


def address(update: Json) -> Arrival:
    """Where an update belongs, whatever it holds: its key, the chat whose order it keeps, what it is a part of.

    Never raises. An update that can't be read has a `fault`, and its key is made of what it holds.
    """
    number = update.get("update_id") if isinstance(update, Mapping) else None
    if not isinstance(number, int) or isinstance(number, bool):
        digest = hashlib.sha256(repr(update).encode("utf-8", "backslashreplace")).hexdigest()
        return Arrival(TELEGRAM, f"broken:{digest}", NOWHERE, update, fault="the update has no number")
    kind = next((key for key, value in update.items() if isinstance(value, Mapping)), "")
    if not kind:
        return Arrival(TELEGRAM, str(number), NOWHERE, update, fault="the update is empty")
    said = update[kind]
    gather = _gather(said) if kind == "message" else None
    return Arrival(TELEGRAM, str(number), _lane(said), update, gather)


def sender_of(said: Json) -> int:
    """The Telegram user id of who said it, or 0."""
    return _number(_part(said, "from"), "id")


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _lane(said: Mapping[str, Json]) -> str:
    chat = _part(said, "chat") or _part(_part(said, "message"), "chat")
    return str(_number(chat, "id") or sender_of(said) or _number(_part(said, "user"), "id") or NOWHERE)


def _gather(message: Mapping[str, Json]) -> str | None:
    album, text = message.get("media_group_id"), message.get("text")
    if isinstance(album, str) and album:
        return f"album:{album}"
    if isinstance(text, str) and units(text) >= LONG:
        return f"long:{_number(_part(message, 'chat'), 'id')}:{sender_of(message)}"
    return None


def _part(raw: Json, key: str) -> Mapping[str, Json]:
    value = raw.get(key) if isinstance(raw, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _number(raw: Mapping[str, Json], key: str) -> int:
    value = raw.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
