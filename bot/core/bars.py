"""That somebody can't write to staff through the bot for a while: who, why, by whom, and until when."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.content import Words

COMMAND = "spaer"
"""What a coordinator or an admin writes; alone it shows the list."""
KIND = "citizen_bar"
"""The timer that ends one; it is one of the citizen's own."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as it is kept until it ends. `about` is the initiative under which it was set, `lang` the citizen's own.

    `reason` is in the words of whoever set it, `by`; the citizen reads it too.
    """

    person: int
    name: str
    about: int
    by: str
    reason: str
    since: datetime
    until: datetime
    lang: str = "da"

    @property
    def mark(self) -> str:
        """What a button names it by: staff's chats hold nobody's Telegram id."""
        return str(int(self.since.timestamp()))


@dataclass(frozen=True, slots=True)
class KeepBar:
    """From now on this person is barred; an earlier bar of theirs is replaced."""

    bar: Bar


@dataclass(frozen=True, slots=True)
class LiftBar:
    """The person can write again, and nothing is kept of it but that it was."""

    person: int


def timer(person: int) -> str:
    """The key of the timer that ends the bar of a person."""
    return f"{KIND}:{person}"


def over(bar: Bar) -> Words:
    """What the citizen is told when it has ended."""
    return Words("citizen.bar.over", bar.lang)
