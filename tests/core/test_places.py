"""Where an agent is told what: the desks of their way to work, and whoever takes it where there is none."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core import places
from bot.core.frame import Agent
from bot.core.initiative import Desk
from bot.core.people import Person, Talk
from bot.core.retention import months_after
from bot.core.world import Move, World
from tests.core.town import AASE, AGENTS, FRAME, GROUP, KAREN, METTE, NOW, PETER, an_agent, an_idea

THERE, OWN = Desk(GROUP, topic=True), Desk(METTE, topic=False)


def desks(agent: Agent, topic: str = "trafik", **frame: Any) -> tuple[Desk, ...]:
    return places.desks_of(Move.of(World(NOW, replace(FRAME, **frame), Person(AASE, "x"), Talk())), agent, topic)


@pytest.mark.parametrize(
    ("desk", "telegram", "found"),
    [
        ("group", METTE, (THERE,)),
        ("both", METTE, (THERE, OWN)),
        ("private", METTE, (OWN,)),
        ("both", None, (THERE,)),
        ("private", None, (THERE,)),
    ],
)
def test_each_way_to_work_has_its_desks(desk: str, telegram: int | None, found: tuple[Desk, ...]) -> None:
    assert desks(an_agent("mette", "Mette Holm", telegram, desk)) == found


def test_without_a_group_the_coordinator_stands_in_and_then_the_agents_own_chat() -> None:
    mette = an_agent("mette", "Mette Holm", METTE)
    assert desks(mette, staff_chat=None) == (Desk(PETER, topic=False),)
    nobody = AGENTS | {"peter": an_agent("peter", "Peter Dam", None)}
    assert desks(mette, staff_chat=None, agents=nobody) == (OWN,)
    assert desks(an_agent("mette", "Mette Holm", None), staff_chat=None, agents=nobody) == ()


def test_a_topic_may_have_a_group_of_its_own_and_a_group_may_have_no_topics() -> None:
    topics = {"trafik": replace(FRAME.topics["trafik"], staff_chat=-5)}
    assert desks(AGENTS["mette"], topics=topics) == (Desk(-5, topic=True),)
    assert desks(AGENTS["mette"], "natur", topics=topics) == (THERE,)
    assert desks(AGENTS["mette"], staff_topics=False) == (Desk(GROUP, topic=False),)


def test_where_the_group_is_gone_the_nearest_takes_it_each_once() -> None:
    assert places.without_group(FRAME, an_idea()) == (METTE, PETER, KAREN)
    assert places.without_group(FRAME, an_idea(responsible="peter")) == (PETER, KAREN)
    assert places.without_group(FRAME, an_idea(responsible="nobody")) == (PETER, KAREN)
    silent = replace(FRAME, agents=AGENTS | {"peter": an_agent("peter", "Peter Dam", None)})
    assert places.without_group(silent, an_idea()) == (METTE, KAREN)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        ((2026, 1, 15), 1, (2026, 2, 15)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2027, 12, 31), 2, (2028, 2, 29)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
        ((2026, 3, 31), 1, (2026, 4, 30)),
        ((2026, 11, 2), 12, (2027, 11, 2)),
        ((2026, 11, 27), 3, (2027, 2, 27)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(
    day: tuple[int, int, int], months: int, found: tuple[int, int, int]
) -> None:
    year, month, number = day
    later = months_after(NOW.replace(year=year, month=month, day=number), months)
    assert (later.year, later.month, later.day) == found
    assert (later.hour, later.minute) == (NOW.hour, NOW.minute)
