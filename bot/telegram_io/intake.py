"""Leaves out of a raw update what nobody here needs or may keep, before it is kept anywhere."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from bot.core import cpr
from bot.telegram_io.message import FILES
from bot.telegram_io.reading import Raw

Store = Callable[[Sequence[Raw]], Awaitable[None]]
"""Keeps raw updates durably, each once by its `update_id`; returns after the commit."""

PERSON: Final = ("id", "is_bot", "first_name", "language_code")
"""What is kept of a person: no surname, user name or phone number."""
CHAT: Final = ("id", "type", "title", "is_forum")
ANCHOR: Final = ("message_id", "message_thread_id", "is_topic_message", "forum_topic_created", "chat", "date")
"""What is kept of a message that another one only points at."""

POINTED_AT: Final = frozenset({"reply_to_message", "pinned_message"})
NOT_KEPT: Final = frozenset(
    {
        "forward_sender_name",
        "forward_signature",
        "forward_from_chat",
        "external_reply",
        "quote",
        "via_bot",
        "reply_markup",
        "link_preview_options",
    }
)
EMPTIED: Final = frozenset(
    {"contact", "passport_data", "users_shared", "chat_shared", "web_app_data", "forward_origin", "forward_from"}
)
"""Content that says more of people (also of third persons) than the bot may know: only its kind is kept."""
FOR_MACHINES: Final = frozenset({"id", "file_id", "file_unique_id", "media_group_id", "data", "chat_instance"})
"""Strings that nobody wrote: a CPR number in one is chance, and a change would break it."""
NAMES: Final = ("file_name", "title", "performer")
"""What a file carries along where nobody can take it out: Telegram passes all of it on with the file."""
DEEPEST: Final = 12
MARK: Final = "[***]"
"""What stands for a CPR number where nobody says it in words."""


def sparing(store: Store, mark: str = MARK) -> Store:
    """A store that keeps no more of an update than may be kept: for updates that don't come by the `Poller`."""

    async def keep(updates: Sequence[Raw]) -> None:
        await store([spare(update, mark) for update in updates])

    return keep


def spare(update: Raw, mark: str = MARK) -> dict[str, Any]:
    """The update without what may not be kept: a third person's number, user names, copies of answered messages.

    A CPR number gives way to `mark` wherever it stands; the message then says so by `cpr`, how many there were. A
    file with one in its name is left out whole, since Telegram would pass the name on: the message has `cpr_file`.
    """
    spared = {kind: _without_cpr(_spare(kind, value, DEEPEST), mark) for kind, value in update.items()}
    pressed, press = update.get("callback_query"), spared.get("callback_query")
    if isinstance(pressed, Mapping) and isinstance(press, dict) and "message" in pressed:
        press["message"] = _only(ANCHOR, pressed["message"])
    return spared


def _spare(name: str, value: Any, depth: int) -> Any:
    if isinstance(value, list):
        return [_spare(name, item, depth - 1) for item in value] if depth else []
    if not isinstance(value, Mapping):
        return value
    if name in EMPTIED or not depth:
        return {}
    if name in POINTED_AT:
        return _only(ANCHOR, value)
    if "is_bot" in value:
        return {key: value[key] for key in PERSON if key in value}
    if name in ("chat", "sender_chat"):
        return _only(CHAT, value)
    return {key: _spare(key, item, depth - 1) for key, item in value.items() if key not in NOT_KEPT}


def _without_cpr(message: Any, mark: str) -> Any:
    """The message without CPR numbers; where there were any it says so, for the answer to the one who wrote."""
    if not isinstance(message, dict):
        return message
    found: list[str] = []
    masked: dict[str, Any] = {key: _masked(key, value, mark, found) for key, value in message.items()}
    if found:
        masked["cpr"] = len(found)
    files = [file for kind in FILES if isinstance(file := masked.get(kind), dict)] if found else []
    if any(mark in str(file.get(name, "")) for file in files for name in NAMES):
        # All of them: a moving picture stands there twice.
        return {**{name: value for name, value in masked.items() if name not in FILES}, "cpr_file": True}
    return masked


def _masked(name: str, value: Any, mark: str, found: list[str]) -> Any:
    """The value with `mark` for each CPR number; the name of where each stood goes on `found`."""
    if isinstance(value, dict):
        return {key: _masked(key, item, mark, found) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(name, item, mark, found) for item in value]
    if not isinstance(value, str) or name in FOR_MACHINES:
        return value
    text, times = cpr.without(value, mark)
    found.extend([name] * times)
    return text


def _only(names: tuple[str, ...], value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {}
    return {key: _only(CHAT, value[key]) if key == "chat" else value[key] for key in names if key in value}
