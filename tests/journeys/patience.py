"""How long a start is waited for: as long as the machine lets it move, however slow that is."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MOVED = 0.5
"""Seconds of processor time that tell a process which works from one that only looks whether it may."""
LOOK_SECONDS = 1.0
PROCESSES = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


class Patience:
    """Over once what is waited for has stood still for `seconds`, or has worked for so many and is still not ready.

    By the clock alone a machine that has much to do would be taken for a bot that hangs.
    """

    def __init__(self, seconds: float, used: Callable[[], float], now: Callable[[], float] = time.monotonic) -> None:
        """`used` tells how many seconds of a processor it has had so far."""
        self.seconds = seconds
        self._used, self._now = used, now
        self._last, self._since, self._looked = 0.0, now(), now()

    def over(self) -> bool:
        """Whether it is no use to wait any longer; looks once a second."""
        now = self._now()
        if now - self._looked < LOOK_SECONDS:
            return False
        self._looked, used = now, self._used()
        if abs(used - self._last) >= MOVED:
            self._last, self._since = used, now
        return used > self.seconds or now - self._since > self.seconds


def worked(pid: int) -> float:
    """Seconds of a processor that this process and all that it has begun have had, as far as they are still there."""
    return sum(_seconds(one) for one in family(pid))


def family(pid: int) -> list[int]:
    """The process and all that it and its children have begun, as far as they are still there."""
    parents = dict(_parents())
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def begun_with(pid: int) -> bytes:
    """The words that a process was begun with; nothing where it has ended."""
    try:
        return (PROCESSES / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


def _parents() -> Iterator[tuple[int, int]]:
    for folder in PROCESSES.glob("[0-9]*"):
        fields = _fields(int(folder.name))
        if fields:
            yield int(folder.name), int(fields[1])


def _seconds(pid: int) -> float:
    """Its own time, and that of its children which have ended."""
    return sum(map(int, _fields(pid)[11:15])) / TICKS


def _fields(pid: int) -> list[str]:
    """What `/proc/PID/stat` tells behind the name, which may hold any sign; nothing where it has ended."""
    try:
        return (PROCESSES / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
