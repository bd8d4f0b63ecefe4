"""`python -m tests.prepare`: what every process of a test run would else do once more: compile tests, learn rules."""

import contextlib
import io
from pathlib import Path

import pytest

from bot.routing.learned import accept_quickly
from tests.journeys.surroundings import learned
from tests.journeys.town import AGENTS

RULES = Path(__file__).parents[1] / "routing_rules.yaml"
FIRST_FORUM = -1_000_000_002_001
"""The number that the sandbox gives the first staff group with topics."""


def main() -> None:
    """Do it; what is wrong with any of it is told by the tests themselves."""
    seats = {name: person.id for name, person in AGENTS.items()}
    for taken, chat in ((seats, FIRST_FORUM), (None, None)):
        accept_quickly(RULES.read_bytes(), taken, chat, learned())
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "--quiet"])


if __name__ == "__main__":
    main()
