"""I-02, K9 and K11: SIGKILL while new rules are taken into force, and at the message about a date that has passed."""

import time
from datetime import datetime

import psutil
import pytest

from bot.routing.load import digest
from tests.acceptance.test_i02_killed_between_two_steps import BACK_SECONDS, FORMS, SOAK_REPEATS, Kill
from tests.journeys import invariants, rulebook
from tests.journeys.phone import Phone
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]

RULES = rulebook.short_rules()
MOMENTS = ("at once", "after 20 ms", "while they are judged", "as they are written down")
LEAD = {True: "Bo Lind", False: "Farid Nazari"}
"""Whom an idea for nature meets: under the rules as they were, and under the others."""


def others(rules: bytes) -> bytes:
    """The same rules, but nature goes to Farid; or to Bo, where it went to Farid."""
    at = rules.index(b"\n  natur:")
    head, rest = rules[:at], rules[at:]
    here, there = (b"bo", b"farid") if has_bo(rules) else (b"farid", b"bo")
    return head + rest.replace(b"    ansvarlig: " + here, b"    ansvarlig: " + there, 1)


def has_bo(rules: bytes) -> bool:
    """Whether nature is Bo's."""
    return b"ansvarlig: bo" in rules[rules.index(b"\n  natur:") :][:400]


async def moment_comes(town: Town, moment: str, versions: int) -> None:
    """Wait for the moment of the kill."""
    if moment == "after 20 ms":
        await town.sandbox.get("wait", after=(await town.sandbox.get("state"))["seq"], timeout=0.02)
    elif moment == "while they are judged":
        process = psutil.Process(town.bot.process.pid)

        async def judges() -> bool:
            return bool(process.children())

        await town.sandbox.until(judges, 20, "a process judges the file")
    elif moment == "as they are written down":

        async def written() -> bool:
            return len(kept(town)) > versions

        await town.sandbox.until(written, 60, "the new version is written down")


def kept(town: Town) -> list[str]:
    """The hashes of the versions that were in force, the oldest first."""
    return [str(row[0]) for row in town.bot.rows("SELECT hash FROM rules_versions ORDER BY id")]


async def k9(town: Town, moment: str) -> None:
    """New rules are saved, and the bot is killed at that moment: it holds the old or the new ones, whole."""
    before = town.rules.read_bytes()
    wanted = others(before)
    assert wanted != before
    versions = kept(town)
    rulebook.by_rename(town.rules, wanted)
    await moment_comes(town, moment, len(versions))
    await town.bot.kill()
    assert town.bot.rows("PRAGMA integrity_check") == [("ok",)]
    now = kept(town)
    assert now[: len(versions)] == versions
    assert now[len(versions) :] in ([], [digest(wanted)]), "the old rules or the new ones, whole and once"
    await town.bot.start()

    async def taken_up() -> bool:
        return kept(town)[-1] == digest(wanted)

    await town.sandbox.until(taken_up, BACK_SECONDS, "the saved rules are in force by themselves")
    assert len(kept(town)) == len(versions) + 1
    await town.settled(BACK_SECONDS)
    number = await town.brought(await town.citizen("Karim"), rulebook.NATURE)
    card = await (await town.reader_of(number)).waits_for(lambda one: one.text.startswith(f"Nr. {number} ·"))
    assert LEAD[has_bo(wanted)] in card.text


async def k11(town: Town, form: str, run: str) -> int:
    """The promised date has passed; the bot is killed at the message to the citizen. How many messages came twice."""
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    kill = Kill(town, form, run, await town.last_call())
    ((due,),) = town.bot.rows("SELECT due FROM initiatives WHERE number = ?", number)
    assert isinstance(due, float)
    passed = datetime.fromtimestamp(due + 5).astimezone().isoformat()
    await kill.at(lambda: town.time_passes(passed), method="sendMessage", chat=aase.chat)
    told = await apologies(aase)
    assert 1 <= told <= 1 + kill.spare
    ((moved,),) = town.bot.rows("SELECT due FROM initiatives WHERE number = ?", number)
    assert isinstance(moved, float)
    assert moved > due, "there is one new date"
    await kill.nobody_saw_an_error()
    await invariants.one_responsible(town, number, "Mette Holm")
    return kill.repeated


async def apologies(aase: Phone) -> int:
    """How many times she was told that the date has passed."""
    return sum("fik du ikke" in one.text or "Undskyld" in one.text for one in await aase.hears())


async def test_a_kill_while_rules_are_taken_up_leaves_the_old_ones_or_the_new_ones(town: Town) -> None:
    await k9(town, MOMENTS[2])


@pytest.mark.parametrize("form", FORMS)
async def test_a_kill_at_the_overdue_message_tells_it_and_sets_one_new_date(town: Town, form: str) -> None:
    await k11(town, form, form[-2:])


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("moment", MOMENTS)
async def test_ten_kills_while_rules_are_taken_up(fresh_town: Town, moment: str) -> None:
    began = time.monotonic()
    for _ in range(SOAK_REPEATS):
        await k9(fresh_town, moment)
    print(f"\nI-02 K9 {moment}: {SOAK_REPEATS} kills held, in {time.monotonic() - began:.0f} s")


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("form", FORMS)
async def test_ten_kills_at_the_overdue_message(fresh_town: Town, form: str) -> None:
    began = time.monotonic()
    repeated = [await k11(fresh_town, form, f"{form[-2:]}{run}") for run in range(SOAK_REPEATS)]
    took = time.monotonic() - began
    print(f"\nI-02 K11 {form}: {SOAK_REPEATS} kills held, {sum(repeated)} messages repeated, in {took:.0f} s")
