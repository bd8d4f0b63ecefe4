"""I-02: SIGKILL at K1 to K8, in both forms of freeze; after the next start all stands as if nothing had happened."""

import json
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from tests.journeys import invariants, labels
from tests.journeys.invariants import NEW_MESSAGE, texts
from tests.journeys.phone import Phone
from tests.journeys.town import BIKES, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]

REPEATS = 3
SOAK_REPEATS = 10
FORMS = ("freeze_after", "freeze_before")
FOLLOWERS = 50
BACK_SECONDS = 60
MOMENT = 0.1
"""Seconds after which nothing more would leave beside a call that hangs."""
ERROR = re.compile(r"Traceback|min fejl|lagt til side|ude af drift|kom ikke af sted|kan ikke gemme", re.IGNORECASE)
"""What the bot says of itself where something failed: to citizens, and to those who mend things."""


@dataclass
class Kill:
    """One run: where the bot was killed, what had happened before, and what came twice because of it."""

    town: Town
    form: str
    run: str
    since: int
    repeated: int = 0

    @property
    def spare(self) -> int:
        """How many repeated messages are allowed: one, where Telegram gives no way of knowing."""
        return 1 if self.form == "freeze_after" else 0

    async def at(self, trigger: Callable[[], Awaitable[Any]], beside: Sequence[int] = (), **call: Any) -> None:
        """Freeze that call, do what leads to it, kill the bot as soon as it hangs there, and start it again.

        A message to a chat `beside` would hang likewise, if it left before it is known what became of that one.
        """
        fault = await self.town.sandbox.fault(kind=self.form, **call)
        for chat in beside:
            await self.town.sandbox.fault(kind=self.form, method="sendMessage", chat=chat)
        await trigger()
        await self.town.sandbox.fault_hit(fault)
        if beside:
            await self.nothing_more_leaves()
        await self.again()

    async def nothing_more_leaves(self) -> None:
        """A moment in which nothing happens."""
        seq, before = (await self.town.sandbox.get("state"))["seq"], -1
        while seq != before:
            seq, before = (await self.town.sandbox.get("wait", after=seq, timeout=MOMENT))["seq"], seq

    async def again(self) -> None:
        """SIGKILL, and a new start; within a minute nothing is left to do."""
        await self.town.bot.kill()
        await self.town.sandbox.delete("faults")
        await self.town.bot.start()
        await self.town.settled(BACK_SECONDS)
        assert self.town.bot.rows("PRAGMA integrity_check") == [("ok",)]
        self.repeated = await self.repeats()
        assert self.repeated <= self.spare, f"{self.repeated} messages came twice ({self.form})"

    async def repeats(self) -> int:
        """How many messages, to whomever, came again just as they were."""
        calls = [call for call in await self.town.sandbox.calls(after=self.since) if carried_out(call)]
        sent = [json.dumps(call["params"], sort_keys=True) for call in calls if NEW_MESSAGE.match(call["method"])]
        return sum(times - 1 for times in Counter(sent).values())

    async def came(self, chat: int, marker: str) -> int:
        """How many messages with that word came to that chat."""
        calls = await self.town.sandbox.calls(after=self.since, chat=chat)
        done = [call for call in calls if carried_out(call) and NEW_MESSAGE.match(call["method"])]
        return sum(any(marker in text for text in texts(call)) for call in done)

    async def came_once(self, chat: int, marker: str) -> None:
        """Exactly once; in the form in which nobody can know, at most twice."""
        times = await self.came(chat, marker)
        assert 1 <= times <= 1 + self.spare, f"{marker!r} came {times} times to {chat} ({self.form})"

    async def nobody_saw_an_error(self) -> None:
        """No text that speaks of a fault."""
        for call in await self.town.sandbox.calls(after=self.since):
            for text in texts(call):
                assert not ERROR.search(text), f"an error text: {text!r}"


def carried_out(call: dict[str, Any]) -> bool:
    """Whether the call had its effect, also when its answer never came."""
    frozen = str(call.get("fault") or "")
    return call["status"] == 200 or "freeze_after" in frozen or "cut_after" in frozen


async def ready_to_send(town: Town, run: str) -> Phone:
    """Aase before the press of SEND."""
    aase = await town.citizen("Aase")
    await aase.writes(f"{BIKES} ord{run}")
    if not await aase.has_button(labels.SEND):
        await aase.presses(labels.SKIP)
    return aase


async def its_number(town: Town, aase: Phone) -> int:
    """The number on the one receipt."""
    receipt = await aase.waits_for("Mette Holm")
    act = town.acts[-1]
    act.answers = [receipt]
    number = town.number_in(act, aase)
    kept = town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", aase.chat)
    assert kept == [(1,)], f"0 initiatives doubled: {kept}"
    return number


async def k1(kill: Kill) -> None:
    """SEND has arrived; no outgoing call yet: killed 0 or 20 ms after the press."""
    aase = await ready_to_send(kill.town, kill.run)
    kill.since = await kill.town.last_call()
    later, kill.form = kill.form == "freeze_after", "freeze_after"  # nothing hangs; the kill may hit any call
    await aase.presses(labels.SEND, wait=False)
    if later:
        await kill.town.sandbox.get("wait", after=(await kill.town.sandbox.get("state"))["seq"], timeout=0.02)
    await kill.again()
    number = await its_number(kill.town, aase)
    await kill.came_once(aase.chat, f"nr. {number}")
    await invariants.one_responsible(kill.town, number, "Mette Holm")


async def k2(kill: Kill) -> None:
    """The first card to the agents."""
    aase = await ready_to_send(kill.town, kill.run)
    await kill.at(lambda: aase.presses(labels.SEND, wait=False), method="sendMessage", chat=kill.town.group)
    number = await its_number(kill.town, aase)
    mette = await kill.town.mette.in_topic(number)
    cards = [one for one in await mette.hears() if one.key(labels.text(labels.TAKE))]
    assert 1 <= len(cards) <= 1 + kill.spare, f"{len(cards)} cards"
    await invariants.one_responsible(kill.town, number, "Mette Holm")


async def k3(kill: Kill) -> None:
    """The receipt to Aase."""
    aase = await ready_to_send(kill.town, kill.run)
    kill.since = await kill.town.last_call()
    await kill.at(
        lambda: aase.presses(labels.SEND, wait=False), [kill.town.group], method="sendMessage", chat=aase.chat
    )
    number = await its_number(kill.town, aase)
    await kill.came_once(aase.chat, "senest onsdag den 4. november")
    await invariants.one_responsible(kill.town, number, "Mette Holm")


async def k4(kill: Kill) -> None:
    """After TAKE, the message to Aase."""
    town = kill.town
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.mette.in_topic(number)
    await kill.at(lambda: mette.presses(labels.TAKE, wait=False), method="sendMessage", chat=aase.chat)
    await kill.came_once(aase.chat, "Mette Holm har taget")
    await invariants.one_responsible(town, number, "Mette Holm")


async def k5(kill: Kill) -> None:
    """The relay from Mette to Aase."""
    town = kill.town
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    prompt = (await mette.presses(labels.REPLY)).answers[-1]
    word = f"svar{kill.run}"
    await kill.at(
        lambda: mette.swipes(prompt, f"Kan vi mødes? {word}", wait=False), method="sendMessage", chat=aase.chat
    )
    await kill.came_once(aase.chat, word)
    await mette.waits_for("Sendt til Aase")
    await invariants.one_responsible(town, number, "Mette Holm")


async def k6(kill: Kill) -> None:
    """The relay from Aase to Mette."""
    town = kill.town
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    await town.taken(number, town.mette)
    word = f"mere{kill.run}"
    await kill.at(
        lambda: aase.writes(f"jeg tænkte på en ting til {word}", wait=False), method="sendMessage", chat=town.group
    )
    await kill.came_once(town.group, word)
    await invariants.one_responsible(town, number, "Mette Holm")


async def k7(kill: Kill) -> None:
    """In the middle of an album: the one call that carries it on."""
    town = kill.town
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    word = f"album{kill.run}"
    await kill.at(lambda: aase.albums(4, captions=["", word], wait=False), method="sendMediaGroup", chat=town.group)
    photos = [one for one in await mette.hears() if one.kind == "photo"]
    assert len(photos) in ((4, 8) if kill.spare else (4,)), f"{len(photos)} photos of 4"
    assert 1 <= sum(word in one.text for one in photos) <= 1 + kill.spare
    assert len({one.album for one in photos}) <= 1 + kill.spare
    await invariants.one_responsible(town, number, "Mette Holm")


KILLS: dict[str, Callable[[Kill], Awaitable[None]]] = {
    "K1": k1, "K2": k2, "K3": k3, "K4": k4, "K5": k5, "K6": k6, "K7": k7,
}  # fmt: skip


async def one_kill(town: Town, where: str, form: str, run: int) -> int:
    """One run of the scenario, in a dialogue of its own; how many messages came twice."""
    kill = Kill(town, form, f"{where.lower()}{form[-2:]}{run}", await town.last_call())
    await KILLS[where](kill)
    await kill.nobody_saw_an_error()
    town.bot.assert_calm()
    return kill.repeated


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", KILLS)
async def test_after_a_kill_all_stands_as_if_nothing_had_happened(town: Town, where: str, form: str) -> None:
    for run in range(REPEATS):
        await one_kill(town, where, form, run)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", KILLS)
async def test_after_ten_kills_all_stands_as_if_nothing_had_happened(fresh_town: Town, where: str, form: str) -> None:
    began, repeated, failed = time.monotonic(), 0, []
    for run in range(SOAK_REPEATS):
        try:
            repeated += await one_kill(fresh_town, where, form, 100 + run)
        except AssertionError as failure:
            failed.append(f"{where} {form} run {run}: {failure}")
    held, took = SOAK_REPEATS - len(failed), time.monotonic() - began
    print(f"\nI-02 {where} {form}: {held} of {SOAK_REPEATS} kills held, {repeated} messages repeated, in {took:.0f} s")
    assert not failed, "\n".join(failed)
