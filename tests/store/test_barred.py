"""Who is barred is kept until it ends, one bar a person, and goes with everything else that is kept of them."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.bars import Bar
from bot.store.database import Database
from bot.store.transaction import Transaction

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
BAR = Bar(71, "Aase", 12, "Peter Dam", "Trusler »æøå«", NOW, NOW + timedelta(days=14), "uk")


async def test_a_bar_comes_back_as_it_was_and_a_new_one_takes_its_place(database: Database) -> None:
    longer = replace(BAR, until=NOW + timedelta(days=30))

    def keep(one: Transaction) -> None:
        one.barred.keep(BAR)
        one.barred.keep(replace(BAR, person=72))
        one.barred.keep(longer)

    await database.write(keep)
    assert await database.read(lambda one: one.barred.of(71)) == longer
    assert await database.read(lambda one: one.barred.of(73)) is None
    assert {bar.person for bar in await database.read(lambda one: one.barred.all())} == {71, 72}
    await database.write(lambda one: one.barred.lift(71))
    assert await database.read(lambda one: one.barred.of(71)) is None


async def test_whoever_is_deleted_is_barred_no_more_and_whoever_is_barred_is_known(database: Database) -> None:
    await database.write(lambda one: one.barred.keep(BAR))
    assert 71 in await database.read(lambda one: one.deletions.people())
    await database.write(lambda one: one.deletions.forget(71, [], {}))
    assert await database.read(lambda one: one.barred.all()) == []
