"""How much a word says for a topic: more when few topics share it, learned from the rules' own words and examples."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Generic, TypeVar

Label = TypeVar("Label", bound=str)

STRIDE = 7919
"""A prime: stepping by it visits every sample once a round in mixed order."""
SMOOTHING = 0.3
WORD_COUNT = 6.0
"""A topic's own word counts as if it had been seen this many times."""
HINT_COUNT = 2.0
EXAMPLE_COUNT = 1.2


@dataclass(slots=True)
class Counts:
    """How often each feature was seen with each label."""

    labels: tuple[str, ...]
    seen: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))

    def add(self, label: str, features: Iterable[str], count: float) -> None:
        """Note features with a label."""
        for feature in features:
            self.seen[feature][label] += count

    def raise_to(self, label: str, feature: str, count: float) -> None:
        """Note a feature at least this often with a label."""
        self.seen[feature][label] = max(self.seen[feature][label], count)

    def weights(self, smoothing: float = SMOOTHING) -> dict[str, tuple[tuple[str, float], ...]]:
        """For each feature, the labels that it speaks for, with the natural log of how much more often than average."""
        return {feature: self._spoken_for(by_label, smoothing) for feature, by_label in self.seen.items()}

    def _spoken_for(self, by_label: Mapping[str, float], smoothing: float) -> tuple[tuple[str, float], ...]:
        average = sum(by_label.values()) / len(self.labels)
        return tuple(
            (label, log((count + smoothing) / (average + smoothing)))
            for label, count in by_label.items()
            if count > average
        )


def weigh_texts(
    texts: Mapping[Label, Sequence[frozenset[str]]], strength: float
) -> dict[str, tuple[tuple[Label, float], ...]]:
    """For each feature of labelled texts, the log of how much likelier it is under each label than on average.

    `strength` is how many texts' worth of the overall rate every label is mixed with, so that one sighting says little.
    """
    labels = [label for label in texts if texts[label]]
    rates: dict[str, dict[Label, float]] = {}
    for label in labels:
        for features in texts[label]:
            for feature in features:
                by_label = rates.setdefault(feature, {})
                by_label[label] = by_label.get(label, 0.0) + 1.0
    weights = {}
    for feature, by_label in rates.items():
        overall = sum(count / len(texts[label]) for label, count in by_label.items()) / len(labels)
        mixed = {
            label: (by_label.get(label, 0.0) + strength * overall) / (len(texts[label]) + strength) for label in labels
        }
        average = sum(mixed.values()) / len(labels)
        weights[feature] = tuple((label, log(rate / average)) for label, rate in mixed.items())
    return weights


@dataclass(frozen=True, slots=True)
class Sample(Generic[Label]):
    """One labelled text: its features, and the evidence for each label that stands without learning."""

    label: Label
    features: frozenset[str]
    given: Mapping[Label, float]


def learn_from_mistakes(
    samples: Sequence[Sample[Label]], labels: Sequence[Label], *, rounds: int, step: float, margin: float
) -> dict[str, dict[Label, float]]:
    """Weights that mend what the given evidence gets wrong, averaged over all steps (an averaged perceptron).

    A text's evidence is divided by the root of its number of features. The order is mixed, but always the same.
    """
    now: dict[str, dict[Label, float]] = {}
    moved: dict[str, dict[Label, float]] = {}
    count = 1
    for turn in range(rounds):
        for number in range(len(samples)):
            sample = samples[(number * STRIDE + turn * 17) % len(samples)]
            count += 1
            scores = add_up(now, sample.features, {label: sample.given.get(label, 0.0) for label in labels})
            rival = max((label for label in labels if label != sample.label), key=lambda label: scores[label])
            if scores[sample.label] - scores[rival] >= margin:
                continue
            for feature in sample.features:
                weights, steps = now.setdefault(feature, {}), moved.setdefault(feature, {})
                for label, change in ((sample.label, step), (rival, -step)):
                    weights[label] = weights.get(label, 0.0) + change
                    steps[label] = steps.get(label, 0.0) + count * change
    return {
        feature: {label: weight - moved[feature][label] / count for label, weight in weights.items()}
        for feature, weights in now.items()
    }


def add_up(
    weights: Mapping[str, Mapping[Label, float]], features: frozenset[str], scores: dict[Label, float]
) -> dict[Label, float]:
    """The scores with what the features say added, a long text's features counting less each."""
    share = 1 / sqrt(max(len(features), 1))
    for feature in features:
        for label, weight in weights.get(feature, {}).items():
            scores[label] = scores.get(label, 0.0) + share * weight
    return scores
