"""The mirror: whether a month was lived by the six principles, worked out from what is counted and what happened."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from bot.core.forms import FORMS
from bot.core.initiative import Stage
from bot.core.tally import Counted, fate

CONTACTS = ("helper", "show_ok", "joined", "joined_in")
"""What counts as a contact that was made: a colleague, a council or a fellow citizen came to it."""
MEETINGS = ("meeting",)
NOES = ("form_may_not", "form_can_not", "form_partly")
KINDS = (*CONTACTS, *MEETINGS, "entered", "on_yes", "withdrawn", "reopened", *(f"form_{name}" for name in FORMS))
"""The kinds of lines of a timeline that the mirror looks at."""
WAITS = (1, 2, 3, 6)
"""Days until the first answer, as they are put together: the same day, the next, the second, up to five, more."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of a timeline: its kind, its moment, and whether it told what is possible instead."""

    kind: str
    at: datetime
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """Where ideas came from in the month, and where they could have come from: topics (ids) and places (names)."""

    topics: Mapping[str, int]
    places: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Mirror:
    """One month. `waits` are initiatives by days until the first answer (see `WAITS`); `hours` is the median.

    `kept` of `promised` first promises that fell due in the month were kept; `helped` of `noes` told what is possible
    instead. `stages` counts how often each was reached.
    """

    month: date
    sent: int
    answered: int
    hours: float | None
    waits: tuple[int, ...]
    promised: int
    kept: int
    contacts: int
    meetings: int
    stages: Mapping[Stage, int]
    noes: int
    helped: int
    goes_on: int
    withdrawn: int
    entered: int
    silent_topics: tuple[str, ...]
    silent_places: tuple[str, ...]


def reflect(month: date, rows: Iterable[Counted], happened: Iterable[Happened], heard: Heard, now: datetime) -> Mirror:
    """The mirror of the month that begins on `month`, as it looks at `now`."""
    until = next_month(month)

    def within(at: datetime | None) -> bool:
        return at is not None and month <= at.astimezone(now.tzinfo).date() < until

    every = list(rows)
    spans = [(one.sent, one.answered) for one in every if one.answered is not None and within(one.answered)]
    fates = [fate(one, now) for one in every if within(one.first_due) and one.first_due <= now]
    lines = [line for line in happened if within(line.at)]
    kinds = Counter(line.kind for line in lines)
    noes = [line.instead for line in lines if line.kind in NOES]
    return Mirror(
        month=month,
        sent=sum(within(one.sent) for one in every),
        answered=len(spans),
        hours=median((answered - sent) / timedelta(hours=1) for sent, answered in spans) if spans else None,
        waits=_waits(spans, now),
        promised=sum(one in ("in_time", "late", "overdue") for one in fates),
        kept=fates.count("in_time"),
        contacts=sum(kinds[kind] for kind in CONTACTS),
        meetings=sum(kinds[kind] for kind in MEETINGS),
        stages=_stages(kinds),
        noes=len(noes),
        helped=sum(noes),
        goes_on=kinds["on_yes"],
        withdrawn=kinds["withdrawn"],
        entered=kinds["entered"],
        silent_topics=tuple(topic for topic, many in heard.topics.items() if not many),
        silent_places=tuple(place for place, many in heard.places.items() if not many),
    )


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def last_month(day: date) -> date:
    """The first day of the month before that of `day`."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _waits(spans: Iterable[tuple[datetime, datetime]], now: datetime) -> tuple[int, ...]:
    counts = [0] * (len(WAITS) + 1)
    for sent, answered in spans:
        days = (answered.astimezone(now.tzinfo).date() - sent.astimezone(now.tzinfo).date()).days
        counts[sum(days >= limit for limit in WAITS)] += 1
    return tuple(counts)


def _stages(kinds: Mapping[str, int]) -> Mapping[Stage, int]:
    counts: Counter[Stage] = Counter()
    for name, form in FORMS.items():
        if form.stage is not None:
            counts[form.stage] += kinds[f"form_{name}"]
    return {stage: counts[stage] for stage in Stage if counts[stage]}
