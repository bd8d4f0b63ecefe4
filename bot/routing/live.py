"""The router in force: a changed file is checked first and swapped in whole, a bad one leaves the last good one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.core.frame import Frame
from bot.routing.document import read_document
from bot.routing.faults import Problem, fault
from bot.routing.frame import build_frame
from bot.routing.load import digest, load_rules
from bot.routing.match import Router

STEADY = 1.0
"""Seconds that a file must be left alone before it is judged: some editors save in two steps."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Rules that passed every check: the router, the frame, the file's bytes, and warnings to tell."""

    router: Router
    frame: Frame
    data: bytes
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not used, with every reason."""

    problems: tuple[Problem, ...]
    digest: str


def accept(data: bytes, seats: Mapping[str, int] | None = None, staff_chat: int | None = None) -> Accepted | Refused:
    """Check the bytes of a rules file all the way, examples too; never raises for what they hold."""
    loaded = load_rules(data, seats)
    if loaded.rules is None:
        return Refused(loaded.problems, digest(data))
    router = Router(loaded.rules, seats)
    lost = tuple(_find_lost_examples(router, data))
    if lost:
        return Refused(lost, digest(data))
    return Accepted(router, build_frame(loaded.rules, seats, staff_chat), data, loaded.warnings)


def _find_lost_examples(router: Router, data: bytes) -> Iterator[Problem]:
    """The examples that no longer reach their own topic, with what won."""
    marks = read_document(data)
    for topic, block in router.rules.topics.items():
        for number, example in enumerate(block.examples):
            first = router.first_topic(example)
            if first != topic:
                at = marks.place(("emner", topic, "eksempler", number))
                yield fault("lost_example", at, {"example": example, "topic": topic, "found": first or "–"})


class LiveRules:
    """Watches one rules file; `poll` is called every second or so by whoever owns the clock."""

    def __init__(
        self, path: Path, current: Accepted, seats: Mapping[str, int] | None = None, staff_chat: int | None = None
    ) -> None:
        self.path = path
        self._seats = seats
        self._staff_chat = staff_chat
        self.current = current
        self._judged = digest(current.data)
        self._seen: tuple[int, int, int] | None = None
        self._changed_at: float | None = None

    def poll(self, now: float) -> Accepted | Refused | None:
        """Look at the file at `now` (seconds of a steady clock); what came of a change, once, or None.

        A good change is in force when this returns; a bad one leaves `current` as it is.
        """
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen, self._changed_at = stamp, now
        if self._changed_at is None or now - self._changed_at < STEADY:
            return None
        self._changed_at = None
        data = self._read()
        if data is None:
            self._judged = ""
            return Refused((Problem(1, 1, f"filen {self.path.name} er væk", "Læg den tilbage"),), "")
        if digest(data) == self._judged:
            return None
        self._judged = digest(data)
        outcome = accept(data, self._seats, self._staff_chat)
        if isinstance(outcome, Accepted):
            self.current = outcome
        return outcome

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _read(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except OSError:
            return None
