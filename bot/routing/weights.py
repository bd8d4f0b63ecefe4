"""How much a word says for a label: more when few labels share it, learned from the rules' own words and examples."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Generic, NamedTuple, TypeVar

Label = TypeVar("Label", bound=str)

STRIDE = 7919
"""A prime: stepping by it visits every sample once a round in mixed order."""
FINE, MOST_KEPT = 1000, 32_000
"""Weights are kept as whole thousandths, in two bytes each."""
FAR = 2.0
"""How many times the margin a text must be right by to be left out of the next round."""
SMOOTHING = 0.3
WORD_COUNT = 6.0
"""A topic's own word counts as if it had been seen this many times."""
HINT_COUNT = 2.0
EXAMPLE_COUNT = 1.2

Leaning = tuple[tuple[str, float], ...]
"""The labels that something speaks for, each with how much."""


@dataclass(slots=True)
class Counts:
    """How often each feature was seen with each label."""

    labels: tuple[str, ...]
    seen: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, label: str, features: Iterable[str], count: float) -> None:
        """Note features with a label."""
        for feature in features:
            by_label = self.seen[feature]
            by_label[label] = by_label.get(label, 0.0) + count

    def raise_to(self, label: str, feature: str, count: float) -> None:
        """Note a feature at least this often with a label."""
        by_label = self.seen[feature]
        by_label[label] = max(by_label.get(label, 0.0), count)

    def weights(self, smoothing: float = SMOOTHING) -> dict[str, Leaning]:
        """For each feature, the labels that it speaks for, with the natural log of how much more often than average."""
        # Most words stand under one topic, so that most answers are alike: worked out once and kept once.
        alike: dict[Leaning, Leaning] = {}
        weights: dict[str, Leaning] = {}
        for feature, by_label in self.seen.items():
            counts = tuple(by_label.items())
            if counts not in alike:
                alike[counts] = self._spoken_for(by_label, smoothing)
            weights[feature] = alike[counts]
        return weights

    def _spoken_for(self, by_label: Mapping[str, float], smoothing: float) -> Leaning:
        average = sum(by_label.values()) / len(self.labels)
        return tuple(
            (label, log((count + smoothing) / (average + smoothing)))
            for label, count in by_label.items()
            if count > average
        )


class Sample(NamedTuple, Generic[Label]):
    """One labelled text: its features, and the evidence for each label that stands without learning."""

    label: Label
    features: Collection[str]
    given: Mapping[Label, float]


Row = Sequence[float]
"""What one feature says for each label, in the labels' order."""


class Rows(Generic[Label]):
    """A row for each feature, packed: thousands of rows in the space of a few hundred lists."""

    def __init__(self, labels: Sequence[Label], rows: Iterable[tuple[str, Row]]) -> None:
        self._labels = tuple(labels)
        self._starts: dict[str, int] = {}
        self._packed = array("h")
        for feature, row in rows:
            self._starts[feature] = len(self._packed)
            fine = [round(weight * FINE) for weight in row]
            if max(fine) > MOST_KEPT or min(fine) < -MOST_KEPT:
                fine = [max(-MOST_KEPT, min(MOST_KEPT, weight)) for weight in fine]
            self._packed.extend(fine)

    def add_up(self, features: Collection[str], scores: dict[Label, float]) -> None:
        """Add what the features say to the scores, a long text's features counting less each."""
        width = len(self._labels)
        starts = [start for start in map(self._starts.get, features) if start is not None]
        if not starts:
            return
        share = 1 / sqrt(len(features)) / FINE
        rows = [self._packed[start : start + width] for start in starts]
        for label, total in zip(self._labels, map(sum, zip(*rows, strict=True)), strict=True):
            scores[label] = scores.get(label, 0.0) + share * total


def weigh_texts(samples: Iterable[Sample[Label]], labels: Sequence[Label], strength: float) -> dict[str, Row]:
    """For each feature of labelled texts, the log of how much likelier it is under each label than on average.

    `strength` is how many texts' worth of the overall rate every label is mixed with, so that one sighting says little.
    """
    numbers = {label: number for number, label in enumerate(labels)}
    sizes = [0] * len(labels)
    counted: list[Counter[str]] = [Counter() for _ in labels]
    for sample in samples:
        sizes[numbers[sample.label]] += 1
        counted[numbers[sample.label]].update(sample.features)
    seen: dict[str, list[tuple[int, int]]] = {}
    for number, counts in enumerate(counted):
        for feature, times in counts.items():
            seen.setdefault(feature, []).append((number, times))
    alike: dict[tuple[tuple[int, int], ...], Row] = {}
    weights: dict[str, Row] = {}
    for feature, by_label in seen.items():
        found = tuple(by_label)
        if found not in alike:
            alike[found] = _compare_rates(dict(found), sizes, strength)
        weights[feature] = alike[found]
    return weights


def _compare_rates(counts: Mapping[int, int], sizes: Sequence[int], strength: float) -> Row:
    present = sum(1 for size in sizes if size)
    overall = sum(count / sizes[number] for number, count in counts.items()) / present
    mixed = [
        (counts.get(number, 0) + strength * overall) / (size + strength) if size else 0.0
        for number, size in enumerate(sizes)
    ]
    average = sum(mixed) / present
    return tuple(log(rate / average) if rate else 0.0 for rate in mixed)


def learn_from_mistakes(
    samples: Sequence[Sample[Label]], labels: Sequence[Label], *, rounds: int, step: float, margin: float
) -> Mapping[str, Row]:
    """Weights that mend what the given evidence gets wrong, averaged over all steps (an averaged perceptron).

    A text's evidence is divided by the root of its number of features. The order is mixed, but always the same.
    """
    numbers = {label: number for number, label in enumerate(labels)}
    now: dict[str, list[float]] = {}
    moved: dict[str, list[float]] = {}
    for sample in samples:
        for feature in sample.features:
            if feature not in now:
                now[feature], moved[feature] = [0.0] * len(labels), [0.0] * len(labels)
    # Each text with the rows of its features at hand: it is looked at again and again.
    rows = [[now[feature] for feature in sample.features] or [[0.0] * len(labels)] for sample in samples]
    shares = [1 / sqrt(max(len(sample.features), 1)) for sample in samples]
    given = [[sample.given.get(label, 0.0) for label in labels] for sample in samples]
    waits = [0] * len(samples)
    count = 1
    for turn in range(rounds):
        for number in range(len(samples)):
            at = (number * STRIDE + turn * 17) % len(samples)
            count += 1
            if waits[at] > turn:
                continue
            share, right = shares[at], numbers[samples[at].label]
            totals = map(sum, zip(*rows[at], strict=True))
            scores = [said + share * total for said, total in zip(given[at], totals, strict=True)]
            own, scores[right] = scores[right], float("-inf")
            best = max(scores)
            if own - best >= margin:
                # One that is right by far is still so in the next round.
                waits[at] = turn + (2 if own - best >= FAR * margin else 1)
                continue
            rival = scores.index(best)
            for feature in samples[at].features:
                weights, steps = now[feature], moved[feature]
                weights[right] += step
                weights[rival] -= step
                steps[right] += count * step
                steps[rival] -= count * step
    for feature, weights in now.items():
        for label, late in enumerate(moved[feature]):
            weights[label] -= late / count
    return now
