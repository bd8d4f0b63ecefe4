"""A deletion reads what staff are in the middle of once, however many initiatives go, and lets go of each of them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.core.people import Asking, Form, Talk
from bot.store.database import Database
from bot.store.transaction import Transaction

MANY = 60
GONE = range(1, MANY + 1)
OTHER = 1000


def talks(one: Transaction) -> None:
    for number in (*GONE, OTHER):
        one.people.save_talk(f"-5:{number}", number, Talk(focus=number, asking=Asking("whom", about=number)))
        one.people.save_talk(f"-6:{number}", number, Talk(form=Form("step", number)))


def begun(one: Transaction) -> set[int]:
    """The initiatives that some talk still points at."""
    found: set[int] = set()
    for talk in one.people.talks():
        found |= {talk.focus, talk.asking.about if talk.asking else 0, talk.form.about if talk.form else 0}
    return found - {0}


@pytest.mark.parametrize("numbers", [GONE, [7]], ids=len)
async def test_all_talks_are_read_once_and_only_what_is_about_the_deleted_is_let_go(
    database: Database, numbers: Sequence[int]
) -> None:
    await database.write(talks)

    def forget(one: Transaction) -> int:
        asked: list[str] = []

        def count(_c: object, _k: object, statement: str, *_more: object) -> None:
            asked.append(statement)

        event.listen(one.connection, "before_cursor_execute", count)
        one.deletions.forget(4711, numbers, {})
        event.remove(one.connection, "before_cursor_execute", count)
        return sum("FROM talks" in statement and statement.startswith("SELECT") for statement in asked)

    assert await database.write(forget) == 1
    assert await database.read(begun) == {*GONE, OTHER} - {*numbers}


async def test_a_number_that_begins_another_is_another(database: Database) -> None:
    kept = Talk(focus=12, form=Form("step", 12))
    await database.write(lambda one: one.people.save_talk("-5:9", 9, kept))
    await database.write(lambda one: one.deletions.forget(4711, [1, 2], {}))
    assert await database.read(lambda one: one.people.talk("-5:9")) == kept
    await database.write(lambda one: one.deletions.forget(4711, [12], {}))
    assert await database.read(lambda one: one.people.talk("-5:9")) == replace(kept, focus=0, form=None)
