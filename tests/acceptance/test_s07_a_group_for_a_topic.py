"""S-07 and more: a topic may have a staff group of its own, of another kind; where that changes, the talk goes too."""

from pathlib import Path

import pytest

from tests.journeys import invariants, labels
from tests.journeys.rulebook import NATURE, short_rules
from tests.journeys.town import AGENTS, GROUP_RIGHTS, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

TOPIC = "\n  natur:\n"


async def test_a_group_without_topics_beside_one_with_them_and_then_one_for_all(tmp_path: Path) -> None:
    async with Town(tmp_path, asleep=True, begins_with=short_rules()) as town:
        creator = town.agent("ulla").person.id
        members = [person.id for person in AGENTS.values()]
        own = (
            await town.sandbox.post(
                "groups", title="Natur i Gentofte", forum=False, kind="group", members=members, bot="administrator",
                rights=GROUP_RIGHTS, creator=creator,
            )
        )["id"]  # fmt: skip
        town.groups.insert(0, own)
        rules = town.rules.read_text(encoding="utf-8")
        assert TOPIC in rules
        town.rules.write_text(rules.replace(TOPIC, f"{TOPIC}    gruppe: {own}\n", 1), encoding="utf-8")
        await town.bot.start()
        await town.settled()

        karim, aase = await town.citizen("Karim"), await town.citizen("Aase")
        number, other = await town.brought(karim, NATURE), await town.brought(aase)
        bo = town.bo.in_chat(own)
        await bo.presses(labels.TAKE, on=await bo.waits_for(lambda one: one.text.startswith(f"Nr. {number} ·")))
        assert await karim.sees("Bo Lind har taget")
        await karim.writes("der er en bakke ved skoven egengruppex")
        first_line = (await bo.waits_for("egengruppex")).text.partition("\n")[0]
        assert "Karim" in first_line, "where no topic says whose it is, the first line does"
        assert f"nr. {number}" in first_line
        await town.replied(bo, "Karim", "Den bakke kender jeg gruppesvarx")
        assert await karim.sees("gruppesvarx")
        await bo.writes(f"han er vist flink {town.mark('kunosx')}")
        mette = await town.taken(other, town.mette)
        assert not await bo.sees("rollator"), "what is no business of theirs is not shown to them"
        for word in ("egengruppex", "bakke"):
            assert not await mette.sees(word)

        newest = await karim.newest()
        await town.saves_rules(rules)
        there = await town.bo.in_topic(number)
        assert "Bo Lind har stadig ansvaret" in (await there.waits_for("er her fra nu af")).text
        for word in ("egengruppex", "gruppesvarx"):
            assert await there.sees(word), "and what was said goes along"
        assert not await karim.hears(after=newest), "it is no news for him"
        await karim.writes("og en sø flyttetx")
        assert await there.sees("flyttetx")
        assert not await bo.sees("flyttetx")
        await town.replied(there, "Karim", "Så tager vi søen med hersvarx")
        assert await karim.sees("hersvarx")
        await invariants.one_responsible(town, number, "Bo Lind")
