"""The words that the rules know: how a citizen's word is led back to one of them, by stem, by compound, by spelling."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from bot.routing.danish import APART, HURRIED, IRREGULAR, SMALL_WORDS
from bot.routing.recall import Recall
from bot.routing.spelling import compact, fold, has_vowel, stem

SHORTEST_PART = 3
"""Letters of the shortest part that a compound is split into."""
SHORTEST_KNOWN_ALONE = 5
"""Letters of a known part that counts even when the other part of the compound is unknown."""

BOTH_KNOWN, ONE_KNOWN = 0.8, 0.6
"""What is left of a word's weight when it stands in a compound, whose other part is known or not."""
HEAD = 3
"""Letters that finding a root leaves at a word's beginning, in the alphabets that the rules are written in."""

Nearest = Callable[[str], tuple[str, int] | None]


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """The stem of a folded word, irregular forms first."""
    return APART.get(word) or stem(IRREGULAR.get(word, word))


def heads_of(roots: Iterable[str]) -> frozenset[str]:
    """How the words may begin whose root is one of these: as it does, or as an irregular one does."""
    begin = {found[:HEAD] for found in roots}
    return frozenset(begin | {word[:HEAD] for word in (*APART, *IRREGULAR)})


class Lead(NamedTuple):
    """A word of the rules that a citizen's word leads to: its root, how well (0..1), and the word if it differs."""

    root: str
    quality: float
    rule_word: str = ""


class Vocabulary:
    """Roots of the rules' words, with a spelling for show, and a way from any word to them."""

    def __init__(
        self,
        rule_words: Iterable[str],
        other_words: Iterable[str],
        spellings: Mapping[str, str],
        insisted: Iterable[str] = (),
    ) -> None:
        """`rule_words` are those that topics name; `other_words` are known, but not looked for in compounds.

        `insisted` are words that count although they are small: an admin named them as a topic's own.
        """
        self.small = SMALL_WORDS - {fold(word) for word in insisted}
        self.shown: dict[str, str] = {}
        self._roots: dict[str, str] = {}
        self._written: dict[str, str] = {}
        one: dict[str, str] = {}
        for word in rule_words:
            self._note(compact(word), word, one)
        # A dict, as a set would take two to three times the memory.
        self.rule_roots = dict.fromkeys(self.shown)
        # In the order of the alphabet: the spelling that is shown must not depend on how a set happens to lie.
        for word in sorted(other_words):
            self._note(word, word, one)
        self._hurried = {**HURRIED, **{fold(written): fold(meant) for written, meant in spellings.items()}}
        self._split = Recall(self._split_compound, 2048)
        self._leads = Recall(self._find_leads, 2048)

    def _note(self, folded: str, written: str, one: dict[str, str]) -> None:
        """Take in a word; `one` holds each root once, since several words have the same."""
        if folded not in self._roots:
            its_root = root(folded)
            self._roots[folded] = one.setdefault(its_root, its_root)
            if written == folded:
                written = folded
            else:
                self._written[folded] = written
            self.shown.setdefault(one[its_root], written)

    @property
    def words(self) -> Collection[str]:
        """Every word that the rules know, folded."""
        return self._roots.keys()

    def written(self, word: str) -> str:
        """A folded word as the rules write it; any other as it is."""
        return self._written.get(word, word)

    def root(self, word: str) -> str:
        """The root of a folded word; that of a known one is looked up."""
        return self._roots.get(word) or root(word)

    def settle(self, word: str) -> str:
        """The folded word as it is meant: hurried spellings written out ("ik" is "ikke")."""
        return self._hurried.get(word, word)

    def knows(self, word: str) -> bool:
        """Whether the folded word is small, in the rules, or an ending away from a word in the rules."""
        return word in self.small or word in self._roots or self.root(word) in self.shown

    def leads(self, word: str) -> tuple[Lead, ...]:
        """The rules' words that a settled word leads to without guessing at its spelling."""
        return () if word in self.small else self._leads(word)

    def _find_leads(self, word: str) -> tuple[Lead, ...]:
        its_root = self.root(word)
        if len(word) <= SHORTEST_PART and word not in self._roots:
            return ()
        if its_root in self.rule_roots or word in self._roots:
            rule_word = self.shown.get(its_root, word)
            return (Lead(its_root, 1.0, "" if fold(rule_word) == word else rule_word),)
        parts = self._split(word)
        known = (Lead(its_root, 1.0),) if its_root in self.shown else ()
        return known + tuple(Lead(part, quality, self.shown[part]) for part, quality in parts)

    def parts(self, word: str) -> tuple[str, ...]:
        """The roots of the parts of a compound, as far as the rules know them; none for any other word."""
        return tuple(part for part, _ in self._split(word))

    def _part(self, part: str) -> str:
        """The root of a part of a compound when the rules know it, else ""."""
        for form in (part, part.removesuffix("s"), part.removesuffix("e")):
            if len(form) >= SHORTEST_PART and form not in self.small:
                its_root = self.root(form)
                if its_root in self.rule_roots:
                    return its_root
        return ""

    def _split_compound(self, word: str) -> tuple[tuple[str, float], ...]:
        best: tuple[tuple[str, float], ...] = ()
        best_worth = 0.0
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            first, last = word[:cut], word[cut:]
            first_root, last_root = self._part(first), self._part(last)
            worth = (len(first) if first_root else 0) + (len(last) * 1.1 if last_root else 0)
            if not (first_root and last_root):
                alone, other = (first, last) if first_root else (last, first)
                if not (first_root or last_root) or len(alone) < SHORTEST_KNOWN_ALONE or not has_vowel(other):
                    continue
            if worth > best_worth:
                best_worth = worth
                quality = BOTH_KNOWN if first_root and last_root else ONE_KNOWN
                best = tuple((part, quality) for part in (first_root, last_root) if part)
        return best
