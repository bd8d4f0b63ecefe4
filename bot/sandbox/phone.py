"""What else a phone does: look at chats, edit, delete, press buttons, react, pin, block."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json, Stored
from bot.sandbox.entities import CAPTION_LIMIT, TEXT_LIMIT
from bot.sandbox.errors import ApiError, PhoneError
from bot.sandbox.keyboards import find_button
from bot.sandbox.membership import set_blocked
from bot.sandbox.methods.pins import pin as pin_message
from bot.sandbox.methods.pins import react as set_reaction
from bot.sandbox.methods.pins import read_reactions
from bot.sandbox.people import Person
from bot.sandbox.phone_input import Wish, check_inside, find_chat, find_message, find_person, need, written
from bot.sandbox.world import World, chat_view, is_service, phone_view


def state(world: World) -> Json:
    """All people and chats, the bot and the time."""
    return {
        "now": world.clock.iso(),
        "offset": world.clock.offset,
        "bot": world.bot.view() | {"privacy": world.bot.privacy},
        "people": [person.view() for person in world.people.values()],
        "chats": [chat_view(world, chat) for chat in world.chats.values()],
        "waiting": len(world.updates.waiting),
        "seq": world.journal.seq,
    }


def read_chat(world: World, chat_id: int, viewer: int | None, after: int) -> Json:
    """The messages of a chat that are new or changed after an event number, as a viewer's phone shows them."""
    chat = find_chat(world, {"chat": chat_id})
    if viewer is not None:
        check_inside(chat, find_person(world, {"person": viewer}))
    messages = []
    for stored in chat.messages.values():
        if stored.seq > after:
            own = viewer is not None and stored.message.get("from", {}).get("id") == viewer
            messages.append(phone_view(stored) | {"views": {"own": own}})
    return {"messages": messages, "seq": world.journal.seq}


def _mine(world: World, wish: Wish) -> tuple[Person, Chat, Stored]:
    person, chat = find_person(world, wish), find_chat(world, wish)
    check_inside(chat, person)
    return person, chat, find_message(chat, wish)


def _is_author(chat: Chat, person: Person, stored: Stored) -> bool:
    sender = stored.message.get("from", {}).get("id")
    member = chat.members.get(person.id)
    return sender == person.id or ("sender_chat" in stored.message and member is not None and member.is_anonymous)


def edit(world: World, wish: Wish) -> Json:
    """Change one's own text, caption or live location; the bot gets `edited_message`."""
    person, chat, stored = _mine(world, wish)
    if not _is_author(chat, person, stored):
        raise PhoneError("only one's own messages can be edited", 403)
    message = dict(stored.message)
    for part, marks, limit in (("text", "entities", TEXT_LIMIT), ("caption", "caption_entities", CAPTION_LIMIT)):
        if isinstance(wish.get(part), str):
            if part == "text" and "text" not in message:
                raise PhoneError("this message has no text")
            bare, entities = written(wish[part], wish.get("entities"), limit)
            if part == "text" and not bare:
                raise PhoneError("a text can't be made empty")
            message.pop(marks, None)
            message |= {part: bare, marks: entities} if entities else {part: bare}
    if wish.get("location"):
        message["location"] = message.get("location", {}) | wish["location"]
    message["edit_date"] = world.clock.date()
    stored.edited = True
    world.change(chat, stored, message)
    world.announce(chat, stored, "edited_message")
    return {"message": phone_view(stored)}


def delete(world: World, wish: Wish) -> Json:
    """Delete a message for everybody; the bot is not told, as in Telegram."""
    person, chat, stored = _mine(world, wish)
    if (
        chat.type != "private"
        and not _is_author(chat, person, stored)
        and not chat.may(person.id, "can_delete_messages")
    ):
        raise PhoneError("only an administrator deletes others' messages", 403)
    world.remove(chat, stored)
    return {"deleted": stored.id}


def press(world: World, wish: Wish) -> Json:
    """Press an inline button, by its data, its label or its place; `forged` data needs no button (nor a message)."""
    person, chat = find_person(world, wish), find_chat(world, wish)
    check_inside(chat, person)
    message_id = int(need(wish, "message_id"))
    stored = chat.find(message_id)
    forged = bool(wish.get("forged"))
    data = str(need(wish, "data")) if forged else _pressed_data(find_message(chat, wish), wish)
    made = world.new_press(person.id)
    message = stored.message if stored else {"chat": world.brief(chat), "message_id": message_id, "date": 0}
    query = {
        "id": made.id,
        "from": person.user(),
        "message": message,
        "chat_instance": str(hash((world.bot.id, chat.id)) & 0xFFFFFFFFFFFF),
        "data": data,
    }
    world.updates.add("callback_query", query, chat.id)
    return {"callback_query_id": made.id}


def _pressed_data(stored: Stored, wish: Wish) -> str:
    row, col = wish.get("row"), wish.get("col")
    label = wish.get("button")
    button = find_button(
        stored.message.get("reply_markup"),
        wish.get("data"),
        str(label) if label is not None else None,
        int(row) if row is not None else None,
        int(col) if col is not None else None,
    )
    if button is None:
        rows = stored.message.get("reply_markup", {}).get("inline_keyboard", [])
        labels = [b["text"] for line in rows for b in line]
        raise PhoneError(f"there is no such button under message {stored.id}; there are: {labels}", 404)
    if "callback_data" not in button:
        raise PhoneError(f"the button {button['text']!r} opens an address, it tells the bot nothing")
    return str(button["callback_data"])


def press_answer(world: World, query_id: str) -> Json:
    """What the bot answered to a press, if it has."""
    made = world.presses.get(query_id)
    if made is None:
        raise PhoneError(f"there is no press {query_id}", 404)
    return made.view()


def react(world: World, wish: Wish) -> Json:
    """Set one's reaction to a message (`emoji`; empty takes it away); the bot gets `message_reaction` if it asked."""
    person, chat, stored = _mine(world, wish)
    emoji = wish.get("emoji")
    old = stored.reactions.get(person.id, [])
    try:
        new = read_reactions([{"type": "emoji", "emoji": emoji}] if emoji else [])
    except ApiError as error:
        raise PhoneError(f"{emoji} is not a reaction in Telegram") from error
    set_reaction(world, chat, stored, person.id, new)
    if chat.type == "private" or chat.status(world.bot.id) == "administrator":
        change = {
            "chat": world.brief(chat),
            "message_id": stored.id,
            "user": person.user(),
            "date": world.clock.date(),
            "old_reaction": old,
            "new_reaction": new,
        }
        world.updates.add("message_reaction", change, chat.id)
    return {"reactions": phone_view(stored).get("reactions", [])}


def pin(world: World, wish: Wish) -> Json:
    """Pin a message, as a person."""
    person, chat, stored = _mine(world, wish)
    if chat.type != "private" and not (chat.may(person.id, "can_pin_messages") or chat.permissions["can_pin_messages"]):
        raise PhoneError("only an administrator pins messages here", 403)
    if is_service(stored.message):
        raise PhoneError("a service message can't be pinned")
    pin_message(world, chat, stored, person.user())
    return {"pinned": list(chat.pinned)}


def unpin(world: World, wish: Wish) -> Json:
    """Take a pin away, as a person; the bot is not told."""
    _, chat, stored = _mine(world, wish)
    if stored.id in chat.pinned:
        chat.pinned.remove(stored.id)
        world.tell_chat(chat)
    return {"pinned": list(chat.pinned)}


def block(world: World, wish: Wish) -> Json:
    """Block the bot; it gets `my_chat_member` with `kicked`."""
    person = find_person(world, wish)
    set_blocked(world, person, True)
    return person.view()


def unblock(world: World, wish: Wish) -> Json:
    """Let the bot in again; it gets `my_chat_member` with `member`."""
    person = find_person(world, wish)
    set_blocked(world, person, False)
    return person.view()
