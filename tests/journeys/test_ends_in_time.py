"""Whatever the bot is doing, it ends within ten seconds of being asked to, with 0 and without a stack trace."""

from pathlib import Path

import pytest

from tests.journeys.process import ROOT
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]


async def test_it_ends_at_once_while_it_learns_its_first_rules(tmp_path: Path) -> None:
    cache = tmp_path / "learned"
    cache.mkdir()
    # What ships was learned at the installation.
    rules = (ROOT / "routing_rules.yaml").read_bytes() + b"# nyt\n"
    caches = {"SKAB_CACHE": str(cache)}
    async with Town(tmp_path, caches, asleep=True, begins_with=rules, judges=False) as town:
        await town.bot.begins()

        async def learns() -> bool:
            return any(cache.glob("*.learned.*"))

        await town.bot.works_until(learns, "it begins to learn")
        assert await town.bot.stop() == 0, town.bot.log()
        assert not list(cache.glob("*.learned")), "it did not wait until all was learned"
        town.bot.assert_calm()


async def test_it_ends_at_once_while_it_learns_rules_that_were_saved(tmp_path: Path) -> None:
    async with Town(tmp_path, judges=False) as town:
        town.rules.write_bytes((ROOT / "routing_rules.yaml").read_bytes() + b"# ny\n")

        async def learns() -> bool:
            return any(b"bot.routing.apart" in words for words in town.bot.children())

        await town.bot.works_until(learns, "it begins to learn")
        assert await town.bot.stop() == 0, town.bot.log()
        assert town.bot.rows("SELECT count(*) FROM rules_versions") == [(1,)], "what was not learned is not in force"
        town.bot.assert_calm()


@pytest.mark.parametrize("method", ["getMe", "setMyDescription"])
async def test_it_ends_though_telegram_hangs_at_the_start(tmp_path: Path, method: str) -> None:
    async with Town(tmp_path, asleep=True, judges=False) as town:
        fault = await town.sandbox.fault(method=method, kind="freeze_before")
        await town.bot.begins()
        await town.sandbox.fault_hit(fault, 60)
        assert await town.bot.stop() == 0, town.bot.log()
        town.bot.assert_calm()
