"""`python -m tests.prepare`: what every process of a test run would else do once more: compile tests, learn rules."""

import contextlib
import io
from pathlib import Path

import pytest

from bot.routing.learned import accept_quickly
from tests.journeys.surroundings import learned

RULES = Path(__file__).parents[1] / "routing_rules.yaml"


def main() -> None:
    """Do it; what is wrong with any of it is told by the tests themselves."""
    accept_quickly(RULES.read_bytes(), None, None, learned())
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "--quiet"])


if __name__ == "__main__":
    main()
