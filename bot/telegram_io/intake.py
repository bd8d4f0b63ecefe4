"""Leaves out of a raw update what nobody here needs, before it is kept anywhere."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from bot.telegram_io.reading import Raw

Store = Callable[[Sequence[Raw]], Awaitable[None]]
"""Keeps raw updates durably, each once by its `update_id`; returns after the commit."""

PERSON: Final = ("id", "is_bot", "first_name", "language_code")
"""What is kept of a person: no surname, user name or phone number."""
CHAT: Final = ("id", "type", "title", "is_forum")
ANCHOR: Final = ("message_id", "message_thread_id", "is_topic_message", "forum_topic_created", "chat", "date")
"""What is kept of a message that another one only points at."""

POINTED_AT: Final = frozenset({"reply_to_message", "pinned_message"})
NOT_KEPT: Final = frozenset({"external_reply", "quote", "via_bot", "reply_markup", "link_preview_options"})
EMPTIED: Final = frozenset({"contact", "passport_data", "users_shared", "chat_shared", "web_app_data"})
"""Content that says more of people (also of third persons) than the bot may know: only its kind is kept."""
DEEPEST: Final = 12


def sparing(store: Store) -> Store:
    """A store that keeps no more of an update than may be kept: for updates that don't come by the `Poller`."""

    async def keep(updates: Sequence[Raw]) -> None:
        await store([spare(update) for update in updates])

    return keep


def spare(update: Raw) -> dict[str, Any]:
    """The update without what may not be kept: a third person's number, user names, copies of answered messages."""
    spared = {kind: _spare(kind, value, DEEPEST) for kind, value in update.items()}
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


def _only(names: tuple[str, ...], value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        return {}
    return {key: _only(CHAT, value[key]) if key == "chat" else value[key] for key in names if key in value}
