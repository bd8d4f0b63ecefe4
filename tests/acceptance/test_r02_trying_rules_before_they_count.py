"""R-02: an admin tries rules before they count, takes them into use, sees what changed, and goes back in one step."""

import re

import pytest

from tests.journeys import labels, rulebook
from tests.journeys.town import BIKES, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

RULES = rulebook.brief_rules()
WORD = "wakeboardkabel"
SENTENCE = f"{WORD} ved Gentofte Sø"
BARE = f"et {WORD} til alle"
"""What goes to nobody but Peter before Ulla's change."""
HARBOUR_BATH = """
  havne_bad:
    navn: {da: "Svømmeskole i kanalen"}
    ansvarlig: farid
    ord: [flydesvømmeskole, kanalsvømning]
"""


def with_word(data: bytes) -> bytes:
    """Ulla's change: one word more under idraet."""
    return data.replace(b"skaterbane, skatepark,", f"skaterbane, {WORD}, skatepark,".encode(), 1)


async def only_to(town: Town, chat: int, since: int) -> None:
    """Nobody else got a message, and there is no card."""
    calls = await town.sandbox.calls(after=since)
    sent = [call for call in calls if call["method"].startswith(("send", "createForumTopic"))]
    assert {call["chat_id"] for call in sent} == {chat}, sent


async def real_lead(town: Town, sentence: str) -> str:
    """Who gets it when a citizen really sends it."""
    number = await town.brought(await town.citizen("Jonas"), sentence)
    reader = await town.reader_of(number)
    found = re.search(r"Ansvarlig: (.+)", (await town.card(number, reader)).text)
    assert found
    return found[1]


async def test_a_to_d_rules_are_tried_used_explained_and_taken_back(town: Town) -> None:
    ulla, tom = town.agent("ulla"), town.agent("tom")
    early = await town.brought(await town.citizen("Aase"), BARE)
    before = town.rules.read_bytes()

    # (a) The file comes as it is; the changed one is tried, and so is a sentence; nobody else hears of it.
    since = await town.last_call()
    message, fetched = await rulebook.fetches_rules(ulla)
    assert fetched == before
    menus = [str(call["params"]) for call in await town.sandbox.calls(method="setMyCommands", chat=None)]
    assert any("proev" in menu and str(ulla.chat) in menu for menu in menus)
    assert message.raw["document"]["file_name"] == "routing_rules-1.yaml"
    better = with_word(fetched)
    act = await rulebook.sends_rules(ulla, better, "routing_rules-1.yaml")
    assert re.search(rf"idraet: 1 ord mere \({WORD}\)[\s\S]*Linjer: \d+", act.text_back)
    tried = await ulla.writes(f"prøv {SENTENCE}")
    assert "med din fil, som ikke er i brug" in tried.text_back
    lines = re.findall(r"(.+): (\d+) af 100(?:, på grund af (.+))?", tried.text_back)
    assert 1 <= len(lines) <= 3
    assert any(WORD in because for _, _, because in lines), tried.text_back
    lead = re.search(r"det ikke, får (.+) den og svarer senest onsdag den 4\. november kl\. 16\.", tried.text_back)
    assert lead, tried.text_back
    await only_to(town, ulla.chat, since)
    assert town.rules.read_bytes() == before

    # (b) In force within 10 s; every admin reads what changed; open initiatives stay where they are.
    newest = await tom.newest()
    await ulla.presses(labels.USE)
    told = await tom.waits_for("Version 2 af reglerne er i brug nu", 10, newest)
    assert "Ulla gemte den" in told.text
    assert f"idraet: 1 ord mere ({WORD})" in told.text
    assert "eksempler" in told.text
    assert town.rules.read_bytes() == better, "comments and order survive"
    assert await real_lead(town, SENTENCE) == lead[1]
    assert await real_lead(town, BARE) == "Farid Nazari"
    assert "Ansvarlig: Peter Dam" in (await town.card(early)).text, "what was sent before stays where it is"

    # (c) Who, when, which lines.
    await tom.writes("regler")
    act = await tom.presses(labels.WHAT_CHANGED)
    assert re.search(r"Ulla gemte den mandag den 2\. november kl\. \d", act.text_back)
    assert re.search(r"Linjer: \d+", act.text_back)

    # (d) Back in one step, from the newest message about a change.
    newest = await ulla.newest()
    await tom.presses(labels.ROLLBACK, on=await tom.finds("Version 2 af reglerne er i brug nu"))
    told = await ulla.waits_for("Version 1 af reglerne er i brug igen", 10, newest)
    assert "Tom tog den frem" in told.text
    assert town.rules.read_bytes() == before
    assert town.bot.rows("SELECT who FROM rules_versions ORDER BY id") == [("",), ("Ulla",), ("Tom",)]


async def test_e_a_topic_of_ones_own_works_without_a_restart(town: Town) -> None:
    ulla = town.agent("ulla")
    before = town.rules.read_bytes()
    newest = await ulla.newest()
    rulebook.in_place(town.rules, before.replace(b"\nslags:\n", f"{HARBOUR_BATH}\nslags:\n".encode(), 1))
    told = await ulla.waits_for("af reglerne er i brug nu", rulebook.PATIENCE, newest)
    assert "nyt emne havne_bad (Farid Nazari)" in told.text
    act = await ulla.writes("prøv en flydesvømmeskole til kanalsvømning")
    assert "Svømmeskole i kanalen" in act.text_back
    assert "med de regler, der gælder" in act.text_back
    assert await real_lead(town, "en flydesvømmeskole til kanalsvømning") == "Farid Nazari"
    town.bot.assert_calm()


async def test_an_admin_who_leaves_it_changes_nothing(town: Town) -> None:
    ulla = town.agent("ulla")
    before = town.rules.read_bytes()
    _, fetched = await rulebook.fetches_rules(ulla)
    await rulebook.sends_rules(ulla, fetched + "# kun en bemærkning\n".encode())
    act = await ulla.presses(labels.LEAVE)
    assert rulebook.OLD_HOLD in act.text_back
    assert town.rules.read_bytes() == before
    await ulla.presses(labels.TRY)
    act = await ulla.writes(BIKES)
    assert "Mette Holm" in act.text_back
    assert "med de regler, der gælder" in act.text_back
    await town.mette.writes("væk 2/11-6/11")
    assert "Bo Lind" in (await ulla.writes(f"prøv {BIKES}")).text_back, "today, when Mette is away"
    same = await rulebook.sends_rules(ulla, before)
    assert "ingen forskel" in same.text_back
