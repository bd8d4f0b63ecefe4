"""Where another process leads: its rules are taken up from the database, and nothing is told twice at the change."""

import asyncio
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import structlog

from bot.keeper.keeper import Keeper
from bot.keeper.opening import FileState, Opening
from bot.routing.faults import Problem
from bot.routing.live import Accepted, LiveRules, Refused, accept
from bot.routing.load import digest
from bot.store.database import Database
from tests.conversation.house import until
from tests.journeys.rulebook import in_place

PATIENCE = 60.0
"""Seconds; the rules' own examples are tried before a version is written down, which takes some where all is busy."""
NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))


class Process:
    """The keeper of one process, over the file and the database of all."""

    def __init__(self, store: Database, path: Path, good: Accepted, check: object = accept) -> None:
        self.live = LiveRules(path, good, check=check)  # type: ignore[arg-type]
        self.keeper = Keeper(self.live, store, lambda: NOW, Opening(good, FileState(digest(good.data))))
        self._end = asyncio.Event()

    async def leads(self) -> None:
        """It watches the file from now on."""
        self._watching = asyncio.create_task(self.keeper.watch(self._end))

    async def ends(self) -> None:
        """It stops."""
        self._end.set()
        await self._watching


@pytest.fixture
def path(tmp_path: Path, good: Accepted) -> Path:
    file = tmp_path / "routing_rules.yaml"
    file.write_bytes(good.data)
    return file


async def told(store: Database) -> list[str]:
    rows = await store.read(lambda one: one.inbox.waiting(50))
    return [row.body["news"] for row in rows]


async def test_a_version_that_one_process_puts_into_force_holds_in_the_others(
    store: Database, path: Path, good: Accepted
) -> None:
    one, other = Process(store, path, good), Process(store, path, good)
    await one.keeper.begin()
    assert not await other.keeper.follow()
    await one.leads()
    newer = good.data + b"# ny\n"
    in_place(path, newer)
    await until(lambda: one.live.current.data.endswith(b"# ny\n"), PATIENCE)
    await until(lambda: _version(store, newer), PATIENCE)
    assert await other.keeper.follow()
    assert other.live.current.data == newer
    assert not await other.keeper.follow()
    assert await told(store) == ["RulesInForce"]
    await one.ends()


async def _version(store: Database, data: bytes) -> bool:
    return await store.read(lambda one: one.rules.newest_hash()) == digest(data)


async def test_who_takes_over_tells_nothing_again_and_takes_nothing_back(
    store: Database, path: Path, good: Accepted
) -> None:
    heir = Process(store, path, good)
    newer = good.data + b"# fra Ulla\n"
    await heir.keeper.begin()
    # The one that led put a version into force and wrote it into the file; then it was killed.
    in_place(path, newer)
    await store.write(lambda one: one.rules.keep(digest(newer), newer.decode(), NOW, "Ulla"))
    await store.write(FileState(digest(newer)).write)
    assert await heir.keeper.follow()
    await heir.leads()
    newest = newer + b"# og en til\n"
    in_place(path, newest)
    await until(lambda: heir.live.current.data.endswith(b"# og en til\n"), PATIENCE)
    await until(lambda: _version(store, newest), PATIENCE)
    await heir.ends()
    assert await told(store) == ["RulesInForce"]
    versions = await store.read(lambda one: one.rules.versions(5))
    assert [version.hash for version in versions] == [digest(newest), digest(newer), digest(good.data)]


async def test_a_file_that_was_refused_is_not_refused_again_by_who_takes_over(
    store: Database, path: Path, good: Accepted
) -> None:
    heir = Process(store, path, good)
    await heir.keeper.begin()
    in_place(path, b"skidt")
    await store.write(FileState(digest(b"skidt"), "refused").write)
    await heir.keeper.follow()
    await heir.leads()
    in_place(path, good.data)
    await until(lambda: _told_something(store), PATIENCE)
    await heir.ends()
    assert await told(store) == ["RulesMended"]


async def _told_something(store: Database) -> bool:
    return bool(await told(store))


async def test_a_version_that_this_program_cannot_use_is_looked_at_once(
    store: Database, path: Path, good: Accepted
) -> None:
    judged: list[bytes] = []

    def check(data: bytes, *_: object) -> Refused:
        judged.append(data)
        return Refused((Problem(1, 1, "et felt, som ingen kender", "Fjern det"),), digest(data))

    other = Process(store, path, good, check)
    await store.write(lambda one: one.rules.keep("x", "nyere", NOW, ""))
    with structlog.testing.capture_logs() as logs:
        assert not await other.keeper.follow()
        assert not await other.keeper.follow()
    assert judged == [b"nyere"]
    assert [line["event"] for line in logs] == ["rules_of_last_version"]
    assert other.live.current is good
