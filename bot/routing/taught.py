"""Topics told apart by words and their letters: what is learned from the examples and words of all of them together."""

from array import array
from collections import Counter
from collections.abc import Callable, Sequence, Set
from math import log, sqrt

from bot.routing.danish import SMALL_WORDS
from bot.routing.recall import Recall
from bot.routing.vocabulary import root

RUN = 4
"""Letters in a run."""
FEW = 1000
"""Texts below which each is made the most of: a word that one alone holds counts, and each is learned from longer."""
SEEN, ONE_MORE = 4, 1000
"""Texts that a feature must stand in, at most: what fewer have is mostly chance, and costs time and memory.

Two are enough, and one more for each so many texts.
"""
WORD, WHOLE = "=", 4.0
"""How the feature of a whole word begins, and how much it counts beside one run of letters, where there are few texts.

Of many texts, letters tell more of the words that none of them holds; of few, there are more runs than texts to try
them on.
"""
ROUNDS, ROUNDS_OF_FEW = 2, 8
MARGIN, MOST_MOVED = 1.0, 0.2
"""How far a text's own topic shall be before the next, and how far one text may move the weights."""
ALL = 2.0
"""The most that a text's words can say for a topic or against it."""
STRIDES = (7919, 6007)
"""Primes: stepping by one visits every text once a round in mixed order, by the other in another order."""
MIDDLE, SPAN = 128, 127
"""Weights are kept as one byte each: this one is 0, and the largest stand so far from it."""

Texts = Sequence[tuple[int, Sequence[str]]]
"""Texts by the number of their topic, as the features that stand in them."""
Weights = dict[str, list[float]]
"""What each feature says for each topic."""
Steps = Sequence[tuple[int, float]]
"""Topics by number, and how far what a text holds moves to each (below 0: away)."""
StepAway = Callable[[list[float], int, float], Steps]
"""From what a text says for each topic, its own topic and its size; the sums are its to change."""
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
        few = len(texts) < FEW
        seen: Counter[str] = Counter()
        told: dict[str, set[str]] = {topic: set() for topic in number}
        read: list[tuple[int, list[str]]] = []
        for topic, words in texts:
            found = {
                feature: None
                for word in words
                for feature in (one.get(word) or one.setdefault(word, self._look_at(word)))
            }
            if few:
                # A topic's words that its examples hold were learned there, beside what they are said with.
                if told[topic].issuperset(found):
                    continue
                told[topic].update(found)
            seen.update(found.keys())
            read.append((number[topic], list(found)))
        least = min(SEEN, 2 + len(texts) // ONE_MORE)
        whole = WHOLE if few else 1.0
        rarity = {
            feature: (log((1 + len(texts)) / (1 + times)) + 1) ** 2 * (whole if feature[0] == WORD else 1.0)
            for feature, times in seen.items()
            if times >= least or (few and feature[0] == WORD)
        }
        known = [(topic, [f for f in found if f in rarity]) for topic, found in read]
        how = (ROUNDS_OF_FEW, _from_all_near) if few else (ROUNDS, _from_the_nearest)
        learned = _learn(known, rarity, len(number), *how)
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
        if word in SMALL_WORDS or not word.isalpha():
            return [WORD + word]
        bounded = f"<{word}>"
        return [WORD + root(word), *[bounded[at : at + RUN] for at in range(len(bounded) - RUN + 1)]]

    def _add_up(self, word: str) -> Said:
        found = [at for feature in self._look_at(word) if (at := self._places.get(feature)) is not None]
        if not found:
            return ()
        width, middle = len(self._topics), MIDDLE * len(found)
        sums = map(sum, zip(*(self._rows[at * width : (at + 1) * width] for at in found), strict=True))
        return (*(total - middle for total in sums), sum(self._rarities[at] for at in found))


def _learn(texts: Texts, rarity: dict[str, float], topics: int, rounds: int, step_away: StepAway) -> Weights:
    """An averaged passive-aggressive learner: `step_away` says where to a text that is not on its side moves."""
    weights = {feature: [0.0] * topics for feature in rarity}
    moved = {feature: [0.0] * topics for feature in rarity}
    rows = [[weights[feature] for feature in found] for _, found in texts]
    sizes = [sqrt(sum([rarity[feature] for feature in found])) for _, found in texts]
    count = 1
    for turn in range(rounds if topics > 1 else 0):
        for place in range(len(texts)):
            at = (place * STRIDES[turn % len(STRIDES)]) % len(texts)
            own, found = texts[at]
            if not found:
                continue
            count += 1
            steps = step_away(list(map(sum, zip(*rows[at], strict=True))), own, sizes[at])
            for feature in found if steps else ():
                row, late, rare = weights[feature], moved[feature], rarity[feature]
                for topic, step in steps:
                    move = step * rare
                    row[topic] += move
                    late[topic] += count * move
    return _average(weights, moved, count)


def _from_the_nearest(sums: list[float], own: int, size: float) -> Steps:
    """Away from the one rival, where that is not far enough behind."""
    right, sums[own] = sums[own], float("-inf")
    best = max(sums)
    missing = MARGIN - (right - best) / size
    if missing <= 0:
        return ()
    step = min(MOST_MOVED, missing / 2) / size
    return (own, step), (sums.index(best), -step)


def _from_all_near(sums: list[float], own: int, size: float) -> Steps:
    """Away from every topic that is not far enough behind."""
    line = sums[own] - MARGIN * size
    near = [(topic, (total - line) / size) for topic, total in enumerate(sums) if total > line and topic != own]
    steps = [(topic, -min(MOST_MOVED, missing / (1 + len(near))) / size) for topic, missing in near]
    return (*steps, (own, -sum(step for _, step in steps))) if steps else ()


def _average(weights: Weights, moved: Weights, count: int) -> Weights:
    """The weights as they were on average; `moved` holds their steps, each as often as steps were counted before it."""
    for feature, row in weights.items():
        late = moved[feature]
        for topic in range(len(row)):
            row[topic] -= late[topic] / count
    return weights
