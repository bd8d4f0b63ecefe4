"""A day on which everything goes wrong at once: many talks, while the bot is killed and Telegram fails."""

import asyncio
import os
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.chaos.tally import Tally
from tests.chaos.watch import Watch
from tests.journeys import labels, rulebook
from tests.journeys.message import Message
from tests.journeys.sandbox import Refused
from tests.journeys.town import AGENTS, GROUP_RIGHTS, Town

FIRST = 720_000_000
PATIENCE = float(os.environ.get("CHAOS_PATIENCE", "120"))
"""Seconds; a machine that others keep busy needs more."""
CAUGHT_UP = 900.0
"""Seconds until a group has caught up: when it moves, the cards of all its open ideas are put up anew first."""
SLICE = 5.0
AT_ONCE = 12
OFTEN = 100
"""Talks after which the calls so far are read."""
METTE = AGENTS["mette"].id
IDEAS = (
    ("en sprogcafé på biblioteket hver torsdag", ""),
    ("flere cykelstativer ved ordrup station så cyklerne ikke ligger og flyder", "trafik"),
    ("vilde blomster i vejkanten ved skoven, til bier og sommerfugle", "natur"),
    ("flere bænke på torvet, så ældre kan hvile sig undervejs", "byrum"),
)
"""Ideas with the topic that has a group of its own; "" is everybody's group, which comes first."""
ONWARDS = (labels.MINE_IS_ANOTHER, labels.SEND, labels.SKIP, labels.DONT_KNOW)
"""The buttons by which an idea goes on, the most telling first."""
MOST_PRESSES = 6
NUMBER = re.compile(r"\bnr\.?\s*(\d+)", re.IGNORECASE)
FAULTS = (
    {"kind": "429", "retry_after": 1, "probability": 0.05},
    {"kind": "502", "probability": 0.03},
    {"kind": "500", "probability": 0.02},
    {"kind": "cut", "probability": 0.03},
)


@dataclass
class Size:
    """How much happens. `talks` conversations, `kills` SIGKILLs, `reloads` of the rules, `jumps` of the clock."""

    talks: int
    kills: int
    reloads: int
    jumps: int


@dataclass
class Talk:
    """One conversation, and what was said in it: by the citizen, to the citizen, and by staff among themselves."""

    index: int
    dice: random.Random
    number: int = 0
    group: int = 0
    idea: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    internal: list[str] = field(default_factory=list)
    blocked: bool = False
    unheard: list[str] = field(default_factory=list)
    fault: str = ""

    @property
    def citizen(self) -> int:
        """The citizen's id."""
        return FIRST + self.index

    def mark(self, kind: str, kept: list[str]) -> str:
        """A word that stands in no other message of the day."""
        kept.append(f"{kind}{self.index}x{len(kept)}q")
        return kept[-1]


class Day:
    """All of it, from one seed."""

    def __init__(self, town: Town, watch: Watch, seed: int, size: Size) -> None:
        self.town = town
        self.watch = watch
        self.seed = seed
        self.size = size
        self.dice = random.Random(seed)
        self.talks = [Talk(n, random.Random(f"{seed}:{n}")) for n in range(size.talks)]
        self.done: Counter[str] = Counter()
        self.began = time.monotonic()
        self.ended, self.moved = asyncio.Event(), asyncio.Event()
        self.groups: list[int] = []
        self.tally = Tally(town.sandbox)

    async def opens(self) -> None:
        """Groups of their own for some topics, beside everybody's; then the bot is started."""
        rules = self.town.rules.read_text(encoding="utf-8")
        self.groups = [self.town.group]
        members = [person.id for person in AGENTS.values()]
        for _, topic in IDEAS[1:]:
            group = await self._post(
                "groups", title=f"Agenter {topic}", forum=False, kind="group", members=members, bot="administrator",
                rights=GROUP_RIGHTS, creator=METTE,
            )  # fmt: skip
            self.groups.append(int(group["id"]))
            assert f"\n  {topic}:\n" in rules
            rules = rules.replace(f"\n  {topic}:\n", f"\n  {topic}:\n    gruppe: {self.groups[-1]}\n", 1)
        self.town.rules.write_text(rules, encoding="utf-8")
        await self.town.bot.start(PATIENCE)
        await self.town.settled(PATIENCE)

    async def passes(self) -> None:
        """Let it happen, then let everything calm down."""
        for fault in FAULTS:
            await self.town.sandbox.fault(**fault, times=10**9)
        order = list(self.talks)
        self.dice.shuffle(order)
        talking = asyncio.create_task(self._all(order))
        raging = asyncio.create_task(self._rages(talking))
        await asyncio.gather(talking, raging)
        await self.town.sandbox.delete("faults")
        if not self.town.bot.runs:
            await self.town.bot.start(PATIENCE)
        await self.town.settled(CAUGHT_UP)

    async def _all(self, order: list[Talk]) -> None:
        places = asyncio.Semaphore(AT_ONCE)

        async def one(talk: Talk) -> None:
            async with places:
                try:
                    await self._talk(talk)
                except AssertionError as fault:
                    talk.fault = f"{fault}\n{self.watch.screen(talk.citizen)}"
                self.done["talks"] += 1
                self.ended.set()
                if self.done["talks"] % OFTEN == 0:
                    await self.tally.catch_up()

        await asyncio.gather(*(one(talk) for talk in order))

    async def _post(self, path: str, **body: Any) -> Any:
        return await self.town.sandbox.post(path, **body)

    async def _writes(self, talk: Talk, text: str) -> None:
        await self._post("send", person=talk.citizen, chat=talk.citizen, text=text)

    async def _talk(self, talk: Talk) -> None:
        """From the first words to some answers, with what may go wrong on the way."""
        name = f"u{talk.citizen}"
        await self._post("people", id=talk.citizen, first_name="Borger", username=name, language_code="da")
        await self._post("start", person=talk.citizen)
        talk.group = talk.dice.randrange(len(IDEAS))
        await self._writes(talk, f"{IDEAS[talk.group][0]} {talk.mark('ide', talk.idea)}")
        await self._send(talk)
        for _ in range(talk.dice.randint(0, 2)):
            await self._writes(talk, f"der skal også være plads til børn og ældre {talk.mark('mere', talk.more)}")
        for _ in range(talk.dice.randint(1, 2)):
            await self._answered(talk)
        if talk.dice.random() < 0.3:
            await self._writes(talk, f"tak, det lyder godt {talk.mark('mere', talk.more)}")

    async def _send(self, talk: Talk) -> None:
        """Press what leads nearer to the receipt, until it is there with its number."""
        names = [labels.text(button) for button in ONWARDS]
        last, before = 0, ""

        def leads_on(message: Message) -> bool:
            known = any(message.key(name) for name in names)
            return message.id > last and (known or NUMBER.search(message.text) is not None)

        for _ in range(MOST_PRESSES):
            message = await self.watch.waits(talk.citizen, leads_on, PATIENCE)
            assert message is not None, f"no receipt came to {talk.citizen}"
            name = next((name for name in names if message.key(name)), "")
            if name and name == before:
                # Asked the same again: what is on its way may be newer, and a person would press under that.
                await self._calm(talk)
                message = self.watch.finds(talk.citizen, leads_on) or message
                name = next((name for name in names if message.key(name)), "")
            if not name:
                found = NUMBER.search(message.text)
                assert found is not None
                talk.number = int(found[1])
                return
            key, last, before = message.key(name), message.id, name
            assert key is not None
            body = {"person": talk.citizen, "chat": talk.citizen, "message_id": message.id}
            await self._post("press", **body, data=key["callback_data"], forged=True)
        raise AssertionError(f"the buttons of {talk.citizen} lead nowhere")

    async def _calm(self, talk: Talk) -> None:
        """Wait until nothing is on its way between this citizen and the bot."""
        lane = str(talk.citizen)
        coming = "SELECT 1 FROM inbox WHERE state = 'new' AND lane = ?"
        going = "SELECT 1 FROM outbox WHERE state = 'due' AND lane = ?"

        async def quiet() -> bool:
            try:
                fetched = await self.town.sandbox.pending() == 0
            except (KeyError, aiohttp.ClientError):
                # The day's faults meet this question too.
                return False
            return fetched and not self.town.bot.rows(f"{coming} UNION {going}", lane, lane)

        await self.town.sandbox.until(quiet, PATIENCE, f"nothing is on its way to {talk.citizen}")

    async def _answered(self, talk: Talk) -> None:
        """Mette talks to herself, then answers by the command; sometimes the citizen has blocked the bot."""
        aside = f"internt: mon det kan passe {talk.mark('intern', talk.internal)}"
        await self._in_group(talk, aside)
        if talk.dice.random() < 0.05:
            await self._post("block", person=talk.citizen)
            talk.blocked = True
        word = talk.mark("svar", talk.replies)
        before = {chat: set(messages) for chat, messages in self.watch.chats.items() if chat < 0}
        await self._in_group(talk, f"/svar {talk.number} Hej, tak for din idé {word}")
        if talk.blocked:
            talk.unheard.append(word)
            await self._heard_of(talk, word, before, "Ikke sendt")
            await self._post("unblock", person=talk.citizen)
            await self._post("start", person=talk.citizen)
            talk.blocked = False
            return
        came = await self.watch.waits(talk.citizen, lambda one: word in one.text, PATIENCE)
        assert came is not None, f"the answer {word} did not come to {talk.citizen}"
        # One group hears of all talks, one message after the other: nobody goes on before it has caught up.
        await self._heard_of(talk, word, before, "Sendt til")

    async def _heard_of(self, talk: Talk, word: str, before: dict[int, set[int]], how: str) -> None:
        """Staff read, after all that stood there `before`, whether the citizen got it."""

        def says_so(message: Message) -> bool:
            fresh = message.id not in before.get(message.raw["chat"]["id"], ())
            return fresh and message.text.startswith(how) and f"(nr. {talk.number})" in message.text

        looks = 0.0
        while looks < CAUGHT_UP:
            # In slices, since the group may move while staff wait; what came just before that stands in the old one.
            if any(self.watch.finds(group, says_so) for group in before):
                return
            if await self.watch.waits(self.groups[talk.group], says_so, SLICE) is not None:
                return
            looks += SLICE
        raise AssertionError(f"staff did not hear what became of {word}\n{self.watch.screen(self.groups[talk.group])}")

    async def _in_group(self, talk: Talk, text: str) -> None:
        """Mette writes to the group of the talk; where it has just moved, in the new one."""
        group = self.groups[talk.group]
        try:
            await self._post("send", person=METTE, chat=group, text=text)
        except Refused:
            while self.groups[talk.group] == group:
                self.moved.clear()
                await self.moved.wait()
            await self._post("send", person=METTE, chat=self.groups[talk.group], text=text)

    async def _rages(self, talking: asyncio.Task[None]) -> None:
        """Kills, reloads, jumps of the clock, deleted topics and a move of each group, spread over the talks."""
        plan = ["kill"] * self.size.kills + ["reload"] * self.size.reloads + ["jump"] * self.size.jumps
        plan += ["topic"] * max(1, self.size.talks // 40)
        self.dice.shuffle(plan)
        for part in range(1, len(self.groups) + 1):
            plan.insert(len(plan) * part // 6, "move")
        rules = (self.town.rules.read_bytes(), self.town.rules.read_bytes() + b"\n# en anden dag\n")
        for n, blow in enumerate(plan):
            while not talking.done() and self.done["talks"] < self.size.talks * n // (len(plan) + 1):
                self.ended.clear()
                await asyncio.wait({talking, asyncio.ensure_future(self.ended.wait())}, return_when="FIRST_COMPLETED")
            # The blows keep pace with the talks, at moments that nobody chose.
            await asyncio.sleep(self.dice.uniform(0.01, 0.3))
            await self._blow(blow, rules)
            self.done[blow] += 1

    async def _blow(self, blow: str, rules: tuple[bytes, bytes]) -> None:
        match blow:
            case "kill":
                await self.town.bot.kill()
                await self.town.bot.start(PATIENCE)
            case "reload":
                rulebook.by_rename(self.town.rules, rules[self.done["reload"] % 2 == 0])
            case "jump":
                await self._post("clock", forward=self.dice.choice((7200.0, 3600.0, -1800.0, 600.0)))
            case "topic":
                await self._topic_is_deleted()
            case "move":
                await self._group_moves()

    async def _topic_is_deleted(self) -> None:
        state = await self.town.sandbox.get("state")
        groups = [chat for chat in state["chats"] if chat["id"] in self.groups]
        threads = [
            (group["id"], topic["thread_id"])
            for group in groups for topic in group.get("topics", ()) if topic["thread_id"] not in (0, 1)
        ]  # fmt: skip
        if threads:
            chat, thread = self.dice.choice(threads)
            await self._post("topic", chat=chat, action="delete", thread=thread, person=METTE)

    async def _group_moves(self) -> None:
        """A plain group becomes a supergroup with topics, and has another id."""
        n = self.done["move"]
        self.groups[n] = int((await self._post("migrate", chat=self.groups[n], forum=True))["id"])
        self.town.group = self.groups[0]
        self.moved.set()
