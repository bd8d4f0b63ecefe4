"""The numbers that hold the municipality to account: one function for citizens, the coordinator, board and report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.initiative import Initiative, Stage
from bot.core.tally import Counted, fate

FEW = 3
"""Fewer initiatives than this that are not public are not counted out: somebody could be recognised."""
MONTH = "%Y-%m"

MEASURES: Mapping[str, Callable[[Counted, str], bool]] = {
    "received": lambda _one, _fate: True,
    "in_time": lambda _one, fate: fate == "in_time",
    "late": lambda _one, fate: fate == "late",
    "overdue": lambda _one, fate: fate == "overdue",
    "waiting": lambda _one, fate: fate == "open",
    "stopped": lambda _one, fate: fate == "not_counted",
    "may_not": lambda one, _fate: one.stage is Stage.MAY_NOT,
    "can_not": lambda one, _fate: one.stage is Stage.CAN_NOT,
    "done": lambda one, _fate: one.stage is Stage.DONE,
    "withdrawn": lambda one, _fate: one.stage is Stage.WITHDRAWN and not one.deleted,
}
"""What is counted, in the order in which it is told: each from an initiative and what became of its first promise."""


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
    judged = [(one, fate(one, now)) for one in every]
    months: dict[str, list[tuple[Counted, str]]] = {}
    topics: dict[str, list[tuple[Counted, str]]] = {}
    for one, what in judged:
        months.setdefault(one.sent.astimezone(now.tzinfo).strftime(MONTH), []).append((one, what))
        topics.setdefault(one.topic, []).append((one, what))
    late = sorted(((one.first_due, one) for one, what in judged if what == "overdue"), key=lambda pair: pair[0])
    return Numbers(
        at=now,
        whole=_counts(judged),
        months={month: _counts(months[month]) for month in sorted(months, reverse=True)},
        topics={topic: _counts(topics[topic]) for topic in sorted(topics, key=lambda topic: (not topic, topic))},
        overdue=tuple(Waiting(one.number, since) for since, one in late if one.public),
        longest=days_since(late[0][0], now) if late else 0,
    )


def days_since(since: datetime, now: datetime) -> int:
    """Whole days by the calendar."""
    return (now.date() - since.astimezone(now.tzinfo).date()).days


def _counts(judged: Sequence[tuple[Counted, str]]) -> Counts:
    counts: dict[str, Count] = {}
    for name, holds in MEASURES.items():
        met = [one.public for one, what in judged if holds(one, what)]
        public = sum(met)
        counts[name] = Count(public, len(met) - public)
    return counts
