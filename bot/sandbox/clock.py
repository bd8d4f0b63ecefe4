"""The sandbox's clock: real time plus an offset that a tester moves and that is told to the bot through a file."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
LAST = 2**32  # seconds since 1970: dates of Telegram's are whole numbers of 32 bits


class Clock:
    """Seconds since 1970 as the sandbox sees them; `file` holds the offset in seconds as text, if it is given."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.offset = 0.0
        if file is not None and file.exists():
            self.offset = float(file.read_text().strip() or 0)
        self._save()

    def now(self) -> float:
        """The moved time in seconds since 1970."""
        return time.time() + self.offset

    def date(self) -> int:
        """The moved time as the Bot API writes dates: whole seconds since 1970."""
        return int(self.now())

    def iso(self) -> str:
        """The moved time in Copenhagen, ISO 8601."""
        return datetime.fromtimestamp(self.now(), ZONE).isoformat()

    def forward(self, seconds: float) -> None:
        """Move the clock on by `seconds` (negative: back). ValueError if it would leave the years 1970 to 2106."""
        self._move(self.offset + seconds)

    def set(self, iso: str) -> None:
        """Set the clock to an ISO 8601 moment; without a zone it is Copenhagen time. ValueError as for `forward`."""
        moment = datetime.fromisoformat(iso)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZONE)
        self._move(moment.astimezone(UTC).timestamp() - time.time())

    def to_monday(self) -> None:
        """Move on to the next Monday at 09:00 in Copenhagen."""
        here = datetime.fromtimestamp(self.now(), ZONE)
        monday = here.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=-here.weekday() % 7)
        if monday <= here:
            monday += timedelta(days=7)
        self.set(monday.isoformat())

    def _move(self, offset: float) -> None:
        if not 0 <= time.time() + offset < LAST:
            raise ValueError("the clock goes from 1970 to 2106")
        self.offset = offset
        self._save()

    def _save(self) -> None:
        if self.file is None:
            return
        # Written beside and renamed: a bot that reads at this very moment must never see half a number.
        beside = self.file.with_name(self.file.name + ".new")
        beside.write_text(f"{self.offset:.6f}\n")
        os.replace(beside, self.file)
