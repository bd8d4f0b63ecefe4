"""I-03: down for 25 hours, two at once, Telegram out of reach, a full disk: nothing is lost, and people are told."""

import re
import resource
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio

from tests.journeys import labels
from tests.journeys.invariants import NEW_MESSAGE, texts
from tests.journeys.phone import Phone
from tests.journeys.sandbox import free_port
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

FRIDAY = "2026-10-30T09:00:00+01:00"
TUESDAY_NOON = "2026-11-03T12:00:00+01:00"
WEDNESDAY_ONE = "2026-11-04T13:00:00+01:00"
AWAY = "ude af drift"
SETTINGS = {"SKAB_WEB_PORT": str(free_port()), "SKAB_LOG_LEVEL": "debug"}
SOON = 60.0
PROMPT = 15.0
AT_ONCE = 5.0
"""Seconds within which danger is answered: half of what the store waits for another process."""

NOT_STORED = "Din besked er ikke modtaget endnu"


async def told(town: Town, phone: Phone, since: int) -> list[str]:
    """The outage messages that reached somebody."""
    calls = await town.sandbox.calls(after=since, chat=phone.chat)
    return [text for call in calls if call["status"] == 200 for text in texts(call) if AWAY in text]


async def goes_down(town: Town, moment: str) -> int:
    """The machine is gone at that moment; the newest call before it."""
    await town.at(moment)
    wanted = datetime.fromisoformat(moment)

    async def written_down() -> bool:
        seen = str(town.bot.rows("SELECT value FROM settings WHERE key = 'last_seen'")[0][0])
        return datetime.fromisoformat(seen.strip('"')) >= wanted

    await town.sandbox.until(written_down, 10, "the bot has seen what time it is")
    await town.bot.kill()
    return await town.last_call()


@pytest_asyncio.fixture(loop_scope="module")
async def quiet_town(town: Town) -> AsyncIterator[Town]:
    """A town whose bot runs again afterwards, whatever became of the test."""
    yield town
    if not town.bot.runs:
        await town.bot.start()


async def test_after_25_hours_what_waits_is_handled_and_each_open_citizen_hears_it_once(quiet_town: Town) -> None:
    town = quiet_town
    await town.at(FRIDAY)
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas)
    aase, karim = await town.citizen("Aase"), await town.citizen("Karim")
    await town.at("2026-11-03T11:55:00+01:00")
    await aase.writes("en fælles have ved biblioteket")
    since = await goes_down(town, TUESDAY_NOON)
    await town.sandbox.set_clock(set="2026-11-03T12:30:00+01:00")
    # Straight into the sandbox: this one is lost, as Telegram tells nobody.
    await town.sandbox.post("send", person=karim.person.id, chat=karim.chat, text="dette er væk")
    await town.sandbox.set_clock(set="2026-11-03T20:00:00+01:00")
    await jonas.writes("der er også mørkt om aftenen", wait=False)
    await town.sandbox.set_clock(set=WEDNESDAY_ONE)
    log = len(town.bot.log())
    await town.bot.start()
    mette = await town.mette.in_topic(number)
    await mette.waits_for("der er også mørkt om aftenen", SOON)
    await town.settled()
    for phone in (aase, jonas):
        heard = await told(town, phone, since)
        assert heard == [
            "Jeg var ude af drift fra tirsdag kl. 12 til onsdag kl. 13. Skrev du til mig imens, så send det gerne igen."
        ], phone
    assert await told(town, karim, since) == []
    late = [one for one in await jonas.hears() if "fik du ikke" in one.text or "Undskyld" in one.text]
    assert len(late) == 1, "the promise that fell due meanwhile"
    lines = await was_down(town, log)
    assert len(lines) == 1
    assert "since=2026-11-03T12:00+01:00" in lines[0]
    assert "until=2026-11-04T13:00+01:00" in lines[0]
    assert int(re.search(r"handled=(\d+)", lines[0])[1]) >= 1  # type: ignore[index]
    await town.bot.restart()
    await town.settled()
    assert len(await told(town, aase, since)) == 1, "once, however often it starts"


async def was_down(town: Town, log: int) -> list[str]:
    """The lines that tell whoever runs it of the outage, once there is one."""

    async def lines() -> list[str]:
        return [line for line in town.bot.log()[log:].splitlines() if "event=was_down" in line]

    return await town.sandbox.until(lines, 10, "one line tells of the outage")


async def test_at_night_the_outage_is_told_in_the_morning(quiet_town: Town) -> None:
    town = quiet_town
    aase = await town.citizen("Aase")
    await aase.writes("flere træer langs vejen")
    since = await goes_down(town, "2026-11-10T12:00:00+01:00")
    await town.sandbox.set_clock(set="2026-11-11T22:30:00+01:00")
    await town.bot.start()
    await town.settled()
    assert await told(town, aase, since) == []
    await town.at("2026-11-12T06:59:00+01:00")
    assert await told(town, aase, since) == []
    await town.at("2026-11-12T07:00:30+01:00")
    assert len(await told(town, aase, since)) == 1


async def test_less_than_a_day_away_loses_nothing_and_nobody_is_told(quiet_town: Town) -> None:
    town = quiet_town
    aase = await town.citizen("Aase")
    await aase.writes("en bænk ved stien")
    since = await goes_down(town, "2026-11-17T12:00:00+01:00")
    await town.sandbox.set_clock(set="2026-11-18T11:30:00+01:00")
    await town.bot.start()
    await town.settled()
    assert await told(town, aase, since) == []


async def test_a_second_one_ends_by_itself_and_the_first_one_loses_nothing(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes("flere bænke på torvet, ord1", wait=False)
    code, printed = await town.bot.once("run")
    assert code != 0
    assert "kører allerede" in printed
    assert len(printed.strip().splitlines()) == 1, printed
    await aase.waits_for("ord1")
    await town.settled()


async def test_while_telegram_is_out_of_reach_nothing_is_lost_and_it_goes_on_by_itself(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas)
    mette = await town.mette.in_topic(number)
    since = await town.last_call()
    forever: dict[str, Any] = {"kind": "cut", "times": 10**6}
    calls, polls = await town.sandbox.fault(**forever), await town.sandbox.fault(**forever, method="getUpdates")
    for n in range(3):
        await jonas.writes(f"besked{n} i stormen", wait=False)
    await town.sandbox.fault_hit(polls)
    await mette.presses("desk.button.take", wait=False)
    await town.sandbox.delete("faults")
    await mette.waits_for("besked2 i stormen", SOON)
    await town.settled()
    assert calls != polls
    found = [call for call in await town.sandbox.calls(after=since, chat=town.group) if call["status"] == 200]
    order = [n for call in found for text in texts(call) for n in re.findall(r"besked(\d) i stormen", text)]
    assert order == ["0", "1", "2"]
    assert "updates_not_fetched" in town.bot.log()


async def test_it_starts_although_telegram_cuts_the_first_calls_off_and_ends_in_time_although_one_hangs(
    town: Town,
) -> None:
    for method in ("getMe", "deleteWebhook"):
        await town.sandbox.fault(kind="cut", method=method)
    await town.bot.restart()
    aase = await town.citizen("Aase")
    hangs = await town.sandbox.fault(kind="freeze_before", method="sendMessage", chat=aase.chat)
    await aase.writes("flere bænke på torvet, ord3", wait=False)
    await town.sandbox.fault_hit(hangs)
    began = time.monotonic()
    assert await town.bot.stop() == 0
    assert time.monotonic() - began < 10
    await town.bot.start()
    await aase.waits_for("ord3")
    town.bot.assert_calm()


def full(town: Town) -> None:
    """From here on no file of the bot's can grow: what it writes ends as on a full disk."""
    resource.prlimit(town.bot.process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))


def free(town: Town) -> None:
    """There is room again."""
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(town.bot.process.pid, resource.RLIMIT_FSIZE, unlimited)


@pytest_asyncio.fixture(loop_scope="module")
async def full_town(town: Town) -> AsyncIterator[Town]:
    """A town whose disk has room again afterwards."""
    yield town
    free(town)


async def new_messages(town: Town, phone: Phone, since: int) -> int:
    """How many messages somebody got."""
    calls = await town.sandbox.calls(after=since, chat=phone.chat)
    return sum(call["status"] == 200 and bool(NEW_MESSAGE.match(call["method"])) for call in calls)


async def test_on_a_full_disk_everybody_is_told_the_truth_and_danger_is_answered(full_town: Town) -> None:
    town = full_town
    jonas, aase, karim = await town.citizen("Jonas"), await town.citizen("Aase"), await town.citizen("Karim")
    number = await town.brought(jonas)
    mette = await town.mette.in_topic(number)
    await aase.writes("flere bænke på torvet, så ældre kan hvile sig")
    if not await aase.has_button(labels.SEND):
        await aase.presses(labels.SKIP)
    since = await town.last_call()
    full(town)
    press = await aase.presses(labels.SEND, wait=False)
    assert "kan ikke gemme" in await aase.alert(press, PROMPT)
    await karim.writes("flere cykelstativer ved skolen", wait=False)
    await karim.waits_for(NOT_STORED, PROMPT)
    await jonas.writes("der er brand i kælderen hos naboen", wait=False)
    await jonas.waits_for("112", PROMPT)
    take = await mette.presses(labels.TAKE, wait=False)
    assert "kan ikke gemme" in await mette.alert(take, PROMPT)
    assert await new_messages(town, aase, since) == 0, "no receipt for what is not received"
    assert await new_messages(town, karim, since) == 1
    free(town)
    await town.settled()
    receipt = await aase.waits_for("senest")
    press.answers = [receipt]
    assert town.number_in(press, aase) > number
    await karim.waits_for("flere cykelstativer")
    await jonas.waits_for("Mette Holm har taget")
    assert town.bot.rows("PRAGMA integrity_check") == [("ok",)]


async def test_while_another_process_holds_the_database_danger_is_answered_and_nothing_is_lost(town: Town) -> None:
    jonas, aase = await town.citizen("Jonas"), await town.citizen("Aase")
    with closing(sqlite3.connect(town.bot.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await jonas.writes("hjælp, der er brand i stuen", wait=False)
        await jonas.waits_for("112", AT_ONCE)
        await aase.writes("en bogbytter i parken", wait=False)
        other.execute("ROLLBACK")
    await aase.waits_for("bogbytter", PROMPT)
    await town.settled()


async def test_whoever_is_on_call_sees_how_it_goes_and_finds_nobodys_words(town: Town) -> None:
    url = f"http://127.0.0.1:{SETTINGS['SKAB_WEB_PORT']}"

    async def shows(path: str) -> str:
        async with town.sandbox.http.get(f"{url}{path}") as answer:
            assert answer.status == 200
            return await answer.text()

    figures = dict(re.findall(r"^(skab_\w+) (\S+)$", await shows("/metrics"), re.MULTILINE))
    assert float(figures["skab_acts_handled_total"]) > 0
    assert float(figures["skab_inbox_waiting"]) == 0
    assert float(figures["skab_store_readable"]) == 1
    assert float(figures["skab_telegram_silent_seconds"]) < 60
    assert float(figures["skab_initiatives_open"]) >= 1
    assert "true" in await shows("/readyz")
    log = town.bot.log()
    handled = set(re.findall(r"event=handled request=(r\d+) source=telegram", log))
    called = set(re.findall(r"event=called request=(r\d+) ", log))
    assert len(handled & called) > 10, "a request is followed from its handling to its calls"
    seen = await shows("/metrics") + log
    secrets = [town.sandbox.token, *(person.username for person in town.people.values() if person.username)]
    spoken = [act.text for act in town.acts if act.kind == "text" and len(act.text) > 12]
    assert len(spoken) > 5
    assert [word for word in (*secrets, *spoken, "Winther", "Rollator") if word and word in seen] == []
