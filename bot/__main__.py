"""`python -m bot`: the command line."""

import ctypes
import gc
from contextlib import suppress

# What is imported stays. Looking through it for garbage again and again is a third of the time that a start takes.
gc.disable()

from bot import cli  # noqa: E402

MMAP_THRESHOLD, LARGE = -3, 128 * 1024
"""glibc's `M_MMAP_THRESHOLD`, and from how many bytes on a block is given back to the system when it is freed."""


def main() -> None:
    """Run the command line."""
    with suppress(OSError, AttributeError):
        # Rules as text are large, and else what they took while they were read would stay with the bot for good.
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)
    gc.freeze()
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
