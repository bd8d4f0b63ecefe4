"""`python -m bot.printing`: prints the one sheet on standard input, as PDF on standard output."""

import json
import sys

from bot.printing.paper import paper


def main() -> None:
    """Print it."""
    sys.stdout.buffer.write(paper(json.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
