"""Answers that are made once and kept, packed, until the next edition; never more than a fixed room holds."""

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

ROOM: Final = 12 * 1024 * 1024
"""Bytes that kept answers may take in all."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is kept: packed by gzip, with its kind and the mark by which a reader knows it again."""

    packed: bytes
    kind: str
    mark: str
    status: int = 200

    @classmethod
    def of(cls, text: str | bytes, kind: str, status: int = 200) -> "Kept":
        """Pack an answer."""
        body = text if isinstance(text, bytes) else text.encode()
        mark = hashlib.sha256(body).hexdigest()[:20]
        return cls(gzip.compress(body, 6, mtime=0), kind, mark, status)

    def body(self) -> bytes:
        """The answer as it was."""
        return gzip.decompress(self.packed)


class Shelf:
    """Kept answers by what was asked; those that nobody has asked for longest leave first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._edition = ""
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def find(self, edition: str, asked: str) -> Kept | None:
        """The answer of this edition, if it is kept."""
        if edition != self._edition:
            return None
        found = self._kept.get(asked)
        if found is not None:
            self._kept.move_to_end(asked)
        return found

    def put(self, edition: str, asked: str, kept: Kept) -> None:
        """Keep an answer; a new edition throws away what is left of the one before."""
        if edition != self._edition:
            self._kept.clear()
            self._taken, self._edition = 0, edition
        if asked in self._kept or len(kept.packed) > self._room:
            return
        self._kept[asked] = kept
        self._taken += len(kept.packed)
        while self._taken > self._room:
            _, gone = self._kept.popitem(last=False)
            self._taken -= len(gone.packed)
