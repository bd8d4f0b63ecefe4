"""I-02, K10: SIGKILL while a deletion runs; it finishes by itself, and its receipt comes."""

import pytest

from tests.acceptance.test_i02_killed_between_two_steps import FORMS, SOAK_REPEATS, Kill
from tests.journeys import labels
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]

WALKS = "en gågruppe for ensomme ældre på plejehjemmet, så vi kan gå ture sammen hver uge"
WHERE = ("topic", "message", "receipt")


async def k10(town: Town, where: str, form: str, run: int) -> None:
    """Killed at the deletion of the topic, of a message in an agent's own chat, or at the receipt."""
    kill = Kill(town, form, f"k10{where}{form[-2:]}{run}", await town.last_call())
    word = f"slet{kill.run}ord".replace("_", "")
    aase = await town.citizen("Aase")
    number = await town.brought(aase, f"{WALKS} {word}")
    bikes = 0
    if where == "topic":
        await aase.writes(labels.NEW)
        bikes = await town.brought(aase, f"flere cykelstativer ved ordrup station {word}")
    await aase.writes("slet alt hvad I har om mig")
    await aase.presses(labels.DELETE)
    at = {
        "topic": {"method": "deleteForumTopic", "chat": town.group},
        "message": {"method": "deleteMessage", "chat": town.lone.chat},
        "receipt": {"method": "sendMessage", "chat": aase.chat, "nth": 2},
    }[where]
    await kill.at(lambda: aase.presses(labels.DELETE_YES, wait=False), **at)
    await aase.waits_for("Nu har jeg slettet")
    await town.settled()
    await kill.came_once(aase.chat, "Nu har jeg slettet")
    assert not [one for one in await town.lone.reads() if word in one.text]
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", aase.chat) == [(0,)]
    assert town.bot.rows("SELECT count(*) FROM deletions") == [(0,)]
    for table in ("initiatives", "talks", "timeline", "outbox", "inbox"):
        column = {"timeline": "data", "outbox": "params"}.get(table, "body")
        assert town.bot.rows(f"SELECT count(*) FROM {table} WHERE {column} LIKE ?", f"%{word}%") == [(0,)]  # noqa: S608
    for gone in filter(None, (number, bikes)):
        town.numbers.remove(gone)
    await kill.nobody_saw_an_error()
    town.bot.assert_calm()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("where", WHERE)
async def test_a_deletion_that_is_killed_finishes_by_itself(town: Town, where: str, form: str) -> None:
    await k10(town, where, form, 0)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("form", FORMS)
async def test_ten_deletions_that_are_killed_finish_by_themselves(fresh_town: Town, form: str) -> None:
    for run in range(SOAK_REPEATS):
        await k10(fresh_town, WHERE[run % len(WHERE)], form, 100 + run)
    print(f"\nI-02 K10 {form}: {SOAK_REPEATS} of {SOAK_REPEATS} deletions finished by themselves")
