"""Where a message goes that a group can't take: to the responsible person's own chat, or the coordinator's.

In the group its topic said which initiative it is about; among other citizens' words the message must say so itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.conversation.compose import calls
from bot.conversation.ports import Json
from bot.conversation.resolve import THREAD
from bot.conversation.rooms import Rooms
from bot.conversation.rows import Leaving, OutboxRow
from bot.conversation.storage import Transaction
from bot.core import card, places
from bot.core.effects import Field, Say, To, Words
from bot.core.initiative import Initiative

ONLY_THERE = frozenset({THREAD, "reply_parameters"})
"""What points at something within the group."""
_ROOM = {"text": 4096, "caption": 1024}
"""UTF-16 units that a message's words may have, by the field that holds them (Bot API)."""
_ENTITIES = {"text": "entities", "caption": "caption_entities"}


def elsewhere(transaction: Transaction, rooms: Rooms, row: OutboxRow) -> tuple[Leaving, ...]:
    """The same message to somebody's own chat; none for what is no message about an initiative, or for nobody."""
    about = about_of(row)
    initiative = transaction.initiatives.some([about]).get(about) if about else None
    if initiative is None:
        return ()
    chats = places.without_group(rooms.frame(), initiative)
    if not row.method.startswith(("send", "copy")):
        return _of_the_twin(transaction, row, chats)
    known = transaction.people.some(chats)
    chat = next((one for one in chats if one in known and known[one].reachable), None)
    if chat is None:
        return ()
    params = {key: value for key, value in row.params.items() if key not in ONLY_THERE} | {"chat_id": chat}
    tag = replace(row.tag, about=about) if row.tag else None
    heading, named = _named(rooms, initiative, chat, params)
    there = Leaving(lane=str(chat), method=row.method, params=named, tag=tag, tell=row.tell, rank=row.rank)
    return (*(replace(one, tag=tag, rank=row.rank) for one in heading), there)


def _named(
    rooms: Rooms, initiative: Initiative, chat: int, params: Mapping[str, Json]
) -> tuple[tuple[Leaving, ...], Mapping[str, Json]]:
    """The message with citizen and title on its first line, and the line to stand before it where that has no room."""
    album = params.get("media")
    if isinstance(album, list) and album:
        heading, first = _named(rooms, initiative, chat, album[0])
        return heading, {**params, "media": [first, *album[1:]]}
    field = "text" if "text" in params else "caption"
    words = params.get(field)
    if not isinstance(words, str) or card.short_title(initiative).removesuffix("…") in words.partition("\n")[0]:
        return (), params
    fields: dict[str, Field] = {
        "n": initiative.number,
        "name": card.first_name(initiative),
        "title": card.short_title(initiative),
    }
    line = tuple(calls(rooms, Say(To(chat), Words("desk.relay.chat", fields=fields)), rooms.clock()))
    name = rooms.speak(Words("desk.relay.topic", fields=fields)).plain
    cut = _units(name) if words.startswith(name) else 0
    head = str(line[0].params["text"]) + ("" if cut else "\n")
    whole = head + (words[len(name) :] if cut else words)
    if _units(whole) > _ROOM[field]:
        return line, params
    moved = [
        {**one, "offset": one["offset"] + _units(head) - cut}
        for one in params.get(_ENTITIES[field], ())
        if one["offset"] >= cut
    ]
    return (), {**params, field: whole, _ENTITIES[field]: [*line[0].params.get("entities", ()), *moved]}


def _units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _of_the_twin(transaction: Transaction, row: OutboxRow, chats: Iterable[int]) -> tuple[Leaving, ...]:
    """A change of a message that was sent elsewhere too: it changes there; none where there is no such message."""
    wanted = row.params.get("message_id")
    if not row.method.startswith("edit") or not isinstance(wanted, Mapping) or "role" not in wanted:
        return ()
    for chat in chats:
        if transaction.messages.newest(chat, wanted["role"], wanted["about"]) is not None:
            params = {**row.params, "chat_id": chat}
            return (Leaving(lane=str(chat), method=row.method, params=params, rank=row.rank),)
    return ()


def about_of(row: OutboxRow) -> int:
    """The initiative that a call is about: by its tag, or by the topic that it was to stand in; else 0."""
    thread, target = row.params.get(THREAD), row.params.get("message_id")
    in_topic = thread["topic"] if isinstance(thread, Mapping) and "topic" in thread else 0
    of_role = target["about"] if isinstance(target, Mapping) and "about" in target else 0
    return (row.tag.about if row.tag else 0) or int(in_topic) or int(of_role)
