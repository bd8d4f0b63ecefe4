"""Examples as neighbours: the one of each topic's examples that a text is most like."""

from collections.abc import Collection, Iterable, Mapping, Sequence
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
        self._holders: dict[str, list[int]] = {}
        for number, (_, _, features) in enumerate(examples):
            for feature in features:
                self._holders.setdefault(feature, []).append(number)
        self._rarity = {
            feature: log(1 + len(examples) / len(numbers)) ** 2 for feature, numbers in self._holders.items()
        }
        self._unseen = log(1 + len(examples)) ** 2
        self._size = [sqrt(sum(self._rarity[feature] for feature in features)) for _, _, features in examples]

    def nearest(self, features: Mapping[str, float]) -> dict[Label, tuple[float, str]]:
        """For each label its likest example: likeness (0..1) and text. `features` carry their quality (0..1)."""
        shared: dict[int, float] = {}
        for feature, quality in features.items():
            for number in self._holders.get(feature, ()):
                shared[number] = shared.get(number, 0.0) + quality * self._rarity[feature]
        size = sqrt(self._total(features)) or 1.0
        best: dict[Label, tuple[float, str]] = {}
        for number, overlap in shared.items():
            label, text = self._examples[number]
            likeness = overlap / (size * self._size[number])
            if likeness >= LEAST_LIKE and likeness > best.get(label, (0.0, ""))[0]:
                best[label] = (likeness, text)
        return best

    def _total(self, features: Iterable[str]) -> float:
        return sum(self._rarity.get(feature, self._unseen) for feature in features)
