"""Which open initiatives concern one agent: those that they lead or help with, and that moved last."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.core.initiative import Ending, Stage
from bot.core.world import Link
from bot.store.database import Database
from bot.store.messages import LATELY
from bot.store.transaction import Transaction
from tests.core.town import NOW
from tests.store.plan import plan_and_whole, plan_of, whole_tables
from tests.store.test_tables import initiative


async def test_of_an_agents_own_those_that_moved_last_are_found_and_all_that_moved_since(database: Database) -> None:
    def work(one: Transaction) -> None:
        for n in range(1, 9):
            one.initiatives.save(initiative(n, responsible="bo", touched=NOW + timedelta(minutes=n)))
        one.initiatives.save(initiative(9, responsible="mette", helpers=("bo",), touched=NOW))
        one.initiatives.save(initiative(10, responsible="mette", touched=NOW + timedelta(hours=1)))
        ended = {"stage": Stage.DONE, "ending": Ending("færdig"), "touched": NOW + timedelta(hours=1)}
        one.initiatives.save(initiative(11, responsible="bo", **ended))
        assert one.initiatives.lately_of("bo", 2, None).keys() == {7, 8, 9}, "two of each half"
        since = NOW + timedelta(minutes=3)
        assert one.initiatives.lately_of("bo", 2, since).keys() == {3, 4, 5, 6, 7, 8, 9}
        one.initiatives.save(initiative(1, responsible="bo", touched=NOW + timedelta(minutes=30)))
        assert one.initiatives.lately_of("bo", 2, None).keys() == {1, 8, 9}
        assert one.initiatives.lately_of("karen", 2, NOW) == {}

    await database.write(work)


@pytest.mark.parametrize(
    "asked",
    [
        lambda one: one.initiatives.lately_of("bo", 5, None),
        lambda one: one.initiatives.lately_of("bo", 5, NOW),
    ],
)
async def test_looking_for_them_reads_no_closed_ones(database: Database, asked: Callable[[Transaction], Any]) -> None:
    plan, whole = await plan_and_whole(database, asked)
    assert plan
    assert whole == []


async def test_whose_words_came_to_a_chat_lately_is_found_by_an_index_and_not_for_ever(database: Database) -> None:
    def work(one: Transaction) -> list[str]:
        for n in range(1, LATELY + 3):
            role = "relay" if n in (1, 5, 9) else "notice"
            one.messages.add(Link(2003, n, role, n, 7, 7, 0, "", NOW))
        one.messages.add(Link(2004, 50, "relay", 50, 7, 7, 0, "", NOW))
        assert one.messages.lately(2003, "relay") == {5, 9}
        return whole_tables(one, plan_of(one, lambda one: one.messages.lately(2003, "relay")))

    assert await database.write(work) == []
