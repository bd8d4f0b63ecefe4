"""Reading what a phone or a tester asks for: JSON bodies, people and chats by id, with plain errors."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.sandbox.chats import Chat, Json, Stored
from bot.sandbox.entities import tidy, units
from bot.sandbox.errors import ApiError, PhoneError
from bot.sandbox.given_entities import check_bounds
from bot.sandbox.people import Person
from bot.sandbox.shapes import load_json
from bot.sandbox.world import World

Wish = dict[str, Any]


async def read_wish(request: web.Request) -> Wish:
    """The JSON object in a body; an empty body is an empty object."""
    body = await request.read()
    try:
        wish = load_json(body) if body.strip() else {}
    except ValueError as error:
        raise PhoneError(f"the body is not JSON: {error}") from error
    if not isinstance(wish, dict):
        raise PhoneError("the body must be a JSON object")
    return wish


def need(wish: Wish, name: str) -> Any:
    """A field that must be there."""
    if wish.get(name) is None:
        raise PhoneError(f"the field {name!r} is missing")
    return wish[name]


def find_person(world: World, wish: Wish, name: str = "person") -> Person:
    """The person whose id stands in a field."""
    person = world.people.get(_number(need(wish, name), name))
    if person is None:
        raise PhoneError(f"there is no person {wish[name]}", 404)
    return person


def find_chat(world: World, wish: Wish, name: str = "chat") -> Chat:
    """The chat whose id stands in a field."""
    chat = world.chats.get(_number(need(wish, name), name))
    if chat is None:
        raise PhoneError(f"there is no chat {wish[name]}", 404)
    return chat


def written(text: str, given: Any, limit: int) -> tuple[str, list[Json]]:
    """A text with its marks as it stands in a message; no app sends one over the limit, or a mark beside its text."""
    if units(text) > limit:
        raise PhoneError(f"it may have at most {limit} characters")
    marks = sorted((dict(mark) for mark in given or []), key=lambda mark: (mark["offset"], -mark["length"]))
    if any(mark["offset"] < 0 or mark["length"] < 1 for mark in marks):
        raise PhoneError("an entity begins at 0 or later, and is at least 1 long")
    try:
        check_bounds(text, marks)
    except ApiError as error:
        raise PhoneError(error.description.removeprefix("Bad Request: ")) from error
    return tidy(text, marks)


def find_message(chat: Chat, wish: Wish) -> Stored:
    """The message, not deleted, whose id stands in `message_id`."""
    message_id = _number(need(wish, "message_id"), "message_id")
    stored = chat.find(message_id)
    if stored is None:
        raise PhoneError(f"there is no message {message_id} in chat {chat.id}", 404)
    return stored


def check_inside(chat: Chat, person: Person) -> None:
    """A phone sees and writes to its own private chat and the groups that it is in."""
    if chat.type == "private":
        if chat.id != person.id:
            raise PhoneError(f"chat {chat.id} is another person's private chat", 403)
    elif not chat.holds(person.id):
        raise PhoneError(f"{person.first_name} is not in chat {chat.id}", 403)


def _number(value: Any, name: str) -> int:
    try:
        return int(value)
    except (ValueError, TypeError) as error:
        raise PhoneError(f"the field {name!r} must be a whole number") from error
