"""`python -m bot.routing.apart`: checks and learns rules in a process of its own, at no cost to the bot's memory."""

import gc
import subprocess
import sys
from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import IO

from bot.routing.beside import in_a_child
from bot.routing.live import Accepted, Refused, examine, seat
from bot.routing.piecemeal import read_back, write_down

PATIENCE = 60.0
"""Seconds after which learning apart is given up; the largest file that is taken needs a tenth of it."""


class GivenUp(Exception):
    """The bot ends before a file is judged."""


_learning: dict["subprocess.Popen[bytes]", bool] = {}
"""The processes that learn now, and whether each was given up."""


def accept_apart(data: bytes, seats: Mapping[str, int] | None, staff_chat: int | None) -> Accepted | Refused:
    """As `accept`, learned by a process of its own."""
    return seat(examine_apart(data), seats, staff_chat)


def examine_apart(data: bytes, into: IO[bytes] | None = None) -> Accepted | Refused:
    """As `examine`. Learning leaves several times the memory behind that what was learned needs, and holds up whatever
    else the process does: both end with the process that did it.

    `into` is an open file that the answer is written to as it came, from where it stands on.
    """
    try:
        # By a file, not by a pipe: what comes through a pipe is put together in memory, and leaves holes there.
        with TemporaryFile() as own:
            answer = into or own
            begin = answer.tell()
            _ask(data, answer)
            answer.seek(begin)
            return read_back(answer)
    except (OSError, subprocess.SubprocessError):
        if into is not None:
            # Half an answer, on a full disk say, is not to be taken for a whole one.
            into.truncate(0)
        return examine(data)


def give_up() -> None:
    """The bot ends: whoever waits for a process that learns gets `GivenUp`; the file is looked at at the next start."""
    for child in list(_learning):
        _learning[child] = True
        child.kill()


def _ask(data: bytes, answer: IO[bytes]) -> None:
    with subprocess.Popen(  # nosec B603
        [sys.executable, "-m", "bot.routing.apart"],
        stdin=subprocess.PIPE,
        stdout=answer,
        stderr=subprocess.DEVNULL,
    ) as child:
        _learning[child] = False
        try:
            child.communicate(data, PATIENCE)
        except BaseException:
            child.kill()
            raise
        finally:
            given_up = _learning.pop(child)
    if given_up:
        raise GivenUp
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, child.args)


def main() -> None:
    """Learn the rules that stand on standard input."""
    # What is read stays, and this process ends with its answer: looking for garbage is a fifth of the time.
    gc.disable()
    write_down(examine(sys.stdin.buffer.read(), in_a_child), sys.stdout.buffer)


if __name__ == "__main__":
    main()
