"""Finds the municipality's places in a text, by the rules' names for them, also where a name is misspelled."""

from collections.abc import Callable, Iterable, Sequence

from bot.routing.cues import CueSet, Hit, words_of
from bot.routing.reading import Reading
from bot.routing.recall import Recall
from bot.routing.spelling import collapse
from bot.routing.vocabulary import Nearest

SHORTEST = 6
"""Letters of a word that may be a place's name misspelled; a shorter one is too near to too many."""
ENDINGS = ("s", "en", "et")
"""What a place's name may have at its end: "Hellerups", "Lyngbyvejen"."""
LONG = 12
"""Letters from which two may be wrong; below it, one."""


class PlaceNames:
    """Knows the places by what they are called (`called`, cues) and their names (`names`, one for each cue)."""

    def __init__(
        self,
        called: Sequence[str],
        names: Sequence[str],
        knows: Callable[[str], bool],
        spell: Callable[[Iterable[str]], Nearest],
    ) -> None:
        """`knows` tells the words of the rules, which are no place misspelled; `spell` guesses at one of some words."""
        self._names = tuple(names)
        self._cues = CueSet(called)
        self._knows = knows
        self._words = frozenset(map(collapse, words_of(called)))
        self._guess = spell(word for word in self._words if len(word) >= SHORTEST)
        self._spell = Recall(self._find_nearest, 1024)

    def find(self, reading: Reading) -> tuple[str, ...]:
        """The names of the places that a text mentions, in its order."""
        hits = sorted(self._hits(reading)[1], key=lambda hit: hit.first)
        return tuple(dict.fromkeys(self._names[hit.cue] for hit in hits))

    def words(self, reading: Reading) -> dict[str, str]:
        """The reading's words that name a place, each with the word that the rules have for it."""
        spelled, hits = self._hits(reading)
        return {reading.words[at]: spelled[at] for hit in hits for at in range(hit.first, hit.last)}

    def _hits(self, reading: Reading) -> tuple[tuple[str, ...], list[Hit]]:
        # Of the words as they are written: a reading takes them for words of the rules, and one road for another.
        spelled = tuple(map(self._spell, reading.settled))
        return spelled, self._cues.find(spelled)

    def _find_nearest(self, word: str) -> str:
        bare = collapse(word)
        if bare in self._words or len(bare) < SHORTEST or bare.isdigit():
            return bare
        for ending in ENDINGS:
            if bare.endswith(ending) and bare.removesuffix(ending) in self._words:
                return bare.removesuffix(ending)
        guess = None if self._knows(word) else self._guess(bare)
        if guess is None or guess[0][0] != bare[0] or guess[1] > (1 if len(bare) < LONG else 2):
            return bare
        return guess[0]
