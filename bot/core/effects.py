"""Everything that the bot can do, as plain values; the shell saves them, the outbox performs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.bars import KeepBar as KeepBar
from bot.core.bars import LiftBar as LiftBar
from bot.core.content import Button as Button
from bot.core.content import Buttons as Buttons
from bot.core.content import Content as Content
from bot.core.content import Field as Field
from bot.core.content import Parts as Parts
from bot.core.content import Quote as Quote
from bot.core.content import Ref as Ref
from bot.core.content import Tag as Tag
from bot.core.content import To as To
from bot.core.content import Words as Words
from bot.core.events import Media, Place
from bot.core.following import Follow as Follow
from bot.core.following import MendFollowers as MendFollowers
from bot.core.following import SayFollowers as SayFollowers
from bot.core.following import TakePart as TakePart
from bot.core.keeping import Clear as Clear
from bot.core.keeping import EndForgetting as EndForgetting
from bot.core.keeping import Forget as Forget
from bot.core.keeping import OwnFile as OwnFile
from bot.core.keeping import Redact as Redact
from bot.core.keeping import SendWaiting as SendWaiting


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
    grows when the appointment of an initiative (`about`) moves or is another person's, so that calendars change it too
    (RFC 5545). What belongs to no initiative has a `uid` of its own. `after` delays it (quiet hours).
    """

    to: To
    about: int
    at: datetime
    minutes: int
    title: Words
    where: str
    caption: Content
    made: datetime
    sequence: int = 0
    uid: str = ""
    tag: Tag | None = None
    after: datetime | None = None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Send the whole case of an initiative as a file, with its timeline as it stands when this step is kept."""

    to: To
    about: int
    asked_by: str
    caption: Words


@dataclass(frozen=True, slots=True)
class SendCode:
    """Send a link as the square code that a phone reads."""

    to: To
    about: int
    link: str
    caption: Words


@dataclass(frozen=True, slots=True)
class SendPaper:
    """Send a sheet of paper that is ready to be printed; `lines` are styles (see `printing.paper`) with their words.

    Words in a style of their own (the link of a code) stand as they are.
    """

    to: To
    name: str
    title: Words
    lines: tuple[tuple[str, Words | str], ...]
    caption: Words


@dataclass(frozen=True, slots=True)
class KeepPoster:
    """A place has a poster from now on, by the short name that stands in its link; who opens it is counted."""

    slug: str
    place: str


@dataclass(frozen=True, slots=True)
class CameBy:
    """Somebody opened the bot from a poster: one more there, and not who. A poster that nobody made counts nothing."""

    slug: str


@dataclass(frozen=True, slots=True)
class TellPosters:
    """Tell how many have come from each poster."""

    to: To


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

    A person's own message can't be overwritten: there `otherwise` is None. `beneath` says that the words stand beneath
    a file, so that only they can be overwritten.
    """

    target: Ref
    otherwise: Words | None
    tag: Tag | None = None
    tell: bool = False
    beneath: bool = False


@dataclass(frozen=True, slots=True)
class DropTopic:
    """Delete a forum topic with all that stands in it."""

    chat: int
    thread: int
    tag: Tag


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
class SendList:
    """Send the whole list of what is public as a file that spreadsheets read, in a language."""

    to: To
    caption: Words


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
    """Tell the admins (or, where there are none, the staff group) what they must mend.

    Of the same `trouble`, however it shows itself, they hear once until it is over; "" is told each time.
    """

    words: Content
    buttons: Buttons = ()
    tag: Tag | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class TroubleOver:
    """A trouble that the admins may have been told of is there no more: the next time is news again."""

    trouble: str


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


ErrandKind = Literal[
    "judge", "use", "back", "drop", "look", "list", "tell", "propose", "words",
    "barred", "page_judge", "page_use", "page_back", "page_drop", "page_list",
]  # fmt: skip
"""What the keeper of the rules and the pages is asked for."""


@dataclass(frozen=True, slots=True)
class RulesErrand:
    """Ask the keeper of the rules, who answers with news (see `rule_news`).

    `kind`: "judge" a sent file (`file_id`, its name in `text`, `number` the version it was made from or 0), "use" a
    waiting file, "back" to a version, "drop" a waiting file, "look" at what a sentence would meet, "list" the
    versions, "tell" what the newest one changed, "propose" the words that corrections point to, "words" that no rule
    knows, "barred" to write down that somebody was turned away. `who` asks in `chat`. `newest` is the version that was
    in force when they were asked. `sure` says that they were asked twice. `heirs` holds, by a leaver's id, the agent
    who is to have their ideas. "page_..." asks the keeper of the pages for the same (see `page_news`).
    """

    kind: ErrandKind
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
class FindSent:
    """Show staff what was sent to an initiative's citizen lately, so that they can take it back."""

    to: To
    about: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """Write to the log that something was refused: what and on which initiative, never who or which words."""

    what: str
    about: int = 0


Effect = (
    Say | SendMedia | SendPlace | Invite | CaseFile | SendCode | SendPaper | KeepPoster | CameBy | TellPosters |
    Rewrite | Strip | Erase | Pin | Answer | MakeTopic | NameTopic | SayFollowers | MendFollowers | Follow | TakePart |
    SendList | SetTimer | DropTimer | Note | TellHumans | SendRules | SendPages | RulesErrand | MoveChat | KeepPost |
    Recount | FindSent | Suspect | TroubleOver |
    OwnFile | Forget | EndForgetting | Clear | Redact | SendWaiting |
    DropTopic | KeepBar | LiftBar
)  # fmt: skip
