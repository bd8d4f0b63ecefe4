"""D-02: a citizen stops an idea, gets a copy, has all of it deleted; it survives a kill and an older backup."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Person, Phone
from tests.journeys.public_town import followed, public_idea
from tests.journeys.rulebook import short_rules
from tests.journeys.town import NUMBER, Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

DORTHE = Person(2201, "Dorthe", "Vig", "dorthe_vig")
WALKS = "en gågruppe for ensomme ældre på plejehjemmet, så vi kan gå ture sammen hver uge"
INSTEAD = "[slettet efter borgerens ønske]"
MARKERS = ("gammelord", "svarord", "billedord", "interntord", "aftaleord")
NAME = "Rasmussine"
"""Nobody else's, so that it can be looked for."""
THREE = ("Træk tilbage", "Hent en kopi", "Slet alt om mig")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town whose rules name Dorthe as the data-protection contact; its log holds all that it can."""
    folder: Path = tmp_path_factory.mktemp("town")
    async with Town(folder, {"SKAB_LOG_LEVEL": "DEBUG"}, asleep=True, begins_with=short_rules()) as town:
        await town.moves_in(DORTHE)
        await town.sandbox.post("start", person=DORTHE.id)
        contact = f"kommune:\n  databeskyttelse: {{navn: {DORTHE.name}, telegram: {DORTHE.id}}}\n"
        rules = town.rules.read_text(encoding="utf-8")
        town.rules.write_text(rules.replace("\nkommune:\n", f"\n{contact}", 1), encoding="utf-8")
        await town.bot.start()
        await town.settled()
        yield town


def keeps_three_apart(message: Message) -> None:
    """One message that says what each of the three is."""
    for word in THREE:
        assert f"{word}:" in message.text, f"{word} is not told apart in {message.text!r}"


async def file_of(town: Town, message: Message) -> str:
    """What a file in the chat holds."""
    address = f"{town.sandbox.url}/sandbox/file/{message.raw['document']['file_id']}"
    async with town.sandbox.http.get(address) as answer:
        return await answer.text()


def found_in_files(town: Town, needles: tuple[str, ...]) -> list[str]:
    """Where one of the words stands in any file of the bot's: database, log beside it, ledger, log."""
    files = [file for file in town.folder.rglob("*") if file.is_file() and file.name.startswith(("skab", "bot"))]
    assert {"skab.db", "skab.db-deleted", "bot.log"} <= {file.name for file in files}
    return [f"{word} in {file.name}" for file in files for word in needles if word.encode() in file.read_bytes()]


async def nothing_is_left(town: Town, needles: tuple[str, ...]) -> None:
    """None of the words is in any file, as soon as the log beside the database has been emptied."""

    async def gone() -> bool:
        return not found_in_files(town, needles)

    try:
        await town.sandbox.until(gone, 5, "nothing of it is in any file")
    except AssertionError as failure:
        raise AssertionError(found_in_files(town, needles)) from failure


async def test_withdraw_is_one_press_tells_agent_and_followers_and_keeps_the_data(town: Town) -> None:
    number = await public_idea(town)
    karim = town.phone_of(town.owners[number])
    (nabo,) = await followed(town, number, 1)
    before, at_desk = await nabo.newest(), await (await town.mette.in_topic(number)).newest()
    asked = await karim.writes("jeg vil gerne trække min idé tilbage")
    keeps_three_apart(asked.answers[-1])
    assert not await nabo.hears(after=before), "nothing happens before a press"
    await karim.presses(labels.STOP_THIS)
    (told,) = await nabo.hears(after=before)
    assert "er trukket tilbage" in told.text
    mette = await town.mette.in_topic(number)
    assert any("trukket" in one.text for one in await mette.hears(after=at_desk))
    assert town.bot.rows("SELECT stage FROM initiatives WHERE number = ?", number) == [("withdrawn",)]
    assert town.bot.rows("SELECT count(*) FROM timeline WHERE about = ?", number) != [(0,)]


async def test_export_is_a_page_and_a_file_for_machines_with_nothing_of_anybody_elses(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    await town.brought(birgit, f"{WALKS} fremmedord")
    karim = await town.citizen("Karim")
    await karim.writes(f"{WALKS} eksportord")
    await karim.sends(photo={}, caption="billedkopiord")
    await karim.sends(location={"latitude": 55.7497, "longitude": 12.5432})
    number = await town.sent(karim)
    await town.lone.presses(labels.TAKE)
    noted = town.mark("interntkopi")
    await town.lone.writes(f"/notat {number} han virker flink {noted}")
    await town.replied(town.lone, "Karim", "Det lyder rart, kopiord")
    newest, told = await karim.newest(), await town.phone_of(DORTHE).newest()
    keeps_three_apart((await karim.writes("hvad har I liggende om mig?")).answers[-1])
    await karim.presses(labels.COPY)
    page, machine = [one for one in await karim.hears(after=newest) if one.kind == "document"]
    assert page.raw["document"]["file_name"].endswith(".html")
    read, kept = await file_of(town, page), json.loads(await file_of(town, machine))
    for word in ("eksportord", "kopiord", "Lone Bach", "Karim"):
        assert word in read, f"{word} is not on the page"
        assert word in json.dumps(kept, ensure_ascii=False), f"{word} is not in the file"
    assert kept["idéer"][-1]["nummer"] == number
    assert [file["slags"] for file in kept["idéer"][-1]["filer"]] == ["photo"]
    assert round(kept["idéer"][-1]["sted"]["bredde"], 4) == 55.7497
    for word in ("fremmedord", "Birgit", noted):
        assert word not in read + json.dumps(kept, ensure_ascii=False), "another citizen's, or staff's own"
    assert "spørg Dorthe Vig. Du får svar senest mandag den 30. november" in page.text
    assert "Kommunens egne noter er ikke med" in page.text, "there is one, and it is not said to be kept nowhere"
    (notice,) = await town.phone_of(DORTHE).hears(after=told)
    assert "kopi" in notice.text
    assert "Karim" not in notice.text


async def karims_life(town: Town) -> tuple[Phone, int, int]:
    """A citizen with a public initiative in Mette's topic, one with Lone in her own chat, media, and a draft."""
    number = await public_idea(town, NAME)
    karim = town.phone_of(town.owners[number])
    mette = await town.mette.in_topic(number)
    await mette.writes("internt: han virker flink, interntord")
    await karim.writes("/ny")
    other = await town.brought(karim, f"{WALKS} gammelord")
    await town.lone.presses(labels.TAKE)
    to_lone = await karim.writes("og et billede kommer her aftaleord")
    if to_lone.answers and to_lone.answers[-1].keys and "Nr." in " ".join(to_lone.answers[-1].buttons):
        await karim.presses_matching(rf"(?<!\d){other}(?!\d)")
    relayed = await town.lone.waits_for("aftaleord")
    assert relayed
    for content in ({"photo": {}, "caption": "billedord"}, {"voice": {"duration": 7}}):
        await karim.sends(**content)
        if await karim.has_button("citizen.button.new_idea"):
            newest = (await karim.hears())[-1]
            if newest.key(labels.text(labels.NEW_IDEA)):
                await karim.presses_matching(rf"(?<!\d){other}(?!\d)")
    await town.later(hours=71)
    await town.replied(town.lone, NAME, "Tak, svarord")
    await town.later(hours=1)
    return karim, number, other


async def test_delete_takes_all_away_says_what_it_could_not_and_survives_an_older_backup(town: Town) -> None:
    karim, number, other = await karims_life(town)
    nabo = (await followed(town, number, 2))[0]
    code, printed = await town.bot.once("backup", str(town.folder / "yesterday.db"))
    assert code == 0, printed
    before, told = await nabo.newest(), await town.phone_of(DORTHE).newest()

    # (d) one press too early, and nothing has changed
    keeps_three_apart((await karim.writes("slet alt hvad I har om mig")).answers[-1])
    await karim.presses(labels.DELETE)
    kept = town.bot.rows("SELECT count(*) FROM timeline")
    await karim.presses(labels.DELETE_NO)
    assert town.bot.rows("SELECT count(*) FROM timeline") == kept
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", karim.chat) == [(2,)]

    # (e) three presses, and it is gone
    await karim.writes("slet alt hvad I har om mig")
    await karim.presses(labels.DELETE)
    await karim.presses(labels.DELETE_YES)
    receipt = await karim.waits_for("Nu har jeg slettet")
    await town.settled()
    assert "alt er slettet" not in receipt.text.lower()
    for part in ("skrevet over", "Lone Bach: 1 billede og 1 indtalt besked", "arkiv", "sikkerhedskopi"):
        assert part in receipt.text, f"{part!r} is not in {receipt.text!r}"
    await staff_have_nothing(town, number)
    assert await nabo.sees("er trukket tilbage", after=before)
    assert f"nr. {number}" not in (await nabo.writes(labels.PUBLIC)).text_back.lower()
    (notice,) = await town.phone_of(DORTHE).hears(after=told)
    assert "slettet" in notice.text
    assert NAME not in notice.text
    needles = (*MARKERS, NAME, str(karim.chat))
    await nothing_is_left(town, needles)
    code, printed = await town.bot.once("register")
    assert code == 0
    assert "2026-11-" in printed
    assert "slettet" in printed
    assert "kopi" in printed

    await put_back(town, karim, needles)
    # (g) a new person
    hello = await karim.writes("hej")
    assert "Jeg er en bot" in hello.text_back
    assert "Om dine oplysninger" in hello.text_back
    assert "gågruppe" not in hello.text_back
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", karim.chat) == [(0,)]
    town.owners = {n: owner for n, owner in town.owners.items() if owner != karim.person}
    number_next = await town.brought(karim, f"{WALKS} nytord")
    assert number_next > other, "a deleted initiative's number is not given again"
    await invariants.one_responsible(town, number_next, "Lone Bach")


EJNAR = "Navn: {name}\nFra: Deltag-bilen\nSvar: ring {reach}\nIdé: flere cykelstativer ved ordrup station {word}"


async def test_what_agents_read_of_it_in_lists_and_lines_of_their_own_chats_goes_too(town: Town) -> None:
    citizen = await town.citizen("Jonas")
    number = await town.brought(citizen, "en bænk ved søen til dem der fisker listeord")
    peter = town.peter
    typed = ("/koe", "/personer", f"/vis {number}", f"/spoerg {number} Lone Kender du en fisker?", f"/hvorfor {number}")
    for command in typed:
        newest = await peter.newest()
        await peter.writes(command)
        assert await peter.hears(after=newest), command
    assert await peter.sees("listeord")
    assert await peter.sees("Jonas ser det ikke")
    await citizen.writes("slet alt hvad I har om mig")
    await citizen.presses(labels.DELETE)
    await citizen.presses(labels.DELETE_YES)
    await peter.waits_for(f"Slettet efter borgerens ønske: nr. {number}.")
    await town.settled()
    assert not await peter.sees("listeord"), await peter.screen(20)
    assert not await peter.sees("Jonas"), await peter.screen(20)


async def test_an_agent_deletes_for_somebody_without_telegram_and_it_survives_an_older_backup(town: Town) -> None:
    asked = await town.peter.writes("/opret")
    lines = EJNAR.format(name="Ejnarius", reach="60708090", word="skrankord")
    first, _, rest = lines.partition("\n")
    part = await town.peter.swipes(asked.answers[-1], first)
    done = await town.peter.swipes(part.answers[-1], rest)
    found = NUMBER.search(done.text_back)
    assert found, done.text_back
    number = int(found[1])
    mette = await town.mette.in_topic(number)
    await mette.presses(labels.TAKE)
    await town.replied(mette, "Ejnarius", "Vi kigger på pladsen stationsord")
    await mette.presses(labels.TOLD)
    code, printed = await town.bot.once("backup", str(town.folder / "ejnar.db"))
    assert code == 0, printed

    told = await town.phone_of(DORTHE).newest()
    sure = await town.peter.writes(f"/slet {number}")
    assert "Ejnarius" in sure.text_back
    await town.peter.presses("desk.button.forget_no")
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE number = ?", number) == [(1,)]
    await town.peter.writes(f"/slet {number}")
    await town.peter.presses("desk.button.forget_yes")
    receipt = await town.peter.waits_for("Nu har jeg slettet")
    await town.settled()
    assert f"Nr. {number} er slettet" in receipt.text
    assert "arkiv" in receipt.text
    needles = ("Ejnarius", "60708090", "skrankord", "stationsord")
    await nothing_is_left(town, needles)
    seen = [one.text for one in (*await town.peter.reads(), *await town.mette.in_general().reads())]
    assert [text for text in seen if any(word in text for word in needles)] == [], "nor in any chat"
    (notice,) = await town.phone_of(DORTHE).hears(after=told)
    assert str(number) in notice.text
    code, printed = await town.bot.once("register")
    assert "alt slettet" in printed

    await town.bot.stop()
    code, printed = await town.bot.once("restore", str(town.folder / "ejnar.db"))
    assert code == 0, printed
    assert found_in_files(town, needles), "the backup still has it"
    await town.bot.start()
    await town.settled()
    await nothing_is_left(town, needles)


async def put_back(town: Town, karim: Phone, needles: tuple[str, ...]) -> None:
    """(f) Yesterday's backup is put back; the ledger is no part of it, and what it says is done before all else."""
    await town.bot.stop()
    code, printed = await town.bot.once("restore", str(town.folder / "yesterday.db"))
    assert code == 0, printed
    assert any("gammelord" in one for one in found_in_files(town, needles)), "the backup still has it"
    since, newest = await town.last_call(), await karim.newest()
    await town.bot.start()
    await town.settled()
    await nothing_is_left(town, needles)
    sent = [call for call in await town.sandbox.calls(after=since) if invariants.NEW_MESSAGE.match(call["method"])]
    assert not [call for call in sent if call["chat_id"] == karim.chat], "nothing is sent to somebody who is gone"
    assert not await karim.hears(after=newest)


async def staff_have_nothing(town: Town, number: int) -> None:
    """The topic is gone, what was young is gone, what was old says that it was deleted; Lone hears what is left."""
    state = await town.sandbox.get("state")
    group = next(chat for chat in state["chats"] if chat["id"] == town.group)
    assert not [one for one in group["topics"] if re.match(rf"\D{{0,5}}{number}(?!\d)", one["name"])]
    seen = await town.lone.reads()
    texts = [one.text for one in seen]
    assert [text for text in texts if any(marker in text for marker in MARKERS)] == [], "no word of Karim's is left"
    assert sum(text == INSTEAD for text in texts) >= 2, "the old ones are written over"
    asked = await town.lone.waits_for("Slet det selv")
    assert "1 indtalt besked" in asked.text
    assert "1 billede" in asked.text
