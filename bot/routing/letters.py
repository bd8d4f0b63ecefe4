"""Words that nothing explains, judged by their letters: four in a row that the rules' words of a topic share."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from bot.routing.weights import Leaning

RUN = 4
"""Letters in a run."""
MOST = log(20.0)
"""The most that one run may say for a topic."""


def _runs(word: str) -> list[str]:
    bounded = f"<{word}>"
    return [bounded[at : at + RUN] for at in range(len(bounded) - RUN + 1)]


class LetterHints:
    """What the letters of an unknown word say for each topic."""

    def __init__(self, words: Mapping[str, Iterable[tuple[str, float]]]) -> None:
        """`words`: for each topic its folded words with how much each counts."""
        self._topics = tuple(words)
        seen: dict[str, dict[str, float]] = {}
        for topic, counted in words.items():
            for word, count in counted:
                for run in _runs(word):
                    by_topic = seen.setdefault(run, {})
                    by_topic[topic] = by_topic.get(topic, 0.0) + count
        # Most runs are seen with one topic only, so that most answers are alike: worked out once and kept once.
        alike: dict[Leaning, Leaning] = {}
        pairs: dict[tuple[str, float], tuple[str, float]] = {}
        self._weights: dict[str, Leaning] = {}
        for run, by_topic in seen.items():
            counts = tuple(by_topic.items())
            if counts not in alike:
                alike[counts] = tuple(pairs.setdefault(pair, pair) for pair in self._weigh(by_topic))
            self._weights[run] = alike[counts]
        self.strengths = lru_cache(maxsize=1024)(self._add_up)

    def _weigh(self, by_topic: Mapping[str, float]) -> Leaning:
        average = sum(by_topic.values()) / len(self._topics) + 0.5
        return tuple((topic, round(min(log((count + 0.5) / average), MOST), 2)) for topic, count in by_topic.items())

    def _add_up(self, word: str) -> Leaning:
        """The topics that the word's letters speak for, with strengths like those of a weak word."""
        runs = _runs(word)
        sums: dict[str, float] = {}
        for run in runs:
            for topic, weight in self._weights.get(run, ()):
                sums[topic] = sums.get(topic, 0.0) + weight
        return tuple((topic, total / len(runs)) for topic, total in sums.items() if total > 0)
