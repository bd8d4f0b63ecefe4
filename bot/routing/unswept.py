"""Much that is made at once and stays, without Python looking through it for garbage again and again as it grows."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """No look for garbage within: one through all of a large file holds up whoever waits to answer a citizen."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
