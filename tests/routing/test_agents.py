"""An idea goes to the topic's agent, or along the stand-ins to somebody who is there."""

from datetime import date

import pytest

from bot.routing.frame import build_frame
from bot.routing.load import load_rules
from bot.routing.match import Router
from tests.journeys.rulebook import short_rules

RULES = short_rules().decode()
TODAY = date(2026, 11, 2)
NATURE = "vilde blomster og bier i parken"


def away(text: str, *agents: str) -> Router:
    for agent in agents:
        start = text.index(f"  {agent}:\n    navn")
        text = text[:start] + text[start:].replace(
            "    titel:", "    fravær: [{fra: 2026-11-02, til: 2026-11-02}]\n    titel:", 1
        )
    rules = load_rules(text.encode()).rules
    assert rules is not None
    return Router(rules)


@pytest.mark.parametrize(
    ("absent", "agent"),
    [
        ((), "bo"),
        (("bo",), "lone"),
        (("bo", "lone"), "peter"),
        (("bo", "lone", "peter"), "karen"),
        (("bo", "lone", "peter", "karen"), "mette"),
        (("bo", "lone", "peter", "karen", "mette", "signe", "farid"), "peter"),
    ],
)
def test_the_stand_in_takes_over_today(absent: tuple[str, ...], agent: str) -> None:
    router = away(RULES, *absent)
    assert router.match(NATURE, today=TODAY).agent == agent
    assert router.match(NATURE, today=date(2026, 11, 3)).agent == "bo"


def test_a_ring_of_stand_ins_ends_with_the_coordinator() -> None:
    start = RULES.index("  lone:\n")
    ring = RULES[:start] + RULES[start:].replace("    afløser: peter\n", "    afløser: bo\n", 1)
    assert away(ring, "bo", "lone").match(NATURE, today=TODAY).agent == "peter"


def test_an_agent_who_cannot_be_reached_is_passed_over() -> None:
    rules = load_rules(RULES.encode()).rules
    assert rules is not None
    router = Router(rules).seat({"lone": 1, "peter": 2})
    assert router.match(NATURE, today=TODAY).agent == "lone"


def test_before_anybody_has_a_number_nobody_is_passed_over() -> None:
    rules = load_rules(RULES.encode()).rules
    assert rules is not None
    assert Router(rules).seat({}).match(NATURE, today=TODAY).agent == "bo"


def test_what_fits_nothing_goes_to_the_coordinator(router: Router) -> None:
    assert router.match("jeg har en god ide", today=TODAY).agent == "peter"


def test_each_topic_has_the_lead_of_the_fixture(shipped: str) -> None:
    rules = load_rules(shipped.encode()).rules
    assert rules is not None
    frame = build_frame(rules)
    leads = {agent: {topic.id for topic in frame.topics.values() if topic.lead == agent} for agent in frame.agents}
    assert leads == {
        "mette": {"trafik", "byrum"},
        "bo": {"natur", "klima", "kyst"},
        "signe": {"skole", "boern", "unge"},
        "farid": {"kultur", "integration", "idraet", "demokrati"},
        "lone": {"senior", "handicap", "sundhed", "frivillig"},
        "peter": {"erhverv", "digital", "tryghed", "bolig"},
        "karen": set(),
    }
    assert (frame.coordinator, frame.leader) == ("peter", "karen")
