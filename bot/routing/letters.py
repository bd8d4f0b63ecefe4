"""Words judged by their letters: four in a row that the rules' words of a topic share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from bot.routing.recall import Recall
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

    def __init__(self, words: Mapping[str, Sequence[tuple[int, Sequence[str]]]]) -> None:
        """`words`: for each topic its folded words in groups, with how many halves each word of the group counts."""
        self._topics = tuple(words)
        # For each run the topics and their counts as letters of one text: tens of thousands of lists would take ten
        # times the memory, and most texts are alike, so that what they say is worked out once and kept once.
        seen: dict[str, str] = {}
        for number, groups in enumerate(words.values()):
            in_topic: Counter[str] = Counter()
            for halves, group in groups:
                for run, times in _count_runs(group).items():
                    in_topic[run] += halves * times
            for run, total in in_topic.items():
                seen[run] = seen.get(run, "") + chr(number) + chr(total)
        alike: dict[str, Leaning] = {}
        pairs: dict[tuple[str, float], tuple[str, float]] = {}
        self._weights: dict[str, Leaning] = {}
        for run, written in seen.items():
            if written not in alike:
                alike[written] = tuple(pairs.setdefault(pair, pair) for pair in self._weigh(written))
            self._weights[run] = alike[written]
        self.strengths = Recall(self._add_up, 1024)

    def _weigh(self, written: str) -> Leaning:
        topics, halves = written[::2], written[1::2]
        average = sum(map(ord, halves)) / 2 / len(self._topics) + 0.5
        # Of all the topics that a run stands in, most have it once or twice: each count is weighed once.
        weights = {many: round(min(log((ord(many) / 2 + 0.5) / average), MOST), 2) for many in set(halves)}
        return tuple((self._topics[ord(topic)], weights[many]) for topic, many in zip(topics, halves, strict=True))

    def _add_up(self, word: str) -> Leaning:
        """The topics that the word's letters speak for, with strengths like those of a weak word."""
        runs = _runs(word)
        sums: dict[str, float] = {}
        for run in runs:
            for topic, weight in self._weights.get(run, ()):
                sums[topic] = sums.get(topic, 0.0) + weight
        return tuple((topic, total / len(runs)) for topic, total in sums.items() if total > 0)
