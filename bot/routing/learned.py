"""Rules that were checked and learned once, kept on the disk so that the next start needs not do it again."""

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO

import structlog

from bot.routing.apart import accept_apart
from bot.routing.beside import in_a_child
from bot.routing.live import Accepted, Refused, accept
from bot.routing.piecemeal import read_back, write_down

log = structlog.get_logger(__name__)

ENDING = ".learned"
MOST = 4
"""Files that are kept: those used longest ago are of rules or programs that are gone."""
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


_begun: dict[bytes, int] = {}
"""The processes that learn already what will soon be asked for, by what it hangs on."""


def begin(data: bytes, seats: Mapping[str, int] | None, staff_chat: int | None, folder: Path) -> None:
    """Begin in a fork of this process, which must have a single thread yet, what `accept_quickly` will be asked for.

    What is known already, and what a second core would not make quicker, is left to it.
    """
    key = _key(data, seats, staff_chat)
    file = _place(folder, key)
    if file.exists() or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return
    child = os.fork()
    if child:
        _begun[key] = child
        return
    try:
        found = accept(data, seats, staff_chat, in_a_child)
        if isinstance(found, Accepted):
            with _beside(file, key) as half:
                write_down(found, half)
                half.flush()
                _put_up(file)
    finally:
        # Whatever happened: the rest of the program is not for this fork of it.
        os._exit(0)


def accept_quickly(
    data: bytes, seats: Mapping[str, int] | None, staff_chat: int | None, folder: Path
) -> Accepted | Refused:
    """As `accept`, but what these very bytes came to last time is taken out of `folder`; a folder that fails is left.

    Only what was accepted is kept, in a file that belongs to this user alone, and only for the very same program:
    the file is Python's own format, which nobody else may have written.
    """
    key = _key(data, seats, staff_chat)
    file = _place(folder, key)
    if key in _begun:
        with suppress(OSError):
            os.waitpid(_begun.pop(key), 0)
    known = _take_down(file, key)
    if known is not None:
        with suppress(OSError):
            # The files that were used last are those that stay.
            os.utime(file)
        return known
    try:
        with _beside(file, key) as half:
            found = accept_apart(data, seats, staff_chat, half)
            if isinstance(found, Accepted):
                _put_up(file)
            return found
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            # A folder that is not there is nothing to tell: a single command has none.
            log.warning("learned_unkept", reason=type(error).__name__)
        return accept_apart(data, seats, staff_chat)


def _place(folder: Path, key: bytes) -> Path:
    return folder / f"rules-{key.hex()[:16]}{ENDING}"


def _half(file: Path) -> Path:
    return file.with_name(f"{file.name}.{os.getpid()}")


@contextmanager
def _beside(file: Path, key: bytes) -> Iterator[IO[bytes]]:
    """A new file beside this one, with the key in it; gone at the end unless it was put up.

    So what learned is written whole before it takes its place: a start in the middle meets a whole one or none.
    """
    half = _half(file)
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as kept:
            kept.write(key)
            kept.flush()
            yield kept
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


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


def _put_up(file: Path) -> None:
    _half(file).replace(file)
    for old in sorted(file.parent.glob(f"*{ENDING}"), key=lambda one: -one.stat().st_mtime)[MOST:]:
        old.unlink(missing_ok=True)
