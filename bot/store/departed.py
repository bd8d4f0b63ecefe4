"""Who was deleted, beside the database: a backup that is put back can't bring back whom it still holds."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

KEY_BYTES = 32


class Departed:
    """A file of its own, one line a deletion: its number, and a keyed hash of the person's Telegram id.

    The key stands in the first line, so that whoever has only a backup of the database can't tell who was deleted.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + "-deleted")

    def add(self, deletion: int, person: int) -> None:
        """Write a deletion down; it is on the disk when this returns.

        Raises:
            OSError: it can't be written.
        """
        key = self._key() or self._begin()
        line = json.dumps({"id": deletion, "who": _hash(key, person)})
        self._append(line)

    def entries(self) -> Mapping[int, str]:
        """The hashes by the deletions' numbers.

        Raises:
            OSError: the file can't be read.
        """
        found = (json.loads(line) for line in self._lines()[1:])
        return {int(one["id"]): str(one["who"]) for one in found}

    def those_of(self, people: Iterable[int], hashes: Iterable[str]) -> set[int]:
        """Those of the people to whom one of the hashes belongs."""
        key, wanted = self._key(), frozenset(hashes)
        return {person for person in people if key and _hash(key, person) in wanted}

    def _key(self) -> bytes:
        lines = self._lines()
        return bytes.fromhex(json.loads(lines[0])["key"]) if lines else b""

    def _begin(self) -> bytes:
        key = secrets.token_bytes(KEY_BYTES)
        self._append(json.dumps({"key": key.hex()}))
        return key

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return []
        # A line that was cut off by a crash was never told to anybody as written.
        whole = self.path.read_text(encoding="ascii").rpartition("\n")[0]
        return whole.splitlines()

    def _append(self, line: str) -> None:
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            size = os.lseek(handle, 0, os.SEEK_END)
            torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
            if torn:
                whole = os.pread(handle, size, 0).rfind(b"\n") + 1
                os.ftruncate(handle, whole)
                os.lseek(handle, whole, os.SEEK_SET)
            os.write(handle, f"{line}\n".encode("ascii"))
            os.fsync(handle)
        finally:
            os.close(handle)


def _hash(key: bytes, person: int) -> str:
    return hmac.new(key, str(person).encode(), hashlib.sha256).hexdigest()
