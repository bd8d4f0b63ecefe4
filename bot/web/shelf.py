"""Answers that are made once and kept, packed, while what they were made from stays; never more than a room holds."""

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

ROOM: Final = 12 * 1024 * 1024
"""Bytes that kept answers may take in all."""

PACKING: Final = 4
"""How hard answers are packed, of 9: more takes twice the time and saves some percent."""


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
        return cls(gzip.compress(body, PACKING, mtime=0), kind, mark, status)

    def body(self) -> bytes:
        """The answer as it was."""
        return gzip.decompress(self.packed)


class Shelf:
    """Kept answers by what was asked, each with what it was made from; those longest unasked for leave first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._taken = 0
        self._kept: OrderedDict[str, tuple[str, Kept]] = OrderedDict()

    def find(self, made_from: str, asked: str) -> Kept | None:
        """The answer, if it is kept and was made from the same."""
        found = self._kept.get(asked)
        if found is None or found[0] != made_from:
            return None
        self._kept.move_to_end(asked)
        return found[1]

    def put(self, made_from: str, asked: str, kept: Kept) -> None:
        """Keep an answer in place of the one before."""
        before = self._kept.pop(asked, None)
        self._taken -= len(before[1].packed) if before else 0
        if len(kept.packed) > self._room:
            return
        self._kept[asked] = made_from, kept
        self._taken += len(kept.packed)
        while self._taken > self._room:
            _, (_, gone) = self._kept.popitem(last=False)
            self._taken -= len(gone.packed)
