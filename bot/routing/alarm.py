"""Learns from examples how much the words of a text, and the groups they belong to, speak of danger now."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log1p, sqrt

ROUNDS = 10
STEP = 1.0
MARGIN = 4.0
"""Every example must be on its own side by this much, or the weights of its features are moved by a step."""
SEEN = 2
"""Examples that a feature must stand in: what only one of them has is mostly chance, and it costs memory."""
STRIDE = 7919
"""A prime: stepping by it visits every example once a round in mixed order."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text's features, whether it tells of danger, and what its cues say already (above 0: danger)."""

    features: Collection[str]
    danger: bool
    given: float


class Scale:
    """Weighs a text's features; above 0 is danger."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Learns at once: an averaged perceptron, in an order that is mixed but always the same."""
        seen = Counter(feature for example in examples for feature in example.features)
        number = {feature: at for at, feature in enumerate(sorted(f for f, count in seen.items() if count >= SEEN))}
        rows = [
            ([number[feature] for feature in example.features if feature in number], example.danger, example.given)
            for example in examples
        ]
        weights = _learn(rows, len(number))
        self._weights = {feature: weights[at] for feature, at in number.items() if weights[at]}

    def weigh(self, features: Iterable[str], given: float) -> float:
        """What the features and the cues say together."""
        known = [self._weights.get(feature, 0.0) for feature in features]
        return given + sum(known) / sqrt(max(len(known), 1))


def _learn(rows: Sequence[tuple[list[int], bool, float]], size: int) -> list[float]:
    weights, moved = [0.0] * size, [0.0] * size
    shares = [1 / sqrt(max(len(features), 1)) for features, _, _ in rows]
    order = [(turn * STRIDE) % len(rows) for turn in range(len(rows))] if rows else []
    count = 1
    for turn in range(ROUNDS):
        for place in order:
            at = (place + turn * 17) % len(rows)
            features, danger, given = rows[at]
            sign = 1.0 if danger else -1.0
            count += 1
            if sign * (given + shares[at] * sum([weights[feature] for feature in features])) >= MARGIN:
                continue
            step = sign * STEP
            for feature in features:
                weights[feature] += step
                moved[feature] += count * step
    return [weight - move / count for weight, move in zip(weights, moved, strict=True)]


def count_by_line(texts: Mapping[str, Sequence[Collection[str]]]) -> dict[str, dict[str, float]]:
    """For each feature that says something of the line, in which share of each line's examples it stands."""
    counts: dict[str, dict[str, float]] = {}
    for line, sets in texts.items():
        for feature in (feature for features in sets for feature in features):
            by_line = counts.setdefault(feature, {})
            by_line[line] = by_line.get(line, 0.0) + 1.0
    return {
        feature: {line: log1p(count / (sum(by_line.values()) - count + 1)) for line, count in by_line.items()}
        for feature, by_line in counts.items()
        if sum(by_line.values()) >= SEEN
    }
