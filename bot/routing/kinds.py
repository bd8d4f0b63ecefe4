"""What kind of message a text is, judged apart from its topics: cues of the rules, examples, and the text's shape."""

import re

from bot.core.match import Kind
from bot.routing.cues import CueSet
from bot.routing.reading import Reading
from bot.routing.rules import KINDS, Rules
from bot.routing.spelling import split_words
from bot.routing.vocabulary import Vocabulary

STRONG, USUAL, WEAK, AGAINST = 4.0, 2.0, 1.0, -3.0
NEEDED = 1.5
"""Evidence that another kind than an idea needs when nothing says that it is an idea."""
_LETTERS = re.compile(r"[^\W\d_]+")
_MASHED = re.compile(
    r"asd|sdf|dfg|fgh|ghj|hjk|jkl|klæ|qwe|wer[tq]|zxc|xcv|lkj|(.)\1{3}|[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE
)
_VOWEL = re.compile(r"[aeiouyæøåäöüéèáàóíúіїєаеиоуюяыэ]|[^\x00-\u024f]", re.IGNORECASE)


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

    def learn(self, vocabulary: Vocabulary) -> None:
        """Take the vocabulary, by which a text without words is told from one with rare words."""
        self._vocabulary = vocabulary

    def judge(self, reading: Reading, topic_strength: float, *, in_dialogue: bool) -> Kind:
        """The kind of a text whose best topic has this strength."""
        if self._is_mash(reading):
            return "noise"
        evidence = self._weigh(reading)
        idea = evidence.get("idea", 0.0) + min(topic_strength, 6.0) / 6 + min(len(reading.words), 60) / 30
        if in_dialogue:
            idea += 1.0
        evidence["idea"] = idea
        best = max(KINDS, key=lambda kind: evidence.get(kind, 0.0))
        return best if best == "idea" or evidence[best] >= NEEDED else "idea"

    def judge_alone(self, reading: Reading) -> Kind | None:
        """The kind that one sentence's own cues point to, or None when they say too little."""
        evidence = self._weigh(reading)
        best = max(KINDS, key=lambda kind: evidence.get(kind, 0.0))
        return best if evidence.get(best, 0.0) >= NEEDED else None

    def _weigh(self, reading: Reading) -> dict[Kind, float]:
        evidence: dict[Kind, float] = {}
        for hit in self._cues.find(reading.words, reading.openings):
            kind, worth = self._owners[hit.cue]
            evidence[kind] = evidence.get(kind, 0.0) + worth
        return evidence

    def _is_mash(self, reading: Reading) -> bool:
        """Whether the text has no words: only signs, or letters that no language would put together."""
        words = _LETTERS.findall(reading.text)
        if not words:
            return not any(sign.isdigit() for sign in reading.text)
        odd = 0
        for token, word in zip(reading.tokens, reading.words, strict=True):
            known = self._vocabulary.knows(word) or bool(self._vocabulary.leads(word))
            if not known and (_MASHED.search(token.text) or not _VOWEL.search(token.text)):
                odd += 1
        return odd * 2 > len(reading.tokens)
