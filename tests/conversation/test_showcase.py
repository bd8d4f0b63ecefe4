"""What the public may see follows the store: at once, after a rollback, and without a trace of what is hidden."""

from dataclasses import replace

import pytest

from bot.conversation.showcase import Look, Showcase
from bot.core.initiative import Initiative, Stage
from bot.routing.likeness import Likeness
from bot.store.database import Database
from bot.store.transaction import Transaction
from tests.store.conftest import database, where
from tests.store.test_tables import initiative

__all__ = ["database", "where"]


def public(number: int, title: str, **changes: object) -> Initiative:
    return replace(initiative(number), public=True, title=title, public_words=title, **changes)  # type: ignore[arg-type]


def titles(showcase: Showcase, transaction: Transaction) -> list[str]:
    return [face.title for face in Look(showcase, transaction).listed()]


async def test_what_is_opened_changed_and_hidden_is_seen_at_once(database: Database) -> None:
    showcase = Showcase()

    def work(one: Transaction) -> None:
        assert titles(showcase, one) == []
        one.initiatives.save(public(1, "Bænke på torvet"))
        one.initiatives.save(initiative(2))
        assert titles(showcase, one) == ["Bænke på torvet"]
        assert [face.number for face in Look(showcase, one).like("bænke", (), 3)] == [1]
        one.initiatives.save(public(1, "Skaterbane ved havnen"))
        assert titles(showcase, one) == ["Skaterbane ved havnen"]
        assert Look(showcase, one).like("bænke", (), 3) == ()
        one.initiatives.save(replace(public(1, "Skaterbane ved havnen"), public=False))
        assert titles(showcase, one) == []
        assert Look(showcase, one).face(1) is None

    await database.write(work)
    assert "skaterban" not in repr(vars(showcase.index())).lower()


async def test_a_rollback_leaves_nothing_in_it(database: Database) -> None:
    showcase = Showcase()

    def half(one: Transaction) -> None:
        one.initiatives.save(public(1, "Bænke på torvet"))
        assert titles(showcase, one) == ["Bænke på torvet"]
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        await database.write(half)
    assert await database.read(lambda one: titles(showcase, one)) == []
    assert await database.read(lambda one: Look(showcase, one).like("bænke", (), 3)) == ()


async def test_what_another_process_changes_is_seen(database: Database) -> None:
    mine, other = Showcase(), Showcase()
    await database.write(lambda one: one.initiatives.save(public(1, "Bænke på torvet")))
    assert await database.read(lambda one: titles(mine, one)) == ["Bænke på torvet"]
    assert await database.read(lambda one: titles(other, one)) == ["Bænke på torvet"]
    await database.write(lambda one: one.initiatives.save(public(1, "Bænke på pladsen")))
    assert await database.read(lambda one: titles(other, one)) == ["Bænke på pladsen"]
    assert await database.read(lambda one: titles(mine, one)) == ["Bænke på pladsen"]


async def test_of_a_withdrawn_one_only_that_is_seen(database: Database) -> None:
    showcase = Showcase()

    def work(one: Transaction) -> None:
        one.initiatives.save(public(1, "Bænke på torvet", stage=Stage.WITHDRAWN))
        face = Look(showcase, one).face(1)
        assert face is not None
        assert (face.title, face.words, face.topics, face.listed) == ("", "", (), False)
        assert Look(showcase, one).like("bænke på torvet", (), 3) == ()

    await database.write(work)


async def test_after_a_change_of_rules_the_old_index_answers_until_the_new_one_is_whole(database: Database) -> None:
    made: list[Likeness] = []
    rules = ["old"]

    def likeness() -> Likeness:
        made.append(Likeness())
        return made[-1]

    showcase = Showcase(likeness, lambda: rules[0])

    def work(one: Transaction) -> None:
        for number in range(1, 251):
            one.initiatives.save(public(number, f"Bænke på torv nr. {number}"))
        showcase.open(one)
        rules[0] = "new"
        for _ in range(2):
            assert len(Look(showcase, one).like("bænke på torv", (), 3)) == 3
        assert showcase.index() is made[1]
        assert made[1].numbers() == made[0].numbers()

    await database.write(work)
