"""What a tester does to groups and people: making them, renaming, members, topics, becoming a supergroup, privacy."""

from __future__ import annotations

from bot.sandbox.chats import Chat, Json
from bot.sandbox.errors import ApiError, PhoneError
from bot.sandbox.membership import create_group, make_forum, migrate, new_member, set_member
from bot.sandbox.methods.forum import change_topic, close_topic, open_topic, remove_topic
from bot.sandbox.methods.members import rename
from bot.sandbox.people import Person
from bot.sandbox.phone_input import Wish, find_chat, find_person, need
from bot.sandbox.world import World, chat_view

_STATUSES = frozenset({"creator", "administrator", "member", "restricted", "left", "kicked"})


def add_person(world: World, wish: Wish) -> Json:
    """Let a new person in; they have not pressed START yet."""
    person_id = int(wish.get("id") or world.next_person_id())
    if person_id in world.chats or person_id == world.bot.id or person_id < 1:
        raise PhoneError(f"the id {person_id} is taken or not positive", 409)
    person = Person(
        person_id,
        str(need(wish, "first_name")),
        wish.get("last_name"),
        wish.get("username"),
        wish.get("language_code", "da"),
        started=bool(wish.get("started", False)),
        is_bot=bool(wish.get("is_bot", False)),
    )
    return world.add_person(person).view()


def add_group(world: World, wish: Wish) -> Json:
    """Make a group; the bot gets `my_chat_member` if it is in it."""
    need(wish, "title")
    kind = wish.get("kind") or "supergroup"
    if kind not in ("group", "supergroup", "channel"):
        raise PhoneError(f"kind is group, supergroup or channel, not {kind!r}")
    if wish.get("id") is not None and (int(wish["id"]) in world.chats or int(wish["id"]) >= 0):
        raise PhoneError(f"the id {wish['id']} is taken or not negative", 409)
    for member in [*wish.get("members", []), *([wish["creator"]] if wish.get("creator") else [])]:
        find_person(world, {"person": member})
    if wish.get("bot") not in (None, "member", "administrator"):
        raise PhoneError(f"bot is administrator, member or null, not {wish['bot']!r}")
    return chat_view(world, create_group(world, wish))


def _group(world: World, wish: Wish) -> Chat:
    chat = find_chat(world, wish)
    if chat.type == "private":
        raise PhoneError(f"chat {chat.id} is private, not a group")
    return chat


def _actor(world: World, chat: Chat, wish: Wish, name: str = "by") -> Json:
    """Who does it: the one who is named, or the group's creator, or anybody in it."""
    named = "by" if wish.get("by") is not None else name
    if wish.get(named) is not None:
        return find_person(world, wish, named).user()
    people = [m for i, m in chat.members.items() if i in world.people and chat.holds(i)]
    people.sort(key=lambda m: ("creator", "administrator").index(m.status) if chat.may_see_members(m.user_id) else 2)
    return world.user(people[0].user_id) if people else Person(777000, "Telegram").user()


def set_title(world: World, wish: Wish) -> Json:
    """Rename a group."""
    chat = _group(world, wish)
    rename(world, chat, str(need(wish, "title")), _actor(world, chat, wish, "person"))
    return chat_view(world, chat)


def set_status(world: World, wish: Wish) -> Json:
    """Give a person or the bot (`person: "bot"`) a place in a group."""
    chat = _group(world, wish)
    status = str(need(wish, "status"))
    if status not in _STATUSES:
        raise PhoneError(f"status is one of {', '.join(sorted(_STATUSES))}, not {status!r}")
    user_id = world.bot.id if wish.get("person") == "bot" else find_person(world, wish).id
    actor = _actor(world, chat, wish)
    leaves = status == "left" and user_id in world.people
    set_member(world, chat, new_member(chat, user_id, status, wish), world.user(user_id) if leaves else actor)
    return chat_view(world, chat)


def upgrade(world: World, wish: Wish) -> Json:
    """Make a basic group a supergroup; a supergroup gets topics, or loses them, by `forum`."""
    chat = _group(world, wish)
    if chat.migrated_to is not None:
        raise PhoneError(f"the group has become the supergroup {chat.migrated_to} already")
    if chat.type == "supergroup":
        make_forum(world, chat, bool(wish.get("forum", True)))
        return chat_view(world, chat)
    grown = migrate(world, chat, _actor(world, chat, wish, "person"), bool(wish.get("forum")))
    return chat_view(world, grown)


def topic(world: World, wish: Wish) -> Json:
    """Create, close, reopen, rename or delete a topic, as a person; of a deletion the bot is not told."""
    chat = _group(world, wish)
    if not chat.is_forum:
        raise PhoneError(f"chat {chat.id} has no topics")
    actor = _actor(world, chat, wish, "person")
    action = need(wish, "action")
    if action == "create":
        return open_topic(world, chat, str(need(wish, "name")), actor).view()
    found = chat.topics.get(int(need(wish, "thread")))
    if found is None:
        raise PhoneError(f"there is no topic {wish['thread']} in chat {chat.id}", 404)
    try:
        match action:
            case "close" | "reopen":
                close_topic(world, chat, found, actor, action == "close")
            case "rename":
                found.name = str(need(wish, "name"))
                change_topic(world, chat, found, actor, {"forum_topic_edited": {"name": found.name}})
            case "delete":
                remove_topic(world, chat, found)
            case _:
                raise PhoneError(f"action is create, close, reopen, rename or delete, not {action!r}")
    except ApiError as error:
        raise PhoneError(error.description) from error
    return found.view()


def set_privacy(world: World, wish: Wish) -> Json:
    """Turn group privacy mode on or off, as BotFather does."""
    world.bot.privacy = bool(need(wish, "on"))
    return {"privacy": world.bot.privacy}


def set_facts(world: World, wish: Wish) -> Json:
    """Give a chat more fields in the answer of getChat, as they would stand in Telegram's ChatFullInfo."""
    chat = find_chat(world, wish)
    chat.facts |= dict(need(wish, "facts"))
    return {"facts": chat.facts}
