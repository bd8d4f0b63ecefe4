"""People: those who hold the phones, as Telegram's users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ANONYMOUS_ADMIN = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


@dataclass(slots=True)
class Person:
    """A Telegram user; `started` and `blocked` are about the one bot of this sandbox."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "da"
    started: bool = False
    blocked: bool = False
    is_bot: bool = False

    def user(self) -> dict[str, Any]:
        """The Bot API's User."""
        user: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user

    def chat(self) -> dict[str, Any]:
        """The Bot API's Chat of the private chat with this person."""
        chat: dict[str, Any] = {"id": self.id, "first_name": self.first_name}
        if self.last_name:
            chat["last_name"] = self.last_name
        if self.username:
            chat["username"] = self.username
        chat["type"] = "private"
        return chat

    def view(self) -> dict[str, Any]:
        """As the phone address tells it."""
        return {
            "id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
            "started": self.started,
            "blocked": self.blocked,
        }


@dataclass(slots=True)
class BotProfile:
    """The bot itself, as people see it; `commands` maps (scope, language) to a list of commands."""

    id: int
    token: str
    username: str
    name: str
    descriptions: dict[str, str]
    short_descriptions: dict[str, str]
    names: dict[str, str]
    commands: dict[tuple[str, str], list[dict[str, Any]]]
    privacy: bool = True
    menu_buttons: dict[int, dict[str, Any]] | None = None
    default_rights: dict[bool, dict[str, Any]] | None = None

    def user(self) -> dict[str, Any]:
        """The Bot API's User, as it stands in messages."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.names.get("", self.name),
            "username": self.username,
        }

    def view(self) -> dict[str, Any]:
        """As the phone address tells it."""
        return {
            "id": self.id,
            "username": self.username,
            "name": self.names.get("", self.name),
            "description": self.descriptions.get("", ""),
            "short_description": self.short_descriptions.get("", ""),
            "commands": self.commands.get(('{"type":"default"}', ""), []),
        }


def new_profile(token: str, username: str, name: str) -> BotProfile:
    """A bot with nothing set yet; its id is the number before the colon of its token."""
    return BotProfile(int(token.partition(":")[0]), token, username, name, {}, {}, {}, {})
