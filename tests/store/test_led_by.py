"""Which open initiatives concern one agent: those that they lead, and those that they help with."""

import pytest

from bot.core.initiative import Ending, Stage
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests.store.plan import plan_of, whole_tables
from tests.store.test_tables import initiative


async def test_an_agents_own_are_those_that_they_lead_or_help_with_and_no_others(database: Database) -> None:
    def work(one: Transaction) -> None:
        one.initiatives.save(initiative(1, responsible="bo"))
        one.initiatives.save(initiative(2, responsible="mette", helpers=("lone", "bo")))
        one.initiatives.save(initiative(3, responsible="mette", helpers=("bodil", "jumbo")))
        one.initiatives.save(initiative(4, responsible="bo", stage=Stage.DONE, ending=Ending("færdig")))
        assert set(one.initiatives.led_by("bo")) == {1, 2}
        assert set(one.initiatives.led_by("mette")) == {2, 3}
        one.initiatives.save(initiative(2, responsible="mette"))
        assert set(one.initiatives.led_by("bo")) == {1}

    await database.write(work)


@pytest.mark.parametrize("written", ["b_", "%", "b%", "\\", "bo_lind"])
async def test_a_sign_in_an_id_stands_for_itself_alone(database: Database, written: str) -> None:
    def work(one: Transaction) -> None:
        one.initiatives.save(initiative(1, responsible="mette", helpers=("bo", "boxlind")))
        assert one.initiatives.led_by(written) == {}
        one.initiatives.save(initiative(2, responsible="mette", helpers=(written,)))
        assert set(one.initiatives.led_by(written)) == {2}

    await database.write(work)


async def test_looking_for_them_reads_no_closed_ones(database: Database) -> None:
    def work(one: Transaction) -> tuple[list[str], list[str]]:
        plan = plan_of(one, lambda one: one.initiatives.led_by("bo"))
        return plan, whole_tables(one, plan)

    plan, whole = await database.write(work)
    assert plan
    assert whole == []
