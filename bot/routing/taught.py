"""Topics told apart by words and their letters: what is learned from the examples and words of all of them together."""

from array import array
from collections import Counter
from collections.abc import Sequence, Set
from math import log, sqrt

from bot.routing.recall import Recall
from bot.routing.vocabulary import root

RUN = 4
"""Letters in a run."""
SEEN, ONE_MORE = 4, 1000
"""Texts that a feature must stand in, at most: what fewer have is mostly chance, and costs time and memory.

Where there are few texts, two are enough, and one more for each so many of them.
"""
ROUNDS = 2
MARGIN, MOST_MOVED = 1.0, 0.2
"""How far a text's own topic shall be before the next, and how far one text may move the weights."""
ALL = 1.0
"""What a text's words can say for a topic or against it."""
STRIDES = (7919, 6007)
"""Primes: stepping by one visits every text once a round in mixed order, by the other in another order."""
MIDDLE, SPAN = 128, 127
"""Weights are kept as one byte each: this one is 0, and the largest stand so far from it."""

Texts = Sequence[tuple[int, Sequence[str]]]
"""Texts by the number of their topic, as the features that stand in them."""


Said = tuple[float, ...]
"""What a word says for each topic, in bytes, and how much of the text it is; a plain tuple, which nobody sweeps."""


class Taught:
    """Tells topics apart; learns at once."""

    def __init__(self, texts: Sequence[tuple[str, Sequence[str]]], small: Set[str]) -> None:
        """`texts`: topic and settled words; of `small` words the letters say nothing."""
        self._small = small
        self._topics = tuple(dict.fromkeys(topic for topic, _ in texts))
        number = {topic: at for at, topic in enumerate(self._topics)}
        one: dict[str, list[str]] = {}
        seen: Counter[str] = Counter()
        read: list[tuple[int, list[str]]] = []
        for topic, words in texts:
            found = {
                feature: None
                for word in words
                for feature in (one.get(word) or one.setdefault(word, self._look_at(word)))
            }
            seen.update(found.keys())
            read.append((number[topic], list(found)))
        least = min(SEEN, 2 + len(texts) // ONE_MORE)
        rarity = {
            feature: (log((1 + len(texts)) / (1 + times)) + 1) ** 2 for feature, times in seen.items() if times >= least
        }
        learned = _learn([(topic, [f for f in found if f in rarity]) for topic, found in read], rarity, len(number))
        largest = max((abs(weight) for row in learned.values() for weight in row), default=0.0) or 1.0
        self._worth = largest / SPAN
        # Packed: thousands of rows of their own would take twice the memory.
        self._places = {feature: at for at, feature in enumerate(learned)}
        self._rows = b"".join(
            bytes([MIDDLE + round(weight / self._worth) for weight in row]) for row in learned.values()
        )
        self._rarities = array("f", (rarity[feature] for feature in learned))
        self._say = Recall(self._add_up, 1024)

    def strengths(self, words: Sequence[str]) -> dict[str, float]:
        """How much the settled words say for each topic, or against it: about 1 where they say all that they could.

        Small words say something beside others, and nothing alone.
        """
        said = {word: found for word in words if (found := self._say(word))}
        if said.keys() <= self._small:
            return {}
        *sums, size = map(sum, zip(*said.values(), strict=True))
        share = self._worth / sqrt(size)
        # A long text that says one thing over and over has said no more than all.
        return {topic: max(-ALL, min(ALL, share * total)) for topic, total in zip(self._topics, sums, strict=True)}

    def _look_at(self, word: str) -> list[str]:
        """The features of a word: its root, and runs of its letters; a number, a code or a sign has none."""
        if word in self._small or not word.isalpha():
            return ["=" + word]
        bounded = f"<{word}>"
        return ["=" + root(word), *[bounded[at : at + RUN] for at in range(len(bounded) - RUN + 1)]]

    def _add_up(self, word: str) -> Said:
        found = [at for feature in self._look_at(word) if (at := self._places.get(feature)) is not None]
        if not found:
            return ()
        width, middle = len(self._topics), MIDDLE * len(found)
        sums = map(sum, zip(*(self._rows[at * width : (at + 1) * width] for at in found), strict=True))
        return (*(total - middle for total in sums), sum(self._rarities[at] for at in found))


def _learn(texts: Texts, rarity: dict[str, float], topics: int) -> dict[str, list[float]]:
    """An averaged passive-aggressive learner: a text that is not far enough on its side moves it and its rival."""
    weights = {feature: [0.0] * topics for feature in rarity}
    moved = {feature: [0.0] * topics for feature in rarity}
    rows = [[weights[feature] for feature in found] for _, found in texts]
    sizes = [sqrt(sum([rarity[feature] for feature in found])) for _, found in texts]
    count = 1
    for turn in range(ROUNDS if topics > 1 else 0):
        for place in range(len(texts)):
            at = (place * STRIDES[turn % len(STRIDES)]) % len(texts)
            own, found = texts[at]
            if not found:
                continue
            count += 1
            sums: list[float] = list(map(sum, zip(*rows[at], strict=True)))
            right, sums[own] = sums[own], float("-inf")
            best = max(sums)
            rival = sums.index(best)
            missing = MARGIN - (right - best) / sizes[at]
            if missing <= 0:
                continue
            step = min(MOST_MOVED, missing / 2) / sizes[at]
            for feature in found:
                move = step * rarity[feature]
                row, late = weights[feature], moved[feature]
                row[own] += move
                row[rival] -= move
                late[own] += count * move
                late[rival] -= count * move
    for feature, row in weights.items():
        late = moved[feature]
        for topic in range(topics):
            row[topic] -= late[topic] / count
    return weights
