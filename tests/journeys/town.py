"""The town of the acceptance scenarios: citizens, sparring agents, their group, the sandbox and the real bot."""

import re
import time
from contextlib import AsyncExitStack
from datetime import datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.person import Act, Person
from tests.journeys.phone import Phone
from tests.journeys.process import ROOT, Bot
from tests.journeys.residents import ADMINS, AGENTS, CITIZENS, CLOCK, serves
from tests.journeys.sandbox import Sandbox

MONDAY_9 = "2026-11-02T09:00:00+01:00"
GROUP_TITLE = "Sparringsagenter Gentofte"
GROUP_RIGHTS = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}
SETTLE_SECONDS = 45.0
LONG = 1.0
"""Seconds for which the bot's own database is watched before the sandbox is asked again."""
VERSIONS = "SELECT count(*) FROM rules_versions"
NUMBER = re.compile(r"\bnr\.?\s*(\d+)", re.IGNORECASE)
BIKES = (
    "kunne man ikke gøre noget ved alle de cykler ved ordrup st de ligger og flyder man kan ikke komme forbi med"
    " rollator"
)


class Town:
    """Everything a journey needs; `async with Town(folder) as town`.

    Telegram's limits, and the bot's own pace that keeps under them, hold only where `paced`: elsewhere a journey of
    a hundred messages would last minutes. Messages leave one by one everywhere.
    `rules` is a copy of the shipped rules (or of `begins_with`) that a journey may change. The staff's group is a
    "forum" or a plain "group"; with `asleep` the bot is not started. When the town closes the invariants are held
    against all that was not yet held against them, unless it `judges` otherwise.
    """

    def __init__(
        self,
        folder: Path,
        settings: dict[str, str] | None = None,
        *,
        kind: str = "forum",
        paced: bool = False,
        asleep: bool = False,
        begins_with: bytes | None = None,
        judges: bool = True,
    ) -> None:
        self.folder = folder
        self.settings = settings or {}
        self.kind = kind
        self.asleep = asleep
        self.begins_with = begins_with
        self.judges = judges
        self.paced = paced
        self.rules = folder / "routing_rules.yaml"
        self.sandbox = Sandbox(folder)
        self.acts: list[Act] = []
        self.waiting: list[Act] = []
        """Those of them after which all is not yet quiet, and somebody waits for it."""
        self.internal: list[str] = []
        self.numbers: list[int] = []
        self.owners: dict[int, Person] = {}
        self.words: list[str] = []
        self.people: dict[int, Person] = {}
        self.judged = invariants.Start()
        self.heard: list[Any] = []
        self.groups: list[int] = []
        self._ids = count(710002000)
        self._stack = AsyncExitStack()
        self.bot: Bot

    async def __aenter__(self) -> Self:
        try:
            await self._opens()
        except BaseException:
            # Nobody else would stop what was started of a town that never opened.
            await self._stack.aclose()
            raise
        return self

    async def _opens(self) -> None:
        await self.sandbox.start()
        self._stack.push_async_callback(self.sandbox.stop)
        await self.sandbox.set_clock(set=MONDAY_9)
        await self.sandbox.post("limits", enforce=self.paced)
        self.rules.write_bytes(self.begins_with or (ROOT / "routing_rules.yaml").read_bytes())
        for person in (*AGENTS.values(), *ADMINS.values()):
            await self.moves_in(person)
            await self.sandbox.post("start", person=person.id)
        self.group = (
            await self.sandbox.post(
                "groups", title=GROUP_TITLE, forum=self.kind == "forum",
                kind="supergroup" if self.kind == "forum" else "group",
                members=[person.id for person in AGENTS.values()], bot="administrator", rights=GROUP_RIGHTS,
                creator=ADMINS["ulla"].id,
            )
        )["id"]  # fmt: skip
        self.bot = Bot(self.sandbox, self.folder, self._settings())
        self._stack.push_async_callback(self._to_bed)
        if not self.asleep:
            await self.bot.start()
            await self.settled()

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if fault is None and self.judges:
                await self.closes()
        finally:
            await self._stack.aclose()

    async def closes(self) -> None:
        """Evening: the invariants held, the bot ends as an operator ends it, and it never printed a stack trace."""
        ran = self.bot.runs
        if ran:
            await self.settled()
        await invariants.check(self)
        if ran:
            code = await self.bot.stop()
            assert code == 0, f"the bot ended with {code}:\n{self.bot.log()[-2000:]}"
        self.bot.assert_calm()

    async def _to_bed(self) -> None:
        if self.bot.runs:
            await self.bot.stop()

    def _settings(self) -> dict[str, str]:
        seats = " ".join(f"{name}={person.id}" for name, person in AGENTS.items())
        return {
            "SKAB_RULES": str(self.rules),
            "SKAB_KNOWLEDGE": str(ROOT / "knowledge"),
            "SKAB_STAFF_CHAT": str(self.group),
            "SKAB_SEATS": seats,
            "SKAB_ADMINS": " ".join(str(person.id) for person in ADMINS.values()),
            "SKAB_PACE": "steady" if self.paced else "single",
        } | self.settings

    @property
    def group(self) -> int:
        """The staff's group; when it gets another number, what it had before stays among `groups`."""
        return self.groups[-1]

    @group.setter
    def group(self, number: int) -> None:
        self.groups.append(number)

    # -- people ------------------------------------------------------------------------------------------------

    async def moves_in(self, person: Person) -> None:
        """A person gets a phone."""
        await self.sandbox.post(
            "people", id=person.id, first_name=person.first_name, last_name=person.last_name,
            username=person.username or f"u{person.id}", language_code=person.language,
        )  # fmt: skip
        self.people[person.id] = person

    async def citizen(self, first_name: str = "Aase", language: str = "da", started: bool = True) -> Phone:
        """A citizen whom the bot has never met, named like one of the fixture's, on a phone of their own."""
        model = CITIZENS.get(first_name.lower(), Person(0, first_name, "Rosenkvist", f"{first_name.lower()}_rq"))
        number = next(self._ids)
        person = Person(number, model.first_name, model.last_name, f"{model.username}_{number}", language)
        await self.moves_in(person)
        phone = Phone(self, person)
        if started:
            await phone.starts()
        return phone

    def phone_of(self, person: Person) -> Phone:
        """That person's own chat with the bot."""
        return Phone(self, person)

    def numbers_of(self, person: Person) -> list[int]:
        """The initiatives that this person has sent."""
        return [number for number, owner in self.owners.items() if owner == person]

    def agent(self, name: str) -> Phone:
        """A sparring agent or admin in their private chat with the bot."""
        return Phone(self, (AGENTS | ADMINS)[name])

    @property
    def mette(self) -> Phone:
        """Mette Holm: trafik, byrum; works in the group."""
        return self.agent("mette")

    @property
    def bo(self) -> Phone:
        """Bo Lind: natur, klima, kyst; works in the group."""
        return self.agent("bo")

    @property
    def signe(self) -> Phone:
        """Signe Krag: skole, boern, unge; works in her private chat."""
        return self.agent("signe")

    @property
    def farid(self) -> Phone:
        """Farid Nazari: kultur, integration, idraet, demokrati; works in both."""
        return self.agent("farid")

    @property
    def lone(self) -> Phone:
        """Lone Bach: senior, handicap, sundhed, frivillig; works in her private chat."""
        return self.agent("lone")

    @property
    def peter(self) -> Phone:
        """Peter Dam, coordinator."""
        return self.agent("peter")

    # -- time --------------------------------------------------------------------------------------------------

    async def at(self, moment: str) -> None:
        """Set the clock to that moment (ISO with offset) and let what falls due happen."""
        await self._time_moves()
        await self.sandbox.set_clock(set=moment)
        await self.settled()

    async def later(self, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Move the clock forward and let what falls due happen."""
        await self._time_moves()
        await self.sandbox.set_clock(forward=days * 86400 + hours * 3600 + minutes * 60)
        await self.settled()

    async def time_passes(self, moment: str) -> None:
        """Set the clock to that moment and wait for nothing."""
        await self._time_moves()
        await self.sandbox.set_clock(set=moment)

    async def _time_moves(self) -> None:
        """What the bot starts by itself from here on is no answer to the act before."""
        await self.notes(CLOCK, 0, "clock", "")

    async def notes(self, person: Person, chat: int, kind: str, text: str, *, hurried: bool = False) -> Act:
        """Keep what somebody is about to do, for the invariants."""
        began, ahead = time.time(), float(self.sandbox.clock_file.read_text() or 0)
        act = Act(person, chat, kind, text, await self.last_call(), began, hurried=hurried)
        act.now, act.awake = began + ahead, self.bot.runs
        for one in self.waiting:
            # Somebody else acts before all is quiet after it, as if it had been done in a hurry.
            one.hurried = True
        self.acts.append(act)
        return act

    async def now(self) -> datetime:
        """The town's time."""
        return await self.sandbox.now()

    # -- rules -------------------------------------------------------------------------------------------------

    async def saves_rules(self, text: str) -> None:
        """Save these rules over the file, and wait until they are in force and all that follows from it is done."""
        versions = self.bot.rows(VERSIONS)
        self.rules.write_text(text, encoding="utf-8")

        async def in_force() -> bool:
            return self.bot.rows(VERSIONS) != versions

        await self.bot.works_until(in_force, "the rules are in force")
        await self.settled()

    # -- quiet -------------------------------------------------------------------------------------------------

    async def settled(self, seconds: float = SETTLE_SECONDS) -> None:
        """Wait until the bot has taken every update, handled it, and sent all that can be sent now."""

        async def quiet() -> bool:
            rests, pending = self.bot.rests, self.sandbox.pending
            # What it holds can be seen without asking anybody; only then it is asked what else has come.
            return await rests(LONG) and await pending() == 0 and await rests(0) and await pending() == 0

        await self.sandbox.until(quiet, seconds, "the bot has nothing left to do")

    async def last_call(self) -> int:
        """The number of the newest call of the bot's."""
        return await self.sandbox.last_call()

    # -- initiatives -------------------------------------------------------------------------------------------

    async def topic(self, number: int) -> int:
        """The thread of an initiative's topic in the staff group, the newest if there were several."""

        async def found() -> int | None:
            state = await self.sandbox.get("state")
            group = next(chat for chat in state["chats"] if chat["id"] == self.group)
            named = [one for one in group["topics"] if re.match(rf"\D{{0,5}}{number}(?!\d)", one["name"])]
            return named[-1]["thread_id"] if named else None

        return await self.sandbox.until(found, 10, f"there is a topic for nr. {number}")

    async def reader_of(self, number: int) -> Phone:
        """Somebody who sees the card: in the initiative's topic, in General, or in an agent's own chat."""
        state = await self.sandbox.get("state")
        group = next(chat for chat in state["chats"] if chat["id"] == self.group)
        if any(re.match(rf"\D{{0,5}}{number}(?!\d)", one["name"]) for one in group["topics"]):
            return await self.mette.in_topic(number)
        general = self.mette.in_general()
        own = [self.phone_of(person) for person in self.people.values() if serves(person.id)]
        for agent in (general, *own):
            if await agent.sees(lambda one: re.match(rf"nr\. {number} ·", one.text, re.I) is not None):
                return agent
        raise AssertionError(f"nobody has a card for nr. {number}")

    async def brought(self, citizen: Phone, words: str = BIKES) -> int:
        """The citizen's way from first words to receipt; the initiative's number."""
        await citizen.writes(words)
        return await self.sent(citizen)

    async def sent(self, citizen: Phone) -> int:
        """From the open question (or a like idea) over the summary to the receipt; the initiative's number."""
        newest = (await citizen.hears())[-1]
        if newest.key(labels.text(labels.MINE_IS_ANOTHER)) is not None:
            newest = (await citizen.presses(labels.MINE_IS_ANOTHER)).answers[-1]
        if newest.key(labels.text(labels.MINE_IS_ANOTHER)) is not None:
            newest = (await citizen.presses(labels.MINE_IS_ANOTHER)).answers[-1]
        if newest.key(labels.text(labels.SEND)) is None and await citizen.has_button(labels.SKIP):
            await citizen.presses(labels.SKIP)
        act = await citizen.presses(labels.SEND)
        if NUMBER.search(act.text_back) is None and await citizen.has_button(labels.DONT_KNOW):
            act = await citizen.presses(labels.DONT_KNOW)
        return self.number_in(act, citizen)

    def number_in(self, act: Act, citizen: Phone) -> int:
        """The number on a receipt, kept for the invariants."""
        found = NUMBER.search(act.text_back)
        assert found, f"no number on the receipt: {act.text_back!r}"
        number = int(found.group(1))
        self.numbers.append(number)
        self.owners[number] = citizen.person
        return number

    async def card(self, number: int, phone: Phone | None = None) -> Message:
        """The initiative's newest card: in its topic, or in that agent's private chat."""
        reader = phone or await self.mette.in_topic(number)
        return await reader.waits_for(lambda one: one.text.startswith(f"Nr. {number} ·") and bool(one.buttons))

    async def taken(self, number: int, agent: Phone) -> Phone:
        """The agent presses TAKE on the card in the topic; the agent in that topic."""
        there = await agent.in_topic(number)
        await there.presses(labels.TAKE)
        return there

    async def replied(self, agent: Phone, name: str, text: str, **content: Any) -> Act:
        """REPLY: the button, then an answer to the prompt."""
        asked = await agent.presses(labels.REPLY)
        assert asked.answers, f"no prompt for words to {name}\n{await agent.screen()}"
        assert name in asked.text_back, f"the prompt does not say to whom: {asked.text_back!r}"
        return await agent.swipes(asked.answers[-1], text, **content)

    def mark(self, word: str) -> str:
        """A marker word that staff keep to themselves: it must never reach a citizen."""
        self.internal.append(word)
        return word
