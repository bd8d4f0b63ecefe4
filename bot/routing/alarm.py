"""Learns from examples how much the words of a text, and the groups they belong to, speak of danger now."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log, log1p, sqrt

ROUNDS = 10
STEP = 1.0
MARGIN = 4.0
"""Every example must be on its own side by this much, or the weights of its features are moved by a step."""
SEEN = 2
"""Examples that a feature must stand in: what only one of them has is mostly chance, and it costs memory."""
STRIDES = (7919, 6007, 8123, 4999, 10007, 9001, 7001, 5003, 6389, 8837)
"""Primes: stepping by one visits every example once a round in mixed order, by another in another order."""
SHAPE = "@"
"""How features begin that tell how a text is built, not what it says: none of them is danger by itself."""
BEARS = 1.0
"""How much more often (natural log) a feature must stand in danger than in calm to count as bearing danger itself."""
BEARERS = 3
"""Of a text's features, so many of those that bear most danger are looked at."""
MIXING = 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """One text's features, whether it tells of danger, and what its cues say already (above 0: danger)."""

    features: Collection[str]
    danger: bool
    given: float


class Scale:
    """Weighs a text's features; above 0 is danger."""

    def __init__(self, examples: Sequence[Example], quiet: Collection[str] = ()) -> None:
        """Learns at once: an averaged perceptron, in an order that is mixed but always the same.

        `quiet` are words that bear no danger by themselves, nor do two of them together.
        """
        seen, hurt = Counter[str](), Counter[str]()
        for example in examples:
            seen.update(example.features)
            if example.danger:
                hurt.update(example.features)
        number = {feature: at for at, feature in enumerate(sorted(f for f, count in seen.items() if count >= SEEN))}
        rows = [
            ([number[feature] for feature in example.features if feature in number], example.danger, example.given)
            for example in examples
        ]
        weights = _learn(rows, len(number))
        self._weights = {feature: weights[at] for feature, at in number.items() if weights[at]}
        dangers = sum(example.danger for example in examples)
        calm = len(examples) - dangers
        self._bearing = {
            feature: bears
            for feature, count in hurt.items()
            if count >= SEEN
            and not feature.startswith(SHAPE)
            and not all(word in quiet for word in feature.split(" "))
            and (bears := _compare(count, dangers, seen[feature] - count, calm)) >= BEARS
        }

    def weigh(self, features: Iterable[str], given: float) -> float:
        """What the features and the cues say together."""
        known = [self._weights.get(feature, 0.0) for feature in features]
        return given + sum(known) / sqrt(max(len(known), 1))

    def bear(self, features: Iterable[str]) -> float:
        """How much danger those few features bear that bear most: of a text that only sounds like danger, little."""
        found = (self._bearing[feature] for feature in features if feature in self._bearing)
        return sum(nlargest(BEARERS, found))


def _compare(count: int, of: int, other: int, of_others: int) -> float:
    """How much more often something stands in the first than in the others, as a natural log with two decimals."""
    first, second = (count + MIXING) / (of + 2 * MIXING), (other + MIXING) / (of_others + 2 * MIXING)
    return round(log(first / second), 2)


def _learn(rows: Sequence[tuple[list[int], bool, float]], size: int) -> list[float]:
    weights, moved = [0.0] * size, [0.0] * size
    shares = [1 / sqrt(max(len(features), 1)) for features, _, _ in rows]
    count = 1
    for turn in range(ROUNDS):
        # Each round in another order: what is learned last weighs more, and must not always be the same examples.
        stride = STRIDES[turn % len(STRIDES)]
        for place in range(len(rows)):
            at = (place * stride + turn * 17) % len(rows)
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
    # Most features were seen in the same few ways: those have their shares together.
    one: dict[tuple[tuple[str, float], ...], dict[str, float]] = {}
    shares: dict[str, dict[str, float]] = {}
    for feature, by_line in counts.items():
        times = sum(by_line.values())
        if times >= SEEN:
            share = {line: log1p(count / (times - count + 1)) for line, count in by_line.items()}
            shares[feature] = one.setdefault(tuple(by_line.items()), share)
    return shares
