"""A text as routing reads it: words settled and spelled as the rules spell them, with where sentences open."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from bot.routing.spelling import Token, collapse, split_sentences, split_words
from bot.routing.vocabulary import Nearest, Vocabulary

SLIP = 8
"""Letters from which a word that is one letter off a known one is taken for it, before it is split into parts."""
_PAUSES = frozenset(".!?:;,\n–—…")
LONGEST = 6000
"""Characters that are read; a longer text is judged by its beginning."""


class Sentence(NamedTuple):
    """One sentence of a text, as cues look at it: see `Reading.bare`."""

    text: str
    bare: tuple[str, ...]
    openings: frozenset[int]


@dataclass(frozen=True)
class Reading:
    """`words` are folded, settled and respelled, one a token; `roots` are theirs.

    `guesses` tells how many letters each was off.
    """

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    roots: tuple[str, ...]
    guesses: tuple[int, ...]
    openings: frozenset[int]

    @cached_property
    def settled(self) -> tuple[str, ...]:
        """The words without any guess at their spelling; a word that was guessed at stands as it was written."""
        return tuple(
            token.fold if guess else word
            for token, word, guess in zip(self.tokens, self.words, self.guesses, strict=True)
        )

    def unguessed(self, root: Callable[[str], str]) -> "Reading":
        """The same text as it is written where its spelling was guessed at; `root` gives a word's root."""
        roots = tuple(
            root(word) if guess else known
            for word, known, guess in zip(self.settled, self.roots, self.guesses, strict=True)
        )
        return replace(self, words=self.settled, roots=roots, guesses=(0,) * len(roots))

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """The words without doubled letters, as cues compare them."""
        return tuple(map(collapse, self.words))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The text's sentences, in order."""
        found: list[Sentence] = []
        end = first = 0
        for sentence in split_sentences(self.text):
            start = self.text.index(sentence, end)
            end = start + len(sentence)
            while first < len(self.tokens) and self.tokens[first].start < start:
                first += 1
            last = first
            while last < len(self.tokens) and self.tokens[last].start < end:
                last += 1
            openings = frozenset((0, *(at - first for at in self.openings if first <= at < last)))
            found.append(Sentence(sentence, self.bare[first:last], openings))
            first = last
        return found


def _find_openings(text: str, tokens: list[Token]) -> frozenset[int]:
    """The positions of words that open a sentence or follow a comma or a dash."""
    openings = set()
    end = 0
    for number, token in enumerate(tokens):
        between = text[end : token.start]
        if number == 0 or not _PAUSES.isdisjoint(between) or " - " in between:
            openings.add(number)
        end = token.end
    return frozenset(openings)


def read_text(text: str, vocabulary: Vocabulary, nearest: Nearest | None = None) -> Reading:
    """Read a text; words that nothing explains are respelled as the nearest known word, if one is near."""
    # Some phones write å as an a with a ring after it, which would end the word.
    text = normalize("NFC", text[:LONGEST])
    tokens = split_words(text)
    words: list[str] = []
    guesses: list[int] = []
    for token in tokens:
        word = vocabulary.settle(token.fold)
        guess = 0
        if nearest is not None and not vocabulary.knows(word):
            found = nearest(word)
            # One letter wrong in a long word is a slip; a shorter one may well be a compound that the rules don't have.
            if found is not None and ((len(word) >= SLIP and found[1] == 1) or not vocabulary.leads(word)):
                word, guess = found
        words.append(word)
        guesses.append(guess)
    roots = tuple(map(vocabulary.root, words))
    return Reading(text, tuple(tokens), tuple(words), roots, tuple(guesses), _find_openings(text, tokens))
