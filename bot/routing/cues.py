"""Cues: the small language in which the rules describe turns of phrase, and a matcher that finds them in a text.

A cue is words in a row: `hvor langt er`. A slash gives a choice: `min/vores/mit idé`. A star at the end of a word
takes any ending: `cykel*`. Three dots let up to five words stand between: `har ... sendt`. A plus asks for both
parts anywhere in the text: `røg + vindue*`. A ^ first asks that it opens the sentence: `^lav`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from bot.routing.recall import Recall
from bot.routing.spelling import collapse, fold, fold_words

GAP = 5
"""How many words three dots may stand for."""
FEW = 6
"""Choices that are looked through one by one faster than they are looked up, and in a third of the memory."""


LOOSE = -1
"""In the place of the slot that must follow at once, where a row has none."""

Held = TypeVar("Held")


class CueError(ValueError):
    """The cue can't be read; the message says why, in Danish."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a row: any of `words`, or any word that begins with one of `starts`."""

    words: tuple[str, ...] | frozenset[str]
    starts: tuple[str, ...]
    after_gap: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Words in a row, at the sentence's opening when `opens`."""

    slots: tuple[Slot, ...]
    opens: bool
    rest: tuple[Slot, ...]

    def end_at(self, words: Sequence[str], start: int) -> int:
        """The position after the last word when the row stands at `start` (first slot already taken), else -1."""
        at, end = start + 1, len(words)
        for slot in self.rest:
            reach = min(at + GAP + 1, end) if slot.after_gap else at + 1 if at < end else at
            named, starts = slot.words, slot.starts
            while at < reach and words[at] not in named and not (starts and words[at].startswith(starts)):
                at += 1
            if at >= reach:
                return -1
            at += 1
        return at


class Hit(NamedTuple):
    """A cue that was found: its number in the set and the words (first, after last) of its first row."""

    cue: int
    first: int
    last: int


_Place = tuple[int, int, Row]
"""Where a row stands among the cues: the cue, its part, the row."""


class _Begun(NamedTuple):
    """The rows that a word may begin: those that any word may follow, and the others by the slot that must follow."""

    loose: Sequence[_Place]
    tied: Mapping[int, Sequence[_Place]]


@lru_cache(maxsize=4096)
def _read_slot(written: str, after_gap: bool) -> Slot:
    """One place; cues share the ones that are written alike, which spares half of their memory."""
    words: dict[str, None] = {}
    starts: list[str] = []
    for choice in written.split("/"):
        plain = fold(choice.strip("*")).replace("-", "").replace("'", "")
        if not plain or not plain.isalnum():
            raise CueError(f"»{written}« har et tomt led eller et tegn, der ikke er et ord")
        if choice.endswith("*"):
            starts.append(collapse(plain))
        else:
            words[collapse(plain)] = None
    return Slot(frozenset(words) if len(words) > FEW else tuple(words), tuple(starts), after_gap)


def _read_row(written: str) -> Row:
    opens = written.startswith("^")
    slots: list[Slot] = []
    after_gap = False
    for part in written.lstrip("^").split():
        if part in ("...", "…"):
            after_gap = True
            continue
        slots.append(_read_slot(part, after_gap and bool(slots)))
        after_gap = False
    if not slots:
        raise CueError("et tegn skal have mindst ét ord")
    return Row(tuple(slots), opens, tuple(slots[1:]))


@lru_cache(maxsize=4096)
def read_cue(written: str) -> tuple[Row, ...]:
    """The rows of one cue; raises CueError with the reason in Danish."""
    return tuple(_read_row(part.strip()) for part in written.split("+"))


def forget_cues() -> None:
    """Let go of the cues that were read; they are remembered only from the check of a file until it is put to use."""
    read_cue.cache_clear()
    _read_slot.cache_clear()


def words_of(cues: Iterable[str]) -> set[str]:
    """The folded words that cues are written with."""
    return {word for cue in cues for word in fold_words(cue)}


class _Index(Generic[Held]):
    """What is held for slots, found by a word that fits into them."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[Held]] = {}
        self._by_start: dict[str, list[Held]] = {}
        # Most words begin like none of the starts: two letters tell, and how long those are that begin like this.
        self._sizes: dict[str, set[int]] = {}

    def add(self, slot: Slot, held: Held) -> None:
        """Hold this for a slot."""
        for word in slot.words:
            self._by_word.setdefault(word, []).append(held)
        for start in slot.starts:
            self._by_start.setdefault(start, []).append(held)
            self._sizes.setdefault(start[:2], set()).add(len(start))

    def of(self, word: str) -> Sequence[Held]:
        """What is held for the slots that the word fits into."""
        held: Sequence[Held] = self._by_word.get(word, ())
        if sizes := self._sizes.get(word[:2]):
            begun = (self._by_start.get(word[:size], ()) for size in sizes)
            held = [*held, *chain.from_iterable(begun)]
        if len(word) > 1 and word[0] in self._sizes:
            held = [*held, *self._by_start[word[0]]]
        return held


class CueSet:
    """Many cues, found in one pass over a text's words."""

    def __init__(self, cues: Iterable[str]) -> None:
        """Raises CueError when a cue can't be read."""
        read = [read_cue(cue) for cue in cues]
        self._parts = [len(rows) for rows in read]
        self._first = _Index[tuple[int, _Place]]()
        self._second = _Index[int]()
        seconds: dict[Slot, int] = {}
        for number, rows in enumerate(read):
            for part, row in enumerate(rows):
                tied = LOOSE
                if row.rest and not row.rest[0].after_gap:
                    tied = seconds.setdefault(row.rest[0], len(seconds))
                self._first.add(row.slots[0], (tied, (number, part, row)))
        for slot, known in seconds.items():
            self._second.add(slot, known)
        self._beginning = Recall(self._begun_by, 1024)
        self._following = Recall(self._follows_in, 1024)

    def find(self, words: Sequence[str], openings: frozenset[int] = frozenset((0,))) -> list[Hit]:
        """The cues that stand in the words (folded and collapsed), each once, those first that begin first.

        `openings` are the positions that open a sentence.
        """
        found: dict[int, dict[int, tuple[int, int]]] = {}
        beginning, following, last = self._beginning.ask, self._following.ask, len(words) - 1
        for at, word in enumerate(words):
            begun = beginning(word)
            # Most words begin no cue at all, and most rows end at the word after their first: both are looked up.
            if begun is None:
                continue
            candidates = begun.loose
            if at < last and begun.tied:
                for slot in following(words[at + 1]) & begun.tied.keys():
                    candidates = [*candidates, *begun.tied[slot]]
            for number, part, row in candidates:
                if row.opens and at not in openings:
                    continue
                end = row.end_at(words, at) if row.rest else at + 1
                if end >= 0 and part not in found.get(number, ()):
                    found.setdefault(number, {})[part] = (at, end)
        return [Hit(number, *parts[min(parts)]) for number, parts in found.items() if len(parts) == self._parts[number]]

    def _begun_by(self, word: str) -> _Begun | None:
        """The rows that this word may begin; asked for each word of a text and of its sentences, and mostly none."""
        begun = self._first.of(word)
        if not begun:
            return None
        tied: dict[int, list[_Place]] = {}
        for slot, place in begun:
            tied.setdefault(slot, []).append(place)
        return _Begun(tied.pop(LOOSE, ()), tied)

    def _follows_in(self, word: str) -> frozenset[int]:
        """The second slots that this word fits into."""
        return frozenset(self._second.of(word))
