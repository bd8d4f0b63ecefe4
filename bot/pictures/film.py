"""The film alone: its pictures and its sound, as they were made; nothing of the place, the hour, the camera.

An MP4 or MOV is boxes within boxes (ISO/IEC 14496-12). Nothing is painted anew and nothing moves: each box that is not
needed to show the film becomes empty room of the same length, and so does every byte that belongs to no picture and no
sound. So no code has to understand how the film is packed.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"})
"""Boxes that hold boxes, and are looked into."""
NEEDED = frozenset(
    {
        b"ftyp", b"mvhd", b"tkhd", b"elst", b"mdhd", b"hdlr", b"vmhd", b"smhd",
        b"dref", b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stco", b"co64", b"stss", b"sdtp", b"sgpd",
        b"sbgp", b"tapt",
    }
)  # fmt: skip
"""What it takes to show a film; every other box goes (udta, meta, uuid and whatever cameras put there)."""
ROOM = frozenset({b"mdat", b"free", b"skip", b"wide"})
"""Outermost boxes in which pictures and sound may lie."""
DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
SHOWN = frozenset({b"vide", b"soun"})
"""The kinds of tracks that are kept; others hold text or measurements, such as where a drone was."""
DEPTH = 8
BOXES = 20_000
"""Boxes within boxes, and boxes in all, at most."""


class Box(NamedTuple):
    """Where a box begins, where its body begins, and where it ends."""

    kind: bytes
    start: int
    body: int
    end: int


class Film:
    """A film that is being cleaned, in place."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self._left = BOXES

    def clean(self) -> tuple[str, bytes]:
        """The ending and the bytes.

        Raises:
            ValueError: it is no film of these kinds, broken, or packed in a way that is not known here.
        """
        top = list(self._boxes(0, len(self.data)))
        kinds = [box.kind for box in top]
        if kinds[:1] != [b"ftyp"] or kinds.count(b"moov") != 1 or b"moof" in kinds:
            raise ValueError("no film, or one that came in pieces")
        shown = self._tidy(top, 0)
        for box in top:
            if box.kind in ROOM:
                self._keep_only(box, shown)
        return ".mov" if self.data[8:10] == b"qt" else ".mp4", bytes(self.data)

    def _boxes(self, start: int, end: int) -> Iterator[Box]:
        while start < end:
            self._left -= 1
            (size,) = self._numbers(">I", start, end - 4)
            kind, body = bytes(self.data[start + 4 : start + 8]), start + 8
            if size == 1:
                (size,) = self._numbers(">Q", body, end)
                body += 8
            elif size == 0:
                size = end - start
            if self._left < 0 or not body - start <= size <= end - start:
                raise ValueError("a box that does not fit")
            yield Box(kind, start, body, start + size)
            start += size

    def _tidy(self, boxes: list[Box], depth: int) -> list[tuple[int, int]]:
        """Take out of these boxes what is not needed; where pictures and sound lie."""
        shown: list[tuple[int, int]] = []
        for box in boxes:
            if box.kind in ROOM and not depth:
                continue
            if box.kind in INSIDE and depth < DEPTH:
                inside = list(self._boxes(box.body, box.end))
                if box.kind == b"trak" and self._kind_of(inside) not in SHOWN:
                    self._empty(box)
                    continue
                shown += self._tidy(inside, depth + 1)
                if box.kind == b"stbl":
                    shown += self._samples({one.kind: one for one in inside})
            elif box.kind not in NEEDED:
                self._empty(box)
            elif box.kind in DATED:
                self._undate(box)
            elif box.kind == b"hdlr":
                # After the kind of track comes a name, which is the camera's.
                self._wipe(box.body + 20, box.end)
            elif box.kind == b"stsd":
                self._unname(box)
        return shown

    def _kind_of(self, track: list[Box]) -> bytes:
        for box in track:
            if box.kind == b"mdia":
                for one in self._boxes(box.body, box.end):
                    if one.kind == b"hdlr":
                        return bytes(self.data[one.body + 8 : one.body + 12])
        return b""

    def _samples(self, table: dict[bytes, Box]) -> Iterator[tuple[int, int]]:
        """The ranges of bytes in which a track's samples lie: a chunk each."""
        if not {b"stsz", b"stsc"} <= table.keys() or (b"stco" in table) == (b"co64" in table):
            raise ValueError("a track whose samples can't be found")
        _, same, count = self._numbers(">III", table[b"stsz"].body, table[b"stsz"].end)
        sizes = () if same else self._list(table[b"stsz"], 12, count, "I")
        places = table.get(b"stco") or table[b"co64"]
        (many,) = self._numbers(">I", places.body + 4, places.end)
        starts = self._list(places, 8, many, "I" if places.kind == b"stco" else "Q")
        (runs,) = self._numbers(">I", table[b"stsc"].body + 4, table[b"stsc"].end)
        plan = self._list(table[b"stsc"], 8, runs * 3, "I")
        if same and (same == 1 or not many):
            # Old sound counts in units of its own.
            raise ValueError("a track whose samples have no length of their own")
        done, run = 0, 0
        for chunk, start in enumerate(starts, start=1):
            while run + 1 < runs and plan[(run + 1) * 3] <= chunk:
                run += 1
            held = plan[run * 3 + 1] if runs else 0
            length = same * held if same else sum(sizes[done : done + held])
            done += held
            yield start, start + length
        if done < count:
            raise ValueError("samples that lie nowhere")

    def _keep_only(self, box: Box, shown: list[tuple[int, int]]) -> None:
        """Let nothing remain in a box but these ranges."""
        at = box.body
        for start, end in sorted(shown):
            if end > at and start < box.end:
                self._wipe(at, max(at, start))
                at = min(end, box.end)
        self._wipe(at, box.end)

    def _undate(self, box: Box) -> None:
        """When it was made and changed: two numbers of 4 bytes, or of 8 in a newer box."""
        self._wipe(box.body + 4, min(box.end, box.body + (20 if self.data[box.body : box.body + 1] == b"\1" else 12)))

    def _unname(self, box: Box) -> None:
        """A picture's description holds the name of what packed it, in 32 bytes."""
        for entry in self._boxes(box.body + 8, box.end):
            if entry.kind in (b"avc1", b"avc3", b"hvc1", b"hev1", b"mp4v", b"av01"):
                self._wipe(min(entry.start + 50, entry.end), min(entry.start + 82, entry.end))

    def _empty(self, box: Box) -> None:
        """Room of the same length that says nothing."""
        self.data[box.start + 4 : box.start + 8] = b"free"
        self._wipe(box.body, box.end)

    def _wipe(self, start: int, end: int) -> None:
        if start < end:
            self.data[start:end] = bytes(end - start)

    def _numbers(self, form: str, start: int, end: int) -> tuple[int, ...]:
        if start + struct.calcsize(form) > end:
            raise ValueError("a box that is too short")
        return struct.unpack_from(form, self.data, start)

    def _list(self, box: Box, skip: int, count: int, letter: str) -> tuple[int, ...]:
        return self._numbers(f">{count}{letter}", box.body + skip, box.end)
