"""The bot's end waits for no work that takes seconds: nothing of it is used, and the next start does it."""

import asyncio
import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.rule_news import Difference
from bot.keeper import keeper as keeping
from bot.keeper.opening import open_rules
from bot.keeper.thought import think
from bot.routing.apart import GivenUp
from bot.routing.live import Accepted
from bot.routing.load import digest
from bot.store.database import Database
from tests.conversation.house import until
from tests.journeys.rulebook import in_place
from tests.keeper.test_following import PATIENCE, Process, told


class Long:
    """Work that ends when the test lets it."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, *_: object) -> Difference:
        self.begun.set()
        self.may_end.wait(PATIENCE)
        return Difference()


@pytest.fixture
def long() -> Iterator[Long]:
    work = Long()
    yield work
    work.may_end.set()


async def test_what_was_found_out_is_handed_back_and_a_fault_too() -> None:
    ended = asyncio.Event()
    assert await think(ended, max, 3, 7) == 7
    with pytest.raises(ZeroDivisionError):
        await think(ended, divmod, 1, 0)


async def test_nobody_waits_for_it_after_the_end_and_nothing_complains_of_what_came_of_it(long: Long) -> None:
    ended = asyncio.Event()
    complaints: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))

    def fails() -> None:
        long()
        raise GivenUp

    thinking = asyncio.create_task(think(ended, fails))
    await until(long.begun.is_set)
    ended.set()
    with pytest.raises(GivenUp):
        await asyncio.wait_for(thinking, 5)
    (thread,) = (one for one in threading.enumerate() if one.name == "thought")
    assert thread.daemon, "the end of the process does not wait for it either"
    long.may_end.set()
    await asyncio.to_thread(thread.join)
    await asyncio.sleep(0)
    gc.collect()
    assert complaints == []
    with pytest.raises(GivenUp):
        await think(ended, max, 3, 7)


async def test_a_bot_that_ends_while_examples_are_tried_tells_it_at_the_next_start(
    store: Database, tmp_path: Path, good: Accepted, long: Long, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "routing_rules.yaml"
    path.write_bytes(good.data)
    process = Process(store, path, good)
    await process.keeper.begin()
    monkeypatch.setattr(keeping, "count_examples", long)
    await process.leads()
    newer = good.data + b"# ny\n"
    in_place(path, newer)
    await until(long.begun.is_set, PATIENCE)
    await asyncio.wait_for(process.ends(), 5)
    assert await told(store) == []
    monkeypatch.undo()
    after = Process(store, path, process.live.judge(newer))  # type: ignore[arg-type]
    await after.keeper.begin()
    await after.leads()
    await until(lambda: _newest(store, newer), PATIENCE)
    await after.ends()
    assert await told(store) == ["RulesInForce"]


async def _newest(store: Database, data: bytes) -> bool:
    return await store.read(lambda one: one.rules.newest_hash()) == digest(data)


async def test_a_bot_that_is_to_end_before_its_first_rules_are_learned_ends(
    store: Database, tmp_path: Path, good: Accepted, long: Long
) -> None:
    path, ended = tmp_path / "routing_rules.yaml", asyncio.Event()
    path.write_bytes(good.data)
    opening = asyncio.create_task(open_rules(path, long, store, ended))  # type: ignore[arg-type]
    await until(long.begun.is_set)
    ended.set()
    with pytest.raises(GivenUp):
        await asyncio.wait_for(opening, 5)
