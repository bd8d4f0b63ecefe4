"""S-02: what is written in a topic is internal, unless the agent has chosen the citizen as receiver."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Act, Phone
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

RUNS = 3
SOAK_RUNS = 100
INTERNAL_STEPS = ("1", "2", "4", "5", "6", "7", "10", "11")


@dataclass
class Topic:
    """Aase's idea in its topic, where Mette and Bo work; `run` makes the marker words unique."""

    town: Town
    run: int
    number: int
    aase: Phone
    mette: Phone
    bo: Phone
    since: int
    first: int = 0
    sent_line: Message | None = None
    replied: Act | None = None
    done: list[str] = field(default_factory=list)

    def secret(self, step: str) -> str:
        """The marker word of an internal step."""
        return self.town.mark(f"hemmelig{self.run}x{step}")

    def open(self, step: str) -> str:
        """The marker word of a step that is for Aase."""
        return f"tilaase{self.run}x{step}"

    async def step_1(self) -> None:
        """Mette writes plainly."""
        act = await self.mette.writes(f"Hun er lidt besværlig, men idéen er god. Bo, har vi penge? {self.secret('1')}")
        self.first = act.message_ids[0]

    async def step_2(self) -> None:
        """Bo answers Mette's message."""
        await self.bo.writes(f"Nej, spørg Lone {self.secret('2')}", reply_to=self.first)

    async def step_3(self) -> None:
        """Mette uses REPLY."""
        self.replied = await self.town.replied(self.mette, "Aase", f"Tak, Aase. Må jeg ringe torsdag? {self.open('3')}")
        self.sent_line = await self.mette.waits_for("Sendt til Aase")

    async def step_4(self) -> None:
        """Bo drops a PDF into the topic."""
        await self.bo.sends(document={"file_name": f"{self.secret('4')}.pdf", "mime_type": "application/pdf"})

    async def step_5(self) -> None:
        """Mette edits her first remark."""
        await self.mette.edits(self.first, f"Hun er ret besværlig {self.secret('5')}")

    async def step_6(self) -> None:
        """Mette swipes on Aase's own words."""
        words = await self.mette.waits_for(f"aaseord{self.run}x")
        held = await self.mette.swipes(words, f"@bo_lind hvad siger du? {self.secret('6')}")
        asked = held.answers[-1]
        assert asked.key(labels.text(labels.INTERNAL)), f"held, and asked: {asked}"
        assert asked.key(labels.text(labels.TO_CITIZEN, first="Aase")), f"held, and asked: {asked}"
        await self.mette.presses(labels.INTERNAL, on=asked)

    async def step_7(self) -> None:
        """Bo answers the bot's "Sendt til Aase"."""
        assert self.sent_line is not None
        await self.bo.swipes(self.sent_line, f"godt svar {self.secret('7')}")

    async def step_8(self) -> None:
        """Mette sends a photo and a voice message as REPLY."""
        await self.town.replied(self.mette, "Aase", "", photo={}, caption=self.open("8"))
        await self.town.replied(self.mette, "Aase", "", voice={"duration": 4})

    async def step_9(self) -> None:
        """Mette answers Aase's words with a thumb only."""
        words = await self.mette.waits_for(f"aaseord{self.run}x")
        before = await self.aase.newest()
        act = await self.mette.swipes(words, "👍")
        came = await self.aase.hears(after=before)
        assert len(came) <= 1
        assert act.answers, "never silence that is taken for sent"

    async def step_10(self) -> None:
        """Something is pinned, the topic gets another name, a poll is started."""
        where = {"chat": self.town.group, "person": self.mette.person.id}
        await self.town.sandbox.post("pin", **where, message_id=self.first or (await self.mette.newest()))
        name = f"nr. {self.number} {self.secret('10')}"
        await self.town.sandbox.post("topic", **where, thread=self.mette.thread, action="rename", name=name)
        await self.mette.sends(poll={"question": self.secret("10"), "options": ["ja", "nej"]})

    async def step_11(self) -> None:
        """Peter writes in General."""
        await self.town.peter.in_general().writes(f"Husk frokost {self.secret('11')}")

    def steps(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """The scenario's steps by number."""
        return {str(n): getattr(self, f"step_{n}") for n in range(1, 12)}


async def topic_of_aase(town: Town, run: int) -> Topic:
    """Aase's idea, taken by Mette, with a line of Aase's own in the topic."""
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    since = await town.last_call()
    await aase.writes(f"jeg glæder mig aaseord{run}x")
    await mette.waits_for(f"aaseord{run}x")
    return Topic(town, run, number, aase, mette, await town.bo.in_topic(number), since)


def shuffled(seed: int) -> list[str]:
    """The steps in a random order in which nothing is edited or answered before it was written."""
    order = [str(n) for n in range(1, 12)]
    random.Random(seed).shuffle(order)
    for earlier, later in (("1", "2"), ("1", "5"), ("3", "7")):
        a, b = order.index(earlier), order.index(later)
        if a > b:
            order[a], order[b] = order[b], order[a]
    return order if order.index("1") < min(order.index("2"), order.index("5")) else [*[str(n) for n in range(1, 12)]]


async def plays(topic: Topic, order: list[str], restart_after: int) -> None:
    """Go through the steps in that order; the bot is restarted once on the way."""
    for at, step in enumerate(order):
        await topic.steps()[step]()
        if at == restart_after:
            await topic.town.bot.restart()
    await topic.town.settled()


async def aase_read_what_was_for_her(topic: Topic) -> None:
    """Markers of 3 and 8 came once each, the internal ones never."""
    await invariants.reached(topic.town, topic.open("3"), topic.aase.chat, since=topic.since)
    await invariants.reached(topic.town, topic.open("8"), topic.aase.chat, since=topic.since)
    came = await topic.aase.hears()
    voices = [one for one in came if one.kind == "voice"]
    assert len(voices) == 1, "the voice of step 8, once"
    relayed = [one for one in came if topic.open("3") in one.text or topic.open("8") in one.text]
    assert all("Mette Holm" in one.text for one in relayed), f"each with her name: {relayed}"
    for call in await topic.town.sandbox.calls(after=topic.since, chat=topic.aase.chat):
        for step in INTERNAL_STEPS:
            assert f"hemmelig{topic.run}x{step}" not in invariants.shown(call), f"internal word of {step} came to Aase"


async def test_in_order_only_the_chosen_words_reach_the_citizen(town: Town) -> None:
    topic = await topic_of_aase(town, 0)
    await plays(topic, [str(n) for n in range(1, 12)], restart_after=99)
    await aase_read_what_was_for_her(topic)


async def test_each_delivered_message_is_marked_as_delivered(town: Town) -> None:
    topic = await topic_of_aase(town, 1)
    await topic.step_3()
    await topic.step_8()
    marked = [one for one in await topic.mette.hears() if "Sendt til Aase" in one.text]
    assert len(marked) == 3, f"three deliveries, three marks: {await topic.mette.screen()}"


async def test_undo_removes_the_answer_from_the_citizens_chat_and_says_so(town: Town) -> None:
    topic = await topic_of_aase(town, 2)
    await topic.step_3()
    assert await topic.aase.sees(topic.open("3"))
    await town.later(hours=47)
    act = await topic.mette.presses(labels.UNDO, on=topic.sent_line)
    await town.settled()
    assert not await topic.aase.sees(topic.open("3")), "gone from Aase's chat"
    said = act.text_back + act.alert + (await topic.mette.screen())
    assert "jernet" in said, f"Mette is told: {said}"


async def test_a_held_message_goes_out_only_after_a_press(town: Town) -> None:
    topic = await topic_of_aase(town, 3)
    words = await topic.mette.waits_for("aaseord3x")
    held = await topic.mette.swipes(words, "Hvad siger du til tirsdag? udvalgtx3")
    assert not await topic.aase.sees("udvalgtx3")
    await topic.mette.presses(labels.TO_CITIZEN, on=held.answers[-1])
    await topic.aase.waits_for("udvalgtx3")
    await invariants.reached(town, "udvalgtx3", topic.aase.chat, since=topic.since)
    prompt = (await topic.mette.presses(labels.REPLY)).answers[-1]
    other = await topic.bo.swipes(prompt, f"skriv du bare {topic.secret('prompt')}")
    assert other.answers[-1].key(labels.text(labels.INTERNAL)), "another's words to her prompt are held as well"
    assert not await topic.aase.sees(topic.secret("prompt"))


@pytest.mark.parametrize("run", range(RUNS))
async def test_in_a_shuffled_order_with_a_restart_no_internal_word_reaches_the_citizen(town: Town, run: int) -> None:
    await one_shuffled_run(town, 100 + run)


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_in_a_hundred_shuffled_orders_no_internal_word_reaches_the_citizen(town: Town) -> None:
    for run in range(SOAK_RUNS):
        await one_shuffled_run(town, 1000 + run)
        if run % 10 == 9:
            print(f"\nS-02: {run + 1} shuffled runs, no internal word came to Aase, hers came once each")


async def one_shuffled_run(town: Town, run: int) -> None:
    """A fresh idea, the steps in the order of this seed, a restart somewhere in between."""
    topic = await topic_of_aase(town, run)
    await plays(topic, shuffled(run), restart_after=random.Random(run).randrange(10))
    await aase_read_what_was_for_her(topic)
