"""Rules that were learned, written to a file and read back piece by piece, so that nobody waits for the whole."""

import pickle
from collections.abc import Iterator
from typing import IO

from bot.routing.live import Accepted, Refused
from bot.routing.unswept import unswept


def write_down(found: Accepted | Refused, into: IO[bytes]) -> None:
    """Write it to an open file: its large tables first, one by one, then the whole, which only points to them."""
    tables = list(_tables(found)) if isinstance(found, Accepted) else []
    pickler = pickle.Pickler(into, protocol=5)
    pickler.dump(len(tables))
    for piece in (*tables, found):
        pickler.dump(piece)


def read_back(source: IO[bytes]) -> Accepted | Refused:
    """What was written, from where the file stands; it must be a file of our own.

    Python lets no other thread in while it reads a piece; between two, whoever waits to answer citizens comes in.
    """
    unpickler = pickle.Unpickler(source)  # nosec B301 # noqa: S301 - by whoever calls: our own child's answer, or our own file
    with unswept():
        for _ in range(unpickler.load()):
            unpickler.load()
        found: Accepted | Refused = unpickler.load()
    return found


def _tables(accepted: Accepted) -> Iterator[object]:
    for owner in accepted.router.parts():
        yield from (value for value in vars(owner).values() if isinstance(value, dict | list | set | frozenset))
