"""I-01 (b) to (d), (f), and what a machine can read of (a): the install says what is missing and how to mend it."""

import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys import invariants, labels
from tests.journeys.process import ROOT
from tests.journeys.town import AGENTS, BIKES, GROUP_TITLE, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest_asyncio.fixture(loop_scope="module")
async def asleep(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which all is in order and the bot has not been started yet."""
    async with Town(tmp_path, asleep=True) as opened:
        opened.bot.whole = True
        yield opened


def one_clear_line(printed: str) -> None:
    """A line or two for a person; no stack trace, no token."""
    assert "Traceback" not in printed, printed
    lines = [line for line in printed.splitlines() if line.strip()]
    assert 1 <= len(lines) <= 3, f"one clear line, not {len(lines)}:\n{printed}"


# -- (a) ---------------------------------------------------------------------------------------------------------------


async def test_a_every_command_that_the_readme_names_exists(asleep: Town) -> None:
    code, printed = await asleep.bot.once("--help")
    assert code == 0
    for command in sorted(set(re.findall(r"`(?:\.venv/bin/)?skab (\w+)", README))):
        assert re.search(rf"\b{command}\b", printed), f"README says `skab {command}`; --help does not: {printed}"


# -- (b) and (c) -------------------------------------------------------------------------------------------------------


async def test_b_without_a_token_the_doctor_says_what_is_missing_and_in_which_file(asleep: Town) -> None:
    code, printed = await asleep.bot.once("check", BOT_TOKEN=None)
    assert code != 0
    assert "Traceback" not in printed
    line = next((line for line in printed.splitlines() if "SKAB_BOT_TOKEN" in line), "")
    assert line, f"the token is not named: {printed}"
    assert ".env" in printed


@pytest.mark.parametrize("token", ["wrong", "43:WRONG"], ids=["not a token", "nobody's token"])
async def test_c_a_wrong_token_ends_with_one_line_and_an_exit_code(asleep: Town, token: str) -> None:
    code, printed = await asleep.bot.once("run", BOT_TOKEN=token)
    assert code != 0
    one_clear_line(printed)
    assert "SKAB_BOT_TOKEN" in printed
    assert ".env" in printed, f"in which file: {printed}"
    assert token not in printed
    code, printed = await asleep.bot.once("check", BOT_TOKEN=token)
    assert code != 0
    assert "Traceback" not in printed
    assert re.search(r"SKAB_BOT_TOKEN.*\.env", printed, re.DOTALL), f"the doctor says so too: {printed}"
    assert token not in printed


# -- (d) ---------------------------------------------------------------------------------------------------------------


async def check(town: Town, **changes: str | None) -> tuple[int, str]:
    """What the doctor says."""
    code, printed = await town.bot.once("check", **changes)
    assert "Traceback" not in printed, printed
    assert town.sandbox.token not in printed
    assert all(line.startswith(("OK ", "MANGLER ")) for line in printed.splitlines()), f"one line each:\n{printed}"
    return code, printed


async def named(town: Town, *patterns: str, **changes: str | None) -> None:
    """The doctor names this fault on a line of its own, with what to mend, and ends with a code."""
    # That the program starts is shown above; here it counts what the doctor says.
    town.bot.whole = False
    code, printed = await check(town, **changes)
    assert code != 0, f"exit code 0 though something is wrong:\n{printed}"
    wrong = "\n".join(line for line in printed.splitlines() if not line.startswith("OK"))
    for pattern in patterns:
        assert re.search(pattern, wrong, re.IGNORECASE), f"nothing like {pattern!r} in:\n{printed}"


async def test_d_when_all_is_in_order_every_line_is_ok(asleep: Town) -> None:
    code, printed = await check(asleep)
    assert code == 0, printed
    assert len(printed.splitlines()) >= 5, f"a list, line by line:\n{printed}"


async def test_d_privacy_mode_on_and_not_an_administrator(asleep: Town) -> None:
    await asleep.sandbox.post("member", chat=asleep.group, person="bot", status="member")
    await asleep.sandbox.post("privacy", on=True)
    await named(asleep, r"Privatliv er slået til[^\n]*/setprivacy", r"administrator")


async def test_d_topics_off(tmp_path: Path) -> None:
    async with Town(tmp_path, kind="group", asleep=True) as town:
        await named(town, r"Emner er slået fra[^\n]*Topics")


async def test_d_the_right_to_delete_is_missing(asleep: Town) -> None:
    rights = {"can_manage_topics": True, "can_pin_messages": True, "can_delete_messages": False}
    await asleep.sandbox.post("member", chat=asleep.group, person="bot", status="administrator", rights=rights)
    await named(asleep, r"slet\w* beskeder|delete messages")


async def test_d_lone_never_pressed_start(asleep: Town) -> None:
    lone = AGENTS["lone"]
    await asleep.sandbox.post("people", id=909090, first_name="Lone", last_name="Bach", username="lone_uden_start")
    seats = asleep.bot.settings["SKAB_SEATS"].replace(f"lone={lone.id}", "lone=909090")
    await named(asleep, r"Lone Bach[^\n]*START|START[^\n]*Lone Bach", SEATS=seats)


async def test_d_the_numbers_that_are_missing_are_told_by_who_wrote_to_the_bot(asleep: Town) -> None:
    lone = AGENTS["lone"]
    await asleep.sandbox.post("people", id=909091, first_name="Hemmelig", last_name="Borger")
    await asleep.sandbox.post("start", person=909091)
    await asleep.sandbox.post("start", person=lone.id)
    seats = asleep.bot.settings["SKAB_SEATS"].replace(f"lone={lone.id}", "")
    waiting = await asleep.sandbox.pending()
    code, printed = await check(asleep, SEATS=seats, STAFF_CHAT=None)
    assert code != 0
    assert f"SKAB_STAFF_CHAT mangler i .env: gruppens nummer. Botten er med her: «{GROUP_TITLE}»" in printed
    assert f"» er {asleep.group}." in printed
    assert f"Sæt lone={lone.id} i SKAB_SEATS" in printed
    assert "909091" not in printed, "who is no agent is nobody's business"
    assert await asleep.sandbox.pending() == waiting > 0, "the bot finds all of it when it starts"


async def test_d_broken_rules(asleep: Town) -> None:
    asleep.rules.write_text("kommune:\n\tnavn: Gentofte\n", encoding="utf-8")
    await named(asleep, r"routing_rules\.yaml", r"linje 2")


async def test_d_a_disk_that_cannot_be_written(asleep: Town) -> None:
    await named(asleep, r"/proc/skab\.db[^\n]*", r"SKAB_DATABASE|skrive", DATABASE="/proc/skab.db")


async def test_d_the_machines_clock_in_utc_changes_no_promise_and_is_told(asleep: Town) -> None:
    _code, printed = await check(asleep, TZ="UTC")
    assert re.search(r"Europe/Copenhagen", printed), f"which zone counts: {printed}"


# -- (f) ---------------------------------------------------------------------------------------------------------------


async def test_f_ctrl_c_in_a_conversation_stops_within_10_s_and_loses_nothing(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes(BIKES, wait=False)
    code = await town.bot.stop(signal.SIGINT)
    assert code == 0
    town.bot.assert_calm()
    await town.bot.start()
    await aase.waits_for_button(labels.SKIP)
    number = await town.sent(aase)
    assert "rollator" in (await town.card(number)).text
    await invariants.one_responsible(town, number, "Mette Holm")
