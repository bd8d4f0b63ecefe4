"""Chats and who is in them: asking, banning, promoting, renaming, leaving."""

from __future__ import annotations

import secrets

from bot.sandbox.addressing import find_chat, find_reachable_chat
from bot.sandbox.chats import ADMINS, PERMISSIONS, Chat, Json, Member
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import member_view, new_member, set_member
from bot.sandbox.methods.handler import Handler
from bot.sandbox.params import Params
from bot.sandbox.shapes import Fields
from bot.sandbox.world import World

NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
ALL_GIFTS = dict.fromkeys(NO_GIFTS, True)


def get_chat(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getchat"""
    chat = find_chat(world, params)
    full = world.brief(chat) | {
        "accent_color_id": 3,
        "max_reaction_count": 11,
        "accepted_gift_types": ALL_GIFTS if chat.type == "private" else NO_GIFTS,
    }
    if chat.username or (chat.type == "private" and world.people[chat.id].username):
        full["active_usernames"] = [chat.username or world.people[chat.id].username]
    if chat.type == "private":
        full |= {"first_name": world.people[chat.id].first_name}
    else:
        _check_member(world, chat)
        full["permissions"] = dict(chat.permissions)
        if chat.description:
            full["description"] = chat.description
        if chat.invite_link:
            full["invite_link"] = chat.invite_link
        if chat.type == "supergroup":
            full |= {"join_to_send_messages": True, "has_visible_history": True}
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].message
    return full | chat.facts


def _check_member(world: World, chat: Chat) -> None:
    if chat.username is None:
        find_reachable_chat(world, Params({"chat_id": chat.id}))


def get_chat_member(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getchatmember"""
    chat = find_reachable_chat(world, params)
    user_id = params.integer("user_id")
    if user_id is None or (user_id not in world.people and user_id != world.bot.id):
        raise bad_request("invalid user_id specified" if not user_id else "member not found")
    if chat.type == "private":
        status = "member" if user_id in (chat.id, world.bot.id) else "left"
        return {"user": world.user(user_id), "status": status}
    return member_view(world, chat, user_id)


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#getchatadministrators"""
    chat = find_reachable_chat(world, params)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [member_view(world, chat, i) for i, member in chat.members.items() if member.status in ADMINS]
    if params.flag("return_bots"):
        return admins
    return [admin for admin in admins if not admin["user"]["is_bot"] or admin["user"]["id"] == world.bot.id]


def get_chat_member_count(world: World, params: Params) -> int:
    """https://core.telegram.org/bots/api#getchatmembercount"""
    chat = find_reachable_chat(world, params)
    return 2 if chat.type == "private" else sum(chat.holds(i) for i in chat.members)


def leave_chat(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#leavechat"""
    chat = find_reachable_chat(world, params)
    if chat.type == "private":
        raise bad_request("chat can't be left")
    set_member(world, chat, Member(world.bot.id, "left"), world.bot.user())
    return True


def _govern(world: World, params: Params, right: str) -> tuple[Chat, int]:
    chat = find_reachable_chat(world, params)
    if chat.type == "private":
        raise bad_request("method is available for supergroup and channel chats only")
    if not chat.may(world.bot.id, right):
        raise bad_request("not enough rights")
    user_id = params.integer("user_id") or 0
    if user_id not in world.people:
        raise bad_request("invalid user_id specified" if not user_id else "PARTICIPANT_ID_INVALID")
    if chat.status(user_id) == "creator":
        raise bad_request("can't remove chat owner")
    return chat, user_id


def ban_chat_member(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#banchatmember"""
    chat, user_id = _govern(world, params, "can_restrict_members")
    until = params.integer("until_date") or 0
    set_member(world, chat, Member(user_id, "kicked", until_date=until), world.bot.user())
    return True


def unban_chat_member(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#unbanchatmember"""
    chat, user_id = _govern(world, params, "can_restrict_members")
    if params.flag("only_if_banned") and chat.status(user_id) != "kicked":
        return True
    set_member(world, chat, Member(user_id, "left"), world.bot.user())
    return True


def _permissions(params: Params) -> dict[str, bool]:
    wish = params.json("permissions")
    if not isinstance(wish, dict | None):
        raise bad_request("object expected as permissions")
    fields = Fields(wish or {}, "can't parse chat permissions")
    return {name: fields.flag(name) for name in fields.values if name in PERMISSIONS}


def restrict_chat_member(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#restrictchatmember"""
    chat, user_id = _govern(world, params, "can_restrict_members")
    if chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    wish = {"rights": _permissions(params), "until_date": params.integer("until_date")}
    set_member(world, chat, new_member(chat, user_id, "restricted", wish), world.bot.user())
    return True


def promote_chat_member(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#promotechatmember"""
    chat, user_id = _govern(world, params, "can_promote_members")
    rights = {name: params.flag(name) for name in params.values if name.startswith("can_")}
    wish = {"rights": rights, "is_anonymous": params.flag("is_anonymous")}
    status = "administrator" if any(rights.values()) else "member"
    set_member(world, chat, new_member(chat, user_id, status, wish if status != "member" else {}), world.bot.user())
    return True


def set_chat_administrator_custom_title(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setchatadministratorcustomtitle"""
    chat, user_id = _govern(world, params, "can_promote_members")
    member = chat.members.get(user_id)
    if member is None or member.status != "administrator":
        raise bad_request("user is not an administrator")
    member.custom_title = params.text("custom_title")
    return True


def _changeable(world: World, params: Params, right: str = "can_change_info") -> Chat:
    chat = find_reachable_chat(world, params)
    if chat.type == "private":
        raise bad_request("can't change private chat")
    if not chat.may(world.bot.id, right):
        raise bad_request("not enough rights")
    return chat


def set_chat_title(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setchattitle"""
    chat = _changeable(world, params)
    title = (params.text("title") or "").strip()
    if not title:
        raise bad_request("title must be non-empty")
    rename(world, chat, title[:128], world.bot.user())
    return True


def rename(world: World, chat: Chat, title: str, actor: Json) -> None:
    """Give a chat a new title, with the service message that tells of it."""
    chat.title = title
    stored = world.post(chat, {"new_chat_title": title}, sender=actor)
    world.tell_chat(chat)
    world.announce(chat, stored)


def set_chat_description(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setchatdescription"""
    chat = _changeable(world, params)
    text = params.text("description") or ""
    if text == chat.description:
        raise bad_request("chat description is not modified")
    chat.description = text[:255]
    return True


def set_chat_permissions(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setchatpermissions"""
    chat = _changeable(world, params, "can_restrict_members")
    wish = _permissions(params)
    chat.permissions = {name: bool(wish.get(name, False)) for name in PERMISSIONS}
    return True


def export_chat_invite_link(world: World, params: Params) -> str:
    """https://core.telegram.org/bots/api#exportchatinvitelink"""
    chat = _changeable(world, params, "can_invite_users")
    chat.invite_link = f"https://t.me/+{secrets.token_urlsafe(12)}"
    return chat.invite_link


def create_chat_invite_link(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#createchatinvitelink"""
    _changeable(world, params, "can_invite_users")
    link: Json = {
        "invite_link": f"https://t.me/+{secrets.token_urlsafe(12)}",
        "creator": world.bot.user(),
        "creates_join_request": params.flag("creates_join_request"),
        "is_primary": False,
        "is_revoked": False,
    }
    for name in ("name", "expire_date", "member_limit"):
        if params.has(name):
            link[name] = params.text(name) if name == "name" else params.integer(name)
    return link


METHODS: dict[str, Handler] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "restrictChatMember": restrict_chat_member,
    "promoteChatMember": promote_chat_member,
    "setChatAdministratorCustomTitle": set_chat_administrator_custom_title,
    "setChatTitle": set_chat_title,
    "setChatDescription": set_chat_description,
    "setChatPermissions": set_chat_permissions,
    "exportChatInviteLink": export_chat_invite_link,
    "createChatInviteLink": create_chat_invite_link,
}
