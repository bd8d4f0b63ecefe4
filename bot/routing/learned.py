"""Rules that were checked and learned once, kept on the disk so that the next start needs not do it again."""

import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO

import structlog

from bot.core import frame
from bot.routing.apart import Learner, examine_apart
from bot.routing.beside import in_a_child
from bot.routing.live import Accepted, Refused, examine, seat
from bot.routing.piecemeal import read_back, write_down

log = structlog.get_logger(__name__)

ENDING = ".learned"
MOST = 4
"""Files that are kept: those used longest ago are of rules or programs that are gone."""
LEFT = 3600.0
"""Seconds after which nobody writes any more to a file that is not whole yet."""
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
INSTALLED = Path(sys.prefix, "share", "skab")
"""Where lies what was learned when the program was installed, for whoever runs it."""
ALL_READ = 0o644

Learn = Callable[[bytes, IO[bytes] | None], Accepted | Refused]
"""Learns the bytes of a file; what it learned is written to the open file too."""

_begun: dict[bytes, int] = {}
"""The processes that learn already what will soon be asked for, by what it hangs on."""


def begin(data: bytes, folder: Path) -> None:
    """Begin in a fork of this process, which must have a single thread yet, what `accept_quickly` will be asked for.

    What is known already, and what a second core would not make quicker, is left to it.
    """
    key = _key(data)
    file = _place(folder, key)
    known = any(place.exists() for place in _places(folder, key))
    if known or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return
    child = os.fork()
    if child:
        _begun[key] = child
        return
    try:
        # It has children of its own, which must end with it.
        os.setpgid(0, 0)
        found = examine(data, in_a_child)
        if isinstance(found, Accepted):
            with _beside(file, key) as half:
                write_down(found, half)
                half.flush()
                _put_up(file)
    finally:
        # Whatever happened: the rest of the program is not for this fork of it.
        os._exit(0)


def leave_off() -> None:
    """The bot ends before it has asked for what was begun ahead: nobody needs it now."""
    for child in list(_begun.values()):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)


def accept_quickly(
    data: bytes,
    seats: Mapping[str, int] | None,
    staff_chat: int | None,
    folder: Path,
    learner: Learner | None = None,
) -> Accepted | Refused:
    """As `accept`, but what these very bytes came to last time is taken out of `folder`; a folder that fails is left.

    Only what was accepted is kept, in a file that this user or the program's owner wrote, and only for the very same
    program: the file is Python's own format, which nobody else may have written.

    Raises:
        GivenUp: `learner` has given up.
    """
    return seat(_examine_quickly(data, folder, learner.examine if learner else examine_apart), seats, staff_chat)


def learn_for_all(data: bytes) -> Accepted | Refused:
    """Check and learn these rules at the installation, for every start to come.

    Raises:
        OSError: what was learned can't be laid up where the program is installed.
    """
    INSTALLED.mkdir(parents=True, exist_ok=True)
    key = _key(data)
    file = _place(INSTALLED, key)
    found = _learn_into(file, key, data, examine_apart)
    if isinstance(found, Accepted):
        file.chmod(ALL_READ)
    return found


def _examine_quickly(data: bytes, folder: Path, learn: Learn) -> Accepted | Refused:
    key = _key(data)
    file = _place(folder, key)
    if key in _begun:
        with suppress(OSError):
            os.waitpid(_begun[key], 0)
        # Only now: until then whoever ends must find it.
        del _begun[key]
    for place in _places(folder, key):
        known = _take_down(place, key)
        if known is not None:
            with suppress(OSError):
                # The files that were used last are those that stay.
                os.utime(place)
            return known
    try:
        return _learn_into(file, key, data, learn)
    except OSError as error:
        if not isinstance(error, FileNotFoundError):
            # A folder that is not there is nothing to tell: a single command has none.
            log.warning("learned_unkept", reason=type(error).__name__)
        return learn(data, None)


def _learn_into(file: Path, key: bytes, data: bytes, learn: Learn) -> Accepted | Refused:
    with _beside(file, key) as half:
        found = learn(data, half)
        if isinstance(found, Accepted):
            _put_up(file)
        return found


def _place(folder: Path, key: bytes) -> Path:
    return folder / f"rules-{key.hex()[:16]}{ENDING}"


def _places(folder: Path, key: bytes) -> tuple[Path, Path]:
    """Where it may lie: among what this bot has learned, or with the program."""
    return _place(folder, key), _place(INSTALLED, key)


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


def _key(data: bytes) -> bytes:
    """Names all that the outcome hangs on: the bytes, and the program with its libraries."""
    known = sha256(" ".join((sys.version, version("rapidfuzz"), version("pydantic"))).encode())
    for room in (Path(__file__).parent, Path(frame.__file__).parent):
        for source in sorted(room.glob("*.py")):
            known.update(source.read_bytes())
    known.update(data)
    return known.digest()


def _take_down(file: Path, key: bytes) -> Accepted | None:
    try:
        with file.open("rb") as kept:
            state = os.fstat(kept.fileno())
            # Who owns the program can make it do anything as it is.
            trusted = state.st_uid in (os.geteuid(), Path(__file__).stat().st_uid)
            if not trusted or state.st_mode & OTHERS_WRITE or kept.read(len(key)) != key:
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
    for half in file.parent.glob(f"*{ENDING}.*"):
        # A process that was ended in the middle has left it.
        if half.stat().st_mtime < time.time() - LEFT:
            half.unlink(missing_ok=True)
