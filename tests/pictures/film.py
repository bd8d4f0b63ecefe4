"""Films as telephones and drones make them: with the place, the hour, the camera, and a track of measurements."""

import struct

from tests.pictures.camera import MARK

PICTURES, SOUND = b"billedbillede", b"lydlyd"
HOUR = 3_876_543_210
"""Seconds since 1904, as films count them."""


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, *numbers: int) -> bytes:
    return box(kind, bytes(4), struct.pack(f">{len(numbers)}I", *numbers))


def track(kind: bytes, place: int, sizes: tuple[int, ...]) -> bytes:
    """A track whose samples lie in one chunk."""
    entry = box(b"avc1", bytes(42), MARK.ljust(32, b"\0"), bytes(4)) if kind == b"vide" else box(b"mp4a", bytes(28))
    table = box(
        b"stbl",
        box(b"stsd", bytes(4), struct.pack(">I", 1), entry),
        full(b"stts", 1, len(sizes), 1),
        full(b"stsc", 1, 1, len(sizes), 1),
        full(b"stsz", 0, len(sizes), *sizes),
        full(b"stco", 1, place),
        box(b"odd ", MARK),
    )
    media = box(
        b"mdia",
        full(b"mdhd", HOUR, HOUR, 1000, 1000, 0),
        box(b"hdlr", bytes(8), kind, bytes(12), MARK),
        box(b"minf", box(b"free", MARK), table),
    )
    return box(b"trak", full(b"tkhd", HOUR, HOUR, 1, 0, 1000), media, box(b"udta", MARK))


def filmed(brand: bytes = b"isom", measured: bytes = b"55.7358 12.5531 " + MARK) -> bytes:
    """A film of two pictures and one sound, beside which a drone has written where it was."""
    room, head = PICTURES + SOUND + measured + MARK, box(b"ftyp", brand, bytes(4))
    at = len(head) + 8
    tracks = (
        track(b"vide", at, (6, len(PICTURES) - 6)),
        track(b"soun", at + len(PICTURES), (len(SOUND),)),
        track(b"meta", at + len(PICTURES) + len(SOUND), (len(measured),)),
    )
    told = box(b"udta", box(b"\xa9xyz", b"+55.7358+012.5531/"))
    return head + box(b"mdat", room) + box(b"moov", full(b"mvhd", HOUR, HOUR, 1000, 1000), *tracks, told) + tail()


def tail() -> bytes:
    return box(b"uuid", MARK) + box(b"sefd", MARK)
