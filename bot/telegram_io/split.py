"""Cuts a text into as few pieces as Telegram's limit allows, where a reader would turn the page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.telegram_io.cluster import gap, parted, reach, units
from bot.texts.text import Text

Mark = Callable[[int, int], str]
"""Words for "part n of all", such as "1 af 2"."""

MORE: Final = " …"
MOST_PARTS: Final = 999


def split(text: Text, limit: int) -> list[Text]:
    """The text in pieces of at most `limit` UTF-16 units, white space at the cuts left out.

    A cut falls at the end of a paragraph, a line or a sentence where that costs no further piece, else between two
    words; inside bold words only when they alone are too long, and inside a word likewise (never inside a cluster).
    """
    return [_slice(text, start, end) for start, end in _Sheet(text, limit).pieces()] or [text]


def shorten(words: str, limit: int) -> str:
    """The beginning of a text that fits into `limit` UTF-16 units, with "…" where something was left out."""
    words = words.strip()
    if units(words) <= limit:
        return words
    return split(Text(words), limit - units(MORE))[0].plain + MORE


def head(heading: Text, mark: str) -> Text:
    """A heading with a part's mark in brackets, before the colon if it ends with one."""
    end = len(heading.plain)
    colon = heading.plain.endswith(":")
    stem = heading.plain[: end - 1] if colon else heading.plain
    marked = f"{stem} ({mark})" if stem else f"({mark})"
    plain = marked + (":" if colon else "")
    return Text(plain, tuple((start, len(plain) if stop == end else stop) for start, stop in heading.bold))


def quote(heading: Text, words: str, limit: int, mark: Mark) -> list[Text]:
    """A person's words under a heading; when they need several messages, each has the heading and its mark."""
    whole = below(heading, Text(words))
    if units(whole.plain) <= limit:
        return [whole]
    room = limit - units(head(heading, mark(MOST_PARTS, MOST_PARTS)).plain) - 1
    pieces = split(Text(words), room)
    return [below(head(heading, mark(n, len(pieces))), piece) for n, piece in enumerate(pieces, start=1)]


def below(first: Text, second: Text, space: str = "\n") -> Text:
    """One text under another; without space where the first is empty."""
    if not first.plain:
        return second
    shift = len(first.plain) + len(space)
    moved = tuple((start + shift, end + shift) for start, end in second.bold)
    return Text(first.plain + space + second.plain, first.bold + moved)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A text on its way to be cut."""

    text: Text
    limit: int

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Half-open ranges of the text, none of them empty."""
        words, start = self.text.plain, 0
        while reach(words, start, self.limit) < len(words):
            end = self._nicest(start)
            kept = _back(words, start, end)
            if kept > start:
                yield start, kept
            start = _forth(words, end)
        if words[start:].strip():
            yield start, len(words)

    def _nicest(self, start: int) -> int:
        """Where to cut: at the best place that costs no further piece."""
        widest = self._widest(start)
        fewest = self._count(widest)
        for sign in ("\n\n", "\n", ". ", "! ", "? "):
            at = self.text.plain.rfind(sign, start + 1, widest) + len(sign.rstrip())
            good = at > start + 1 and gap(self.text.plain, at) and not self._bold(at)
            if good and self._count(at) == fewest:
                return at
        return widest

    def _widest(self, start: int) -> int:
        """The last place where the text may be cut for a piece that opens at `start`."""
        words, end = self.text.plain, reach(self.text.plain, start, self.limit)
        between = 0
        for at in range(end, start, -1):
            if gap(words, at):
                if not self._bold(at):
                    return at
                between = between or at
        return between or next((at for at in range(end, start, -1) if parted(words, at)), max(end, start + 1))

    def _count(self, start: int) -> int:
        """How many pieces the rest from `start` needs at least."""
        words, count = self.text.plain, 1
        start = _forth(words, start)
        while reach(words, start, self.limit) < len(words):
            start = _forth(words, self._widest(start))
            count += 1
        return count

    def _bold(self, at: int) -> bool:
        return any(start < at < end for start, end in self.text.bold)


def _back(words: str, start: int, end: int) -> int:
    """The end of a piece without the white space before it."""
    return start + len(words[start:end].rstrip())


def _forth(words: str, start: int) -> int:
    """The next piece's beginning after the white space (a space that carries an accent is no white space)."""
    while start < len(words) and words[start].isspace() and parted(words, start + 1):
        start += 1
    return start


def _slice(text: Text, start: int, end: int) -> Text:
    bold = ((max(first, start) - start, min(last, end) - start) for first, last in text.bold)
    return Text(text.plain[start:end], tuple((first, last) for first, last in bold if first < last))
