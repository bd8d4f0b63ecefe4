"""Acute danger in a text: judged before everything else, by cues and by what a text has in common with examples."""

from bisect import bisect_right as bisect
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import combinations, pairwise
from typing import NamedTuple

from bot.routing.alarm import SHAPE, Example, Scale, count_by_line
from bot.routing.cues import CueSet, words_of
from bot.routing.reading import Reading, read_text
from bot.routing.rules import Rules
from bot.routing.second import Opinion, odds
from bot.routing.vocabulary import Vocabulary, root

NEVER = -0.5
"""Where a text stands before anything in it speaks: most messages tell of no danger."""
ONE_CUE, MORE_CUES, CALM = 3.0, 4.0, -2.0
"""What one cue of danger, several of them, and a cue of calm say beside the examples."""
ALARM, TWO_ALARM = 0.0, 1.0
"""Evidence, with what is borne, from which there is an alarm where no cue spoke.

The other: with a second opinion in it, which is sometimes wrong and very sure of it.
"""
BORNE, USUALLY_BORNE = 0.5, 6.0
"""What it counts how much danger a text's own words bear, and what those of people in danger bear at least.

The examples of danger tell of people and of now, as an ordinary reply does ("han er med"), and as ideas do not. So
their sound is not enough: where no cue speaks, some words must be at home in danger, and not small ones.
"""
CERTAIN = 2.0
"""Evidence beside cues of danger from which nobody else is asked."""
DOUBT, TWO_DOUBT = -3.0, -1.5
"""Evidence that is enough when a cue has spoken, and none of calm: a needless number is better than silence.

The other: with a second opinion in it.
"""
MIXED = 2.5
"""Evidence that is needed when a cue of calm stands beside one of danger."""
NEAR, TWO_NEAR = 1.0, 2.0
"""Evidence that may be missing to an alarm where danger can't be left out: the number is named, and the talk goes on.

The other: with a second opinion in it.
"""
NEAR_BORNE = 4.0
"""What the words themselves must bear of danger for that, where no cue spoke."""
LENGTHS = (4, 9, 16, 26)
"""Words; a text's length is looked at by these steps."""
_CALM = "~"


class Seen(NamedTuple):
    """What stands in a text: the owners of its cues of danger, whether a cue says calm, and its groups of words."""

    lines: list[str]
    calm: bool
    groups: list[str]

    @property
    def plain(self) -> bool:
        """Whether only cues of danger spoke."""
        return bool(self.lines) and not self.calm

    @property
    def given(self) -> float:
        """What the cues say before the examples are asked."""
        hits = len(self.lines)
        return NEVER + (MORE_CUES if hits > 1 else ONE_CUE if hits else 0.0) + (CALM if self.calm else 0.0)


class Weighed(NamedTuple):
    """The evidence for danger (above 0) in a text, what it rests on, and how much danger its own words bear."""

    evidence: float
    seen: Seen
    features: tuple[str, ...]
    bears: float

    @property
    def plain(self) -> bool:
        """Whether only cues of danger spoke."""
        return self.seen.plain

    @property
    def certain(self) -> bool:
        """Whether nobody need be asked: cues and examples say the same."""
        return self.plain and self.evidence > CERTAIN

    def alarms(self, opinion: Opinion | None) -> bool:
        """Whether there is danger, with the second opinion where there is one."""
        return self.certain or self.beyond(opinion) > 0

    def beyond(self, opinion: Opinion | None) -> float:
        """How much evidence there is beyond what an alarm needs; below 0 is how much is missing."""
        told = self.evidence + (odds(opinion.danger) if opinion is not None else 0.0)
        if self.seen.lines:
            return told - (MIXED if not self.plain else DOUBT if opinion is None else TWO_DOUBT)
        return told + BORNE * (self.bears - USUALLY_BORNE) - (ALARM if opinion is None else TWO_ALARM)


class DangerLore(NamedTuple):
    """What was learned from examples: how much words speak of danger, and for each word the lines that it points to."""

    scale: Scale
    lines: Mapping[str, Mapping[str, float]]


class Danger:
    """Finds the emergency line that a text points to; it must `know` what `learn` learned from all that it heard."""

    def __init__(self, rules: Rules, said: Callable[[Reading], Collection[str]]) -> None:
        """`said` tells which kinds of message a text's cues speak for: who offers a room is rarely in danger."""
        self._rules = rules
        self._said = said
        danger = rules.danger
        owned = [(line, cue) for line, block in danger.lines.items() for cue in block.cues]
        owned += [(_CALM, cue) for cue in danger.calm]
        owned += [("#" + group, cue) for group, cues in danger.groups.items() for cue in cues]
        self._owners = [owner for owner, _ in owned]
        self._cues = CueSet(cue for _, cue in owned)
        self._order = {line: number for number, line in enumerate(danger.lines)}
        self._firm = frozenset(line for line, block in danger.lines.items() if block.cue_is_enough)
        self._heard: list[Example] = []
        self._one: dict[str, str] = {}

    def words(self) -> set[str]:
        """The folded words of the cues."""
        danger = self._rules.danger
        said = (block.cues for block in danger.lines.values())
        return words_of(cue for cues in (*said, danger.calm, *danger.groups.values()) for cue in cues)

    def hear(self, reading: Reading, said: Collection[str]) -> None:
        """Take in an example of topics or kinds, which tells of no danger, with the kinds that its cues speak for."""
        self._heard.append(self._example(reading, said, danger=False))

    def learn(self, vocabulary: Vocabulary) -> DangerLore:
        """Learn from all that was heard, from the lines' examples and from calm ones."""
        texts: dict[str, list[Collection[str]]] = {}
        examples: list[Example] = []
        for line, block in self._rules.danger.lines.items():
            for text in block.examples:
                reading = read_text(text, vocabulary)
                example = self._example(reading, self._said(reading), danger=True)
                texts.setdefault(line, []).append(example.features)
                examples.append(example)
        for text in self._rules.danger.calm_examples:
            reading = read_text(text, vocabulary)
            examples.append(self._example(reading, self._said(reading), danger=False))
        quiet = {root(word) for word in vocabulary.small}
        lore = DangerLore(Scale(examples + self._heard if texts else (), quiet), count_by_line(texts))
        self._heard, self._one = [], {}
        return lore

    def know(self, lore: DangerLore) -> None:
        """Judge by this from now on."""
        self._scale, self._lines = lore

    def parts(self) -> list[object]:
        """What holds the large tables of what was learned."""
        return [self._cues, self._scale]

    def weigh(self, reading: Reading) -> Weighed:
        """What the rules alone say of the text."""
        seen = self._look(reading)
        features = _features(reading, seen, self._said(reading))
        return Weighed(self._scale.weigh(features, seen.given), seen, features, self._scale.bear(features))

    def line(self, readings: Iterable[Weighed], opinion: Opinion | None = None) -> str:
        """The id of the line that the first alarming reading points to, or "" when none tells of danger now."""
        alarming = (weighed for weighed in readings if weighed.alarms(opinion) or self._stands(weighed))
        return next(map(self._point, alarming), "")

    def near(self, readings: Iterable[Weighed], opinion: Opinion | None = None) -> str:
        """The id of the line to name where there is no alarm, and danger can't be left out; else ""."""
        missing = NEAR if opinion is None else TWO_NEAR
        heard = (one for one in readings if one.seen.lines or one.bears >= NEAR_BORNE)
        return next((self._point(one) for one in heard if one.beyond(opinion) > -missing), "")

    def _stands(self, weighed: Weighed) -> bool:
        """Whether the rules alone find danger by a cue that nobody else's opinion may outweigh."""
        return weighed.plain and weighed.evidence > DOUBT and not self._firm.isdisjoint(weighed.seen.lines)

    def _point(self, weighed: Weighed) -> str:
        votes = dict.fromkeys(self._order, 0.0)
        for line in weighed.seen.lines:
            votes[line] += 1.0
        if not weighed.seen.lines:
            for feature in weighed.features:
                for line, share in self._lines.get(feature, {}).items():
                    votes[line] += share
        return min(votes, key=lambda line: (-votes[line], self._order[line]))

    def _look(self, reading: Reading) -> Seen:
        owners = [self._owners[hit.cue] for hit in self._cues.find(reading.bare, reading.openings)]
        groups = sorted({owner for owner in owners if owner[0] == "#"})
        return Seen([owner for owner in owners if owner in self._order], _CALM in owners, groups)

    def _example(self, reading: Reading, said: Collection[str], *, danger: bool) -> Example:
        seen = self._look(reading)
        features = [self._one.setdefault(each, each) for each in _features(reading, seen, said)]
        return Example(features, danger, seen.given)


def _features(reading: Reading, seen: Seen, said: Collection[str]) -> tuple[str, ...]:
    """Words, neighbours, groups of words and which of them meet, the kinds, a question, the length.

    How a text is built is left out beside several plain cues: who asks politely, and at length, is in danger no less.
    """
    roots = reading.roots
    features = dict.fromkeys(roots)
    features.update(dict.fromkeys(f"{first} {second}" for first, second in pairwise(roots)))
    features.update(dict.fromkeys(seen.groups))
    features.update(dict.fromkeys(f"{first} {second}" for first, second in combinations(seen.groups, 2)))
    if not seen.plain or len(seen.lines) < 2:
        features.update(dict.fromkeys(SHAPE + kind for kind in said))
        features[SHAPE + ("?" if "?" in reading.text else ".")] = None
        features[f"{SHAPE}length {bisect(LENGTHS, len(roots))}"] = None
    return tuple(features)
