"""R-01: a broken rules file is saved; the old rules hold, admins are told once, citizens notice nothing."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys import rulebook
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.rulebook import AGAIN, CASES, OLD_HOLD
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

RULES = rulebook.short_rules()
ALARM_SECONDS = 10.0
SAVES: dict[str, Callable[[Path, bytes], None]] = {"in place": rulebook.in_place, "by rename": rulebook.by_rename}
IN_TELEGRAM = (1, 2, 3, 4, 5, 7)
FEW = ((1, "in place"), (5, "by rename"), (7, "in place"))
"""Of the 14 ways to save on the disk, those that every run takes; `make soak` takes all."""


async def alarm(admin: Phone, after: int) -> Message:
    """The message about a broken save, within 10 s."""
    return await admin.waits_for(OLD_HOLD, ALARM_SECONDS, after)


def names_the_line(told: Message, case: int, spoiled: bytes) -> None:
    """Which file, which line (± 1) and column, what is wrong and what was expected; no stack trace."""
    assert "routing_rules" in told.text
    assert "Traceback" not in told.text
    wrong = CASES[case].line(spoiled)
    if wrong is not None:
        lines = [int(number) for number in re.findall(r"Linje (\d+), tegn \d+:", told.text)]
        assert any(abs(line - wrong) <= 1 for line in lines), f"line {wrong} is wrong, not {lines}: {told.text}"
    assert re.search(r"Linje \d+, tegn \d+: .+\. .+\.", told.text), told.text


async def goes_to_bo(town: Town) -> None:
    """Karim's idea meets the old rules."""
    number = await town.brought(await town.citizen("Karim"), rulebook.NATURE)
    assert "Bo Lind" in (await town.card(number)).text


async def saved_badly(town: Town, case: int, how: str, good: bytes) -> None:
    """One broken save on the disk, Karim's idea, one message to each admin; then the good file is put back."""
    ulla, tom = town.agent("ulla"), town.agent("tom")
    newest = {admin.chat: await admin.newest() for admin in (ulla, tom)}
    spoiled = CASES[case].spoil(good)
    assert spoiled != good
    SAVES[how](town.rules, spoiled)
    for admin in (ulla, tom):
        names_the_line(await alarm(admin, newest[admin.chat]), case, spoiled)
    await goes_to_bo(town)
    SAVES[how](town.rules, good)
    for admin in (ulla, tom):
        await admin.waits_for(AGAIN, ALARM_SECONDS, newest[admin.chat])
    await town.settled()
    for admin in (ulla, tom):
        heard = await admin.hears(newest[admin.chat])
        assert len(heard) == 2, f"one message when it broke and one when it was mended: {await admin.screen()}"


async def sent_badly(town: Town, case: int, good: bytes) -> None:
    """One broken file in Telegram: Ulla is told what is wrong, Tom hears nothing, the file on the disk stays."""
    ulla, tom = town.agent("ulla"), town.agent("tom")
    newest = await tom.newest()
    spoiled = CASES[case].spoil(good)
    act = await rulebook.sends_rules(ulla, spoiled)
    told = next(one for one in act.answers if OLD_HOLD in one.text)
    names_the_line(told, case, spoiled)
    assert sum(OLD_HOLD in one.text for one in act.answers) == 1
    assert not await tom.hears(newest)
    assert town.rules.read_bytes() == good


async def removed(town: Town, good: bytes) -> None:
    """The file is gone, and comes back."""
    ulla = town.agent("ulla")
    newest = await ulla.newest()
    town.rules.unlink()
    assert "væk" in (await alarm(ulla, newest)).text
    await goes_to_bo(town)
    rulebook.by_rename(town.rules, good)
    await ulla.waits_for(AGAIN, ALARM_SECONDS, newest)
    await town.settled()


async def test_the_old_rules_hold_and_each_broken_save_is_told_once(town: Town) -> None:
    good = town.rules.read_bytes()
    for case, how in FEW:
        await saved_badly(town, case, how, good)
    await removed(town, good)
    for case in (4, 5):
        await sent_badly(town, case, good)


async def test_a_half_file_that_is_completed_within_a_second_raises_no_alarm(town: Town) -> None:
    good = town.rules.read_bytes()
    ulla = town.agent("ulla")
    newest = await ulla.newest()
    versions = len(town.bot.rows("SELECT id FROM rules_versions"))
    better = good + "# færdig\n".encode()
    town.rules.write_bytes(better[: len(better) // 2])
    with town.rules.open("ab") as file:
        await asyncio.sleep(0.9)
        file.write(better[len(better) // 2 :])
    await ulla.waits_for("i brug nu", rulebook.PATIENCE, newest)
    await town.settled()
    assert len(await ulla.hears(newest)) == 1, await ulla.screen()
    assert len(town.bot.rows("SELECT id FROM rules_versions")) == versions + 1


async def test_a_restart_with_a_broken_file_goes_on_with_the_last_good_rules(tmp_path: Path) -> None:
    async with Town(tmp_path, begins_with=RULES) as town:
        ulla = town.agent("ulla")
        good = town.rules.read_bytes()
        spoiled = CASES[3].spoil(good)
        await town.bot.stop()
        rulebook.in_place(town.rules, spoiled)
        await town.bot.start()
        told = await ulla.waits_for("startet med de sidste gode regler", ALARM_SECONDS)
        names_the_line(told, 3, spoiled)
        assert OLD_HOLD in told.text
        assert "rules_of_last_version" in town.bot.log()
        await goes_to_bo(town)
        await town.bot.stop()
        await town.bot.start()
        rulebook.by_rename(town.rules, good)
        await ulla.waits_for(AGAIN, ALARM_SECONDS)
        await town.settled()
        heard = [one.text for one in await ulla.hears()]
        assert sum("startet med" in text for text in heard) == 1, "the same file is told of once, whatever restarts"
        assert sum(AGAIN in text for text in heard) == 1


async def test_a_first_install_with_a_broken_file_ends_with_its_faults(tmp_path: Path) -> None:
    async with Town(tmp_path, asleep=True) as town:
        town.rules.write_bytes(CASES[1].spoil(town.rules.read_bytes()))
        code, printed = await town.bot.once("run")
        assert code != 0
        assert re.search(r"routing_rules\.yaml: linje \d+, tegn \d+: .+", printed), printed
        assert "Traceback" not in printed


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_all_21_combinations_keep_the_old_routing(tmp_path: Path) -> None:
    async with Town(tmp_path) as town:
        good = town.rules.read_bytes()
        for case in CASES:
            for how in SAVES:
                await saved_badly(town, case, how, good)
        for case in IN_TELEGRAM:
            await sent_badly(town, case, good)
            await goes_to_bo(town)
        await removed(town, good)
