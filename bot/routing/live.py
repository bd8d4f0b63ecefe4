"""The router in force: a changed file is checked first and swapped in whole, a bad one leaves the last good one."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from bot.core.frame import Frame
from bot.routing.beside import Beside, in_turn
from bot.routing.checks import find_unseated
from bot.routing.document import Document, read_document
from bot.routing.faults import Problem, fault
from bot.routing.frame import build_frame, seat_frame
from bot.routing.load import digest, load_rules
from bot.routing.match import Router
from bot.routing.watched import Watched


@dataclass(frozen=True, slots=True)
class Accepted:
    """Rules that passed every check: the router, the frame, the file's bytes (packed), and warnings to tell.

    `agents` says where the block of each agent stands.
    """

    router: Router
    frame: Frame
    packed: bytes
    warnings: tuple[Problem, ...]
    agents: Mapping[str, tuple[int, int]]

    @property
    def data(self) -> bytes:
        """The file's bytes: asked for now and then, and a megabyte that need not lie there meanwhile."""
        return zlib.decompress(self.packed)

    def topic_name(self, topic: str) -> str:
        """What a topic is called in Danish; its id where it is gone."""
        return self.frame.topics[topic].label["da"] if topic in self.frame.topics else topic


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not used, with every reason."""

    problems: tuple[Problem, ...]
    digest: str


def accept(data: bytes, seats: Mapping[str, int] | None = None, staff_chat: int | None = None) -> Accepted | Refused:
    """Check the bytes of a rules file all the way, examples too; never raises for what they hold.

    `seats` and `staff_chat` are set outside the file: see `seat`.
    """
    return seat(examine(data), seats, staff_chat)


def seat(found: Accepted | Refused, seats: Mapping[str, int] | None, staff_chat: int | None) -> Accepted | Refused:
    """The same rules with agents' Telegram ids and the staff group that are set outside the file.

    Takes no time to speak of, so that what was learned serves whoever sits where.
    """
    if isinstance(found, Refused):
        return found
    rules, seats = found.router.rules, seats or {}
    return replace(
        found,
        router=found.router.seat(seats),
        frame=seat_frame(found.frame, seats, staff_chat),
        warnings=tuple(sorted({*found.warnings, *find_unseated(rules, seats, found.agents)})),
    )


def examine(data: bytes, beside: Beside = in_turn) -> Accepted | Refused:
    """Check the bytes all the way, without what is set outside the file.

    `beside` is how what takes longest is learned: in turn, or while the rest goes on.
    """
    loaded = load_rules(data)
    if loaded.rules is None:
        return Refused(loaded.problems, digest(data))
    router = Router(loaded.rules, beside)
    # What this asks is known already, while kinds and danger may still be learned.
    lost = tuple(_find_lost_examples(router, data))
    router.settle()
    if lost:
        return Refused(lost, digest(data))
    return Accepted(router, build_frame(loaded.rules), zlib.compress(data, 1), loaded.warnings, loaded.agents)


Check = Callable[[bytes, Mapping[str, int] | None, int | None], Accepted | Refused]


class Lost(NamedTuple):
    """An example that no longer reaches its topic: the field that it stands in, its number there, and what won."""

    topic: str
    field: str
    number: int
    text: str
    found: str


def find_lost(router: Router) -> list[Lost]:
    """The examples that no longer reach their own topic."""
    return [
        Lost(topic, field, number, text, found)
        for topic, block in router.rules.topics.items()
        for field, texts in (("eksempler", block.examples), ("tilbud", block.offers))
        for number, text in enumerate(texts)
        if (found := router.first_topic(text)) != topic
    ]


def _find_lost_examples(router: Router, data: bytes) -> Iterator[Problem]:
    """The examples that no longer reach their own topic, with where they stand and what won."""
    lost = find_lost(router)
    # Only now are their lines looked up: reading the file once more takes time and memory that a good file spares.
    marks = read_document(data) if lost else Document()
    for one in lost:
        at = marks.place(("emner", one.topic, one.field, one.number))
        yield fault("lost_example", at, {"example": one.text, "topic": one.topic, "found": one.found or "–"})


class LiveRules:
    """Watches one rules file; `poll` is called every half second or so by whoever owns the clock."""

    def __init__(
        self,
        path: Path,
        current: Accepted,
        seats: Mapping[str, int] | None = None,
        staff_chat: int | None = None,
        judged: str | None = None,
        *,
        broken: bool = False,
        check: Check = accept,
    ) -> None:
        """`judged` is the digest of the file as it was met at the start, where that is not what is in force.

        `broken` says that it can't be used; `check` is how the bytes of a file are checked.
        """
        self.path = path
        self._seats = seats
        self._staff_chat = staff_chat
        self._check = check
        self.current = current
        self._judged = digest(current.data) if judged is None else judged
        self._broken = broken
        self._met = False
        self._file = Watched(path)

    def poll(self, now: float) -> Accepted | Refused | None:
        """Look at the file at `now` (seconds of a steady clock); what came of a save, once, or None.

        A good change is in force when this returns; a bad one leaves `current` as it is. What comes is `current`
        itself when a file that could not be used was put right again.
        """
        read = self._file.poll(now)
        return None if read is None else self._judge(read.data)

    def judge(self, data: bytes) -> Accepted | Refused:
        """What comes of these bytes; nothing is put into force."""
        return self._check(data, self._seats, self._staff_chat)

    @property
    def on_disk(self) -> str:
        """The digest of the file as it was last looked at; "" for none."""
        return self._judged

    @property
    def broken(self) -> bool:
        """Whether the file can't be used as it is; what is in force is then an earlier version."""
        return self._broken

    @property
    def unjudged(self) -> bool:
        """Whether the file holds something that nobody has looked at yet."""
        data = self._file.read()
        return data is not None and digest(data) not in (self._judged, digest(self.current.data))

    def take(self, accepted: Accepted, on_disk: str) -> None:
        """These rules are in force from now on; `on_disk` is the digest of what the file holds now."""
        self.current = accepted
        self._judged, self._broken = on_disk, False

    def meet(self, on_disk: str, *, broken: bool) -> None:
        """Somebody else has looked at the file meanwhile: what it held then, and whether that could not be used."""
        self._judged, self._broken = on_disk, broken

    def _judge(self, data: bytes | None) -> Accepted | Refused | None:
        found = "" if data is None else digest(data)
        known = found == self._judged and not self._met
        self._met = True
        if known:
            return None
        before, self._judged = self._judged, found
        if data is None:
            self._broken = True
            return Refused((Problem(1, 1, f"filen {self.path.name} er væk", "Læg den tilbage"),), "")
        if found == digest(self.current.data):
            mended, self._broken = self._broken, False
            return self.current if mended else None
        if found == before and not self._broken:
            return None
        outcome = self.judge(data)
        self._broken = isinstance(outcome, Refused)
        if isinstance(outcome, Accepted):
            self.current = outcome
        return outcome
