"""What the bot says of itself: name, descriptions, commands, menu button, default rights."""

from __future__ import annotations

import json
import re

from bot.sandbox.addressing import find_chat
from bot.sandbox.chats import RIGHTS, Json
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.handler import Handler
from bot.sandbox.params import Params
from bot.sandbox.shapes import Fields
from bot.sandbox.world import World

DESCRIPTION_LIMIT = 512  # characters, https://core.telegram.org/bots/api#setmydescription
SHORT_LIMIT = 120
NAME_LIMIT = 64
COMMANDS_LIMIT = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def get_me(world: World, _params: Params) -> Json:
    """https://core.telegram.org/bots/api#getme"""
    return world.bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _language(params: Params) -> str:
    language = params.text("language_code") or ""
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _setter(table: str, name: str, limit: int, error: str) -> Handler:
    def method(world: World, params: Params) -> bool:
        text = (params.text(name) or "").strip()
        if len(text) > limit:
            raise bad_request(error)
        texts: dict[str, str] = getattr(world.bot, table)
        if text:
            texts[_language(params)] = text
        else:
            texts.pop(_language(params), None)
        world.journal.record("people", None, world.bot.view())
        return True

    return method


def _getter(table: str, name: str) -> Handler:
    def method(world: World, params: Params) -> Json:
        texts: dict[str, str] = getattr(world.bot, table)
        fallback = world.bot.name if name == "name" else ""
        return {name: texts.get(_language(params), texts.get("", fallback))}

    return method


def _scope(world: World, params: Params) -> str:
    wish = params.json("scope")
    what = "can't parse BotCommandScope"
    if not isinstance(wish, dict | None):
        raise bad_request(f"{what}: BotCommandScope must be an Object")
    fields = Fields({"type": "default"} if wish is None else wish, what)
    kind = fields.text("type", needed=True)
    if kind not in _SCOPES:
        raise fields.refuse("Unsupported type specified")
    scope: Json = {"type": kind}
    if "chat_id" in _SCOPES[kind]:
        scope["chat_id"] = find_chat(world, Params({"chat_id": fields.text("chat_id", needed=True)})).id
    if "user_id" in _SCOPES[kind]:
        scope["user_id"] = fields.whole("user_id", needed=True)
    return json.dumps(scope, separators=(",", ":"))


def set_my_commands(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmycommands"""
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    clean = []
    for command in commands:
        fields = Fields.of(command, "can't parse BotCommand")
        name, description = fields.text("command", needed=True), fields.text("description", needed=True)
        name = name.removeprefix("/")
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description.strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        clean.append({"command": name, "description": description})
    key = (_scope(world, params), _language(params))
    if clean:
        world.bot.commands[key] = clean
    else:
        world.bot.commands.pop(key, None)
    world.journal.record("people", None, world.bot.view())
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """https://core.telegram.org/bots/api#getmycommands"""
    return world.bot.commands.get((_scope(world, params), _language(params)), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands"""
    world.bot.commands.pop((_scope(world, params), _language(params)), None)
    world.journal.record("people", None, world.bot.view())
    return True


def set_chat_menu_button(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setchatmenubutton"""
    buttons = world.bot.menu_buttons = world.bot.menu_buttons or {}
    buttons[params.integer("chat_id") or 0] = _menu_button(params)
    return True


def _menu_button(params: Params) -> Json:
    wish, what = params.json("menu_button"), "can't parse menu button"
    if wish is None:
        return {"type": "default"}
    if not isinstance(wish, dict):
        raise bad_request(f"{what}: MenuButton must be an Object")
    fields = Fields(wish, what)
    kind = fields.text("type", needed=True)
    if kind not in ("default", "commands", "web_app"):
        raise fields.refuse("MenuButton has unsupported type")
    if kind == "web_app":
        fields.text("text", needed=True)
        Fields(fields.inner("web_app", needed=True) or {}, what).text("url", needed=True)
    return wish


def get_chat_menu_button(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getchatmenubutton"""
    buttons = world.bot.menu_buttons or {}
    return buttons.get(params.integer("chat_id") or 0) or buttons.get(0) or {"type": "commands"}


def set_my_default_administrator_rights(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmydefaultadministratorrights"""
    rights = world.bot.default_rights = world.bot.default_rights or {}
    rights[params.flag("for_channels")] = _rights(params)
    return True


def _rights(params: Params) -> Json:
    wish, what = params.json("rights"), "can't parse ChatAdministratorRights"
    if not isinstance(wish, dict | None):
        raise bad_request(f"{what}: ChatAdministratorRights must be an Object")
    fields = Fields(wish or {}, what)
    return {name: fields.flag(name) for name in fields.values}


def get_my_default_administrator_rights(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getmydefaultadministratorrights"""
    chosen = (world.bot.default_rights or {}).get(params.flag("for_channels"), {})
    return {"is_anonymous": False} | dict.fromkeys(RIGHTS, False) | chosen


def log_out(_world: World, _params: Params) -> bool:
    """https://core.telegram.org/bots/api#logout and #close: there is no other server to go to, so nothing changes."""
    return True


METHODS: dict[str, Handler] = {
    "getMe": get_me,
    "setMyDescription": _setter("descriptions", "description", DESCRIPTION_LIMIT, "DESCRIPTION_TOO_LONG"),
    "getMyDescription": _getter("descriptions", "description"),
    "setMyShortDescription": _setter("short_descriptions", "short_description", SHORT_LIMIT, "ABOUT_TOO_LONG"),
    "getMyShortDescription": _getter("short_descriptions", "short_description"),
    "setMyName": _setter("names", "name", NAME_LIMIT, "NAME_TOO_LONG"),
    "getMyName": _getter("names", "name"),
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "setMyDefaultAdministratorRights": set_my_default_administrator_rights,
    "getMyDefaultAdministratorRights": get_my_default_administrator_rights,
    "logOut": log_out,
    "close": log_out,
}
