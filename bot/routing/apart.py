"""`python -m bot.routing.apart`: checks and learns rules in a process of its own, at no cost to the bot's memory."""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from tempfile import TemporaryFile
from threading import Lock
from typing import IO

from bot.routing.beside import in_a_child
from bot.routing.live import Accepted, Refused, examine, seat
from bot.routing.piecemeal import read_back, write_down

PATIENCE = 600.0
"""Seconds after which learning apart is taken to hang; the largest file needs a hundredth of it on a machine at rest.

Whoever learns in its place would be no quicker on a machine that has much to do, and could not be ended.
"""


class GivenUp(Exception):
    """The bot ends before a file is judged."""


class Learner:
    """Learns rules in processes of their own, one a file, until it gives up for good."""

    def __init__(self) -> None:
        self._children: dict[subprocess.Popen[bytes], bool] = {}
        """Those that learn now, and whether each was given up."""
        self._over = False
        self._lock = Lock()

    def accept(self, data: bytes, seats: Mapping[str, int] | None, staff_chat: int | None) -> Accepted | Refused:
        """As `live.accept`, learned by a process of its own."""
        return seat(self.examine(data), seats, staff_chat)

    def examine(self, data: bytes, into: IO[bytes] | None = None) -> Accepted | Refused:
        """As `live.examine`. Learning leaves several times the memory behind that what was learned needs, and holds up
        whatever else the process does: both end with the process that did it.

        `into` is an open file that the answer is written to as it came, from where it stands on.

        Raises:
            GivenUp: the bot ends.
        """
        try:
            # By a file, not by a pipe: what comes through a pipe is put together in memory, and leaves holes there.
            with TemporaryFile() as own:
                answer = into or own
                begin = answer.tell()
                self._ask(data, answer)
                answer.seek(begin)
                return read_back(answer)
        except (OSError, subprocess.SubprocessError):
            if into is not None:
                # Half an answer, on a full disk say, is not to be taken for a whole one.
                into.truncate(0)
            return examine(data)

    @property
    def busy(self) -> bool:
        """Whether anything is being learned."""
        return bool(self._children)

    def interrupt(self) -> None:
        """Whoever waits for a process that learns now gets `GivenUp`."""
        with self._lock:
            for child in self._children:
                self._children[child] = True
                _kill(child)

    def give_up(self) -> None:
        """The bot ends: nothing is learned any more; the file is looked at at the next start."""
        self._over = True
        self.interrupt()

    def _ask(self, data: bytes, answer: IO[bytes]) -> None:
        if self._over:
            raise GivenUp
        with subprocess.Popen(  # nosec B603
            [sys.executable, "-m", "bot.routing.apart"],
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            # It has children of its own, which must end with it.
            process_group=0,
        ) as child:
            with self._lock:
                self._children[child] = False
            # Only now, when it can be found: whoever gave up while the process began has not seen it.
            if self._over:
                self.interrupt()
            try:
                child.communicate(data, PATIENCE)
            except BaseException:
                _kill(child)
                raise
            finally:
                with self._lock:
                    given_up = self._children.pop(child)
        if given_up:
            raise GivenUp
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, child.args)


def examine_apart(data: bytes, into: IO[bytes] | None = None) -> Accepted | Refused:
    """As `Learner.examine`, for a command that ends by itself."""
    return Learner().examine(data, into)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """End it with its own children; one that has ended is left alone, since its number may be another's by now."""
    if child.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)


def main() -> None:
    """Learn the rules that stand on standard input."""
    # What is read stays, and this process ends with its answer: looking for garbage is a fifth of the time.
    gc.disable()
    write_down(examine(sys.stdin.buffer.read(), in_a_child), sys.stdout.buffer)


if __name__ == "__main__":
    main()
