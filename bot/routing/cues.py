"""Cues: the small language in which the rules describe turns of phrase, and a matcher that finds them in a text.

A cue is words in a row: `hvor langt er`. A slash gives a choice: `min/vores/mit idé`. A star at the end of a word
takes any ending: `cykel*`. Three dots let up to five words stand between: `har ... sendt`. A plus asks for both
parts anywhere in the text: `røg + vindue*`. A ^ first asks that it opens the sentence: `^lav`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.routing.recall import Recall
from bot.routing.spelling import collapse, fold, fold_words

GAP = 5
"""How many words three dots may stand for."""
FEW = 6
"""Choices that are looked through one by one faster than they are looked up, and in a third of the memory."""


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


_Place = tuple[int, int, Row, Slot | None]
"""Where a row stands among the cues: the cue, its part, the row, and its second slot when that must follow at once."""


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


class CueSet:
    """Many cues, found in one pass over a text's words."""

    def __init__(self, cues: Iterable[str]) -> None:
        """Raises CueError when a cue can't be read."""
        read = [read_cue(cue) for cue in cues]
        self._parts = [len(rows) for rows in read]
        self._by_word: dict[str, list[_Place]] = {}
        self._by_start: dict[str, list[_Place]] = {}
        for number, rows in enumerate(read):
            for part, row in enumerate(rows):
                second = row.rest[0] if row.rest and not row.rest[0].after_gap else None
                place = (number, part, row, second)
                for word in row.slots[0].words:
                    self._by_word.setdefault(word, []).append(place)
                for start in row.slots[0].starts:
                    self._by_start.setdefault(start, []).append(place)
        # Most words begin like none of the starts: two letters tell, and how long those are that begin like this.
        self._heads: dict[str, list[int]] = {}
        self._usual = [1] if any(len(start) == 1 for start in self._by_start) else []
        for start in sorted(self._by_start, key=len):
            sizes = self._heads.setdefault(start[:2], [*self._usual])
            if len(start) not in sizes:
                sizes.append(len(start))
        self._beginning = Recall(self._begun_by, 1024)

    def find(self, words: Sequence[str], openings: frozenset[int] = frozenset((0,))) -> list[Hit]:
        """The cues that stand in the words (folded and collapsed), each once.

        `openings` are the positions that open a sentence.
        """
        found: dict[int, dict[int, tuple[int, int]]] = {}
        beginning = self._beginning.ask
        for at, word in enumerate(words):
            candidates = beginning(word)
            # Most words begin no cue at all.
            if not candidates:
                continue
            following = words[at + 1] if at + 1 < len(words) else ""
            for number, part, row, second in candidates:
                # Most rows end here, at the word after their first: asked in place, without a call.
                if (
                    second is not None
                    and following not in second.words
                    and not (second.starts and following.startswith(second.starts))
                ):
                    continue
                if row.opens and at not in openings:
                    continue
                end = row.end_at(words, at) if row.rest else at + 1
                if end >= 0 and part not in found.get(number, ()):
                    found.setdefault(number, {})[part] = (at, end)
        return [Hit(number, *parts[min(parts)]) for number, parts in found.items() if len(parts) == self._parts[number]]

    def _begun_by(self, word: str) -> Sequence[_Place]:
        """The rows that this word may begin; asked for each word of a text and of its sentences, and mostly none."""
        places: Sequence[_Place] = self._by_word.get(word, ())
        for size in self._heads.get(word[:2], self._usual):
            if begun := self._by_start.get(word[:size]):
                places = [*places, *begun]
        return places
