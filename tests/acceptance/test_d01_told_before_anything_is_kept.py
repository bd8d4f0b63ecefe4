"""D-01: a citizen is told before anything is kept, and staff see no more of them than a name and their words."""

import json

import psutil
import pytest

from tests.journeys import labels
from tests.journeys.town import AGENTS, Town
from tests.journeys.wording import words

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

WALKS = "en gågruppe for ensomme ældre på plejehjemmet, så vi kan gå ture sammen hver uge"
ITEMS = ("Gentofte Kommune har ansvaret", "arbejde med din idé", "Telegram", "privat firma", "udlandet", "30 dage",
         "12 måneder", "se og slette", "https://")  # fmt: skip


async def test_a_the_notice_comes_with_the_first_answer_and_can_be_called_again(town: Town) -> None:
    aase = await town.citizen("Aase", started=False)
    first = await aase.writes("jeg tænker på en gågruppe for ældre")
    (notice,) = [one for one in first.answers if "Om dine oplysninger" in one.text]
    assert words(notice.text) <= 60
    assert [item for item in ITEMS if item not in notice.text] == []
    assert not notice.keys, "nothing to accept"
    second = await aase.writes("de skal gå fra plejehjemmet og ud i parken")
    assert "Om dine oplysninger" not in second.text_back, "once is enough"
    again = (await aase.writes("privatliv")).answers[-1].text
    for item in (*ITEMS[:1], "samfundets interesse", "Telegram", "30 dage", "12 måneder", "databeskyttelsesrådgiver"):
        assert item in again, f"{item!r} is not in {again!r}"


async def test_b_c_and_d_lone_sees_the_chosen_name_and_the_words_and_nothing_else(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase, WALKS)
    renamed = await aase.writes("kald mig Rollator-Aase")
    assert "Rollator-Aase" in renamed.text_back
    await town.lone.presses(labels.TAKE)
    since = await town.last_call()
    await aase.sends(text="det skrev min nabo videresendtord", forward_from={"hidden_name": "Naboens Navn"})
    neighbour = await town.citizen("Torkil")
    await aase.sends(text="og det her andetord", forward_from={"person": neighbour.chat})
    await town.lone.waits_for("andetord")
    carried = await town.sandbox.calls(after=since, chat=town.lone.chat)
    assert any("videresendtord" in json.dumps(call["params"], ensure_ascii=False) for call in carried)
    assert not [call for call in await town.sandbox.calls() if call["method"].startswith("forward")]
    assert "Rollator-Aase" in (await town.card(number, town.lone)).text
    person = aase.person
    secrets = (person.username, person.last_name, str(person.id), "Naboens", "Torkil", str(neighbour.chat))
    desks = {town.group, *(agent.id for agent in AGENTS.values())}
    for call in await town.sandbox.calls():
        if call["chat_id"] in desks:
            shown = json.dumps(call["params"], ensure_ascii=False)
            assert [secret for secret in secrets if secret in shown] == [], call["method"]
    kept = town.bot.rows("SELECT body FROM inbox UNION SELECT params FROM outbox UNION SELECT body FROM talks")
    assert "Naboens" not in str(kept)


async def test_e_the_bot_talks_to_no_host_but_telegrams(town: Town) -> None:
    aase = await town.citizen("Aase")
    port = int(town.sandbox.url.rpartition(":")[2])
    process = psutil.Process(town.bot.process.pid)
    for text in ("hej", WALKS, "hvad er en sparringsagent?"):
        await aase.writes(text)
        reached = {one.raddr for one in process.net_connections() if one.raddr}
        assert {(address.ip, address.port) for address in reached} <= {("127.0.0.1", port)}
