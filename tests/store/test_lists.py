"""The lists as the store finds them are those that somebody finds who looks at every open one."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core import marks
from bot.core.initiative import OUT_OF_REACH, Ending, Initiative, NextStep, Stage, Turn
from bot.core.lists import Wanted, place
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests.core.open_list import OpenLists
from tests.core.town import DUE, NOW
from tests.store.plan import plan_and_whole
from tests.store.test_tables import initiative

AGENTS = ("bo", "bo_lind", "mette", "b%")
LISTS = (("koe", ""), ("overskredet", ""), ("i_dag", ""), *((c, a) for c in ("mine", "i_dag") for a in AGENTS))
MIDNIGHT = NOW.replace(hour=0, minute=0) + timedelta(days=3)
LATER = NOW + timedelta(days=2, hours=8)
"""When they are looked at: some dates have passed by then, and some are due the same day."""


def some(seed: int) -> dict[int, Initiative]:
    """Forty initiatives in whatever state."""
    drawn = random.Random(seed)
    found = {}
    for n in range(1, 41):
        due = DUE + timedelta(hours=drawn.choice((-30, -3, 0, 2, 5, 20, 60)))
        lead = drawn.choice(AGENTS)
        step = NextStep("Bo Lind", due, drawn.choice(list(Turn)), what="måler op")
        extra = {marks.LATE_SINCE: (due - timedelta(days=1)).isoformat()} if drawn.random() < 0.3 else {}
        extra |= {marks.MISSES: str(drawn.randrange(4))} if drawn.random() < 0.4 else {}
        extra |= {OUT_OF_REACH: NOW.isoformat()} if drawn.random() < 0.1 else {}
        helpers = tuple(one for one in AGENTS if one != lead and drawn.random() < 0.2)
        answered = NOW if drawn.random() < 0.5 else None
        one = initiative(n, responsible=lead, responsible_name=lead, helpers=helpers, step=step, extra=extra)
        ended = {"stage": Stage.DONE, "ending": Ending("færdig")} if drawn.random() < 0.15 else {}
        found[n] = replace(one, answered=answered, first_due=due, **ended)
    return found


def wanted(command: str, agent: str, after: tuple[int, int] | None = None, now: datetime = LATER) -> Wanted:
    return Wanted(command, agent, now, MIDNIGHT, 8, after)


@pytest.mark.parametrize("seed", range(6))
async def test_every_list_is_the_same_to_its_last_line_and_so_are_the_counts(database: Database, seed: int) -> None:
    known = some(seed)
    there = OpenLists(known)

    def work(one: Transaction) -> None:
        for each in known.values():
            one.initiatives.save(each)
        for command, agent in LISTS:
            after, shown = None, 0
            while True:
                asked = wanted(command, agent, after)
                found, expected = one.lists.page(asked), there.page(asked)
                told = [line.number for line in found.shown]
                assert (found.many, told) == (expected.many, [line.number for line in expected.shown]), asked
                shown += len(told)
                if found.many <= 8:
                    break
                after = place(asked, found.shown[-1])
            assert shown == there.page(wanted(command, agent)).many, "none is passed over and none comes twice"
        assert one.lists.again(LATER, 3) == there.again(LATER, 3)
        assert list(one.lists.loads(LATER)) == list(there.loads(LATER))

    await database.write(work)


@pytest.mark.parametrize("written", ["b_", "%", "b%x", "\\", "bo_lin"])
async def test_a_sign_in_an_id_stands_for_itself_alone(database: Database, written: str) -> None:
    def work(one: Transaction) -> None:
        one.initiatives.save(initiative(1, responsible="mette", helpers=("bo", "boxlind")))
        assert one.lists.page(wanted("mine", written)).many == 0
        one.initiatives.save(initiative(2, responsible="mette", helpers=(written,)))
        assert [found.number for found in one.lists.page(wanted("mine", written)).shown] == [2]

    await database.write(work)


@pytest.mark.parametrize(
    "asked",
    [
        *(lambda one, of=of: one.lists.page(wanted(*of)) for of in LISTS),
        lambda one: one.lists.page(wanted("koe", "", (int(DUE.timestamp()), 3))),
        lambda one: one.lists.again(LATER, 3),
    ],
)
async def test_no_list_reads_a_whole_table(database: Database, asked: Callable[[Transaction], Any]) -> None:
    plan, whole = await plan_and_whole(database, asked)
    assert plan
    assert whole == [], plan
