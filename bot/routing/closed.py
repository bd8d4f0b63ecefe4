"""Danish public holidays, worked out by the package `holidays` in a short process of its own."""

import subprocess
import sys
from datetime import date
from functools import cache

SECONDS = 60


@cache
def public_holidays(first: int, last: int) -> frozenset[date]:
    """The public holidays of these years, both included.

    The package brings the calendars of the whole world: 15 MB that would stay with the bot as long as it runs.

    Raises:
        subprocess.SubprocessError: Python could not be started, or took longer than a minute.
    """
    years = [str(first), str(last)]
    command = [sys.executable, "-m", "bot.routing.denmark", *years]
    ended = subprocess.run(command, check=True, capture_output=True, text=True, timeout=SECONDS)  # nosec B603 # noqa: S603
    return frozenset(date.fromisoformat(day) for day in ended.stdout.split())
