"""Rules are learned by a process of their own, which the bot's end does not wait for, whenever that comes."""

import asyncio
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from bot.routing import apart
from bot.routing.apart import GivenUp, Learner
from bot.routing.live import Accepted
from tests.conversation.house import until
from tests.journeys import rulebook
from tests.journeys.process import ROOT

WHOLE = (ROOT / "routing_rules.yaml").read_bytes()


async def test_a_file_that_is_being_judged_is_given_up_at_once_with_all_that_its_process_began() -> None:
    learner = Learner()
    judging = asyncio.create_task(asyncio.to_thread(learner.accept, WHOLE, None, None))
    await until(lambda: learner.busy, 20)
    (child,) = learner._children
    began = time.monotonic()
    learner.give_up()
    with pytest.raises(GivenUp):
        await judging
    assert time.monotonic() - began < 2
    assert not learner.busy
    with pytest.raises(ProcessLookupError):
        # Signal 0 asks whether anybody of the group is left.
        os.killpg(child.pid, 0)


async def test_who_gives_up_while_the_process_is_being_started_is_heard_too(monkeypatch: pytest.MonkeyPatch) -> None:
    learner = Learner()

    class Slow(subprocess.Popen[bytes]):
        """Started, but whoever started it does not know it yet: on a busy machine that takes a while."""

        def __init__(self, *words: Any, **settings: Any) -> None:
            super().__init__(*words, **settings)
            learner.give_up()

    monkeypatch.setattr(apart.subprocess, "Popen", Slow)
    began = time.monotonic()
    with pytest.raises(GivenUp):
        await asyncio.to_thread(learner.accept, WHOLE, None, None)
    assert time.monotonic() - began < 2
    assert not learner.busy


async def test_after_the_end_nothing_is_begun_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    learner = Learner()
    learner.give_up()
    monkeypatch.setattr(apart.subprocess, "Popen", None)
    with pytest.raises(GivenUp):
        await asyncio.to_thread(learner.accept, WHOLE, None, None)


async def test_who_only_ceases_to_lead_learns_again_later() -> None:
    learner = Learner()
    judging = asyncio.create_task(asyncio.to_thread(learner.accept, WHOLE, None, None))
    await until(lambda: learner.busy, 20)
    learner.interrupt()
    with pytest.raises(GivenUp):
        await judging
    outcome = await asyncio.to_thread(learner.accept, rulebook.short_rules(), None, None)
    assert isinstance(outcome, Accepted)


def test_a_file_that_somebody_left_half_written_does_not_lie_there_for_ever(tmp_path: Path) -> None:
    from bot.routing.learned import accept_quickly

    old, fresh = tmp_path / "rules-0123456789abcdef.learned.1", tmp_path / "rules-0123456789abcdef.learned.2"
    for half in (old, fresh):
        half.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert isinstance(accept_quickly(rulebook.short_rules(), None, None, tmp_path), Accepted)
    assert not old.exists()
    assert fresh.exists(), "another process may still write it"
