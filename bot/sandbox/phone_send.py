"""What a phone sends: texts (cut where Telegram's clients cut them), files, places, albums, and the START button."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Any

from bot.sandbox.chats import GENERAL, Chat, Json, Stored
from bot.sandbox.entities import CAPTION_LIMIT, TEXT_LIMIT, units
from bot.sandbox.errors import PhoneError
from bot.sandbox.media import KINDS, describe, keep
from bot.sandbox.membership import set_blocked
from bot.sandbox.methods.send import dice_content
from bot.sandbox.people import ANONYMOUS_ADMIN, Person
from bot.sandbox.phone_input import Wish, check_inside, find_chat, find_person, written
from bot.sandbox.world import World, phone_view

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEklEQVR4nGNIW/QLK2IYWhIA2ZiP0Q4WHeUAAAAASUVORK5CYII="
)


def start(world: World, wish: Wish) -> Json:
    """Press START in the private chat with the bot; it lets a blocked bot in again."""
    person = find_person(world, wish)
    set_blocked(world, person, False)
    person.started = True
    world.journal.record("people", person.id, person.view())
    text = f"/start {wish['payload']}" if wish.get("payload") else "/start"
    return send(world, {"person": person.id, "chat": person.id, "text": text})


def send(world: World, wish: Wish) -> Json:
    """Send one message, or as many as a long text needs."""
    person, chat = find_person(world, wish), find_chat(world, wish)
    check_inside(chat, person)
    if chat.migrated_to is not None:
        raise PhoneError(f"the group has become the supergroup {chat.migrated_to}")
    if chat.type == "private":
        if person.blocked:
            raise PhoneError("the bot is blocked: unblock it or press START first")
        if not person.started:
            # Telegram shows nothing but START in a new chat with a bot; whoever writes has pressed it.
            person.started = True
            world.journal.record("people", person.id, person.view())
    place = _place(chat, person, wish)
    sent = [_post(world, chat, content, place, wish) for content in _contents(world, wish)]
    return {"messages": [phone_view(stored) for stored in sent]}


def _post(world: World, chat: Chat, content: Json, place: Json, wish: Wish) -> Stored:
    stored = world.post(chat, content | _around(world, wish), **place)
    world.announce(chat, stored)
    return stored


def _place(chat: Chat, person: Person, wish: Wish) -> Json:
    """Who sends, in which topic, in reply to what: the keyword arguments of `World.post`."""
    thread = wish.get("thread")
    if thread is not None:
        thread = int(thread)
        topic = chat.topics.get(thread)
        if topic is None:
            raise PhoneError(f"there is no topic {thread} in chat {chat.id}", 404)
        if topic.closed and not chat.may(person.id, "can_manage_topics"):
            raise PhoneError(f"the topic {topic.name} is closed")
    replied = None
    if wish.get("reply_to") is not None:
        replied = chat.find(int(wish["reply_to"]))
        if replied is None:
            raise PhoneError(f"there is no message {wish['reply_to']} to reply to", 404)
        if thread is None and chat.is_forum:
            thread = replied.message.get("message_thread_id")
    place: Json = {"thread": None if thread == GENERAL else thread, "reply_to": replied}
    member = chat.members.get(person.id)
    if chat.type == "channel":
        return place | {"sender": None, "sender_chat": chat.brief()}
    if wish.get("anonymous") or (member is not None and member.is_anonymous):
        return place | {"sender": ANONYMOUS_ADMIN, "sender_chat": chat.brief()}
    return place | {"sender": person.user()}


def _around(world: World, wish: Wish) -> Json:
    """What a message carries beside its content: where it was forwarded from, its album, the bot it came by."""
    more: Json = {}
    origin = wish.get("forward_from")
    if origin:
        date = int(origin.get("date") or world.clock.date())
        if origin.get("hidden_name"):
            more["forward_origin"] = {
                "type": "hidden_user",
                "date": date,
                "sender_user_name": origin["hidden_name"],
            }
        else:
            author = world.user(int(origin["person"]))
            more["forward_origin"] = {"type": "user", "date": date, "sender_user": author}
    if wish.get("media_group"):
        key = str(wish["media_group"])
        more["media_group_id"] = world.albums.setdefault(key, str(secrets.randbits(62)))
    if wish.get("via"):
        more["via_bot"] = (
            world.bot.user() if wish["via"] == "bot" else {"id": 1, "is_bot": True, "first_name": str(wish["via"])}
        )
    return more


def _contents(world: World, wish: Wish) -> list[Json]:
    given = {name for name, value in wish.items() if value is not None and value is not False}
    kind = next((kind for kind in KINDS if kind in given), None)
    if kind is not None:
        return [file_content(world, kind, wish)]
    if "location" in given:
        return [{"location": _with(wish["location"], "latitude", "longitude")}]
    if "contact" in given:
        return [{"contact": _with(wish["contact"], "phone_number", "first_name")}]
    if "poll" in given:
        return [{"poll": _poll(wish["poll"])}]
    if "dice" in given:
        return [dice_content(wish["dice"] if isinstance(wish["dice"], str) else None)]
    text = wish.get("text")
    if not isinstance(text, str) or not text.strip():
        raise PhoneError("nothing to send: give text, a file, a location, a contact, a poll or dice")
    marks = wish.get("entities") or []
    return [_text(part, marks if number == 0 else []) for number, part in enumerate(cut(text))]


def _with(about: Any, *names: str) -> Json:
    """What was said about a place or a contact, if it has what every such message has."""
    missing = [name for name in names if not isinstance(about, dict) or about.get(name) is None]
    if missing:
        raise PhoneError(f"missing: {', '.join(missing)}")
    return dict(about)


def cut(text: str) -> list[str]:
    """A long text as Telegram's clients send it: pieces of 4,096 UTF-16 units and the rest."""
    pieces = []
    while units(text) > TEXT_LIMIT:
        end = min(len(text), TEXT_LIMIT)
        while units(text[:end]) > TEXT_LIMIT:
            end -= 1
        pieces.append(text[:end])
        text = text[end:]
    return [piece for piece in [*pieces, text] if piece.strip()]


def _text(text: str, given: list[Json]) -> Json:
    bare, entities = written(text, given, TEXT_LIMIT)
    return {"text": bare, "entities": entities} if entities else {"text": bare}


def file_content(world: World, kind: str, wish: Wish) -> Json:
    """A file from a phone; without content it is a small stand-in of the size that is said."""
    about: dict[str, Any] = wish[kind] if isinstance(wish[kind], dict) else {}
    content = PICTURE if kind == "photo" else b""
    if about.get("content_base64"):
        try:
            content = base64.b64decode(about["content_base64"], validate=True)
        except binascii.Error as error:
            raise PhoneError(f"content_base64 can't be read: {error}") from error
    elif kind != "photo":
        content = secrets.token_bytes(16)
    size = int(about["size"]) if about.get("size") is not None else None
    stored = keep(
        world.files,
        kind,
        content,
        name=about.get("file_name"),
        mime_type=about.get("mime_type"),
        size=size,
        duration=int(about.get("duration") or 0),
    )
    described = describe(world.files, stored, about)
    return described | _caption(wish.get("caption"), wish.get("caption_entities") or [])


def _caption(caption: str | None, given: list[Json]) -> Json:
    if not caption:
        return {}
    bare, entities = written(caption, given, CAPTION_LIMIT)
    return {"caption": bare, "caption_entities": entities} if entities else {"caption": bare}


def _poll(wish: Any) -> Json:
    about = wish if isinstance(wish, dict) else {}
    options = about.get("options") or ["Ja", "Nej"]
    return {
        "id": str(secrets.randbits(62)),
        "question": about.get("question") or "?",
        "options": [{"persistent_id": str(n), "text": str(o), "voter_count": 0} for n, o in enumerate(options)],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }


def album(world: World, wish: Wish) -> Json:
    """Send several photos as one album; `captions` go to the first ones, in order."""
    count = int(wish.get("photos") or 2)
    if not 2 <= count <= 10:
        raise PhoneError("an album has 2 to 10 photos")
    captions = list(wish.get("captions") or [])
    messages: list[Json] = []
    base = {name: wish[name] for name in ("person", "chat", "thread", "reply_to", "anonymous") if name in wish}
    key = f"album-{secrets.token_hex(8)}"
    for number in range(count):
        photo: Wish = base | {"photo": {}, "media_group": key}
        if number < len(captions) and captions[number]:
            photo["caption"] = captions[number]
        messages += send(world, photo)["messages"]
    return {"messages": messages}
