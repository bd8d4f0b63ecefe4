"""Work that is done beside other work, in a forked child where that is safe, or else in turn."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class Beside(Protocol):
    """Begins some work; what it gives back waits for the result."""

    def __call__(self, work: Callable[[], Result], /) -> Callable[[], Result]:
        """Begin `work`."""


def in_turn(work: Callable[[], Result]) -> Callable[[], Result]:
    """Do the work now."""
    result = work()
    return lambda: result


def in_a_child(work: Callable[[], Result]) -> Callable[[], Result]:
    """Do the work in a forked child on another core, where there is one.

    Only for a process with a single thread, which a fork can copy whole. A child that fails leaves the work to us.
    """
    # Only here: the bot itself has many threads, and begins nothing so.
    import multiprocessing

    if "fork" not in multiprocessing.get_all_start_methods() or (os.cpu_count() or 1) < 2:
        return in_turn(work)
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(duplex=False)

    def begun() -> None:
        # With a reader of its own left, it would stand at a full pipe for ever once whoever waits is killed.
        ours.close()
        with suppress(BrokenPipeError):
            theirs.send(work())

    child = fork.Process(target=begun, daemon=True)
    try:
        child.start()
    except OSError:
        return in_turn(work)
    theirs.close()

    def wait() -> Result:
        with ours, suppress(EOFError, OSError):
            result: Result = ours.recv()
            child.join()
            return result
        return work()

    return wait
