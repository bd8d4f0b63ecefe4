"""Acute danger in a text: judged before everything else, by cues and by what a text has in common with examples."""

from collections.abc import Callable, Collection, Iterable
from itertools import combinations, pairwise

from bot.routing.alarm import Example, Scale, count_by_line
from bot.routing.cues import CueSet
from bot.routing.reading import Reading, read_text
from bot.routing.rules import Rules
from bot.routing.vocabulary import Vocabulary, root

NEVER = -0.5
"""Where a text stands before anything in it speaks: most messages tell of no danger."""
ONE_CUE, MORE_CUES, CALM = 3.0, 4.0, -2.0
"""What one cue of danger, several of them, and a cue of calm say beside the examples."""
ALARM = 0.3
"""Evidence from which the examples alone raise an alarm."""
DOUBT = -4.0
"""Evidence that is enough when a cue has spoken, and none of calm: a needless number is better than silence."""
MIXED = 1.5
"""Evidence that is needed when cues of danger and of calm stand in one text."""
LENGTHS = (4, 9, 16, 26)
"""Words; a text's length is looked at by these steps."""


def _given(hits: int, calm: bool) -> float:
    return NEVER + (MORE_CUES if hits > 1 else ONE_CUE if hits else 0.0) + (CALM if calm else 0.0)


class Danger:
    """Finds the emergency line that a text points to; `learn` must be called once before `line`."""

    def __init__(self, rules: Rules, said: Callable[[Reading], Collection[str]]) -> None:
        """`said` tells which kinds of message a text's cues speak for: who offers a room is rarely in danger."""
        self._rules = rules
        self._said = said
        pairs = [(line, cue) for line, block in rules.danger.lines.items() for cue in block.cues]
        self._owners = [line for line, _ in pairs]
        self._cues = CueSet(cue for _, cue in pairs)
        self._calm = CueSet(rules.danger.calm)
        grouped = [(group, cue) for group, cues in rules.danger.groups.items() for cue in cues]
        self._group_of = [group for group, _ in grouped]
        self._groups = CueSet(cue for _, cue in grouped)
        self._order = {line: number for number, line in enumerate(rules.danger.lines)}
        self.words = self._cues.words | self._calm.words | self._groups.words

    def learn(self, vocabulary: Vocabulary, calm: Iterable[str]) -> None:
        """Learn from the lines' examples and from calm ones; `calm` are those of topics and kinds."""
        texts: dict[str, list[frozenset[str]]] = {}
        examples: list[Example] = []
        for line, block in self._rules.danger.lines.items():
            for text in block.examples:
                example = self._read_example(text, vocabulary, danger=True)
                texts.setdefault(line, []).append(example.features)
                examples.append(example)
        for text in (*self._rules.danger.calm_examples, *calm):
            examples.append(self._read_example(text, vocabulary, danger=False))
        self._scale = Scale(examples if texts else ())
        self._lines = count_by_line(texts)

    def line(self, reading: Reading) -> str:
        """The id of the line, or "" when the words don't point to danger now."""
        hits = self._cues.find(reading.bare, reading.openings)
        calm = bool(self._calm.find(reading.bare, reading.openings))
        features = self._features(reading)
        evidence = self._scale.weigh(features, _given(len(hits), calm))
        if evidence <= (ALARM if not hits else MIXED if calm else DOUBT):
            return ""
        votes = dict.fromkeys(self._order, 0.0)
        for hit in hits:
            votes[self._owners[hit.cue]] += 1.0
        if not hits:
            for feature in features:
                for line, share in self._lines.get(feature, {}).items():
                    votes[line] += share
        return min(votes, key=lambda line: (-votes[line], self._order[line]))

    def _read_example(self, text: str, vocabulary: Vocabulary, *, danger: bool) -> Example:
        reading = read_text(text, vocabulary)
        hits = self._cues.find(reading.bare, reading.openings)
        calm = bool(self._calm.find(reading.bare, reading.openings))
        return Example(self._features(reading), danger, _given(len(hits), calm))

    def _features(self, reading: Reading) -> frozenset[str]:
        """Words, neighbours, groups of words and which of them meet, the kinds, a question, the length."""
        roots = [root(word) for word in reading.words]
        found = {self._group_of[hit.cue] for hit in self._groups.find(reading.bare, reading.openings)}
        features = set(roots)
        features.update(f"{first} {second}" for first, second in pairwise(roots))
        features.update(f"#{group}" for group in found)
        features.update(f"#{first} #{second}" for first, second in combinations(sorted(found), 2))
        features.update(f"@{kind}" for kind in self._said(reading))
        features.add("?" if "?" in reading.text else ".")
        features.add(f"length {sum(len(roots) >= step for step in LENGTHS)}")
        return frozenset(features)
