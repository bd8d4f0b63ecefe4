"""Vectors of texts kept in a file, so that a restart need not work them out again; lost or broken, it is just empty."""

import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

MAGIC = b"skab vectors 1\n"
KEY = 16
CHECK = 4


def key_of(model: str, text: str) -> bytes:
    """The name that a text's vector is kept under; the text itself is not kept."""
    return sha256(f"{model}\n{text}".encode("utf-8", "replace")).digest()[:KEY]


class VectorFile:
    """Vectors of `size` bytes each, by key. Nothing that is wrong with the file is ever raised: it only costs time."""

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._size = size
        self._vectors: dict[bytes, bytes] = {}
        self._read()

    def __len__(self) -> int:
        return len(self._vectors)

    def get(self, key: bytes) -> bytes | None:
        """The vector under the key, if it is kept."""
        return self._vectors.get(key)

    def add(self, key: bytes, vector: bytes) -> None:
        """Take in a vector; it is kept at the next `keep`."""
        self._vectors[key] = vector

    def keep(self, needed: Iterable[bytes]) -> None:
        """Write the vectors under the needed keys, whole or not at all; all others are forgotten."""
        wanted = set(needed)
        self._vectors = {key: vector for key, vector in self._vectors.items() if key in wanted}
        body = b"".join(key + vector + _check(key, vector) for key, vector in self._vectors.items())
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(MAGIC + body)
            fresh.replace(self._path)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    def _read(self) -> None:
        try:
            data = self._path.read_bytes()
        except OSError:
            return
        if not data.startswith(MAGIC):
            return
        step = KEY + self._size + CHECK
        for at in range(len(MAGIC), len(data) - step + 1, step):
            key, vector = data[at : at + KEY], data[at + KEY : at + KEY + self._size]
            if data[at + step - CHECK : at + step] == _check(key, vector):
                self._vectors[key] = vector


def _check(key: bytes, vector: bytes) -> bytes:
    return zlib.crc32(key + vector).to_bytes(CHECK, "big")
