"""Rules that were checked and learned once, kept on the disk so that the next start needs not do it again."""

import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import structlog

from bot.routing.apart import accept_apart
from bot.routing.live import Accepted, Refused
from bot.routing.piecemeal import read_back

log = structlog.get_logger(__name__)

ENDING = ".learned"
MOST = 4
"""Files that are kept: those used longest ago are of rules or programs that are gone."""
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def accept_quickly(
    data: bytes, seats: Mapping[str, int] | None, staff_chat: int | None, folder: Path
) -> Accepted | Refused:
    """As `accept`, but what these very bytes came to last time is taken out of `folder`; a folder that fails is left.

    Only what was accepted is kept, in a file that belongs to this user alone, and only for the very same program:
    the file is Python's own format, which nobody else may have written.
    """
    key = _key(data, seats, staff_chat)
    file = folder / f"rules-{key.hex()[:16]}{ENDING}"
    known = _take_down(file, key)
    if known is not None:
        with suppress(OSError):
            # The files that were used last are those that stay.
            os.utime(file)
        return known
    # Written whole beside its place: a start in the middle meets a whole one or none.
    half = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as kept:
            kept.write(key)
            kept.flush()
            found = accept_apart(data, seats, staff_chat, kept)
        if isinstance(found, Accepted):
            _put_up(half, file)
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            # A folder that is not there is nothing to tell: a single command has none.
            log.warning("learned_unkept", reason=type(error).__name__)
        return accept_apart(data, seats, staff_chat)
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)
    return found


def _key(data: bytes, seats: Mapping[str, int] | None, staff_chat: int | None) -> bytes:
    """Names all that the outcome hangs on: the bytes, who sits where, and the program with its libraries."""
    parts = [
        sys.version,
        version("rapidfuzz"),
        version("pydantic"),
        repr(sorted((seats or {}).items())),
        f"{staff_chat}",
    ]
    for source in sorted(Path(__file__).parents[1].rglob("*.py")):
        state = source.stat()
        parts.append(f"{source.name} {state.st_size} {state.st_mtime_ns}")
    return sha256("\n".join(parts).encode() + data).digest()


def _take_down(file: Path, key: bytes) -> Accepted | None:
    try:
        with file.open("rb") as kept:
            state = os.fstat(kept.fileno())
            if state.st_uid != os.geteuid() or state.st_mode & OTHERS_WRITE or kept.read(len(key)) != key:
                return None
            found = read_back(kept)
    except FileNotFoundError:
        return None
    except Exception as error:
        # Whatever is wrong with a file that spares work, the work can be done.
        log.warning("learned_unreadable", file=file.name, reason=type(error).__name__)
        return None
    return found if isinstance(found, Accepted) else None


def _put_up(half: Path, file: Path) -> None:
    half.replace(file)
    for old in sorted(file.parent.glob(f"*{ENDING}"), key=lambda one: -one.stat().st_mtime)[MOST:]:
        old.unlink(missing_ok=True)
