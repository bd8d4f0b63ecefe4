"""What follows for those who look on at an initiative: they follow it, take part in it, and hear what moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.content import Field, Tag


@dataclass(frozen=True, slots=True)
class SayFollowers:
    """Tell each follower of an initiative in their language, once, outside quiet hours; one press ends it.

    Whoever wants the news gathered gets it with the rest of the week's. `last` says that nothing more will come, `ask`
    is the first name of the responsible where followers are to say what they make of it, else "".
    """

    about: int
    key: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    tag: Tag | None = None
    last: bool = False
    ask: str = ""


@dataclass(frozen=True, slots=True)
class MendFollowers:
    """Tell followers what the news are, where they read something else, which `before` filled; `news` has its tag.

    Whoever got it reads it mended, and a correction besides without a sound; whoever did not gets only what is right.
    """

    news: SayFollowers
    before: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Follow:
    """A person follows an initiative from now on, or no longer."""

    person: int
    about: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class TakePart:
    """A person takes part in an initiative that another began from now on, or no longer."""

    person: int
    about: int
    on: bool = True
