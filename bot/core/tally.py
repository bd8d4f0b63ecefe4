"""How an initiative counts in the numbers: always against the first promise, whatever dates were given since."""

from datetime import datetime
from typing import Literal

from bot.core.initiative import Initiative, Stage, Turn

FirstPromise = Literal["open", "in_time", "late", "overdue", "not_counted"]


def first_promise(initiative: Initiative, now: datetime) -> FirstPromise:
    """What became of the first promised answer.

    "in_time" and "late" have been answered (or ended without an answer, which is late); "overdue" still waits after
    the date, "open" before it, while it is the citizen's own turn or they get no messages; what the citizen took back
    is "not_counted".
    """
    if initiative.answered is not None:
        return "in_time" if initiative.answered <= initiative.first_due else "late"
    if initiative.stage in (Stage.WITHDRAWN, Stage.JOINED):
        return "not_counted"
    if initiative.stage.closed:
        return "late"
    waits = initiative.step.turn is not Turn.CITIZEN and not initiative.out_of_reach
    return "overdue" if waits and initiative.first_due < now else "open"
