"""J-03: the numbers hold the municipality to account: a known set of 40, counted by hand, the same for everybody."""

import json
import re
import socket
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.core.initiative import Initiative, Stage
from bot.core.match import TopicScore
from bot.core.people import Person
from bot.store.database import Database
from tests.core.town import an_idea
from tests.journeys import labels
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved
from tests.journeys.town import BIKES, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

ZONE = ZoneInfo("Europe/Copenhagen")
PLANTED = 37
"""So many are there before: 31 answered in time, 6 late; three more are brought by citizens and wait."""
LATE = range(32, 38)
MAY_NOT, WITHDRAWN, DELETED = (1, 2, 3, 32), (4, 5), 6
PUBLIC = range(1, 11)
NO = "Hvad: stille stativer op\nHvorfor: Pladsen hører til banen.\nI stedet: vi spørger dem"


def planted(number: int) -> Initiative:
    """One of the 37: the first 20 of September about traffic, the others of October about nature."""
    sent = datetime(2026, 9 if number <= 20 else 10, 1 + number % 20, 10, tzinfo=ZONE)
    due = sent + timedelta(days=2)
    stage = Stage.MAY_NOT if number in MAY_NOT else Stage.WITHDRAWN if number in WITHDRAWN else Stage.DEVELOPING
    idea = an_idea(number, owner=880_000_000 + number, owner_name="Ida", title=f"Idé {number}", desks=(), stage=stage)
    topic = "trafik" if number <= 20 else "natur"
    return replace(
        idea, sent=sent, first_due=due, answered=due + timedelta(hours=1 if number in LATE else -1), touched=sent,
        topics=(TopicScore(topic, 90.0, ()),), public=number in PUBLIC, public_words="Ord", extra={},
        step=replace(idea.step, due=datetime(2026, 12, 20, 16, tzinfo=ZONE), what="måler op"),
    )  # fmt: skip


async def plant(database: Path) -> None:
    """Lay the 37 into the bot's own store before it starts, and delete one of them again."""
    store = await Database.open(database)

    def work(transaction: Any) -> None:
        for number in range(1, PLANTED + 1):
            idea = planted(number)
            transaction.people.save(Person(idea.owner, "Ida", reachable=False))
            transaction.initiatives.save(idea)
        transaction.connection.exec_driver_sql("DELETE FROM initiatives WHERE number = ?", (DELETED,))

    await store.write(work)
    await store.close()


def counts(told: str) -> dict[str, str]:
    """The numbers of a message by their names."""
    return dict(re.findall(r"^([^\n\d:]+): (.+?)\. \S", told, re.MULTILINE))


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def fetched(address: str, path: str, status: int = 200) -> str:
    """A page of the board."""
    async with aiohttp.ClientSession() as http, http.get(address + path) as answer:
        assert answer.status == status, f"{path}: {answer.status}"
        return await answer.text()


async def test_j03_the_numbers_equal_the_hand_count_and_nothing_makes_late_into_in_time(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    settings = {"SKAB_BOARD_URL": address, "SKAB_WEB_PORT": str(port)}
    async with Town(tmp_path, settings, asleep=True) as town:
        await plant(town.bot.database)
        await town.bot.start()
        await town.at("2026-11-02T09:10:00+01:00")
        numbers = await three_that_wait(town)
        nanna, peter = await town.citizen("Nanna"), town.peter
        told = (await nanna.writes("tal")).text_back
        assert counts(told) == {
            "Modtaget": "40", "Svar til tiden": "31", "Svar for sent": "6", "Mangler svar nu": "1 + under 3",
            "Venter på svar": "0", "Stoppet før svar": "0", "Må ikke": "3 + under 3", "Kan ikke": "0",
            "Gennemført": "0", "Trukket tilbage": "2",
        }  # fmt: skip
        assert told.count("Et menneske svarede senest på den dato"), "how it is counted stands beside it"
        assert f"Nr. {numbers[0]} «" in told
        assert "Mette Holm" in told
        assert "Svar forsinket siden 4. november 2026, 1 dag" in told
        assert not re.search(rf"Nr\. ({numbers[1]}|{numbers[2]})\b", told), "not public, not named"
        assert (await peter.writes("/tal")).text_back == told, "the same for the coordinator"
        await by_month_and_topic(nanna)
        await the_board_says_the_same(address, numbers)
        await closing_and_a_new_date_make_nothing_good(town, address, nanna, numbers)
        answer = await nanna.writes("jeg er journalist på lokalavisen, hvem svarer på spørgsmål om forsinkelserne?")
        assert "Liv Storm" in answer.text_back
        assert not re.search("Mette|Peter|Bo Lind", answer.text_back), "agents are not exposed"
        await the_citizen_hides_it(town, address, numbers[0])
        await the_mirror_says_the_same(town, tmp_path / "rapport")


async def three_that_wait(town: Town) -> list[int]:
    """Three ideas of Monday that nobody answers; the first is public. On Thursday each has got a new date."""
    numbers = []
    for place in range(3):
        citizen = await town.citizen("Karim")
        numbers.append(await town.brought(citizen, f"{BIKES} igen {'og ' * place}"))
        if not place:
            await citizen.writes(labels.STATUS)
            await citizen.presses(labels.MAKE_PUBLIC)
            await citizen.presses(labels.PUBLIC_OK)
    await town.at("2026-11-05T09:00:00+01:00")
    assert numbers == [38, 39, 40]
    return numbers


async def by_month_and_topic(nanna: Phone) -> None:
    """Month by month and topic by topic, by one press each."""
    months = (await nanna.presses("numbers.button.by_month")).text_back
    assert "september 2026: Modtaget 20 · Svar til tiden 20 · Må ikke 3 · Trukket tilbage 2" in months
    assert "oktober 2026: Modtaget 17 · Svar til tiden 11 · Svar for sent 6 · Må ikke under 3" in months
    assert "november 2026: Modtaget 1 + under 3 · Mangler svar nu 1 + under 3" in months
    newest = await nanna.finds("Tal for")
    topics = (await nanna.presses("numbers.button.by_topic", on=newest)).text_back
    assert "Natur og grønne områder: Modtaget 17 · Svar til tiden 11 · Svar for sent 6" in topics


async def the_board_says_the_same(address: str, numbers: list[int]) -> None:
    """Board and message are one function: the same numbers, and the overdue public one with its responsible."""
    data = json.loads(await fetched(address, "/tal.json"))
    known = {name: (count["count"], count["few"]) for name, count in data["all"].items()}
    assert known == {
        "received": (40, False), "in_time": (31, False), "late": (6, False), "overdue": (1, True),
        "waiting": (0, False), "stopped": (0, False), "may_not": (3, True), "can_not": (0, False),
        "done": (0, False), "withdrawn": (2, False),
    }  # fmt: skip
    assert [(one["number"], one["responsible"], one["days"]) for one in data["overdue"]] == [(38, "Mette Holm", 1)]
    page = await fetched(address, "/tal")
    for told in ("3 + under 3", "1 + under 3", "Svaret kom efter den første dato", "Svar forsinket siden 4. november"):
        assert told in page, told
    assert "Svar forsinket siden 4. november 2026" in await fetched(address, f"/nr/{numbers[0]}")
    for hidden in (numbers[1], numbers[2], 11, DELETED, 4999):
        assert (await fetched(address, f"/nr/{hidden}", 404)) == await fetched(address, "/nr/5000", 404)


async def closing_and_a_new_date_make_nothing_good(town: Town, address: str, nanna: Phone, numbers: list[int]) -> None:
    """(b) Peter closes one that was never answered, (c) and gives another a new date: both stay late."""
    peter = await town.taken(numbers[1], town.peter)
    await moved(town, numbers[1], labels.MAY_NOT, NO, peter)
    other = await town.taken(numbers[2], town.peter)
    await moved(town, numbers[2], labels.STEP, "Hvad: måler op\nHvem: Peter Dam\nHvornår: 20. november", other)
    told = counts((await nanna.writes("tal")).text_back)
    assert (told["Svar til tiden"], told["Svar for sent"], told["Mangler svar nu"]) == ("31", "8", "1")
    assert told["Må ikke"] == "3 + under 3"
    assert json.loads(await fetched(address, "/tal.json"))["all"]["in_time"]["count"] == 31


async def the_citizen_hides_it(town: Town, address: str, number: int) -> None:
    """What is shown is shown no longer than its citizen likes: two presses, and it was never there."""
    karim = town.phone_of(town.owners[number])
    assert "Cykler" in await fetched(address, f"/nr/{number}") or "cykler" in await fetched(address, f"/nr/{number}")
    await karim.writes(labels.STATUS)
    await karim.presses("citizen.button.hide")

    async def gone() -> bool:
        async with aiohttp.ClientSession() as http, http.get(f"{address}/nr/{number}") as answer:
            return answer.status == 404

    await town.sandbox.until(gone, 5, "the board has let it go")
    assert await fetched(address, f"/nr/{number}", 404) == await fetched(address, "/nr/5000", 404)


async def the_mirror_says_the_same(town: Town, folder: Path) -> None:
    """The report of a month, beside the running bot; and in Telegram to the coordinator on the first working day."""
    code, printed = await town.bot.once("report", "--month", "2026-10", "--out", str(folder))
    assert code == 0, printed
    page = (folder / "spejl.html").read_text(encoding="utf-8")
    for told in ("11 af 17 løfter om første svar blev holdt", "Spejlet for oktober 2026", '<td class="count">31</td>'):
        assert told in page, told
    for chart in re.findall(r'<img src="([^"]+)" alt="([^"]{20,})"', page):
        assert (folder / chart[0]).read_bytes().startswith(b"\x89PNG"), chart
    await town.at("2026-12-01T08:59:00+01:00")
    newest = await town.peter.newest()
    await town.at("2026-12-01T09:00:30+01:00")
    told = await town.peter.waits_for("Spejlet for november 2026", after=newest)
    assert "Nye idéer: 3." in told.text
    assert "Skaber fremdrift. 0 af 3 løfter om første svar blev holdt." in told.text
