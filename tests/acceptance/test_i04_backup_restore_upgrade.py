"""I-04: a copy put back a day later, another version, a move to a server: same people and dates, nothing twice."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.journeys import invariants, labels
from tests.journeys.fleet import Fleet
from tests.journeys.invariants import NEW_MESSAGE
from tests.journeys.phone import Phone
from tests.journeys.town import Town
from tests.store.cluster import Cluster

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

MANY = 20
TUESDAY = "2026-11-03T10:00:00+01:00"
TOO_LATE = "2026-11-04T16:00:30+01:00"


async def told(town: Town, since: int) -> list[int]:
    """The private chats of citizens that got a message since then."""
    calls = await town.sandbox.calls(after=since)
    chats = [call["chat_id"] for call in calls if call["status"] == 200 and NEW_MESSAGE.match(call["method"])]
    return [int(chat) for chat in chats if chat and int(chat) >= 710000000]


async def a_day_begun(town: Town) -> tuple[Phone, Phone, int, Phone, str, Phone]:
    """Jonas with a sent idea, Aase with a draft, Jonas' number, Mette in its topic, and what Jonas reads of it.

    Last Birgit, whose idea nobody answers.
    """
    jonas, aase, birgit = await town.citizen("Jonas"), await town.citizen("Aase"), await town.citizen("Birgit")
    await town.brought(birgit)
    number = await town.brought(jonas)
    mette = await town.taken(number, town.mette)
    await aase.writes("flere bænke på torvet, så ældre kan hvile sig")
    if not await aase.has_button(labels.SEND):
        await aase.presses(labels.SKIP)
    return jonas, aase, number, mette, (await jonas.writes(labels.STATUS)).text_back, birgit


async def copied_while_people_write(town: Town, copy: Path) -> list[Phone]:
    """Twenty citizens write while the copy is taken."""
    crowd = [await town.citizen(f"Borger{n}") for n in range(MANY)]
    taking = asyncio.create_task(town.bot.once("backup", str(copy)))
    for turn, phone in enumerate(crowd):
        # Answered one by one, so that people write until the copy is there and no longer.
        await phone.writes(f"flere bænke ved sti {turn}")
        if turn >= MANY // 2 and taking.done():
            break
    code, printed = await taking
    assert code == 0, printed
    assert "Taget og set efter" in printed
    await town.settled()
    return crowd


async def moved_to(town: Town, folder: Path, copy: Path) -> str:
    """The first machine is gone; on another one the copy is put back, a day later, and the bot started."""
    await town.bot.kill()
    await town.sandbox.set_clock(set=TUESDAY)
    town.bot.database = folder / "skab.db"
    code, printed = await town.bot.once("restore", str(copy))
    assert code == 0, printed
    await town.bot.start()
    await town.settled()
    return printed


async def test_a_copy_of_yesterday_goes_on_with_the_same_people_and_says_nothing_twice(
    town: Town, tmp_path: Path
) -> None:
    jonas, aase, number, mette, before, birgit = await a_day_begun(town)
    copy = tmp_path / "copy.db"
    await copied_while_people_write(town, copy)
    karim = await town.citizen("Karim")
    lost = await town.brought(karim)
    town.numbers.remove(lost)
    since = await town.last_call()
    printed = await moved_to(town, tmp_path / "other", copy)
    assert "Tabt: alt, hvad der er sket fra mandag den 2. november kl. " in printed
    assert await told(town, since) == [], "a restore says nothing"
    assert town.bot.rows("PRAGMA integrity_check") == [("ok",)]
    assert (await jonas.writes(labels.STATUS)).text_back == before
    await invariants.one_responsible(town, number, "Mette Holm")
    await town.replied(mette, "Jonas", "Jeg er her endnu")
    assert await jonas.sees("Jeg er her endnu")
    act = await aase.presses(labels.SEND)
    newest = town.number_in(act, aase)
    assert newest > lost, "no number is given twice"
    old = await karim.presses_data((await karim.hears())[-1].id, f"i_status:{lost}", forged=True)
    assert "Den knap er fra før" in old.text_back, "a message and no pop-up: a screen reader reads no pop-up"
    since = await town.last_call()
    await town.at(TOO_LATE)
    reminded = await told(town, since)
    assert reminded.count(aase.chat) <= 1
    assert reminded.count(birgit.chat) == 1, "a promise that falls due is told"
    assert set(reminded) <= {jonas.chat, aase.chat, birgit.chat}, "due reminders only"


async def test_buttons_of_another_version_work_or_say_that_they_are_from_before(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.mette.in_topic(number)
    card = await town.card(number)
    receipt = (await aase.hears())[-1]
    for data in ("i_gone:1", f"i_gone:{number}", "d_gone:1", f"x:{number}:y", "", "nonsense"):
        press = await aase.presses_data(receipt.id, data, forged=True)
        assert "fra før" in press.text_back, data
    press = await mette.presses_data(card.id, f"gone:{number}", forged=True)
    assert await mette.alert(press)
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_an_older_version_refuses_the_data_of_a_newer_one_in_one_line(town: Town) -> None:
    await town.bot.stop()
    with closing(sqlite3.connect(town.bot.database, isolation_level=None)) as connection:
        (today,) = connection.execute("SELECT version FROM schema_version").fetchone()
        connection.execute("UPDATE schema_version SET version = ?", (today + 1,))
    code, printed = await town.bot.once("run")
    assert code == 2
    assert len(printed.strip().splitlines()) == 1, printed
    assert re.search(r"nyere version", printed)
    with closing(sqlite3.connect(town.bot.database, isolation_level=None)) as connection:
        assert connection.execute("SELECT version FROM schema_version").fetchone() == (today + 1,), "untouched"
        connection.execute("UPDATE schema_version SET version = ?", (today,))
    await town.bot.start()


async def test_all_of_it_moves_to_a_server_and_nobody_notices(town: Town, tmp_path: Path, cluster: Cluster) -> None:
    jonas, aase, number, mette, before, birgit = await a_day_begun(town)
    old = town.bot
    await old.stop()
    since = await town.last_call()
    server = Fleet(town.sandbox, tmp_path, old.settings, cluster.database(), size=1)
    code, printed = await server.once("move-to-postgres", str(old.database))
    assert code == 0, printed
    assert re.search(r"Flyttet og talt efter: \d+ idéer, \d+ åbne, \d+ rækker i \d+ tabeller", printed)
    town.bot = server
    await server.start()
    await town.settled()
    assert await told(town, since) == [], "moving says nothing"
    assert (await jonas.writes(labels.STATUS)).text_back == before
    await town.replied(mette, "Jonas", "Jeg er her stadig")
    assert await jonas.sees("Jeg er her stadig")
    assert town.number_in(await aase.presses(labels.SEND), aase) > number
    since = await town.last_call()
    await town.later(days=4)
    assert (await told(town, since)).count(birgit.chat) == 1, "her promise is watched there too"
