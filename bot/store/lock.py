"""One process a database: a second one is told so, in one line."""

import fcntl
import os
from pathlib import Path

from bot.store.faults import StoreError


class ProcessLock:
    """Held from `take` until `release` or until the process ends in any way at all."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.path = database.with_name(database.name + "-lock")
        self._handle: int | None = None

    def take(self) -> None:
        """Take it.

        Raises:
            StoreError: another process holds it.
            OSError: the file can't be made.
        """
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode("ascii", "replace").strip()
            os.close(handle)
            raise StoreError(
                f"skab kører allerede på {self.database} (proces {holder or 'ukendt'}). Stop den først. "
                "(Another one already runs there.)"
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle

    def release(self) -> None:
        """Let go; the file stays, since another process may be waiting at it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
