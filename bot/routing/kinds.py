"""What kind of message a text is, judged apart from its topics: cues of the rules, examples, and the text's shape."""

import re
from bisect import bisect_left as bisect
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.core.match import Kind
from bot.routing.cues import CueSet, words_of
from bot.routing.neighbours import LEAST_LIKE, Neighbours
from bot.routing.reading import Reading, Sentence, read_text
from bot.routing.rules import KINDS, Rules
from bot.routing.second import IDEA_DOUBT, KIND_WORTH, OFFER_DOUBT, Opinion, lean
from bot.routing.spelling import fold_words
from bot.routing.vocabulary import Vocabulary
from bot.routing.weights import Rows, Sample, learn_from_mistakes, weigh_texts

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
JUDGED: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "emergency")
"""Danger is judged before and elsewhere."""
NAMED, CLEAR, BARE_CLEAR = 2.0, 0.5, 2.0
"""A text with a topic this strong is an idea, unless a cue or clearly more than this says otherwise."""
BARE = 6
"""Words; a text no longer than this is often a bare thing that is wished for, and must say more to be anything else."""
MIXING = 30.0
LIKELIHOOD = 1.0
MENDING = 1.0
"""How much the examples count beside the cues: by how likely their words are, and by what the cues get wrong."""
LENGTHS = (2, 4, 8, 14, 25)
"""Words; a text's length is looked at by these steps."""


def _features(words: Sequence[str], roots: Iterable[str], text: str) -> list[str]:
    """What is looked at when a text is likened to the kinds' examples: words, neighbours, the opening, a question."""
    features = [f"{first} {second}" for first, second in pairwise(words)]
    features += words
    features += ["=" + each for each in roots]
    features.append("^" + " ".join(words[:1]))
    features.append("^^" + " ".join(words[:2]))
    features.append("?" if "?" in text else ".")
    features.append(f"length {bisect(LENGTHS, len(words))}")
    return list(dict.fromkeys(features))


def _drop_rare(samples: list[Sample[Kind]]) -> list[Sample[Kind]]:
    """The samples without the features that only one of them has: most are chance, and they cost memory."""
    seen: Counter[str] = Counter()
    for sample in samples:
        seen.update(sample.features)
    return [
        Sample(kind, [feature for feature in features if seen[feature] > 1], given) for kind, features, given in samples
    ]


def _compare_with_ideas(samples: list[Sample[Kind]]) -> float:
    """How much what is learned may count (0..1): less where there are fewer ideas than examples of another kind.

    A text is an idea unless something speaks for another kind, and what was hardly compared with ideas says little.
    """
    sizes = Counter(sample.label for sample in samples)
    return min(1.0, sizes["idea"] / max(sizes.values(), default=1))


def _bias_to_ideas(topic_strength: float, words: int) -> float:
    """What a topic and a long text say for an idea, when nobody says what they want."""
    return min(topic_strength, 6.0) / 6 + min(words, 60) / 30


def _said(evidence: Mapping[Kind, float]) -> list[Kind]:
    return [kind for kind, strength in evidence.items() if strength > 0]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind, the evidence for each kind that has any, and whether there are words that can be read."""

    kind: Kind
    evidence: dict[Kind, float]
    readable: bool = True


class KindLore(NamedTuple):
    """What was learned from examples: what their words say for each kind, and the examples to liken short texts to.

    `faith` is how far (0..1) it may be trusted: see `_compare_with_ideas`.
    """

    rows: Rows[Kind]
    neighbours: Neighbours[Kind]
    faith: float


class KindJudge:
    """Judges kinds; it must `know` what `learn` learned before it can `judge`."""

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
        self._last: tuple[Reading | Sentence | None, Sequence[tuple[Kind, float]]] = (None, ())

    def words(self) -> set[str]:
        """The folded words of the cues and the examples."""
        blocks = self._rules.kinds.items()
        said = words_of(cue for _, block in blocks for cue in (*block.strong, *block.cues, *block.weak, *block.against))
        examples = (text for kind, block in blocks if kind != "noise" for text in block.examples)
        return said.union(*map(fold_words, examples))

    def learn(
        self,
        vocabulary: Vocabulary,
        on_topics: Iterable[tuple[Kind, str]],
        hear: Callable[[Reading, Collection[Kind]], None],
    ) -> KindLore:
        """Learn from the examples; `on_topics` are those of the topics.

        `hear` gets each of them once as it was read, with the kinds that its cues speak for.
        """
        # One string for each feature, however many examples have it, and no reading is kept: there are thousands.
        one: dict[str, str] = {}

        def read(kind: Kind, text: str) -> Sample[Kind]:
            reading = read_text(text, vocabulary)
            given = self._weigh_cues(reading)
            hear(reading, _said(given))
            given["idea"] = given.get("idea", 0.0) + _bias_to_ideas(3.0, len(reading.words))
            features = _features(reading.words, reading.roots, text)
            return Sample(kind, [one.setdefault(each, each) for each in features], given)

        samples = [read(kind, text) for kind, block in self._rules.kinds.items() for text in block.examples]
        neighbours: Neighbours[Kind] = Neighbours(
            [(sample.label, "", [feature for feature in sample.features if feature.isalnum()]) for sample in samples]
        )
        samples += [read(kind, text) for kind, text in on_topics]
        faith = _compare_with_ideas(samples)
        samples = _drop_rare(samples)
        likely = weigh_texts(samples, JUDGED, MIXING)
        mended = learn_from_mistakes(samples, JUDGED, rounds=4, step=0.5, margin=3.0)
        likelihood, mending = faith * LIKELIHOOD, faith * MENDING
        rows = Rows(
            JUDGED,
            (
                (feature, [likelihood * one + mending * two for one, two in zip(row, mended[feature], strict=True)])
                for feature, row in likely.items()
            ),
        )
        return KindLore(rows, neighbours, faith)

    def know(self, vocabulary: Vocabulary, lore: KindLore) -> None:
        """Judge by this from now on."""
        self._vocabulary = vocabulary
        self._learned, self._neighbours, self._faith = lore

    def parts(self) -> list[object]:
        """What holds the large tables of what was learned."""
        return [self._learned, self._neighbours, self._cues]

    def judge(
        self, reading: Reading, topic_strength: float, opinion: Opinion | None = None, *, in_dialogue: bool
    ) -> Verdict:
        """The kind of a text whose best topic has this strength by the rules' own words."""
        if not _LETTERS.search(reading.text):
            kind: Kind = "smalltalk" if len(reading.text.strip()) <= FEW_SIGNS else "noise"
            return Verdict(kind, {kind: STRONG}, readable=False)
        if self._is_mash(reading):
            return Verdict("noise", {"noise": STRONG}, readable=False)
        evidence = self._weigh_cues(reading)
        idea = _bias_to_ideas(topic_strength, len(reading.words)) + (1.0 if in_dialogue else 0.0)
        evidence["idea"] = evidence.get("idea", 0.0) + idea
        said = {kind for kind, strength in evidence.items() if strength > 0}
        self._add_learned(reading, evidence)
        if opinion is not None:
            evidence["idea"] -= IDEA_DOUBT
            evidence["offer"] = evidence.get("offer", 0.0) - OFFER_DOUBT
            for kind, likely in opinion.kinds.items():
                worth = self._faith * KIND_WORTH
                evidence[kind] = evidence.get(kind, 0.0) + worth * lean(likely, len(opinion.kinds))
        best = max(JUDGED, key=lambda kind: evidence.get(kind, -9.0))
        if opinion is not None and len(reading.words) > BARE:
            return Verdict(best, evidence)
        clear = BARE_CLEAR if len(reading.words) <= BARE else CLEAR
        if best not in said and topic_strength >= NAMED and evidence[best] - evidence["idea"] < clear:
            best = "idea"
        if best != "idea" and evidence.get(best, 0.0) < NEEDED:
            best = "idea"
        return Verdict(best, evidence)

    def said(self, reading: Reading) -> list[Kind]:
        """The kinds that the text's own cues speak for."""
        return _said(self._weigh_cues(reading))

    def hinted(self, reading: Reading) -> set[Kind]:
        """The kinds that some cue speaks for anywhere in the text, whatever speaks against them."""
        return {kind for kind, worth in self._spoken(reading) if worth > 0}

    def judge_alone(self, sentence: Sentence) -> Kind | None:
        """The kind that one sentence's own cues point to, or None when they say too little."""
        evidence = self._weigh_cues(sentence)
        best = max(JUDGED, key=lambda kind: evidence.get(kind, 0.0))
        return best if evidence.get(best, 0.0) >= NEEDED else None

    def _weigh_cues(self, reading: Reading | Sentence) -> dict[Kind, float]:
        evidence: dict[Kind, float] = {}
        for kind, worth in self._spoken(reading):
            evidence[kind] = evidence.get(kind, 0.0) + worth
        return evidence

    def _spoken(self, reading: Reading | Sentence) -> Sequence[tuple[Kind, float]]:
        """What each cue in the text says; danger asks for the same cues as the kind does, and is asked first."""
        if self._last[0] is not reading:
            self._last = (reading, [self._owners[hit.cue] for hit in self._cues.find(reading.bare, reading.openings)])
        return self._last[1]

    def _add_learned(self, reading: Reading, evidence: dict[Kind, float]) -> None:
        if len(reading.words) <= SHORT:
            for kind, (likeness, _) in self._neighbours.nearest(dict.fromkeys(reading.settled, 1.0)).items():
                evidence[kind] = evidence.get(kind, 0.0) + NEIGHBOUR * ((likeness - LEAST_LIKE) / (1 - LEAST_LIKE)) ** 2
        roots = reading.unguessed(self._vocabulary.root).roots if any(reading.guesses) else reading.roots
        self._learned.add_up(_features(reading.settled, roots, reading.text), evidence)

    def _is_mash(self, reading: Reading) -> bool:
        """Whether most of the words are letters that no language would put together."""
        odd = 0
        for token, word, guess in zip(reading.tokens, reading.words, reading.guesses, strict=True):
            mashed = _MASHED.search(token.text) or not _VOWEL.search(token.text)
            if mashed and (guess or not (self._vocabulary.knows(word) or self._vocabulary.leads(word))):
                odd += 1
        return odd * 2 > len(reading.tokens)
