"""What four people wrote who had not seen the rules is routed well enough without any second opinion."""

import json
from pathlib import Path

import pytest

from bot.routing.match import Router
from tests.routing.score import measure

LEAST = {
    "kind right": 0.86,
    "  kind emergency": 0.95,
    "first acceptable, all": 0.76,
    "among three, all": 0.90,
    "among three, not Danish": 0.81,
    "first acceptable, sure": 0.91,
    "share sure": 0.45,
}
"""The bars of messages that the rules have not seen, less the four points that the rules alone may fall behind.

Of emergencies it would be 96: one of 68 is missed, and docs/routing.md says which.
"""
MOST_FALSE = 0.03


@pytest.fixture(scope="module")
def figures(router: Router) -> dict[str, float]:
    """The shares of 1,220 messages; some examples of the rules were written after these, and none is one of them."""
    lines = Path(__file__).with_name("unseen.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 1220
    return measure(router, [json.loads(line) for line in lines])[0]


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_what_nobody_wrote_for_the_rules_is_routed_well(figures: dict[str, float], name: str, least: float) -> None:
    assert figures[name] >= least


def test_few_of_those_who_are_in_no_danger_are_told_to_ring(figures: dict[str, float]) -> None:
    assert figures["emergency false alarms"] <= MOST_FALSE
