"""D-04: what reaches its time is gone, after a warning; logs and files give nothing away, whatever happens."""

import itertools
import sqlite3
from contextlib import closing

import pytest

from tests.journeys import labels
from tests.journeys.public_town import moved, next_step, public_idea
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(240)]
SETTINGS = {"SKAB_LOG_LEVEL": "DEBUG"}

WALKS = "en gågruppe for ensomme ældre på plejehjemmet, så vi kan gå ture sammen hver uge"


async def test_a_a_draft_is_warned_of_and_gone_after_thirty_days(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    await jonas.writes(f"{WALKS} kladdeord")
    thrown = await town.citizen("Olena")
    await thrown.writes(f"{WALKS} smidtord")
    await thrown.presses(labels.SKIP)
    await thrown.presses(labels.DROP)
    notice = next(one.text for one in await jonas.hears() if "Om dine oplysninger" in one.text)
    assert "efter 30 dage" in notice
    assert "efter 12 måneder" in notice
    for _ in range(4):
        await town.later(days=7)
    warned = await jonas.waits_for("sletter jeg den")
    assert "4 dage" in warned.text
    code, printed = await town.bot.once("retention", "--days", "5")
    assert code == 0, printed
    assert "en kladde slettes" in printed
    assert "kladdeord" not in printed
    # The clock leapt over the day of the warning, so it came two days late; the four that it names are kept.
    await town.later(days=3)
    assert "ikke sendt endnu" in (await jonas.writes(labels.STATUS)).text_back
    await town.later(days=1)
    for word in ("kladdeord", "smidtord"):
        assert town.bot.rows("SELECT count(*) FROM talks WHERE body LIKE ?", f"%{word}%") == [(0,)]
    assert "ingen idé" in (await jonas.writes(labels.STATUS)).text_back


async def test_b_after_twelve_months_personal_data_is_gone_and_the_public_history_stays(town: Town) -> None:
    number = await public_idea(town)
    karim = town.phone_of(town.owners[number])
    await karim.writes("hilsen fra mig dialogord")
    await next_step(town, number, "måler op med Karim", due="12. december")
    await town.later(days=10)
    await moved(town, number, labels.DONE, "Hvad kom der ud af det: 20 stativer er sat op med Karim")
    hidden = await town.brought(await town.citizen("Birgit"), f"{WALKS} skjultord")
    await town.lone.presses(labels.TAKE)
    await moved(town, hidden, labels.MAY_NOT, "Hvad: det\nHvorfor: loven\nI stedet: en anden vej", town.lone)
    await town.later(days=364)
    assert town.bot.rows("SELECT owner > 0 FROM initiatives WHERE number = ?", number) == [(1,)]
    code, printed = await town.bot.once("retention", "--days", "30")
    assert code == 0, printed
    assert f"nr. {number}: personoplysninger slettes" in printed
    assert "sletter jeg" in (await karim.waits_for("sluttede for længe siden")).text, "told two weeks before"
    await town.later(days=3)
    await town.settled()
    for gone in (number, hidden):
        assert town.bot.rows("SELECT owner FROM initiatives WHERE number = ?", gone) == [(-1,)]
    assert "gågruppe" not in str(town.bot.rows("SELECT body FROM initiatives WHERE number = ?", hidden)), "nor a title"
    for table, column in (("initiatives", "body"), ("timeline", "data"), ("talks", "body")):
        for word in ("dialogord", "skjultord", "Karim", "Birgit"):
            query = f"SELECT count(*) FROM {table} WHERE {column} LIKE ?"  # noqa: S608
            assert town.bot.rows(query, f"%{word}%") == [(0,)], f"{word} in {table}"
    assert not await town.lone.sees("skjultord"), "the copies in chats are gone or written over"
    nanna = await town.citizen("Nanna")
    listed = await nanna.writes(labels.PUBLIC)
    shown = listed.text_back
    if f"nr. {number}" not in shown.lower():
        shown = "\n".join(str(row) for row in town.bot.rows("SELECT body FROM initiatives WHERE number = ?", number))
    assert "stativer" in shown, "the public history stays"
    for old in (number, hidden):
        town.numbers.remove(old)


async def test_c_an_open_one_of_three_years_stays_and_peter_is_asked_each_year(town: Town) -> None:
    number = await town.brought(await town.citizen("Aase"), f"{WALKS} længeord")
    await town.lone.presses(labels.TAKE)
    before = await town.peter.newest()
    await town.later(days=3 * 365 + 2)
    asked = [
        one for one in await town.peter.hears(after=before) if f"Nr. {number}," in one.text and "åben siden" in one.text
    ]
    assert len(asked) == 1
    before = await town.peter.newest()
    await town.later(days=366)
    again = [
        one for one in await town.peter.hears(after=before) if f"Nr. {number}," in one.text and "åben siden" in one.text
    ]
    assert len(again) == 1, "once a year"
    assert town.bot.rows("SELECT closed FROM initiatives WHERE number = ?", number) == [(0,)]


async def questions(town: Town, number: int, after: int) -> int:
    """How often Peter was asked whether it is still to be open."""
    heard = await town.peter.hears(after=after)
    return sum(f"Nr. {number}," in one.text and "åben siden" in one.text for one in heard)


async def test_d_and_e_a_fault_in_the_middle_of_a_relay_leaves_nothing_in_the_log(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase, f"{WALKS} logord 39 98 00 00")
    await town.lone.presses(labels.TAKE)
    await town.replied(town.lone, "Aase", "svarlogord")
    with closing(sqlite3.connect(town.bot.database, timeout=10)) as database:
        database.execute("ALTER TABLE timeline RENAME TO hidden")
        database.commit()
    try:
        await aase.writes("midtord i en besked, der ikke kan gemmes", wait=False)

        async def failed() -> bool:
            return "act_failed" in town.bot.log()

        await town.sandbox.until(failed, 20, "the relay fails")
    finally:
        with closing(sqlite3.connect(town.bot.database, timeout=10)) as database:
            database.execute("ALTER TABLE hidden RENAME TO timeline")
            database.commit()
    await town.settled()
    log = town.bot.log()
    assert "act_failed" in log
    secrets = (town.sandbox.token, "logord", "midtord", "svarlogord", "39 98 00 00", "Aase", "Winther", str(aase.chat))
    assert [secret for secret in secrets if secret in log] == []
    town.bot.assert_calm()
    files = [path for path in town.folder.iterdir() if path.name.startswith("skab.db")]
    assert len(files) >= 2
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}
    assert number in town.numbers


async def test_every_period_is_told_with_the_rules_own_number() -> None:
    texts = [line for line in labels.BOOK.read_text(encoding="utf-8").splitlines() if "slette" in line.lower()]
    told = [line for line, days in itertools.product(texts, ("30 dage", "12 måneder")) if days in line]
    assert told == [], "a number in a text would not follow the rules"
