"""What the public board shows at one moment: only what everybody may see, and what is told around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Final

from bot.core.display import Shown
from bot.core.frame import Frame
from bot.core.numbers import Numbers
from bot.core.world import Gathering

FILTERS: Final = ("fase", "emne", "sted", "vis")
"""The names by which the list is narrowed, as they stand in its address; `vis` shows what is late or seeks help."""
LATE, SEEKS = "forsinket", "hjaelp"


@dataclass(frozen=True)
class Edition:
    """One edition of the board; a page of it stays the same until the next one.

    `mark` differs between editions. `shown` is by number, `versions` holds a number for each that changes with it.
    `follow` is the address at which an initiative is followed, with `{n}` for its number. `meetings` are those of the
    calendar that are still to come, the next one first.
    """

    mark: str
    now: datetime
    frame: Frame
    shown: Mapping[int, Shown]
    numbers: Numbers
    follow: str
    versions: Mapping[int, int] = field(default_factory=dict)
    meetings: tuple[Gathering, ...] = ()

    def sort(self) -> None:
        """Work out now what the pages of lists are made from; of ten thousand it takes a twentieth of a second."""
        _ = self.index

    def mark_of(self, number: int) -> str:
        """What the page of one initiative is made from, whatever happens to the others."""
        one = self.shown.get(number)
        late = one.late(self.now) if one is not None else None
        return f"{self.frame.rules_hash} {self.versions.get(number)} {late}"

    @cached_property
    def ordered(self) -> tuple[Shown, ...]:
        """All that have words to show, the ones that moved last first."""
        there = (one for one in self.shown.values() if one.title)
        return tuple(sorted(there, key=lambda one: (one.touched, one.number), reverse=True))

    def topic(self, name: str, lang: str) -> str:
        """What a topic is called; one that has left the rules keeps its id."""
        found = self.frame.topics.get(name)
        return found.label.get(lang, found.label["da"]) if found else name

    @cached_property
    def index(self) -> Mapping[str, Mapping[str, frozenset[int]]]:
        """The numbers in the list by each of `FILTERS` and its values."""
        found: dict[str, dict[str, set[int]]] = {name: {} for name in FILTERS}
        for one in self.ordered:
            late = (LATE,) if one.late(self.now) else ()
            seeks = (SEEKS,) if one.seeks else ()
            values = ((one.stage.value,), (one.topic,) if one.topic else (), one.places, (*late, *seeks))
            for name, held in zip(FILTERS, values, strict=True):
                for value in held:
                    found[name].setdefault(value, set()).add(one.number)
        return {name: {value: frozenset(held) for value, held in values.items()} for name, values in found.items()}

    def narrowed(self, wanted: Mapping[str, str]) -> frozenset[int] | None:
        """The numbers that have all of these values; None where nothing is wanted, which is all of them."""
        found: frozenset[int] | None = None
        for name, value in wanted.items():
            held = self.index[name].get(value, frozenset())
            found = held if found is None else found & held
        return found
