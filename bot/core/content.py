"""What a message holds and where it stands: texts by their key, people's own words, buttons, places to write to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Union

Field = Union[str, int, datetime, tuple[str, ...], "Words"]
"""What fills a field of a text; another text may fill one, and is then spoken in its own language."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text by its key in `bot/texts/`, in a language, with what fills its fields; people's own words stay literal."""

    key: str
    lang: str = "da"
    fields: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a person, sent exactly as they are under a heading of the bot's (or none)."""

    text: str
    heading: Words | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """Several contents in one message, with an empty line between them."""

    parts: tuple[Words | Quote, ...]


Content = Words | Quote | Parts


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: its label's key and what it sends back (`verb:number:detail`, at most 64 bytes)."""

    key: str
    data: str
    lang: str = "da"
    fields: Mapping[str, Field] = field(default_factory=dict)
    url: str = ""


Buttons = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class To:
    """Where something goes: a chat, and with `topic_of` the forum topic of that initiative in the chat.

    The topic's thread id is looked up when the call is made; a topic that is gone is made anew first.
    """

    chat: int
    topic_of: int = 0
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """A message of the bot's that was or will be sent: by chat and message id, or by what it is (`role`, `about`).

    By role it is the newest message of that role for that initiative in that chat, found when the call is made.
    """

    chat: int
    message_id: int = 0
    role: str = ""
    about: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    """What an outgoing message is, kept with its message id once it is sent.

    `role`: "card", "relay", "receipt", "summary", "prompt", "step", "sent", ...; `about`: the initiative's number;
    `origin`: the (chat, message) whose words it carries on, so that edits, replies and undo find their way;
    `by`: the Telegram user id that a prompt waits for, or whose words a relay carries; `parts`: the further messages
    of that chat that it carries on with the one of `origin`.
    """

    role: str
    about: int = 0
    origin_chat: int = 0
    origin_message: int = 0
    by: int = 0
    detail: str = ""
    parts: tuple[int, ...] = ()
