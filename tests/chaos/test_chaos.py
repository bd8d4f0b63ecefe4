"""Many talks under kills, faults, reloads and jumps: nothing lost, nobody's words with another, nothing doubled.

`CHAOS=10000 CHAOS_KILLS=200 make soak` plays the large one; a failing day is played again by the seed that it prints.
"""

import os
import random
import time
from pathlib import Path

import pytest

from tests.chaos.day import Day, Size
from tests.chaos.judge import judge
from tests.chaos.watch import Watch
from tests.journeys.rulebook import short_rules
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio

TINY = Size(talks=4, kills=1, reloads=1, jumps=1)
TALKS, KILLS = int(os.environ.get("CHAOS", "600")), int(os.environ.get("CHAOS_KILLS", "40"))
"""What two cores play in about ten minutes; 10,000 talks and 200 kills take two hours or more."""
SEED = int(os.environ.get("CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


async def played(folder: Path, seed: int, size: Size, rules: bytes | None = None) -> None:
    """One day, judged; under the shipped rules, or these."""
    # First of all, since a day that does not come to its judge can be played again by nothing else.
    print(f"\na day of chaos: CHAOS_SEED={seed} CHAOS={size.talks} CHAOS_KILLS={size.kills}")
    # A day of chaos has a judge of its own, which knows what a kill may do.
    town = Town(folder, kind="group", asleep=True, begins_with=rules, judges=False)
    async with town, Watch(town.sandbox) as watch:
        day = Day(town, watch, seed, size)
        try:
            await day.opens()
            began = time.monotonic()
            await day.passes()
            verdict = await judge(day)
        finally:
            if town.bot.runs:
                await town.bot.stop()
        print("\n" + verdict.told(day, time.monotonic() - began))
        assert verdict.faults == [], "\n".join([verdict.told(day, 0), *verdict.faults[:40]])
        town.bot.assert_calm()
        assert day.done["kill"] == size.kills


@pytest.mark.timeout(300)
async def test_a_small_day_of_chaos_loses_and_doubles_nothing(tmp_path: Path) -> None:
    await played(tmp_path, 7, TINY, short_rules())


@pytest.mark.soak
@pytest.mark.timeout(6 * 3600)
async def test_a_long_day_of_chaos_loses_and_doubles_nothing(tmp_path: Path) -> None:
    await played(tmp_path, SEED, Size(TALKS, KILLS, max(1, KILLS // 10), max(2, KILLS // 4)))
