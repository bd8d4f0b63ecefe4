"""Writes the rules file: whole or not at all, and byte for byte what an admin sent."""

import os
import tempfile
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)


def put_on_disk(path: Path, data: bytes) -> bool:
    """Let the file hold these bytes, with the rights it had; False when it can't be written."""
    place = path.resolve()
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            beside.chmod(place.stat().st_mode & 0o777)
        beside.replace(place)
    except OSError as error:
        if beside is not None:
            beside.unlink(missing_ok=True)
        log.warning("rules_file_not_written", reason=error.strerror or type(error).__name__)
        return False
    return True
