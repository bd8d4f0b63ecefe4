"""The shipped rules, once for all tests of routing."""

from pathlib import Path

import pytest

from bot.routing.learned import accept_quickly
from bot.routing.live import Accepted
from bot.routing.match import Router
from tests.journeys.surroundings import learned

RULES = Path(__file__).parents[2] / "routing_rules.yaml"


@pytest.fixture(scope="session")
def shipped() -> str:
    """The text of the shipped rules file."""
    return RULES.read_text("utf-8")


@pytest.fixture(scope="session")
def accepted_rules() -> Accepted:
    """The shipped rules, accepted without a warning."""
    outcome = accept_quickly(RULES.read_bytes(), None, None, learned())
    assert isinstance(outcome, Accepted), "\n".join(map(str, outcome.problems))
    assert outcome.warnings == ()
    return outcome


@pytest.fixture(scope="session")
def router(accepted_rules: Accepted) -> Router:
    """The router of the shipped rules."""
    return accepted_rules.router
