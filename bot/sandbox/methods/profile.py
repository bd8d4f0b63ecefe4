"""What the bot says of itself: name, descriptions, commands, menu button, default rights."""

from __future__ import annotations

import json
import re

from bot.sandbox.chats import RIGHTS, Json
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.handler import Handler
from bot.sandbox.params import Params
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
    wish = params.json("scope") or {"type": "default"}
    if not isinstance(wish, dict) or wish.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    scope: Json = {"type": wish["type"]}
    for name in _SCOPES[wish["type"]]:
        if wish.get(name) is None:
            raise bad_request(f'can\'t parse BotCommandScope: Field "{name}" must be of type Number')
        scope[name] = wish[name]
    chat_id = scope.get("chat_id")
    if chat_id is not None and not str(chat_id).startswith("@"):
        scope["chat_id"] = int(chat_id)
        if scope["chat_id"] not in world.chats:
            raise bad_request("chat not found")
    return json.dumps(scope, separators=(",", ":"))


def set_my_commands(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmycommands"""
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    clean = []
    for command in commands:
        name = str(command.get("command", "")).removeprefix("/")
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        clean.append({"command": name, "description": command["description"]})
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
    buttons[params.integer("chat_id") or 0] = params.json("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    """https://core.telegram.org/bots/api#getchatmenubutton"""
    buttons = world.bot.menu_buttons or {}
    return buttons.get(params.integer("chat_id") or 0) or buttons.get(0) or {"type": "commands"}


def set_my_default_administrator_rights(world: World, params: Params) -> bool:
    """https://core.telegram.org/bots/api#setmydefaultadministratorrights"""
    rights = world.bot.default_rights = world.bot.default_rights or {}
    rights[params.flag("for_channels")] = params.json("rights") or {}
    return True


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
