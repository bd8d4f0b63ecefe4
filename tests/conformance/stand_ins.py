"""Small media files of the right kind for those that the suite's source archive leaves out."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

EDGE = 300  # pixels
SECONDS = 3


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png() -> bytes:
    """A blue square."""
    rows = b"".join(b"\0" + b"\x30\x60\xc0" * EDGE for _ in range(EDGE))
    header = struct.pack(">IIBBBBB", EDGE, EDGE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def jpeg() -> bytes:
    """The frame of a JPEG: its marks and measures, with nothing drawn in it."""
    frame = struct.pack(">BHHB", 8, EDGE, EDGE, 1) + b"\x01\x11\x00"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def ogg() -> bytes:
    """Two Ogg pages that say: Opus, three seconds."""
    first = b"OggS\0\x02" + struct.pack("<qIIIB", 0, 1, 0, 0, 1) + b"\x13OpusHead\x01\x01" + bytes(9)
    last = b"OggS\0\x04" + struct.pack("<qIIIB", SECONDS * 48_000, 1, 1, 0, 1) + b"\xff" + bytes(255)
    return first + last


def write(folder: Path) -> None:
    """Write those that are missing into the suite's data folder."""
    media = {
        "telegram.png": png(),
        "telegram.jpg": jpeg(),
        "telegram.webp": b"RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0\x2f\0\0\0" + bytes(6),
        "telegram.ogg": ogg(),
        "telegram.mp3": b"ID3\x04" + bytes(300),
        "telegram.mp4": struct.pack(">I", 24) + b"ftypisom" + bytes(300),
        "telegram2.mp4": struct.pack(">I", 24) + b"ftypisom" + bytes(301),
        "game.gif": b"GIF89a" + struct.pack("<HH", EDGE, EDGE) + bytes(100),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in media.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(content)
