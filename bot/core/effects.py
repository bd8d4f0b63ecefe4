"""Everything that the bot can do, as plain values; the shell saves them, the outbox performs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Union

from bot.core.events import Media, Place

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
    `by`: the Telegram user id that a prompt waits for, or whose words a relay carries.
    """

    role: str
    about: int = 0
    origin_chat: int = 0
    origin_message: int = 0
    by: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Send a text. `reply_to` answers a message; `prompt` opens the answer field for the person who is asked.

    `tell` asks for a `Delivery` event afterwards. `after` delays it (quiet hours, gathering).
    """

    to: To
    content: Content
    buttons: Buttons = ()
    tag: Tag | None = None
    reply_to: Ref | None = None
    prompt: bool = False
    silent: bool = False
    tell: bool = False
    after: datetime | None = None


@dataclass(frozen=True, slots=True)
class SendMedia:
    """Send files on by their ids: one file, or two to ten as an album where their kinds allow."""

    to: To
    media: tuple[Media, ...]
    caption: Content | None = None
    tag: Tag | None = None
    reply_to: Ref | None = None
    tell: bool = False


@dataclass(frozen=True, slots=True)
class SendPlace:
    """Send a pin on the map."""

    to: To
    place: Place
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Invite:
    """Send an appointment as a file that calendars read.

    `at` is aware; `minutes` how long it lasts; `where` the place as a person wrote it. `made` is now. The `sequence`
    grows when the appointment of an initiative (`about`) moves, so that calendars move it too (RFC 5545). What belongs
    to no initiative has a `uid` of its own.
    """

    to: To
    about: int
    at: datetime
    minutes: int
    title: Words
    where: str
    caption: Words
    made: datetime
    sequence: int = 0
    uid: str = ""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Send the whole case of an initiative as a file, with its timeline as it stands when this step is kept."""

    to: To
    about: int
    asked_by: str
    caption: Words


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Change the text and buttons of a message of the bot's; nobody is alerted by it."""

    target: Ref
    content: Content
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """Take the buttons off a message of the bot's."""

    target: Ref


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete a message; where Telegram no longer allows it, overwrite it with `otherwise`. `tell` as in `Say`.

    A person's own message can't be overwritten: there `otherwise` is None.
    """

    target: Ref
    otherwise: Words | None
    tag: Tag | None = None
    tell: bool = False


@dataclass(frozen=True, slots=True)
class Pin:
    """Pin a message without a sound."""

    target: Ref


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer the press of a button; every press gets exactly one. Alerts hold at most 200 characters."""

    callback_id: str
    words: Words | None = None
    alert: bool = False


@dataclass(frozen=True, slots=True)
class MakeTopic:
    """Make the forum topic of an initiative."""

    chat: int
    about: int
    name: str


@dataclass(frozen=True, slots=True)
class NameTopic:
    """Rename, close or reopen the forum topic of an initiative."""

    chat: int
    about: int
    name: str = ""
    closed: bool | None = None


@dataclass(frozen=True, slots=True)
class SayFollowers:
    """Send a text to each follower of an initiative, in their language, once, outside quiet hours."""

    about: int
    key: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Follow:
    """A person follows an initiative from now on, or no longer."""

    person: int
    about: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Let something fall due; a timer of the same key is replaced. Comes back as the event `Fell`."""

    key: str
    kind: str
    due: datetime
    about: int = 0
    chat: int = 0


@dataclass(frozen=True, slots=True)
class DropTimer:
    """A timer is no longer needed; one that is not there is no fault."""

    key: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line of an initiative's timeline, which is never changed: what happened, who did it, who may see it.

    `seen_by`: "staff" | "owner" | "public".
    """

    about: int
    kind: str
    actor: str
    seen_by: str = "staff"
    data: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TellHumans:
    """Tell the admins (or, where there are none, the staff group) what they must mend."""

    words: Content
    buttons: Buttons = ()


@dataclass(frozen=True, slots=True)
class SendRules:
    """Send a version of the rules as a file; 0 is the one in force. The file's name holds the number."""

    to: To
    version: int
    caption: Words
    buttons: Buttons = ()
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class SendPages:
    """Send the file of a page that answers questions, or all of them in one where `file` is ""."""

    to: To
    file: str
    caption: Words
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class RulesErrand:
    """Ask the keeper of the rules, who answers with news (see `rule_news`).

    `kind`: "judge" a sent file (`file_id`, its name in `text`, `number` the version it was made from or 0), "use" a
    waiting file, "back" to a version, "drop" a waiting file, "look" at what a sentence would meet, "list" the
    versions, "tell" what the newest one changed, "barred" to write down that somebody was turned away. `who` asks in
    `chat`. `newest` is the version that was in force when they were asked. `sure` says that they were asked twice.
    `heirs` holds, by a leaver's id, the agent who is to have their ideas. What begins with "page_" asks the keeper of
    the pages for the same (see `page_news`).
    """

    kind: Literal[
        "judge", "use", "back", "drop", "look", "list", "tell", "barred",
        "page_judge", "page_use", "page_back", "page_drop", "page_list",
    ]  # fmt: skip
    chat: int
    who: str = ""
    number: int = 0
    newest: int = 0
    text: str = ""
    file_id: str = ""
    sure: bool = False
    heirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoveChat:
    """A group has a new id: every stored id changes with it."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class KeepPost:
    """Know this of an agent from now on, besides the rules (see `roster.Post`)."""

    agent: str
    post: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Recount:
    """Tell somebody who comes to an initiative what was said before, out of its timeline."""

    to: To
    about: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """Write to the log that something was refused: what and on which initiative, never who or which words."""

    what: str
    about: int = 0


Effect = (
    Say
    | SendMedia
    | SendPlace
    | Invite
    | CaseFile
    | Rewrite
    | Strip
    | Erase
    | Pin
    | Answer
    | MakeTopic
    | NameTopic
    | SayFollowers
    | Follow
    | SetTimer
    | DropTimer
    | Note
    | TellHumans
    | SendRules
    | SendPages
    | RulesErrand
    | MoveChat
    | KeepPost
    | Recount
    | Suspect
)
