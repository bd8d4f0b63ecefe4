"""The rows of the durable inbox and outbox, as the shell sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

from bot.conversation.ports import Json
from bot.core.effects import Tag

TELEGRAM = "telegram"
TIMER = "timer"
DELIVERY = "delivery"
RULES = "rules"
FORGOTTEN = "forgotten"


class Rank(IntEnum):
    """Who goes first when many rows wait: the answer to a press, then what people wait for, then news to many."""

    PRESS = -1
    REPLY = 0
    NEWS = 1


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is to be stored in the inbox. `fault` is why it can't be handled; then it is parked at once."""

    source: str
    key: str
    lane: str
    body: Json
    gather: str | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A stored arrival. `received` is real time, in seconds since 1970."""

    id: int
    source: str
    key: str
    lane: str
    gather: str | None
    body: Json
    received: float
    tries: int


class Claimed(NamedTuple):
    """Rows that one transaction may handle, oldest first, and whether more wait that it did not look at."""

    rows: list[InboxRow]
    more: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """One call that is to be stored in the outbox.

    `hold` keeps it back until that moment of the domain clock. `cause` is the inbox row that it follows from, or 0.
    """

    lane: str
    method: str
    params: Mapping[str, Json]
    tag: Tag | None = None
    tell: bool = False
    rank: Rank = Rank.REPLY
    hold: datetime | None = None
    cause: int = 0


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A stored call. `due` is real time, in seconds since 1970.

    `tries` counts the calls made so far, `error` is why the last one failed. `cause` is the inbox row that it follows
    from, or 0.
    """

    id: int
    sort: int
    lane: str
    method: str
    params: Mapping[str, Json]
    tag: Tag | None
    tell: bool
    due: float
    tries: int
    error: str = ""
    rank: Rank = Rank.REPLY
    cause: int = 0


def request_of(row: int) -> str:
    """How the log names what follows from an inbox row, from its handling to the last call; "" for no row."""
    return f"r{row}" if row else ""


@dataclass(frozen=True, slots=True)
class Timer:
    """Something that falls due at a moment of the domain clock; `about` and `chat` are 0 where there is none."""

    key: str
    kind: str
    due: datetime
    about: int = 0
    chat: int = 0
