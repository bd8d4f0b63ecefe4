"""`python -m bot.routing.apart`: checks and learns rules in a process of its own, at no cost to the bot's memory."""

import pickle
import subprocess
import sys
from collections.abc import Mapping

from bot.routing.live import Accepted, Refused, accept

PATIENCE = 60.0
"""Seconds after which learning apart is given up; the largest file that is taken needs a tenth of it."""


class GivenUp(Exception):
    """The bot ends before a file is judged."""


_learning: dict["subprocess.Popen[bytes]", bool] = {}
"""The processes that learn now, and whether each was given up."""


def accept_apart(data: bytes, seats: Mapping[str, int] | None, staff_chat: int | None) -> Accepted | Refused:
    """As `accept`. Learning leaves several times the memory behind that what was learned needs, and holds up whatever
    else the process does: both end with the process that did it.
    """
    asked = pickle.dumps((data, dict(seats or {}) or None, staff_chat))
    try:
        answer = _ask(asked)
    except (OSError, subprocess.SubprocessError):
        return accept(data, seats, staff_chat)
    found: Accepted | Refused = pickle.loads(answer)  # noqa: S301 - our own child's answer
    return found


def give_up() -> None:
    """The bot ends: whoever waits for a process that learns gets `GivenUp`; the file is looked at at the next start."""
    for child in list(_learning):
        _learning[child] = True
        child.kill()


def _ask(question: bytes) -> bytes:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.routing.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        _learning[child] = False
        try:
            answer, _ = child.communicate(question, PATIENCE)
        except BaseException:
            child.kill()
            raise
        finally:
            given_up = _learning.pop(child)
    if given_up:
        raise GivenUp
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, child.args)
    return answer


def main() -> None:
    """Answer one question on standard input."""
    data, seats, staff_chat = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent's question
    sys.stdout.buffer.write(pickle.dumps(accept(data, seats, staff_chat), protocol=5))


if __name__ == "__main__":
    main()
