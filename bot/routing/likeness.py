"""How like two ideas are: by the words that tell most, their parts and their spelling; held in memory, never stored."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt

from bot.core.match import TopicScore
from bot.routing.danish import SMALL_WORDS
from bot.routing.match import Router, Spellings
from bot.routing.spelling import fold_words
from bot.routing.vocabulary import root

ALIKE = 0.48
"""From this likeness (0..1) on two texts may be about the same."""
PART, PLACE, GUESSED = 0.55, 0.5, 0.8
"""What a part of a compound, the name of a place, and a word whose spelling was guessed count of a whole word."""
SAME_TOPIC, OTHER_TOPIC = 1.12, 0.75
PRIOR = 60
"""Texts that are imagined beside the real ones, so that in a small collection a common word is not taken for rare."""
MOST_FEATURES = 60
"""Features that are kept of one text, the first ones: what an idea is about stands early."""
TITLE = 1.3
"""A word in the title counts more than one beneath it."""
MOST_HOLDERS, COMPARED = 400, 40
"""Texts that a word may stand in and still find them by itself, and texts that are compared in full."""
NEW_SHARE = 50
"""New words are found by their spelling once they are more than one in so many; until then only as they are written."""
SHORTEST = 3
"""Letters of the shortest word that can tell."""
TOPIC_SCORE = 40.0
"""What a topic must score for a text to be about it."""

_AT = "@"
"""Begins the feature that is a place."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One text: its features with their weights (0..1.3), those that are places, and its topics."""

    features: Mapping[str, float]
    topics: frozenset[str]


class Likeness:
    """Texts by number, found by what they say. It reads words as the rules do that it was made with."""

    def __init__(self, router: Router | None = None) -> None:
        """Without a router words are known by their stems alone."""
        self._router = router
        self._texts: dict[int, _Text] = {}
        self._holders: dict[str, set[int]] = defaultdict(set)
        self._spellings: Spellings | None = None
        self._new = 0

    def put(self, number: int, title: str, words: str, topics: Sequence[str]) -> None:
        """Take in a text, or take it in anew."""
        self.drop(number)
        features = {feature: weight * TITLE for feature, weight in self._features(title).items()}
        for feature, weight in self._features(words).items():
            features[feature] = max(features.get(feature, 0.0), weight)
        kept = dict(list(features.items())[:MOST_FEATURES])
        self._texts[number] = _Text(kept, frozenset(topics[:2]))
        for feature in kept:
            self._new += feature not in self._holders
            self._holders[feature].add(number)

    def drop(self, number: int) -> None:
        """Forget a text and every word of it."""
        text = self._texts.pop(number, None)
        for feature in text.features if text is not None else ():
            holders = self._holders[feature]
            holders.discard(number)
            if not holders:
                del self._holders[feature]
                self._spellings = None

    def numbers(self) -> frozenset[int]:
        """The numbers of all texts that are held."""
        return frozenset(self._texts)

    def rank(
        self, text: str, topics: Sequence[TopicScore], among: Collection[int] | None = None
    ) -> list[tuple[float, int]]:
        """How like each text is that shares a telling word with this one, the likest first; a place is none."""
        asked = self._near(self._features(text))
        about = {found.topic for found in topics[:2] if found.score >= TOPIC_SCORE}
        worth = {feature: self._worth(feature) for feature in asked}
        size = sqrt(sum(worth[feature] * weight**2 for feature, weight in asked.items())) or 1.0
        shared, telling = self._share(asked, worth, among)
        nearest = nlargest(COMPARED, telling, key=lambda number: shared[number])
        ranked = []
        for number in nearest:
            held = self._texts[number]
            likeness = shared[number] / (size * self._size(held, size))
            if about and held.topics:
                likeness *= SAME_TOPIC if about & held.topics else OTHER_TOPIC
            ranked.append((min(likeness, 1.0), number))
        return sorted(ranked, key=lambda one: (-one[0], -one[1]))

    def _share(
        self, asked: Mapping[str, float], worth: Mapping[str, float], among: Collection[int] | None
    ) -> tuple[dict[int, float], set[int]]:
        """What each text shares with what is asked for, and those that share more than a place; rare words first.

        A word that very many texts hold finds none by itself: it counts where a rarer one has found the text.
        """
        shared: dict[int, float] = defaultdict(float)
        telling: set[int] = set()
        for feature in sorted(asked, key=lambda one: -worth[one]):
            holders: Collection[int] = self._holders.get(feature, ())
            common = len(holders) > MOST_HOLDERS and bool(shared)
            place = feature.startswith(_AT)
            for number in list(shared) if common else holders:
                if (common and number not in holders) or (among is not None and number not in among):
                    continue
                shared[number] += worth[feature] * asked[feature] * self._texts[number].features[feature]
                if not place:
                    telling.add(number)
        return shared, telling

    def _size(self, held: _Text, asked: float) -> float:
        """The length of a text; one that says much more than what is asked for is not held against it in full."""
        whole = sqrt(sum(self._worth(feature) * weight**2 for feature, weight in held.features.items())) or 1.0
        return whole if whole <= asked else sqrt(whole * asked)

    def _worth(self, feature: str) -> float:
        held = len(self._holders.get(feature, ()))
        rare = log((len(self._texts) + PRIOR) / (held + 1))
        return max(rare, 0.1) * (PLACE if feature.startswith(_AT) else 1.0)

    def _features(self, text: str) -> dict[str, float]:
        """Roots of the telling words, the parts of compounds, and the places that are named."""
        router = self._router
        if router is None:
            return {root(word): 1.0 for word in fold_words(text) if word not in SMALL_WORDS and len(word) >= SHORTEST}
        reading = router.read(text)
        vocabulary = router.vocabulary
        places = router.place_words(reading)
        found: dict[str, float] = {}
        for word in dict.fromkeys(reading.words):
            if word in vocabulary.small or len(word) < SHORTEST or word.isdigit():
                continue
            whole = vocabulary.root(word)
            if word in places:
                found[_AT + vocabulary.root(places[word])] = 1.0
                continue
            found[whole] = 1.0
            for part in vocabulary.parts(word):
                if part != whole:
                    found.setdefault(part, PART)
        return found

    def _near(self, asked: Mapping[str, float]) -> dict[str, float]:
        """The features with those that no text has led to the nearest spelling that one has."""
        if self._spellings is None or self._new * NEW_SHARE > len(self._holders):
            self._spellings = Spellings((one for one in self._holders if not one.startswith(_AT)), frozenset())
            self._new = 0
        near: dict[str, float] = {}
        for feature, weight in asked.items():
            known = feature in self._holders or feature.startswith(_AT)
            found = None if known else self._spellings.nearest(feature)
            if found is not None:
                near[found[0]] = max(near.get(found[0], 0.0), weight * GUESSED)
            else:
                near[feature] = max(near.get(feature, 0.0), weight)
        return near
