"""`python -m bot.pictures`: cleans the one picture on standard input; its ending and itself on standard output."""

import resource
import sys

from bot.pictures.clean import clean

MEMORY = 512 * 2**20
"""Bytes that a picture may take up while it is opened: a hostile one ends this process and no other."""
SECONDS = 40


def main() -> None:
    """Clean it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # What opens a stranger's file writes none.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    ending, cleaned = clean(sys.stdin.buffer.read())
    sys.stdout.buffer.write(ending.encode() + b"\n" + cleaned)


if __name__ == "__main__":
    main()
