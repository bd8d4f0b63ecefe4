"""What the shell asks of the rooms above it: to understand an update, to word an effect, to make a call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.core.effects import Content, Effect, Words
from bot.core.events import Event
from bot.texts.text import Text

Json = Any
"""A value that JSON can carry."""

Speak = Callable[[Content | Words], Text]
"""Turns a text's key and fields, or a person's own words, into what is shown."""


@dataclass(frozen=True, slots=True)
class Call:
    """One ready call of the Bot API.

    `lane` is the chat whose order it keeps (the chat's id as text), or "press:<callback id>" for the answer to a
    button, which waits for nobody. In `params` two values may be looked up when the call is made:
    `{"topic": 12}` is the thread id of initiative 12's topic in that chat (left out in a chat without topics), and
    `{"role": "card", "about": 12}` is the newest message of that role for initiative 12 in that chat.
    """

    method: str
    lane: str
    params: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Sent:
    """The call was carried out; `result` is Telegram's answer as JSON."""

    result: Json


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again after so many seconds: Telegram asked for a pause, or it could not be reached.

    `asked` is true when Telegram itself named the pause (429): then only this chat waits.
    """

    after: float
    asked: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person blocked the bot, never started it, or is gone: do not try again."""

    reason: str


@dataclass(frozen=True, slots=True)
class TopicGone:
    """The forum topic was deleted: it must be made anew before this call can be made."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup: the call must go to the chat `new`."""

    new: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """Telegram will never carry this call out as it is; `harmless` when the wish is already fulfilled or moot

    (the message is not modified, is already deleted, the press is too old).
    """

    reason: str
    harmless: bool = False


Outcome = Sent | Retry | Unreachable | TopicGone | Moved | Rejected


class Translate(Protocol):
    """Makes a raw update (one, or the gathered parts of one act) an event; pure. None when nobody needs it."""

    def __call__(self, updates: Sequence[Mapping[str, Json]], now: datetime) -> Event | None: ...


class Render(Protocol):
    """Makes an effect the calls that carry it out, within Telegram's limits; pure."""

    def __call__(self, effect: Effect, speak: Speak) -> Sequence[Call]: ...


class Perform(Protocol):
    """Makes one call of the Bot API. Never raises for what Telegram answers."""

    async def __call__(self, call: Call) -> Outcome: ...


class Clock(Protocol):
    """The time that the municipality lives by: aware, in its own zone; it can be moved in the sandbox."""

    def __call__(self) -> datetime: ...
