"""`python -m bot`: the command line."""

import ctypes
import gc
import sys
from contextlib import suppress
from typing import Any

import typer  # noqa: F401 - it must have found `rich`, which it needs for its help, before that is hidden

# What is imported stays. Looking through it for garbage again and again is a third of the time that a start takes.
gc.disable()
# Libraries load them at once wherever they are, for traces and a command line that nobody sees here: 7 MB.
UNSEEN = ("rich", "click")
hidden: dict[str, Any] = dict.fromkeys(UNSEEN)
sys.modules.update(hidden)

if sys.argv[1:2] == ["run"]:
    from bot.ahead import learn_ahead

    learn_ahead()

from bot import cli  # noqa: E402

for name in UNSEEN:
    del sys.modules[name]

MMAP_THRESHOLD, LARGE = -3, 128 * 1024
"""glibc's `M_MMAP_THRESHOLD`, and from how many bytes on a block is given back to the system when it is freed."""
ARENAS, ONE = -8, 1
"""glibc's `M_ARENA_MAX`: threads of the store that come and go would each leave memory of their own behind."""


def main() -> None:
    """Run the command line."""
    with suppress(OSError, AttributeError):
        # Rules as text are large, and else what they took while they were read would stay with the bot for good.
        glibc = ctypes.CDLL(None)
        glibc.mallopt(MMAP_THRESHOLD, LARGE)
        glibc.mallopt(ARENAS, ONE)
    gc.freeze()
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
