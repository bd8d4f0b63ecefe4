"""The numbers that hold the municipality to account: one function for citizens, the coordinator, board and report."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.core.initiative import Initiative, Stage
from bot.core.tally import Counted, fate

FEW = 3
"""Fewer initiatives than this that are not public are not counted out: somebody could be recognised."""
MONTH = "%Y-%m"


class _Alike(NamedTuple):
    """What initiatives have in common that count alike; there are far fewer of these than initiatives."""

    month: tuple[int, int]
    topic: str
    fate: str
    stage: Stage
    public: bool
    deleted: bool


MEASURES: Mapping[str, Callable[[_Alike], bool]] = {
    "received": lambda _: True,
    "in_time": lambda one: one.fate == "in_time",
    "late": lambda one: one.fate == "late",
    "overdue": lambda one: one.fate == "overdue",
    "waiting": lambda one: one.fate == "open",
    "stopped": lambda one: one.fate == "not_counted",
    "may_not": lambda one: one.stage is Stage.MAY_NOT,
    "can_not": lambda one: one.stage is Stage.CAN_NOT,
    "done": lambda one: one.stage is Stage.DONE,
    "withdrawn": lambda one: one.stage is Stage.WITHDRAWN and not one.deleted,
}
"""What is counted, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many: those that everybody may see, and the rest."""

    public: int = 0
    rest: int = 0

    @property
    def few(self) -> bool:
        """Whether so few are not public that their number is kept back."""
        return 0 < self.rest < FEW

    @property
    def known(self) -> int:
        """What is told as a number: all of them, or only the public ones where the rest are few."""
        return self.public if self.few else self.public + self.rest


Counts = Mapping[str, Count]
"""A count for each of `MEASURES`."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A public initiative whose first promised answer is overdue: since when."""

    number: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Numbers:
    """All numbers at one moment: the whole, by the month in which an initiative was sent, and by topic.

    `longest` is how many days the oldest overdue answer is late; `overdue` are the public ones, the oldest first.
    """

    at: datetime
    whole: Counts
    months: Mapping[str, Counts]
    topics: Mapping[str, Counts]
    overdue: tuple[Waiting, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class Account:
    """The numbers, and the public initiatives that they name as overdue."""

    numbers: Numbers
    initiatives: Mapping[int, Initiative]


def count(every: Iterable[Counted], now: datetime) -> Numbers:
    """The numbers of these initiatives as they stand at `now` (aware, in the municipality's zone)."""
    alike: Counter[_Alike] = Counter()
    late: list[tuple[datetime, Counted]] = []
    for one in every:
        what = fate(one, now)
        month = one.sent.astimezone(now.tzinfo)
        alike[_Alike((month.year, month.month), one.topic, what, one.stage, one.public, one.deleted)] += 1
        if what == "overdue":
            late.append((one.first_due, one))
    late.sort(key=lambda pair: pair[0])
    months: dict[str, dict[_Alike, int]] = {}
    topics: dict[str, dict[_Alike, int]] = {}
    for kind, many in alike.items():
        months.setdefault("{:04}-{:02}".format(*kind.month), {})[kind] = many
        topics.setdefault(kind.topic, {})[kind] = many
    return Numbers(
        at=now,
        whole=_counts(alike),
        months={month: _counts(months[month]) for month in sorted(months, reverse=True)},
        topics={topic: _counts(topics[topic]) for topic in sorted(topics, key=lambda topic: (not topic, topic))},
        overdue=tuple(Waiting(one.number, since) for since, one in late if one.public),
        longest=days_since(late[0][0], now) if late else 0,
    )


def days_since(since: datetime, now: datetime) -> int:
    """Whole days by the calendar."""
    return (now.date() - since.astimezone(now.tzinfo).date()).days


def _counts(alike: Mapping[_Alike, int]) -> Counts:
    counts: dict[str, Count] = {}
    for name, holds in MEASURES.items():
        met = [(kind.public, many) for kind, many in alike.items() if holds(kind)]
        public = sum(many for shown, many in met if shown)
        counts[name] = Count(public, sum(many for _, many in met) - public)
    return counts
