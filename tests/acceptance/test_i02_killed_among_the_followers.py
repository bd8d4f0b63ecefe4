"""I-02, K8: SIGKILL after NEXT-STEP, at follower 25 of 50; each of the 50 is told, the first 24 nothing twice."""

import time

import pytest

from tests.acceptance.test_i02_killed_between_two_steps import (
    BACK_SECONDS,
    FOLLOWERS,
    FORMS,
    REPEATS,
    SOAK_REPEATS,
    Kill,
    carried_out,
)
from tests.journeys import invariants
from tests.journeys.invariants import texts
from tests.journeys.phone import Phone
from tests.journeys.public_town import followed, next_step, public_idea
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(900)]

PACED = True


async def one_kill(town: Town, number: int, followers: list[Phone], form: str, run: str) -> int:
    """NEXT-STEP, frozen at the 25th follower; then the count of what each one read: how many read it twice."""
    kill = Kill(town, form, run, await town.last_call())
    word = f"skridt{run}"
    chats = [phone.chat for phone in followers]
    # Those behind the 25th would hang likewise, if they left before it is known what became of it.
    fault, *_ = [await town.sandbox.fault(kind=form, method="sendMessage", chat=chat) for chat in chats[24:27]]
    await next_step(town, number, what=word, wait=False)
    await town.sandbox.fault_hit(fault)
    await kill.nothing_more_leaves()
    await town.bot.kill()
    await town.sandbox.delete("faults")
    await town.bot.start()
    await town.settled(BACK_SECONDS)
    assert town.bot.rows("PRAGMA integrity_check") == [("ok",)]
    twice = 0
    for chat in chats:
        calls = [call for call in await town.sandbox.calls(after=kill.since, chat=chat) if carried_out(call)]
        times = sum(any(word in text for text in texts(call)) for call in calls)
        assert 1 <= times <= 2, f"follower {chat} read it {times} times"
        assert times == 1 or chat not in chats[:24], f"follower {chat} of the first 24 read it twice"
        twice += times - 1
    assert twice <= kill.spare, f"{twice} followers were told twice ({form})"
    await kill.nobody_saw_an_error()
    await invariants.one_responsible(town, number, "Mette Holm")
    return twice


async def many_kills(town: Town, repeats: int) -> None:
    """All repeats of both forms on one initiative with fifty followers."""
    began = time.monotonic()
    # Each start forgets what the one before sent to the group, and there are several within its minute.
    await town.sandbox.post("limits", per_group_per_minute=1_000)
    number = await public_idea(town)
    followers = await followed(town, number, FOLLOWERS)
    for form in FORMS:
        twice = [await one_kill(town, number, followers, form, f"{form[-2:]}{run}") for run in range(repeats)]
        took = time.monotonic() - began
        print(f"\nI-02 K8 {form}: {repeats} kills held, {sum(twice)} messages repeated, {took:.0f} s so far")


async def test_a_kill_at_the_25th_follower_tells_nobody_twice_and_forgets_nobody(town: Town) -> None:
    await many_kills(town, REPEATS)


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_ten_kills_at_the_25th_follower_tell_nobody_twice_and_forget_nobody(town: Town) -> None:
    await many_kills(town, SOAK_REPEATS)
