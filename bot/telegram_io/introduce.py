"""Tells Telegram whose bot it is and which commands it has, in each language, only where that has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.telegram_io.line import Line
from bot.telegram_io.split import shorten

DESCRIPTION: Final = 512
SHORT_DESCRIPTION: Final = 120
COMMAND: Final = 256
"""Most characters of a bot's description, short description and a command's description (Bot API)."""

Commands = Sequence[tuple[str, str]]
"""Commands without slash, each with a description of up to 256 characters."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """How the bot presents itself in one language.

    `description` stands in an empty chat before START: whose bot it is, that it is a bot, how to reach a person.
    `short` stands on the bot's profile. `commands` are offered in private chats.
    """

    description: str
    short: str
    commands: Commands


async def introduce(line: Line, introductions: Mapping[str, Introduction], first: str = "da") -> int:
    """Present the bot by language code; `first` is also what people of any other language get.

    Returns:
        How many calls changed something; 0 when all stood there already.

    Raises:
        telegram.error.TelegramError: Telegram refuses, or can't be reached.
    """
    changed = 0
    for code in sorted(introductions, key=lambda lang: lang != first):
        told, lang = introductions[code], {} if code == first else {"language_code": code}
        description, short = shorten(told.description, DESCRIPTION), shorten(told.short, SHORT_DESCRIPTION)
        changed += await _set(line, "MyDescription", "description", description, lang)
        changed += await _set(line, "MyShortDescription", "short_description", short, lang)
        changed += await offer(line, told.commands, {"type": "all_private_chats"}, lang)
    return changed


async def offer_in_chat(line: Line, chat: int, commands: Commands) -> int:
    """Offer commands in one chat, such as the staff group or an admin's own; 1 if that changed something, else 0."""
    return await offer(line, commands, {"type": "chat", "chat_id": chat}, {})


async def offer(line: Line, commands: Commands, scope: Mapping[str, Any], lang: Mapping[str, str]) -> int:
    """Offer commands in a scope (Bot API, `BotCommandScope`); 1 if that changed something, else 0."""
    wanted = [{"command": name, "description": shorten(said, COMMAND)} for name, said in commands]
    where = {"scope": dict(scope), **lang}
    if await line.ask("getMyCommands", where) == wanted:
        return 0
    await line.ask("setMyCommands", {**where, "commands": wanted})
    return 1


async def _set(line: Line, name: str, field: str, wanted: str, lang: Mapping[str, str]) -> int:
    stands = await line.ask(f"get{name}", lang)
    if stands.get(field, "") == wanted:
        return 0
    await line.ask(f"set{name}", {**lang, field: wanted})
    return 1
