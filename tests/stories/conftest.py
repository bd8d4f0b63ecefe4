"""The rules of all plays, read once."""

import pytest

from bot.routing.live import Accepted, accept
from tests.journeys.rulebook import short_rules
from tests.machine.engine import AGENTS, GROUP


@pytest.fixture(scope="session")
def town_rules() -> Accepted:
    """The shipped rules by their words alone, with everybody in their seat."""
    accepted = accept(short_rules(most=1000), AGENTS, GROUP)
    assert isinstance(accepted, Accepted)
    return accepted
