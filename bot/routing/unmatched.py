"""Words that people write and no rule knows: what an admin may want to give to a topic."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.routing.match import Router
from bot.routing.reading import Reading
from bot.routing.spelling import Token

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
    """The unknown words of texts with their topics ("" for none), the most frequent first, each in its usual form."""
    forms: dict[str, Counter[str]] = {}
    topics: dict[str, list[str]] = {}
    for text, topic in texts:
        found = {root: token.text.lower() for token, root in unknown_words(router, router.read(text))}
        for root, form in found.items():
            forms.setdefault(root, Counter())[form] += 1
            topics.setdefault(root, []).append(topic)
    words = [
        Unmatched(
            usual_form(forms[root]), len(seen), tuple(each for each, _ in Counter(filter(None, seen)).most_common(3))
        )
        for root, seen in topics.items()
        if len(seen) >= fewest
    ]
    return tuple(sorted(words, key=lambda each: (-each.texts, each.word)))


def unknown_words(router: Router, reading: Reading) -> Iterator[tuple[Token, str]]:
    """The words of a text that lead nowhere in the rules, with their roots: a word is the same in all its forms.

    Numbers and very short words are left out.
    """
    vocabulary = router.vocabulary
    for token, word, root, guess in zip(reading.tokens, reading.words, reading.roots, reading.guesses, strict=True):
        is_word = len(word) >= SHORTEST and word.isalpha()
        if is_word and not guess and not vocabulary.knows(word) and not vocabulary.leads(word):
            yield token, root


def usual_form(written: Counter[str]) -> str:
    """The form that most people wrote; of two, the shorter one, which is nearer to what a dictionary has."""
    return min(written, key=lambda form: (-written[form], len(form), form))
