"""Words judged by their letters: four in a row that the rules' words of a topic share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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


def _count_runs(words: Iterable[str]) -> Counter[str]:
    """How often each run of letters stands in the words; all words in one go, which is much faster than one by one."""
    text = "".join(f"<{word}>" for word in words)
    runs = Counter(map("".join, zip(*(text[at:] for at in range(RUN)), strict=False)))
    return Counter({run: times for run, times in runs.items() if "><" not in run})


class LetterHints:
    """What the letters of a word say for each topic."""

    def __init__(self, words: Mapping[str, Sequence[tuple[float, Sequence[str]]]]) -> None:
        """`words`: for each topic its folded words in groups, with how much each word of the group counts."""
        self._topics = tuple(words)
        seen: dict[str, list[tuple[str, float]]] = {}
        for topic, groups in words.items():
            in_topic: dict[str, float] = {}
            for worth, group in groups:
                for run, times in _count_runs(group).items():
                    in_topic[run] = in_topic.get(run, 0.0) + worth * times
            for run, total in in_topic.items():
                seen.setdefault(run, []).append((topic, total))
        # Most runs are seen with one topic only, so that most answers are alike: worked out once and kept once.
        alike: dict[Leaning, Leaning] = {}
        pairs: dict[tuple[str, float], tuple[str, float]] = {}
        self._weights: dict[str, Leaning] = {}
        for run, totals in seen.items():
            counts = tuple(totals)
            if counts not in alike:
                alike[counts] = tuple(pairs.setdefault(pair, pair) for pair in self._weigh(counts))
            self._weights[run] = alike[counts]
        self.strengths = lru_cache(maxsize=1024)(self._add_up)

    def _weigh(self, counts: Leaning) -> Leaning:
        average = sum(count for _, count in counts) / len(self._topics) + 0.5
        return tuple((topic, round(min(log((count + 0.5) / average), MOST), 2)) for topic, count in counts)

    def _add_up(self, word: str) -> Leaning:
        """The topics that the word's letters speak for, with strengths like those of a weak word."""
        runs = _runs(word)
        sums: dict[str, float] = {}
        for run in runs:
            for topic, weight in self._weights.get(run, ()):
                sums[topic] = sums.get(topic, 0.0) + weight
        return tuple((topic, total / len(runs)) for topic, total in sums.items() if total > 0)
