"""What a text is about: topics weighed by the rules' words, phrases and examples."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.match import Kind
from bot.routing.cues import CueSet, words_of
from bot.routing.letters import RUN, LetterHints
from bot.routing.neighbours import LEAST_LIKE, Neighbours
from bot.routing.reading import Reading
from bot.routing.rules import Rules, TopicBlock
from bot.routing.second import TOPIC_WORTH, Opinion, lean
from bot.routing.spelling import compact, fingerprint, fold, fold_words
from bot.routing.taught import Taught
from bot.routing.vocabulary import HEAD, Lead, Vocabulary, heads_of
from bot.routing.weights import EXAMPLE_COUNT, HINT_COUNT, WORD_COUNT, Counts

PHRASE_COUNT = 4.0
GUESS_LOSS = 0.85
"""What is left of a word's weight for each letter that had to be guessed."""
NEGATED = 0.35
_NEGATIONS = frozenset(("ikke", "ingen", "uden", "hverken", "aldrig", "not", "no", "without", "fremfor"))
_KEEPS = frozenset(("flere", "mere", "kun", "bare", "more", "only", "just", "nok"))
TAUGHT = 12.0
"""What it says for a topic when all words and their letters speak for it."""
UNNAMED = 0.5
"""What is left of it in a text that holds no word of the rules."""
MOST_TAUGHT = 100
"""Topics that are told apart by what was learned of all of them; of more, only letters are counted, topic by topic."""
TOGETHER = 8
"""A topic's words are taught so many at a time: alone, one would count as much as a whole example."""
MOST_SPELLED = 10
"""Words that count in full when topics are guessed by their letters; of more, each counts less."""
KIN = 0.8
"""How much the letters of a word count that the rules know anyway."""
NEIGHBOUR = 10.0
"""What an example that is the same as the text adds to its topic."""
FAINT = 0.2
"""A topic that has less than this share of what the best one has is not worth naming."""
SHOWN_LIKENESS = 0.6
LONG_ENOUGH_TO_JOIN = 6
"""Letters of a rule word that is also found written in two."""
MOST_REASONS = 6


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for a topic, how much of it by the rules' own words, and the words that do, strongest first."""

    strength: float
    own: float
    because: tuple[str, ...]


class Found(NamedTuple):
    """A feature found in a text, with the citizen's words for it."""

    feature: str
    quality: float
    shown: str


class TopicJudge:
    """Weighs topics; `learn` must be called once with the vocabulary before `judge`."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.order = {topic: number for number, topic in enumerate(rules.topics)}
        phrases = [
            (topic, cue)
            for topic, block in rules.topics.items()
            for cue in (*block.phrases, *_find_long_names((*block.words, *block.other_languages)))
        ]
        self._examples = [
            (topic, text, fold_words(text)) for topic, block in rules.topics.items() for text in block.texts
        ]
        self._phrase_topics = [topic for topic, _ in phrases]
        self._phrase_words = words_of(cue for _, cue in phrases)
        self._phrases = CueSet(cue for _, cue in phrases)

    def rule_words(self) -> list[str]:
        """Every word that a topic names, in the file's order."""
        return [
            word
            for topic, block in self._rules.topics.items()
            for word in (*block.words, *self._weak_words(topic), *block.other_languages)
        ]

    def _weak_words(self, topic: str) -> Iterator[str]:
        """Words that point to a topic a little: the admin's, and those that were brought in for it."""
        yield from self._rules.topics[topic].hints
        yield from self._rules.kle_words.get(topic, ())

    def own_words(self) -> list[str]:
        """The words that a topic names as its own, strong ones."""
        return [word for block in self._rules.topics.values() for word in block.words]

    def example_texts(self) -> list[tuple[Kind, str]]:
        """The examples of all topics with their kind, and the offers."""
        blocks = self._rules.topics.values()
        ideas: list[tuple[Kind, str]] = [("idea", text) for block in blocks for text in block.examples]
        return ideas + [("offer", text) for block in blocks for text in block.offers]

    def example_words(self) -> set[str]:
        """The folded words of the examples and phrases."""
        return {word for _, _, words in self._examples for word in words} | self._phrase_words

    def favoured(self, vocabulary: Vocabulary) -> Iterable[str]:
        """The folded words that win when two are equally near to a misspelled one."""
        return (word for word in vocabulary.words if vocabulary.root(word) in vocabulary.rule_roots)

    def learn(self, vocabulary: Vocabulary) -> None:
        """Weigh the words of the rules against each other."""
        self._vocabulary = vocabulary
        counts = Counts(tuple(self._rules.topics))
        for topic, block in self._rules.topics.items():
            for word in self._weak_words(topic):
                counts.raise_to(topic, self._root_of(word), HINT_COUNT)
            for word in (*block.words, *block.other_languages):
                counts.raise_to(topic, self._root_of(word), WORD_COUNT)
        examples = [(topic, example, self._features_of_example(words)) for topic, example, words in self._examples]
        for topic, _, features in examples:
            counts.add(topic, features, EXAMPLE_COUNT)
        self._neighbours = Neighbours(examples)
        # By what their words come to: a text that is an example is found however it would be respelled or negated.
        self._word_for_word: dict[int, tuple[tuple[str, str], ...]] = {}
        for topic, example, words in self._examples:
            key = fingerprint(words)
            self._word_for_word[key] = (*self._word_for_word.get(key, ()), (topic, example))
        for number, topic in enumerate(self._phrase_topics):
            counts.raise_to(topic, f"vending {number}", PHRASE_COUNT)
        self._weights = counts.weights()
        self._taught = (
            Taught(list(self._lessons()), self._vocabulary.small)
            if 1 < len(self._rules.topics) <= MOST_TAUGHT
            else None
        )
        spelled = {} if self._taught else {topic: self._spell_out(block) for topic, block in self._rules.topics.items()}
        self._letters = LetterHints(spelled)
        # No longer needed, and they are most of what was read.
        self._examples, self._phrase_words = [], set()
        long = (word for word in self.rule_words() if len(word) >= LONG_ENOUGH_TO_JOIN)
        # A dict, as a set would take two to three times the memory.
        self._joined = dict.fromkeys(map(self._root_of, long))
        self._joined_heads = heads_of(self._joined)

    def parts(self) -> list[object]:
        """What holds the large tables of what was learned."""
        return [self, self._neighbours, self._letters]

    def _root_of(self, word: str) -> str:
        return self._vocabulary.root(compact(word))

    def _lessons(self) -> Iterator[tuple[str, list[str]]]:
        """The topics with the settled words of each example, and their own words, a few at a time."""
        settle = self._vocabulary.settle
        for topic, _, words in self._examples:
            yield topic, list(map(settle, words))
        for topic, block in self._rules.topics.items():
            for names in ((*block.words, *block.other_languages), block.hints):
                for at in range(0, len(names), TOGETHER):
                    yield topic, [settle(word) for name in names[at : at + TOGETHER] for word in fold_words(name)]

    def _spell_out(self, block: TopicBlock) -> list[tuple[int, list[str]]]:
        """A topic's words as folded single words, with how many halves their letters count."""
        small = self._vocabulary.small
        return [
            (worth, [word for text in texts for word in fold_words(text) if word not in small])
            for worth, texts in ((2, (*block.words, *block.other_languages)), (1, block.hints))
        ]

    def _features_of_example(self, words: list[str]) -> list[str]:
        settled = map(self._vocabulary.settle, words)
        return list(dict.fromkeys(lead.root for word in settled for lead in self._vocabulary.leads(word)))

    def _is_telling(self, word: str) -> bool:
        """Whether the letters of this word are looked at: of known words too, since their kin may be under the topic.

        By its letters a word leans on all words of a topic that are built like it, not only on the one it leads to.
        """
        return len(word) >= RUN and word.isalpha() and word not in self._vocabulary.small

    def judge(self, reading: Reading, opinion: Opinion | None = None) -> dict[str, Evidence]:
        """The topics that something speaks for."""
        strengths: defaultdict[str, float] = defaultdict(float)
        reasons: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        found_all = self._find(reading)
        for found in found_all:
            for topic, weight in self._weights.get(found.feature, ()):
                gain = weight * found.quality
                strengths[topic] += gain
                reasons[topic].append((gain, found.shown))
        liked = {f.feature: f.quality for f in found_all}
        alike = self._neighbours.nearest(liked)
        for topic, example in self._word_for_word.get(fingerprint(token.fold for token in reading.tokens), ()):
            alike[topic] = (1.0, example)
        for topic, (likeness, example) in alike.items():
            gain = NEIGHBOUR * ((likeness - LEAST_LIKE) / (1 - LEAST_LIKE)) ** 2
            strengths[topic] += gain
            if likeness >= SHOWN_LIKENESS:
                reasons[topic].append((gain, f"ligner: {example}"))
        # A topic that no word of the rules speaks for stays faint, so that nobody is named for it.
        share = 1.0 if strengths else UNNAMED
        for topic, gain in self._spell(reading):
            strengths[topic] += share * gain
        own = dict(strengths)
        if opinion is not None:
            for topic, likely in opinion.topics.items():
                gain = TOPIC_WORTH * lean(likely, len(opinion.topics))
                strengths[topic] += gain
                if topic in opinion.like:
                    reasons[topic].append((gain, f"ligner: {opinion.like[topic]}"))
        least = FAINT * max(strengths.values(), default=0.0)
        return {
            topic: Evidence(strength, own.get(topic, 0.0), _name_reasons(reasons.get(topic, [])))
            for topic, strength in strengths.items()
            if strength > least
        }

    def _spell(self, reading: Reading) -> Iterator[tuple[str, float]]:
        """What the words say for and against topics by how they and their letters are spread over all of them."""
        if self._taught is not None:
            for topic, gain in self._taught.strengths(reading.words).items():
                yield topic, TAUGHT * gain
            return
        spelled = [word for word in dict.fromkeys(reading.words) if self._is_telling(word)]
        # A guess by letters may tip a short text; a long one must not be judged by a heap of them.
        share = min(1.0, MOST_SPELLED / max(len(spelled), 1))
        for word in spelled:
            worth = share * (KIN if self._vocabulary.leads(word) else 1.0)
            for topic, gain in self._letters.strengths(word):
                yield topic, worth * gain

    def _find(self, reading: Reading) -> list[Found]:
        best: dict[str, Found] = {}

        def note(found: Found) -> None:
            known = best.get(found.feature)
            if known is None or found.quality > known.quality:
                best[found.feature] = found

        words, tokens, small = reading.words, reading.tokens, self._vocabulary.small
        negated = _find_negated(words)
        for at, word in enumerate(words):
            certain = GUESS_LOSS ** reading.guesses[at] * (NEGATED if at in negated else 1.0)
            for lead in self._vocabulary.leads(word):
                note(
                    Found(
                        lead.root, lead.quality * certain, self._show(tokens[at].text, word, reading.guesses[at], lead)
                    )
                )
            if at + 1 < len(words) and not (word in small and words[at + 1] in small):
                pair = word + words[at + 1]
                # Most neighbours begin like nothing that the rules write as one word: their root need not be found.
                joined = self._vocabulary.root(pair) if pair[:HEAD] in self._joined_heads else ""
                if joined in self._joined:
                    shown = f"{tokens[at].text} {tokens[at + 1].text}"
                    meant = self._vocabulary.shown[joined]
                    note(Found(joined, certain, shown if fold(meant) == fold(shown) else f"{shown} ≈ {meant}"))
        for hit in self._phrases.find(reading.bare, reading.openings):
            shown = " ".join(token.text for token in tokens[hit.first : hit.last])
            note(Found(f"vending {hit.cue}", 1.0, shown))
        return list(best.values())

    def _show(self, text: str, word: str, guess: int, lead: Lead) -> str:
        """The citizen's word, with the rules' word where it was spelled or formed differently."""
        meant = lead.rule_word or (self._vocabulary.written(word) if guess else "")
        return f"{text} ≈ {meant}" if meant else text


def _find_long_names(words: Iterable[str]) -> Iterator[str]:
    """Names of three words or more, as cues; those of two are found by joining neighbours."""
    for word in words:
        parts = fold_words(word)
        if len(parts) > 2:
            yield " ".join(parts)


def _find_negated(words: tuple[str, ...]) -> set[int]:
    """The positions one or two words after a negation, unless a word between, or just before it, takes it back."""
    if _NEGATIONS.isdisjoint(words):
        return set()
    after = {at for place, word in enumerate(words) if word in _NEGATIONS for at in (place + 1, place + 2)}
    return {at for at in after if _KEEPS.isdisjoint(words[max(0, at - 2) : at])}


def _name_reasons(reasons: list[tuple[float, str]]) -> tuple[str, ...]:
    ranked = sorted(reasons, key=lambda reason: (-reason[0], reason[1]))
    return tuple(dict.fromkeys(shown for gain, shown in ranked if gain > 0.3))[:MOST_REASONS]
