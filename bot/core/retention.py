"""How long things are kept: when what has ended loses its personal data, and when what is open is asked about."""

from datetime import datetime

from bot.core.frame import Promises
from bot.core.initiative import Initiative


def ends(initiative: Initiative, promises: Promises) -> datetime:
    """When the personal data of what has ended is deleted: so many months after the last thing that happened."""
    return months_after(initiative.touched, promises.closed_months)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later; the month's last day where there is no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1)
