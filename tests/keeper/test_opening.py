"""With which rules the bot starts: the file's, the last good version, or none at all."""

import zlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.keeper.opening import FileState, NoRules, open_rules
from bot.routing.faults import Problem
from bot.routing.live import Accepted, Refused
from bot.routing.load import digest
from bot.store.database import Database

NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
GOOD, BAD = b"godt\n", b"skidt\n"


class Judge:
    """Finds a file good that says so."""

    def __init__(self, good: Accepted) -> None:
        self._good = good

    def __call__(self, data: bytes) -> Accepted | Refused:
        if data.startswith(b"godt"):
            return replace(self._good, packed=zlib.compress(data))
        return Refused((Problem(3, 5, "det er skidt", "Skriv noget godt"),), digest(data))


@pytest.fixture
def judge(good: Accepted) -> Judge:
    return Judge(good)


async def keep(store: Database, *texts: bytes, state: FileState | None = None) -> None:
    for text in texts:
        await store.write(lambda one, text=text: one.rules.keep(digest(text), text.decode(), NOW, "Ulla"))
    if state is not None:
        await store.write(state.write)


async def test_a_good_file_is_what_it_starts_with(tmp_path: Path, store: Database, judge: Judge) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(GOOD)
    opening = await open_rules(path, judge, store)
    assert opening.accepted.data == GOOD
    assert opening.file == FileState(digest(GOOD))


async def test_the_last_version_that_is_good_stands_in_for_a_broken_file(
    tmp_path: Path, store: Database, judge: Judge
) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(BAD)
    await keep(store, b"godt 1\n", b"godt 2\n", b"ikke mere godt\n")
    opening = await open_rules(path, judge, store)
    assert opening.accepted.data == b"godt 2\n"
    assert opening.file == FileState(digest(BAD), "refused")
    assert opening.faults == ((3, 5, "det er skidt", "Skriv noget godt"),)


async def test_a_file_that_is_gone_is_stood_in_for_as_well(tmp_path: Path, store: Database, judge: Judge) -> None:
    await keep(store, GOOD)
    opening = await open_rules(tmp_path / "rules.yaml", judge, store)
    assert opening.accepted.data == GOOD
    assert opening.file == FileState("", "gone")


async def test_a_version_that_could_not_be_written_to_the_file_outlives_a_restart(
    tmp_path: Path, store: Database, judge: Judge
) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(GOOD)
    await keep(store, GOOD, b"godt fra Telegram\n", state=FileState(digest(GOOD), "unwritten"))
    opening = await open_rules(path, judge, store)
    assert opening.accepted.data == b"godt fra Telegram\n"
    assert opening.file.state == "unwritten"
    path.write_bytes(b"godt fra disken\n")
    assert (await open_rules(path, judge, store)).accepted.data == b"godt fra disken\n"


async def test_without_any_good_rules_every_fault_is_told(tmp_path: Path, store: Database, judge: Judge) -> None:
    path = tmp_path / "rules.yaml"
    with pytest.raises(NoRules, match="kan ikke læses"):
        await open_rules(path, judge, store)
    path.write_bytes(BAD)
    with pytest.raises(NoRules, match=r"linje 3, tegn 5: det er skidt\. Skriv noget godt"):
        await open_rules(path, judge, store)
