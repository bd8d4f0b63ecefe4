"""I-03: the disk can only be read from one moment to the next; the whole bot tells the truth, and goes on after it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys import labels
from tests.journeys.process import ROOT
from tests.journeys.town import Town
from tests.needs import program

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

SOURCE = ROOT / "tests" / "journeys" / "read_only.c"
PROMPT = 20.0
NOT_STORED = "Din besked er ikke modtaget endnu"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town whose bot asks the disk by way of ours, which can turn read-only."""
    folder: Path = tmp_path_factory.mktemp("town")
    library = folder / "read_only.so"
    compiler = program("cc", "no C compiler on this machine: apt-get install gcc libc6-dev")
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"]
    made = await asyncio.create_subprocess_exec(*words)
    assert await made.wait() == 0
    # With a PYTHONPATH of its own the bot is a process that begins with Python itself, and so with the library.
    settings = {"PYTHONPATH": str(ROOT), "LD_PRELOAD": str(library), "READ_ONLY_WHILE": str(flag_of(folder))}
    async with Town(folder, settings) as opened:
        yield opened


def flag_of(folder: Path) -> Path:
    """The file that turns the disk read-only while it is there."""
    return folder / "read-only"


@pytest_asyncio.fixture(loop_scope="module")
async def reading_town(town: Town) -> AsyncIterator[Town]:
    """A town whose disk can be written again afterwards."""
    yield town
    flag_of(town.folder).unlink(missing_ok=True)


async def test_on_a_disk_that_only_reads_nobody_gets_a_false_receipt_danger_is_answered_and_it_goes_on_by_itself(
    reading_town: Town,
) -> None:
    town = reading_town
    jonas, aase, karim = await town.citizen("Jonas"), await town.citizen("Aase"), await town.citizen("Karim")
    number = await town.brought(jonas)
    await aase.writes("flere bænke på torvet, så ældre kan hvile sig")
    if not await aase.has_button(labels.SEND):
        await aase.presses(labels.SKIP)
    newest = await aase.newest()
    flag_of(town.folder).touch()
    press = await aase.presses(labels.SEND, wait=False)
    assert "kan ikke gemme" in await aase.alert(press, PROMPT)
    await karim.writes("flere cykelstativer ved skolen skrivebeskyttetx", wait=False)
    await karim.waits_for(NOT_STORED, PROMPT)
    await jonas.writes("der er brand i kælderen hos naboen", wait=False)
    await jonas.waits_for("112", PROMPT)
    assert not await aase.hears(after=newest), "no receipt for what is not received"
    assert town.bot.runs
    flag_of(town.folder).unlink()
    await town.settled()
    press.answers = [await aase.waits_for("senest", after=newest)]
    assert town.number_in(press, aase) > number
    await karim.waits_for("skrivebeskyttetx")
    assert town.bot.rows("PRAGMA integrity_check") == [("ok",)]
    town.bot.assert_calm()


async def test_started_on_a_disk_that_only_reads_it_ends_with_one_line_and_no_trace(reading_town: Town) -> None:
    town = reading_town
    await town.bot.stop()
    flag_of(town.folder).touch()
    code, told = await town.bot.once("run")
    assert code not in (0, None)
    assert "Traceback" not in told
    assert "skab.db" in told
    flag_of(town.folder).unlink()
    await town.bot.start()
    await town.settled()
