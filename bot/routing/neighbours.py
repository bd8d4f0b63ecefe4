"""Examples as neighbours: the one of each topic's examples that a text is most like."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate, chain
from math import log, sqrt
from typing import Generic

from bot.routing.weights import Label

LEAST_LIKE = 0.5
"""Likeness (0..1) below which a neighbour says nothing."""


class Neighbours(Generic[Label]):
    """Finds likeness by shared features, rare ones counting most."""

    def __init__(self, examples: Sequence[tuple[Label, str, Collection[str]]]) -> None:
        """`examples`: label, text, features (each once)."""
        self._examples = [(label, text) for label, text, _ in examples]
        holders: dict[str, list[int]] = {}
        for number, (_, _, features) in enumerate(examples):
            for feature in features:
                holders.setdefault(feature, []).append(number)
        # All lists behind one another in one array: tens of thousands of small lists would take four times the memory.
        self._place = {feature: place for place, feature in enumerate(holders)}
        self._starts = array("I", accumulate(map(len, holders.values()), initial=0))
        self._holders = array("I", chain.from_iterable(holders.values()))
        most = max(map(len, holders.values()), default=0)
        self._rarities = [log(1 + len(examples) / max(times, 1)) ** 2 for times in range(most + 1)]
        """How much a feature counts that stands in so many examples, or in none."""
        self._size = [sqrt(self._total(features)) for _, _, features in examples]

    def nearest(self, features: Mapping[str, float]) -> dict[Label, tuple[float, str]]:
        """For each label its likest example: likeness (0..1) and text. `features` carry their quality (0..1)."""
        held = sorted(((self._held_by(feature), quality) for feature, quality in features.items()), key=_how_many)
        worths = [self._rarities[len(numbers)] for numbers, _ in held]
        size, left = sqrt(sum(worths)) or 1.0, sum(worths)
        shared: defaultdict[int, float] = defaultdict(float)
        rare = 0
        # Whoever shares none of the rare ones can't be like it: an example is at least as large as what it shares.
        while rare < len(held) and left >= (LEAST_LIKE * size) ** 2:
            (numbers, quality), worth = held[rare], worths[rare]
            for number in numbers:
                shared[number] += quality * worth
            left -= worth
            rare += 1
        overlaps = {one: had for one, had in shared.items() if had + left >= LEAST_LIKE * size * self._size[one]}
        for (numbers, quality), worth in zip(held[rare:], worths[rare:], strict=True):
            for number in overlaps:
                at = bisect_left(numbers, number)
                if at < len(numbers) and numbers[at] == number:
                    overlaps[number] += quality * worth
        return self._best(overlaps, size)

    def _best(self, overlaps: Mapping[int, float], size: float) -> dict[Label, tuple[float, str]]:
        best: dict[Label, tuple[float, str]] = {}
        for number, overlap in overlaps.items():
            label, text = self._examples[number]
            likeness = overlap / (size * self._size[number])
            if likeness >= LEAST_LIKE and likeness > best.get(label, (0.0, ""))[0]:
                best[label] = (likeness, text)
        return best

    def _held_by(self, feature: str) -> Sequence[int]:
        """The numbers of the examples that have the feature, in order."""
        place = self._place.get(feature)
        return () if place is None else self._holders[self._starts[place] : self._starts[place + 1]]

    def _total(self, features: Iterable[str]) -> float:
        return sum(self._rarities[len(self._held_by(feature))] for feature in features)


def _how_many(held: tuple[Sequence[int], float]) -> int:
    return len(held[0])
