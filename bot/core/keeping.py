"""What follows for what is kept of people: a copy, a deletion, words taken out, and what waited for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.content import Words


@dataclass(frozen=True, slots=True)
class OwnFile:
    """Send a person all that is kept about them, as `kind` "html" (to read) or "json" (for machines).

    `answers_by` is the day by which the data-protection contact answers what the bot does not know.
    """

    person: int
    lang: str
    kind: Literal["html", "json"]
    caption: Words
    answers_by: datetime


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete all that is kept about a person, here and in every chat; comes back as the event `Forgotten`.

    `person` is their Telegram id, or of one without Telegram the number of their own (see `initiative.person_of`).
    `asked` says that it was their own wish, and that they are owed a receipt in the language `lang`; `told` is the chat
    of the agent who tells them, where they can't read it themselves.
    """

    person: int
    lang: str
    asked: bool = True
    told: int = 0


@dataclass(frozen=True, slots=True)
class EndForgetting:
    """This deletion owes nobody a receipt: nothing need be known of it any more."""

    deletion: int


@dataclass(frozen=True, slots=True)
class SendWaiting:
    """Send what people wrote to a person while it could not be sent; what the bot itself had to say is let lie."""

    person: int


@dataclass(frozen=True, slots=True)
class Redact:
    """Take the words of one message (its id on the phone) out of an initiative's timeline for good.

    `chat` is the private chat of whoever wrote it: what is held there of the message goes too, and what is still to be
    sent of it.
    """

    about: int
    message: int
    chat: int = 0


@dataclass(frozen=True, slots=True)
class Clear:
    """Take the personal data out of an initiative that ended long ago, here and in chats; its public history stays."""

    about: int
