"""I-02 beyond one machine: three bots on one PostgreSQL database, any of them killed at any moment."""

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.acceptance.test_i02_killed_between_two_steps import carried_out
from tests.journeys import invariants
from tests.journeys.fleet import Fleet, Member
from tests.journeys.invariants import NEW_MESSAGE, texts
from tests.journeys.phone import Phone
from tests.journeys.town import Town
from tests.store.cluster import Cluster

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(900)]

MARK = re.compile(r"ord-(\d+)-(\d+)\b")
PAUSE = 0.15
"""Seconds between the messages of one citizen, in the middle."""
SOAK_SECONDS, SOAK_PAUSE = 300.0, 0.6


@dataclass
class Storm:
    """Citizens who go on writing about their ideas while bots are killed; `seed` makes it happen again."""

    town: Town
    fleet: Fleet
    seed: int
    citizens: list[Phone] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    written: Counter[int] = field(default_factory=Counter)
    kills: int = 0
    of_the_leader: int = 0
    since: int = 0
    pause: float = PAUSE
    down: set[Path] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    async def begins(self, citizens: int) -> None:
        """So many citizens with an idea that Mette has taken."""
        for _ in range(citizens):
            citizen = await self.town.citizen("Aase")
            number = await self.town.brought(citizen)
            await self.town.taken(number, self.town.mette)
            self.citizens.append(citizen)
            self.numbers.append(number)
        self.since = await self.town.last_call()

    async def rages(self, seconds: float, kills: int | None = None) -> None:
        """Let them write so long, and as many bots be killed; each is started again at once."""
        calm = asyncio.Event()
        writing = [asyncio.create_task(self._writes(who, calm)) for who in range(len(self.citizens))]
        until = time.monotonic() + seconds
        while time.monotonic() < until if kills is None else self.kills < kills:
            await asyncio.sleep(self.chance.uniform(0.2, 2.0))
            await self._kills(self.chance.choice(self.fleet.members))
        await asyncio.sleep(max(0.0, until - time.monotonic()))
        calm.set()
        await asyncio.gather(*writing)

    async def kills_the_leader(self) -> None:
        """Kill the one that fetches and sends, in the middle of it."""
        await self._kills(await self.fleet.led())

    async def _kills(self, member: Member) -> None:
        if member.folder in self.down:
            return
        self.down.add(member.folder)
        self.of_the_leader += member is self.fleet.leader()
        self.kills += 1
        await member.kill()
        await member.start()
        self.down.discard(member.folder)

    async def _writes(self, who: int, calm: asyncio.Event) -> None:
        chance = random.Random(f"{self.seed}-{who}")
        while not calm.is_set():
            self.written[who] += 1
            await self.citizens[who].writes(f"og en ting til ord-{who}-{self.written[who]}", wait=False)
            await asyncio.sleep(chance.uniform(0, 2 * self.pause))

    async def has_passed(self) -> str:
        """What came of it, held against what was written: a line with the figures."""
        await self.town.settled(120)
        calls = [call for call in await self.town.sandbox.calls(after=self.since) if carried_out(call)]
        came: dict[int, list[int]] = defaultdict(list)
        for call in calls:
            if call.get("chat_id") == self.town.group and NEW_MESSAGE.match(call["method"]):
                for who, number in MARK.findall(" ".join(texts(call))):
                    came[int(who)].append(int(number))
        for who, count in self.written.items():
            assert sorted(set(came[who])) == list(range(1, count + 1)), f"lost of citizen {who}: {came[who]}"
            # In order but for a message that came again, which can only be the last one before a kill.
            assert list(dict.fromkeys(came[who])) == list(range(1, count + 1)), f"out of order: {came[who]}"
        repeats = sum(len(numbers) - len(set(numbers)) for numbers in came.values()) + self._receipts(calls)
        self._is_whole()
        assert repeats <= self.kills, f"{repeats} messages came twice after {self.kills} kills"
        return (
            f"{sum(self.written.values())} messages of {len(self.citizens)} citizens, {self.kills} kills"
            f" ({self.of_the_leader} of the leader): 0 lost, 0 handled twice, {repeats} sent twice, seed {self.seed}"
        )

    def _receipts(self, calls: list[dict[str, Any]]) -> int:
        """How many more answers than messages there are; each message is answered with the same words, so one alone."""
        chats = {citizen.chat: self.written[who] for who, citizen in enumerate(self.citizens)}
        answers = Counter(call["chat_id"] for call in calls if NEW_MESSAGE.match(call["method"]))
        assert all(answers[chat] >= count for chat, count in chats.items()), f"unanswered: {answers} of {chats}"
        return sum(answers[chat] - count for chat, count in chats.items())

    def _is_whole(self) -> None:
        """What the database holds: each word once, nothing left, nothing put aside, one initiative a citizen."""
        rows = self.fleet.rows
        for who, (citizen, number) in enumerate(zip(self.citizens, self.numbers, strict=True)):
            data = [str(row[0]) for row in rows("SELECT data FROM timeline WHERE about = ? ORDER BY id", number)]
            kept = [int(found[1]) for one in data for found in MARK.findall(one)]
            assert kept == list(range(1, self.written[who] + 1)), f"nr. {number}: {kept}"
            assert rows("SELECT count(*) FROM initiatives WHERE owner = ?", citizen.chat) == [(1,)]
        left = rows("SELECT 'in', state, error FROM inbox UNION ALL SELECT 'out', state, error FROM outbox")
        assert [row for row in left if row[1] not in ("done", "sent", "dropped")] == []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def storm(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> AsyncIterator[Storm]:
    """Three bots on a database that was empty, and a seed."""
    folder: Path = tmp_path_factory.mktemp("fleet")
    async with Town(folder, asleep=True) as town:
        # Nothing is in it: whoever comes first makes the tables.
        fleet = Fleet(town.sandbox, folder, town.bot.settings, cluster.database("template0"))
        town.bot = fleet
        try:
            await fleet.start()
            yield Storm(town, fleet, random.randrange(1_000_000))
        finally:
            await fleet.stop()


async def test_three_share_the_work_and_any_may_be_killed(storm: Storm) -> None:
    await storm.begins(3)
    raging = asyncio.create_task(storm.rages(4, kills=2))
    await storm.kills_the_leader()
    await raging
    print(f"\nI-02 on three processes: {await storm.has_passed()}")
    storm.fleet.assert_calm()
    await invariants.one_responsible(storm.town, storm.numbers[0], "Mette Holm")


async def test_the_operators_commands_answer_beside_the_bots(storm: Storm) -> None:
    once, away = storm.fleet.members[0].once, "postgresql://skab:hemmeligt@127.0.0.1:1/skab"
    check, parked, register, backup, unreached, unnamed = await asyncio.gather(
        once("check"),
        once("parked", "list"),
        once("register"),
        once("backup", "copy.db"),
        once("register", DATABASE=away),
        once("run", DATABASE="postgres://127.0.0.1"),
    )
    assert f"Database: postgresql://skab@/{storm.fleet.database_name}" in check[1], check
    assert (check[0], "MANGLER" in check[1]) == (0, False), check
    assert parked == (0, "Intet venter.\n")
    assert register == (0, "Intet er fjernet endnu.\n")
    assert (backup[0], "pg_dump" in backup[1]) == (2, True), backup
    assert (unreached[0], "Connection refused" in unreached[1], "hemmeligt" in unreached[1]) == (2, True, False)
    assert (unnamed[0], unnamed[1].count("\n")) == (2, 1), unnamed


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_five_minutes_of_kills_lose_and_double_nothing(storm: Storm) -> None:
    storm.pause = SOAK_PAUSE
    await storm.begins(6)
    raging = asyncio.create_task(storm.rages(SOAK_SECONDS))
    while not raging.done():
        await storm.kills_the_leader()
        await asyncio.wait({raging}, timeout=storm.chance.uniform(5, 15))
    await raging
    print(f"\nI-02 on three processes, five minutes: {await storm.has_passed()}")
    storm.fleet.assert_calm()
    for number in storm.numbers:
        await invariants.one_responsible(storm.town, number, "Mette Holm")
