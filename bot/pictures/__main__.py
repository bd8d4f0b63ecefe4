"""`python -m bot.pictures`: cleans the picture or film on standard input; its ending and itself on standard output."""

import resource
import sys

from bot.pictures.film import Film

MEMORY = 512 * 2**20
"""Bytes that a picture may take up while it is opened: a hostile one ends this process and no other."""
SECONDS = 40
FILM = b"ftyp"
"""What stands after the first length of an MP4 or MOV, and of some pictures, which then are found to be no film."""


def main() -> None:
    """Clean it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # What opens a stranger's file writes none.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    data = sys.stdin.buffer.read()
    if data[4:8] == FILM:
        ending, cleaned = Film(data).clean()
    else:
        # Only here: a film needs no library of pictures.
        from bot.pictures.clean import clean

        ending, cleaned = clean(data)
    sys.stdout.buffer.write(ending.encode() + b"\n" + cleaned)


if __name__ == "__main__":
    main()
