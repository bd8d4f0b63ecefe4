"""How an initiative counts in the numbers: always against the first promise, whatever dates were given since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.initiative import Initiative, Stage, Turn

FirstPromise = Literal["open", "in_time", "late", "overdue", "not_counted"]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the numbers know of one initiative: no words and no person. It stays when the initiative is deleted.

    `topic` is the id of the topic that it is most about, or "". One that is `deleted` is not public.
    """

    number: int
    sent: datetime
    first_due: datetime
    answered: datetime | None
    stage: Stage
    turn: Turn
    topic: str
    public: bool
    deleted: bool = False


def counted(initiative: Initiative) -> Counted:
    """What is left of an initiative for the numbers."""
    return Counted(
        number=initiative.number,
        sent=initiative.sent,
        first_due=initiative.first_due,
        answered=initiative.answered,
        stage=initiative.stage,
        turn=initiative.step.turn,
        topic=initiative.topics[0].topic if initiative.topics else "",
        public=initiative.public,
    )


def first_promise(initiative: Initiative, now: datetime) -> FirstPromise:
    """What became of the first promised answer, see `fate`."""
    return fate(counted(initiative), now)


def fate(one: Counted, now: datetime) -> FirstPromise:
    """What became of the first promised answer.

    "in_time" and "late" have been answered (or ended without an answer, which is late); "overdue" still waits after
    the date, "open" before it, while it is the citizen's own turn or they get no messages; what the citizen took back
    is "not_counted".
    """
    if one.answered is not None:
        return "in_time" if one.answered <= one.first_due else "late"
    if one.stage in (Stage.WITHDRAWN, Stage.JOINED) or (one.deleted and not one.stage.closed):
        return "not_counted"
    if one.stage.closed:
        return "late"
    waits = one.turn is not Turn.CITIZEN
    return "overdue" if waits and one.first_due < now else "open"
