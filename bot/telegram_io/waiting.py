"""Whom the updates that wait at Telegram are from: groups and persons with their numbers; nothing is taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError

from bot.telegram_io.line import Line

GROUPS = ("group", "supergroup")
GONE = ("left", "kicked")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Titles of groups that the bot is in, and names of persons who wrote to it in private, by Telegram's numbers."""

    groups: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


async def look_up_waiting(line: Line) -> Waiting:
    """Who waits; nobody where the updates go to a webhook or to a bot that runs."""
    try:
        # Without an offset nothing is confirmed: the bot finds all of it when it starts (Bot API, getUpdates).
        updates = await line.ask("getUpdates", {"timeout": 0, "limit": 100})
    except TelegramError:
        return Waiting()
    groups: dict[int, str] = {}
    people: dict[int, str] = {}
    for update in updates:
        told = update.get("message") or update.get("my_chat_member") or {}
        chat = told.get("chat") or {}
        if chat.get("type") == "private":
            people[chat["id"]] = " ".join(filter(None, (chat.get("first_name"), chat.get("last_name"))))
        elif chat.get("type") in GROUPS:
            if _is_gone(told):
                groups.pop(chat["id"], None)
            else:
                groups[chat["id"]] = chat.get("title", "")
    return Waiting(groups, people)


def _is_gone(told: Mapping[str, Any]) -> bool:
    """Whether the bot was thrown out, or the group has got another number."""
    member = told.get("new_chat_member") or {}
    return member.get("status") in GONE or "migrate_to_chat_id" in told
