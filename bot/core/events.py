"""Everything that can happen to the bot, as plain values: what people said and did, and what fell due."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.page_news import PageNews
from bot.core.rule_news import RuleNews

ChatKind = Literal["private", "group"]
MediaKind = Literal["photo", "video", "voice", "document", "audio", "animation", "sticker", "video_note"]


@dataclass(frozen=True, slots=True)
class Chat:
    """Where something happened; `thread` is the forum topic's id, None in General and in private chats."""

    id: int
    kind: ChatKind
    thread: int | None = None
    title: str = ""
    forum: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it: the Telegram user id and first name only, since no more is needed.

    `anonymous` marks a group admin who posts as the group: nobody knows who it is.
    """

    id: int
    name: str
    lang: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """One file as Telegram knows it, passed on by its `file_id`. A film has a width and height, in points."""

    kind: MediaKind
    file_id: str
    message_id: int
    file_name: str = ""
    size: int = 0
    duration: int = 0
    caption: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, degrees WGS 84; `live` when the phone goes on sending it."""

    latitude: float
    longitude: float
    live: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One act of speech: a text, a file, an album, a place; an album or a text that Telegram cut is one act.

    `message_ids` are all messages of the act in order. `text` is the text or the captions joined. `reply_to` is the
    message that was answered. `other` names content that cannot be used: "contact", "poll", "dice", "story" ...
    `command` is the command's name without slash and bot name, with `text` holding what followed. `cpr` is how many
    CPR numbers were taken out of it before it was kept. `gathered` is how many messages of a flood it is, else 0.
    `pieces` are the texts of an act of several messages, each with its message. `carried` is the number of the
    initiative at whose desk the words stand already, when they are heard once more, else 0. `left_out` says that a file
    was left out of it, since its name held a CPR number.
    """

    chat: Chat
    sender: Sender
    message_ids: tuple[int, ...]
    at: datetime
    text: str = ""
    command: str = ""
    media: tuple[Media, ...] = ()
    place: Place | None = None
    reply_to: int | None = None
    forwarded: bool = False
    other: str = ""
    cpr: int = 0
    gathered: int = 0
    pieces: tuple[tuple[int, str], ...] = ()
    carried: int = 0
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Edited:
    """A message was edited on the phone; it may hold no real change. `cpr` as in `Said`."""

    chat: Chat
    sender: Sender
    message_id: int
    at: datetime
    text: str = ""
    place: Place | None = None
    cpr: int = 0


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button under one of the bot's messages was pressed; `data` may be forged and is checked against the state."""

    chat: Chat
    sender: Sender
    message_id: int
    callback_id: str
    data: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was blocked or unblocked by a person, or added to, removed from or promoted in a group."""

    chat: Chat
    sender: Sender
    status: Literal["member", "administrator", "left", "kicked"]
    rights: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody else than the bot came into or left a group."""

    chat: Chat
    sender: Sender
    who: Sender
    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Migrated:
    """A group became a supergroup and has another id from now on."""

    old: int
    new: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TopicChanged:
    """A forum topic was closed, reopened or renamed by a person."""

    chat: Chat
    sender: Sender
    change: Literal["closed", "reopened", "renamed"]
    at: datetime


@dataclass(frozen=True, slots=True)
class Fell:
    """A timer fell due. `about` is an initiative's number or 0; `chat` the private chat that it concerns or 0."""

    key: str
    kind: str
    about: int
    chat: int
    due: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """The outcome of a message whose sender asked to be told (`tell`); that a picture was left out is always told.

    `role` and `about` are the outgoing message's own; `origin_chat` and `origin_message` the message that it
    carried on, if any.
    """

    outcome: Literal["delivered", "unreachable", "rejected", "left_out"]
    chat: int
    message_id: int | None
    role: str
    about: int
    origin_chat: int
    origin_message: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be taken away: in which chat, of which kind ("text", "photo", "voice", "place" ...).

    `how`: "kept" (it stands as it was) or "beneath" (a file whose words are gone).
    """

    chat: int
    kind: str
    how: Literal["kept", "beneath"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """All copies of what a person had here have been dealt with.

    `cases` are their initiatives' numbers, each with the id of its responsible agent; `deleted` and `overwritten` count
    messages elsewhere; `public` says that others could follow one of them. `shared` are those that go on with
    others, each with whether it was passed on to one of them. `asked` and `told` as in `effects.Forget`.
    """

    deletion: int
    person: int
    lang: str
    cases: tuple[tuple[int, str], ...]
    deleted: int
    overwritten: int
    left: tuple[Left, ...]
    public: bool
    asked: bool
    at: datetime
    shared: tuple[tuple[int, bool], ...] = ()
    told: int = 0


@dataclass(frozen=True, slots=True)
class Unknown:
    """An update of a kind that nobody here knows."""

    chat: Chat | None
    sender: Sender | None
    kind: str
    at: datetime


Event = (
    Said
    | Edited
    | Pressed
    | Membership
    | Joined
    | Migrated
    | TopicChanged
    | Fell
    | Delivery
    | Forgotten
    | Unknown
    | RuleNews
    | PageNews
)
