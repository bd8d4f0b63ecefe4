"""What kind of message a text is, judged apart from its topics: cues of the rules, examples, and the text's shape."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.match import Kind
from bot.routing.cues import CueSet
from bot.routing.neighbours import LEAST_LIKE, Neighbours
from bot.routing.reading import Reading
from bot.routing.rules import KINDS, Rules
from bot.routing.spelling import split_words
from bot.routing.vocabulary import Vocabulary
from bot.routing.weights import weigh_texts

STRONG, USUAL, WEAK, AGAINST = 4.0, 2.0, 1.0, -3.0
NEEDED = 1.5
"""Evidence that another kind than an idea needs when nothing says that it is an idea."""
_LETTERS = re.compile(r"[^\W\d_]+")
_MASHED = re.compile(
    r"asd|sdf|dfg|fgh|ghj|hjk|jkl|klæ|qwe|wer[tq]|zxc|xcv|lkj|(.)\1{3}|[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE
)
_VOWEL = re.compile(r"[aeiouyæøåäöüéèáàóíúіїєаеиоуюяыэ]|[^\x00-\u024f]", re.IGNORECASE)


FEW_SIGNS = 4
"""A text without letters and no longer than this is a thumb up or a heart; longer, it is noise."""
SHORT = 12
"""Words; only a text as short as the examples is compared with each of them."""
NEIGHBOUR = 6.0
JUDGED = tuple(kind for kind in KINDS if kind != "emergency")
"""Danger is judged before and elsewhere."""
MIXING = 24.0
LEARNED = 0.7
"""How much the examples count beside the cues."""


def _features(words: Sequence[str], text: str) -> set[str]:
    """What is looked at when a text is likened to the kinds' examples: words, neighbours, the opening, a question."""
    features = {f"{first} {second}" for first, second in pairwise(words)}
    features.update(words)
    features.add("^" + " ".join(words[:1]))
    features.add("?" if "?" in text else ".")
    return features


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind, and the evidence for each kind that has any."""

    kind: Kind
    evidence: dict[Kind, float]


class KindJudge:
    """Judges kinds; `learn` must be called once with the vocabulary before `judge`."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        cues: list[str] = []
        self._owners: list[tuple[Kind, float]] = []
        for kind, block in rules.kinds.items():
            for worth, written in (
                (STRONG, block.strong),
                (USUAL, block.cues),
                (WEAK, block.weak),
                (AGAINST, block.against),
            ):
                cues += written
                self._owners += [(kind, worth)] * len(written)
        self._cues = CueSet(cues)
        self.words = self._cues.words | {
            token.fold for block in rules.kinds.values() for text in block.examples for token in split_words(text)
        }

    def learn(self, vocabulary: Vocabulary, ideas: Iterable[str]) -> None:
        """Take the vocabulary; `ideas` are the topics' examples."""
        self._vocabulary = vocabulary
        texts: dict[Kind, list[frozenset[str]]] = {
            kind: [self._features_of(text) for text in block.examples] for kind, block in self._rules.kinds.items()
        }
        texts["idea"] = texts.get("idea", []) + [self._features_of(text) for text in ideas]
        self._weights = weigh_texts(texts, MIXING)
        self._neighbours: Neighbours[Kind] = Neighbours(
            [
                (kind, text, frozenset(vocabulary.settle(token.fold) for token in split_words(text)))
                for kind, block in self._rules.kinds.items()
                for text in block.examples
            ]
        )

    def _features_of(self, text: str) -> frozenset[str]:
        tokens = split_words(text)
        return frozenset(_features([self._vocabulary.settle(token.fold) for token in tokens], text))

    def judge(self, reading: Reading, topic_strength: float, *, in_dialogue: bool) -> Verdict:
        """The kind of a text whose best topic has this strength."""
        if not _LETTERS.search(reading.text):
            kind: Kind = "smalltalk" if len(reading.text.strip()) <= FEW_SIGNS else "noise"
            return Verdict(kind, {kind: STRONG})
        if self._is_mash(reading):
            return Verdict("noise", {"noise": STRONG})
        evidence = self._weigh(reading)
        idea = evidence.get("idea", 0.0) + min(topic_strength, 6.0) / 6 + min(len(reading.words), 60) / 30
        if in_dialogue:
            idea += 1.0
        evidence["idea"] = idea
        best = max(JUDGED, key=lambda kind: evidence.get(kind, -9.0))
        if best != "idea" and evidence.get(best, 0.0) < NEEDED:
            best = "idea"
        return Verdict(best, evidence)

    def judge_alone(self, reading: Reading) -> Kind | None:
        """The kind that one sentence's own cues point to, or None when they say too little."""
        evidence = self._weigh(reading)
        best = max(JUDGED, key=lambda kind: evidence.get(kind, 0.0))
        return best if evidence.get(best, 0.0) >= NEEDED else None

    def _weigh(self, reading: Reading) -> dict[Kind, float]:
        evidence: dict[Kind, float] = {}
        for hit in self._cues.find(reading.bare, reading.openings):
            kind, worth = self._owners[hit.cue]
            evidence[kind] = evidence.get(kind, 0.0) + worth
        if len(reading.words) <= SHORT:
            for kind, (likeness, _) in self._neighbours.nearest(dict.fromkeys(reading.words, 1.0)).items():
                evidence[kind] = evidence.get(kind, 0.0) + NEIGHBOUR * ((likeness - LEAST_LIKE) / (1 - LEAST_LIKE)) ** 2
        features = _features(reading.words, reading.text)
        share = LEARNED / max(len(features), 4) ** 0.5
        for feature in features:
            for label, weight in self._weights.get(feature, ()):
                evidence[label] = evidence.get(label, 0.0) + share * weight
        return evidence

    def _is_mash(self, reading: Reading) -> bool:
        """Whether most of the words are letters that no language would put together."""
        odd = 0
        for token, word in zip(reading.tokens, reading.words, strict=True):
            known = self._vocabulary.knows(word) or bool(self._vocabulary.leads(word))
            if not known and (_MASHED.search(token.text) or not _VOWEL.search(token.text)):
                odd += 1
        return odd * 2 > len(reading.tokens)
