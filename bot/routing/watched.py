"""A file that somebody edits: looked at often, read only when it has been left alone for a moment."""

from pathlib import Path
from typing import NamedTuple

STEADY = 1.5
"""Seconds that a file must be left alone before it is read: some editors save in two steps, up to 1 s apart."""


class Read(NamedTuple):
    """What a file held when it was read; None where there is none."""

    data: bytes | None


class Watched:
    """One file; `poll` is called every half second or so by whoever owns the clock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._changed_at: float | None = 0.0

    def poll(self, now: float) -> Read | None:
        """Look at the file at `now` (seconds of a steady clock); what it holds, once after each change, or None."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen, self._changed_at = stamp, now
        if self._changed_at is None or now - self._changed_at < STEADY:
            return None
        data = self.read()
        if self._stamp() != stamp:
            # Somebody writes at this very moment: what was read may be half of it.
            return None
        self._changed_at = None
        return Read(data)

    def read(self) -> bytes | None:
        """What the file holds now; None where it can't be read."""
        try:
            return self.path.read_bytes()
        except OSError:
            return None

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
