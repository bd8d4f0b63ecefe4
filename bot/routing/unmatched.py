"""Words that people write and no rule knows: what an admin may want to give to a topic."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.routing.match import Router

SHORTEST = 4
FEWEST = 3
"""A word is told only when it stands in this many texts, so that no single citizen's words are shown."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A word that no rule knows, in how many texts it stands, and the topics that those texts went to, most first."""

    word: str
    texts: int
    topics: tuple[str, ...]


def find_unmatched(router: Router, texts: Iterable[tuple[str, str]], fewest: int = FEWEST) -> tuple[Unmatched, ...]:
    """The unknown words of texts with their topics ("" for none), the most frequent first."""
    counts: Counter[str] = Counter()
    topics: dict[str, Counter[str]] = {}
    for text, topic in texts:
        reading = router.read(text)
        for word in {
            token.text.lower()
            for token, settled, guess in zip(reading.tokens, reading.words, reading.guesses, strict=True)
            if not guess and _is_strange(router, settled)
        }:
            counts[word] += 1
            topics.setdefault(word, Counter())[topic] += bool(topic)
    return tuple(
        Unmatched(word, count, tuple(topic for topic, seen in topics[word].most_common(3) if topic and seen))
        for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if count >= fewest
    )


def _is_strange(router: Router, word: str) -> bool:
    """Whether the word, as it was settled, leads nowhere in the rules; numbers and very short words are left out."""
    is_word = len(word) >= SHORTEST and word.isalpha()
    return is_word and not router.vocabulary.knows(word) and not router.vocabulary.leads(word)
