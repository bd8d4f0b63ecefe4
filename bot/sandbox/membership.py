"""Who is what in a chat: joining, leaving, being made administrator, blocking the bot, and how the bot is told."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import (
    ADMINS,
    GENERAL,
    PRESENT,
    RIGHTS,
    Chat,
    Json,
    Member,
    Topic,
    all_rights,
    chosen_rights,
)
from bot.sandbox.people import Person
from bot.sandbox.world import World, new_chat

SUPERGROUP_PREFIX = -1_000_000_000_000


def member_view(world: World, chat: Chat, user_id: int) -> Json:
    """The Bot API's ChatMember of somebody, or of a stranger as one who left."""
    member = chat.members.get(user_id) or Member(user_id, "left")
    user = world.user(user_id)
    view: Json = {"user": user, "status": member.status}
    match member.status:
        case "creator":
            view["is_anonymous"] = member.is_anonymous
        case "administrator":
            view |= {"can_be_edited": False, "is_anonymous": member.is_anonymous} | member.rights
            if chat.type == "group":
                view.pop("can_pin_messages", None)
                view["can_pin_messages"] = member.rights.get("can_pin_messages", False)
        case "restricted":
            view |= {"is_member": True, "until_date": member.until_date} | chat.permissions | member.rights
        case "kicked":
            view["until_date"] = member.until_date
    if member.custom_title and member.status in ADMINS:
        view["custom_title"] = member.custom_title
    return view


def set_member(
    world: World,
    chat: Chat,
    member: Member,
    actor: Json,
    *,
    told_in_chat: bool = True,
) -> None:
    """Give somebody a new place in a chat, with the service message and the updates that Telegram makes of it."""
    before = member_view(world, chat, member.user_id)
    was = before["status"] in PRESENT
    is_now = member.status in PRESENT
    user = world.user(member.user_id)
    if was and not is_now:
        _tell_of_change(world, chat, before, member, actor)
        if told_in_chat and chat.type != "channel":
            _say(world, chat, actor, {"left_chat_member": user})
        return
    _tell_of_change(world, chat, before, member, actor)
    if told_in_chat and is_now and not was and chat.type != "channel":
        _say(
            world,
            chat,
            actor,
            {"new_chat_members": [user], "new_chat_member": user, "new_chat_participant": user},
        )


def _say(world: World, chat: Chat, actor: Json, content: Json) -> None:
    world.announce(chat, world.post(chat, content, sender=actor))


def _tell_of_change(world: World, chat: Chat, before: Json, member: Member, actor: Json) -> None:
    chat.members[member.user_id] = member
    after = member_view(world, chat, member.user_id)
    world.tell_chat(chat)
    if before == after:
        return
    own = member.user_id == world.bot.id
    if own or chat.may_see_members(world.bot.id):
        change = {
            "chat": world.brief(chat),
            "from": actor,
            "date": world.clock.date(),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        world.updates.add("my_chat_member" if own else "chat_member", change, chat.id)


def set_blocked(world: World, person: Person, blocked: bool) -> None:
    """Somebody blocks the bot in their private chat, or lets it in again."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    bot = world.bot.user()
    gone: Json = {"user": bot, "status": "kicked", "until_date": 0}
    there: Json = {"user": bot, "status": "member"}
    change = {
        "chat": person.chat(),
        "from": person.user(),
        "date": world.clock.date(),
        "old_chat_member": there if blocked else gone,
        "new_chat_member": gone if blocked else there,
    }
    world.journal.record("people", person.id, person.view())
    world.updates.add("my_chat_member", change, person.id)


def new_member(chat: Chat, user_id: int, status: str, wish: dict[str, Any]) -> Member:
    """A place in a chat as a tester or the bot asks for it; an administrator without `rights` gets the usual ones."""
    rights = wish.get("rights")
    if status == "administrator":
        chosen = all_rights(chat.type, chat.is_forum) if rights is None else chosen_rights(rights)
    else:
        chosen = {name: bool(value) for name, value in (rights or {}).items()}
    return Member(
        user_id,
        status,
        chosen,
        is_anonymous=bool(wish.get("is_anonymous", False)),
        custom_title=wish.get("custom_title"),
        until_date=int(wish.get("until_date") or 0),
    )


def create_group(world: World, wish: dict[str, Any]) -> Chat:
    """A new group, supergroup, forum or channel with its members, as a tester asks for it."""
    kind = wish.get("kind") or "supergroup"
    is_forum = bool(wish.get("forum")) and kind == "supergroup"
    chat_id = int(wish["id"]) if wish.get("id") else _next_group_id(world, kind)
    chat = new_chat(world, Chat(chat_id, kind, wish["title"], wish.get("username"), is_forum))
    people = [int(person) for person in wish.get("members", [])]
    creator = wish.get("creator") or (people[0] if people else None)
    for person in people:
        chat.members[person] = Member(person, "creator" if person == creator else "member")
    if creator is not None and int(creator) not in chat.members:
        chat.members[int(creator)] = Member(int(creator), "creator")
    world.tell_chat(chat)
    status = wish.get("bot")
    if status:
        actor = world.user(int(creator)) if creator is not None else world.bot.user()
        set_member(world, chat, new_member(chat, world.bot.id, status, wish), actor)
    return chat


def _next_group_id(world: World, kind: str) -> int:
    if kind == "group":
        return min((i for i in world.chats if SUPERGROUP_PREFIX < i < 0), default=-5000) - 1
    return min((i for i in world.chats if i < SUPERGROUP_PREFIX), default=SUPERGROUP_PREFIX - 2000) - 1


def migrate(world: World, chat: Chat, actor: Json, forum: bool) -> Chat:
    """Make a basic group a supergroup: a new id, both service messages, and the old id refuses from now on."""
    new_id = _next_group_id(world, "supergroup")
    grown = new_chat(world, Chat(new_id, "supergroup", chat.title, None, forum, chat.description))
    grown.members = {user_id: _grown(member, forum) for user_id, member in chat.members.items()}
    _say(world, chat, actor, {"migrate_to_chat_id": new_id})
    chat.migrated_to = new_id
    _say(world, grown, actor, {"migrate_from_chat_id": chat.id})
    world.tell_chat(chat)
    world.tell_chat(grown)
    return grown


def _grown(member: Member, forum: bool) -> Member:
    rights = dict.fromkeys(RIGHTS, False) | member.rights if member.rights else {}
    if forum and member.status == "administrator":
        rights["can_manage_topics"] = True
    return Member(member.user_id, member.status, rights, member.is_anonymous, member.custom_title)


def make_forum(world: World, chat: Chat, forum: bool) -> None:
    """Turn topics on or off in a supergroup."""
    chat.is_forum = forum
    if forum:
        chat.topics.setdefault(GENERAL, Topic(GENERAL, "General"))
    world.tell_chat(chat)
