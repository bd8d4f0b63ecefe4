"""Lists of open initiatives as they are asked of the store: a page of one, how many are on it, who has how many."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.core import marks
from bot.core.initiative import Initiative, Turn


class Standing(NamedTuple):
    """How an initiative stands on the lists, so that they need not be read to be found.

    `ours` is its date while it is the municipality's move, `late` the first promised date that passed without an
    answer; neither where it has ended, or its citizen gets no messages. `misses` are the dates that passed in a row.
    """

    ours: datetime | None
    late: datetime | None
    misses: int


class Wanted(NamedTuple):
    """Which list: "koe" and "mine" by date, "i_dag" those of them that are due by `until`, "overskredet" what is late.

    `agent` is whose it is, the responsible's or a helper's, or "" for everybody's. It goes on after a line: its moment
    in seconds and its number.
    """

    command: str
    agent: str
    now: datetime
    until: datetime
    most: int
    after: tuple[int, int] | None = None


class Listed(NamedTuple):
    """The lines that are shown, and how many there are with those that come after them."""

    many: int
    shown: Sequence[Initiative]


class Load(NamedTuple):
    """How many open ones somebody is responsible for, and how many of them are late; `agent` is their id."""

    agent: str
    name: str
    many: int
    late: int


class Lists(Protocol):
    """What the store tells of them."""

    def page(self, wanted: Wanted, /) -> Listed:
        """The next lines of a list, in its order."""
        ...

    def again(self, now: datetime, most: int, /) -> tuple[int, Sequence[int]]:
        """How many of the late ones have missed more than one date in a row, and the first of their numbers."""
        ...

    def loads(self, now: datetime, /) -> Sequence[Load]:
        """Who is responsible for how many, whoever has most first."""
        ...


class NoLists:
    """Where nobody looks."""

    def page(self, _: Wanted, /) -> Listed:
        """Nothing."""
        return Listed(0, ())

    def again(self, _: datetime, __: int, /) -> tuple[int, Sequence[int]]:
        """None."""
        return 0, ()

    def loads(self, _: datetime, /) -> Sequence[Load]:
        """Nobody."""
        return ()


def standing(initiative: Initiative) -> Standing:
    """How it stands on the lists."""
    misses = int(marks.value(initiative, marks.MISSES) or 0)
    if initiative.stage.closed or initiative.out_of_reach:
        return Standing(None, None, misses)
    ours = initiative.step.due if initiative.step.turn is not Turn.CITIZEN else None
    return Standing(ours, marks.moment(initiative, marks.LATE_SINCE), misses)


def place(wanted: Wanted, initiative: Initiative) -> tuple[int, int]:
    """What that list is in order by: its moment in seconds, then the number."""
    late = standing(initiative).late if wanted.command == "overskredet" else None
    return int((late or initiative.step.due).timestamp()), initiative.number
