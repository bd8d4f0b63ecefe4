"""The time that the municipality lives by: the real one, moved by the seconds in a file where there is one."""

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = "Europe/Copenhagen"


class MovedClock:
    """`Clock`: aware, in the municipality's zone, moved by the number of seconds that the offset file holds.

    The file is looked at on each call and read when it has changed. While it is missing, time is the real one; while
    it holds no number (somebody is just writing it), the last number counts.
    """

    def __init__(self, offset_file: Path | None = None, zone: str = ZONE) -> None:
        """`offset_file` holds seconds as text (SKAB_CLOCK_FILE); None for the real time."""
        self._file = offset_file
        self._zone = ZoneInfo(zone)
        self._seen: tuple[int, int, int] | None = None
        self._offset = timedelta(0)

    def __call__(self) -> datetime:
        """Now."""
        # The offset is added before the zone is, so that summer time is that of the day moved to.
        return (datetime.now(UTC) + self._moved()).astimezone(self._zone)

    def _moved(self) -> timedelta:
        if self._file is None:
            return self._offset
        try:
            found = self._file.stat()
            mark = (found.st_ino, found.st_mtime_ns, found.st_size)
            if mark != self._seen:
                self._offset = _span(self._file.read_text(encoding="ascii"))
                self._seen = mark
        except FileNotFoundError:
            self._offset, self._seen = timedelta(0), None
        except (OSError, ValueError, OverflowError):
            return self._offset
        return self._offset


def _span(written: str) -> timedelta:
    """The seconds that the file holds. ValueError or OverflowError if they are none that a date can be moved by."""
    seconds = float(written)
    if not math.isfinite(seconds) or abs(seconds) > timedelta(days=36525).total_seconds():
        raise ValueError("more than a hundred years")
    return timedelta(seconds=seconds)
