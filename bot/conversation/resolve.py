"""Fills in what a call looks up at the last moment: the thread of a topic, the newest message of a role."""

from collections.abc import Mapping
from typing import Any

from bot.conversation.ports import Json
from bot.conversation.storage import Transaction

THREAD = "message_thread_id"


class Moot(Exception):
    """The call has no object any more: the message or topic that it changes is not there."""


def looks_up(params: Mapping[str, Json]) -> bool:
    """Whether anything in the parameters must be looked up."""
    return any(_is_topic(value) or _is_role(value) or _deeper(value) for value in params.values())


def is_numbered(params: Mapping[str, Json]) -> bool:
    """Whether they name a message by its number, which only the chat where it was sent knows."""
    return isinstance(params.get("message_id"), int)


def resolve(transaction: Transaction, method: str, params: Mapping[str, Json]) -> dict[str, Json]:
    """The parameters as Telegram takes them.

    A topic that a chat does not have is left out (the message then stands in General), and so is the answer to a
    message that was never sent.

    Raises:
        Moot: the call changes a message or topic that is not there.
    """
    chat = params.get("chat_id")
    ready: dict[str, Json] = {}
    for key, value in params.items():
        if _is_topic(value):
            thread = transaction.topics.thread(_id(chat), value["topic"])
            if thread is not None:
                ready[key] = thread
            elif method.endswith("ForumTopic"):
                raise Moot("the initiative has no topic there")
        elif _is_role(value):
            ready[key] = _message(transaction, _id(chat), value)
        elif key == "reply_parameters" and _deeper(value):
            answered = _reply(transaction, _id(value.get("chat_id", chat)), value)
            if answered is not None:
                ready[key] = answered
        elif key == "otherwise":
            ready[key] = {**value, "params": resolve(transaction, value["method"], value["params"])}
        else:
            ready[key] = value
    return ready


def _message(transaction: Transaction, chat: int, wanted: Mapping[str, Json]) -> int:
    found = transaction.messages.newest(chat, wanted["role"], wanted["about"])
    if found is None:
        raise Moot(f"there is no {wanted['role']} there")
    return found


def _reply(transaction: Transaction, chat: int, value: Mapping[str, Json]) -> Mapping[str, Json] | None:
    wanted = value["message_id"]
    found = transaction.messages.newest(chat, wanted["role"], wanted["about"])
    return None if found is None else {**value, "message_id": found}


def _is_topic(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() == {"topic"}


def _is_role(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() == {"role", "about"}


def _deeper(value: Any) -> bool:
    """Whether it is an answer to a message by its role, or another way that looks something up."""
    if not isinstance(value, Mapping):
        return False
    return _is_role(value.get("message_id")) or (isinstance(value.get("params"), Mapping) and looks_up(value["params"]))


def _id(chat: Json) -> int:
    return chat if isinstance(chat, int) else 0
