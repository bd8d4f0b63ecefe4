"""B-18, and as R-01 to R-03: the pages that answer are changed while the bot runs, on the disk and in Telegram."""

import io
import shutil
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from icalendar import Calendar

from tests.journeys import labels
from tests.journeys.phone import Phone
from tests.journeys.process import ROOT
from tests.journeys.rulebook import by_rename, downloaded, in_place, sends_rules
from tests.journeys.town import Town
from tests.journeys.wording import dates
from tests.journeys.wording import words as words_in

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]

IN_FORCE_SECONDS = 10.0
QUESTION = "hvad er en tænketank?"
OLD = "En tænketank er en anden måde"
USE, DROP, BACK = "rulebook.button.use", "rulebook.button.drop", "pagebook.button.back"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def open_town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town with pages of its own."""
    folder: Path = tmp_path_factory.mktemp("town")
    shutil.copytree(ROOT / "knowledge", folder / "knowledge")
    async with Town(folder, {"SKAB_KNOWLEDGE": str(folder / "knowledge")}) as opened:
        yield opened


def page(town: Town, name: str = "da/taenketanke.md") -> Path:
    return town.folder / "knowledge" / name


async def answer(town: Town, question: str = QUESTION) -> str:
    return (await (await town.citizen("Jonas")).writes(question)).text_back


async def newest(*phones: Phone) -> dict[int, int]:
    return {phone.chat: await phone.newest() for phone in phones}


async def test_a_saved_page_is_in_force_within_ten_seconds_and_each_admin_hears_of_it_once(town: Town) -> None:
    ulla, tom = town.agent("ulla"), town.agent("tom")
    before = await newest(ulla, tom)
    good = page(town).read_bytes()
    by_rename(page(town), good.replace(OLD.encode(), "En tænketank er et nyt sted".encode()))
    for admin in (ulla, tom):
        told = await admin.waits_for("da/taenketanke.md", IN_FORCE_SECONDS, before[admin.chat])
        assert told.text.startswith("I brug nu")
    assert "En tænketank er et nyt sted" in await answer(town)
    act = await ulla.presses(BACK)
    assert "I brug igen, som før" in act.text_back
    assert page(town).read_bytes() == good
    assert OLD in await answer(town)


async def test_a_broken_page_changes_nothing_and_is_told_once_with_file_and_line(town: Town) -> None:
    ulla = town.agent("ulla")
    before = await newest(ulla)
    good, council = page(town).read_bytes(), page(town, "da/raadene.md").read_bytes()
    in_place(page(town), good.replace(b"kilde: ", b"kilder: "))
    in_place(page(town, "da/raadene.md"), council.replace("fire råd".encode(), "fem råd".encode()))
    told = await ulla.waits_for("De gamle sider gælder stadig", IN_FORCE_SECONDS, before[ulla.chat])
    line = good[: good.index(b"kilde: ")].count(b"\n") + 1
    assert f"da/taenketanke.md, linje {line}: `kilder` kendes ikke. Mente du `kilde`?" in told.text
    assert OLD in await answer(town)
    assert "fem råd" not in await answer(town, "hvilke råd er der?"), "all or nothing"
    in_place(page(town, "da/raadene.md"), council)
    in_place(page(town), good)
    await ulla.waits_for("Siderne er i brug igen", IN_FORCE_SECONDS, before[ulla.chat])
    heard = [one.text for one in await ulla.hears(after=before[ulla.chat])]
    assert sum("kilder" in text for text in heard) == 1, heard


async def test_an_admin_fetches_sends_uses_and_takes_back_a_page(town: Town) -> None:
    ulla = town.agent("ulla")
    everything = await ulla.writes("/viden")
    assert "taenketanke: Tænketanke" in everything.text_back
    packed = await downloaded(town, everything.answers[-1].raw["document"]["file_id"])
    with zipfile.ZipFile(io.BytesIO(packed)) as whole:
        assert "da/taenketanke.md" in whole.namelist()
    one = await ulla.writes("viden tænketanke")
    assert [message.raw["document"]["file_name"] for message in one.answers] == [
        "taenketanke.da.md", "taenketanke.en.md",
    ]  # fmt: skip
    mine = await downloaded(town, one.answers[0].raw["document"]["file_id"])

    broken = await sends_rules(
        ulla, mine.replace(b"sprog: da\n", b"sprog: da\nsprog: da\nkort: ja\n"), "taenketanke.da.md"
    )
    assert "da/taenketanke.md, linje" in broken.text_back
    assert OLD in await answer(town)

    changed = mine.replace(OLD.encode(), "En tænketank er nu noget andet".encode())
    tried = await sends_rules(ulla, changed, "taenketanke.da (1).md")
    assert "Den er ikke i brug endnu" in tried.text_back
    assert "En tænketank er nu noget andet" in tried.text_back, "as a citizen reads it"
    assert OLD in await answer(town)
    await ulla.presses(DROP)
    assert OLD in await answer(town)

    await sends_rules(ulla, changed, "taenketanke.da.md")
    tom = town.agent("tom")
    before = await newest(tom)
    used = await ulla.presses(USE)
    assert "I brug nu: da/taenketanke.md. Ulla har sendt det." in used.text_back
    await tom.waits_for("Ulla har sendt det", IN_FORCE_SECONDS, before[tom.chat])
    assert "En tænketank er nu noget andet" in await answer(town)
    assert page(town).read_bytes() == changed

    await tom.presses(BACK)
    assert OLD in await answer(town)
    assert page(town).read_bytes() == mine
    assert "Der er ingen forskel" in (await sends_rules(ulla, mine, "taenketanke.da.md")).text_back


async def test_a_new_page_answers_at_once_and_goes_away_again(town: Town) -> None:
    ulla = town.agent("ulla")
    question = "hvornår er der pandekager på rådhuset?"
    assert "ved jeg ikke" in await answer(town, question)
    new = (
        "---\ntitel: Pandekager\nspørgsmål:\n  - hvornår er der pandekager på rådhuset\nkilde: Kantinen\n"
        "sted: opslaget\nsprog: da\ngælder_fra: 2026-11-01\n---\nDet står på døren til kantinen.\n"
    )
    tried = await sends_rules(ulla, new.encode(), "pandekager.md")
    assert "er en ny side" in tried.text_back
    await ulla.presses(USE)
    assert "Det står på døren til kantinen" in await answer(town, question)
    await ulla.presses(BACK)
    assert "ved jeg ikke" in await answer(town, question)
    assert not page(town, "da/pandekager.md").exists()


async def test_nobody_but_an_admin_touches_the_pages(town: Town) -> None:
    karim = await town.citizen("Karim")
    before = {path.name: path.read_bytes() for path in (town.folder / "knowledge").glob("*/*.md")}
    act = await karim.sends(document={"file_name": "taenketanke.da.md", "content_base64": "aGVq"}, caption="Se min idé")
    assert not any(one.key(labels.text(USE)) for one in act.answers)
    forged = await karim.presses_data(act.answers[-1].id, "p_back:1", forged=True)
    assert "Kun en admin" in forged.alert
    assert {path.name: path.read_bytes() for path in (town.folder / "knowledge").glob("*/*.md")} == before


async def test_meetings_come_out_of_the_calendar_files_and_from_nowhere_else(town: Town) -> None:
    jonas, ulla = await town.citizen("Jonas"), town.agent("ulla")
    for words in ("møder", "/moeder", "hvornår er næste møde?"):
        assert "Jeg har ingen møder i kalenderen lige nu" in (await jonas.writes(words)).text_back
    before = await newest(ulla)
    calendar = town.folder / "knowledge" / "calendar"
    calendar.mkdir()
    in_place(calendar / "eksempel.ics", (ROOT / "tests/knowledge/calendar/eksempel.ics").read_bytes())
    await ulla.waits_for("I brug nu: calendar/eksempel.ics", IN_FORCE_SECONDS, before[ulla.chat])

    act = await jonas.writes("møder")
    assert dates(act.text_back) == [(5, 11), (12, 11)], "each meeting once, the next first"
    assert "Gentofte Talks om havnen, torsdag den 5. november kl. 19. Sted: Hellerup Havn" in act.text_back
    assert words_in(act.text_back) <= 60
    for asked, shown in (("/moeder handicap", "Handicaprådet"), ("møder i hellerup", "Hellerup Havn"),
                         ("møder om badning", "Hellerup Havn"), ("møder om demokrati", "Gentofte Talks"),
                         ("møder om badning i hellerup", "Hellerup Havn")):  # fmt: skip
        heard = (await jonas.writes(asked)).text_back
        assert shown in heard, f"{asked}: {heard}"
        assert not ("Handicaprådet" in heard and "Hellerup" in heard), f"{asked}: {heard}"
    for nowhere in ("katte", "handicap i hellerup"):
        assert f"ingen møder om «{nowhere}»" in (await jonas.writes(f"møder om {nowhere}")).text_back

    council = await jonas.writes("/moeder handicap")
    assert dates(council.text_back) == [(12, 11), (14, 1), (11, 2)], "not the tenth of December, which is left out"
    sent = await jonas.presses("citizen.button.to_calendar")
    [message] = [one for one in sent.answers if one.kind == "document"]
    assert message.raw["document"]["file_name"].endswith(".ics")
    event = Calendar.from_ical(await downloaded(town, message.raw["document"]["file_id"])).walk("VEVENT")[0]
    assert event["DTSTART"].dt == datetime(2026, 11, 12, 16, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2026, 11, 12, 18, tzinfo=UTC)
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (
        "Eksempel: åbent møde i Handicaprådet", "Rådhuset, mødelokale C",
    )  # fmt: skip

    olena = await town.citizen("Olena")
    heard = (await olena.writes("які є зустрічі?")).text_back
    assert "12 листопада" in heard
    (calendar / "eksempel.ics").unlink()
    before = await newest(ulla)
    await ulla.waits_for("calendar/eksempel.ics", IN_FORCE_SECONDS, before[ulla.chat])
    gone = await jonas.presses("citizen.button.to_calendar")
    assert "står ikke i kalenderen mere" in gone.text_back


async def test_an_admin_sends_a_file_with_meetings_uses_it_and_takes_it_back(town: Town) -> None:
    ulla = town.agent("ulla")
    file = (ROOT / "tests/knowledge/calendar/eksempel.ics").read_bytes()
    assert "ingen møder" in await answer(town, "møder")
    broken = await sends_rules(ulla, file.replace(b"DTSTART:20261105T180000Z\n", b""), "Rådene 2026.ics")
    assert "har ingen dato" in broken.text_back
    tried = await sends_rules(ulla, file, "Rådene 2026 (1).ics")
    assert "05.11.2026 kl. 19.00: Eksempel: Gentofte Talks om havnen. Hellerup Havn" in tried.text_back
    assert "ingen møder" in await answer(town, "møder"), "not in use yet"
    used = await ulla.presses(USE)
    assert "I brug nu: calendar/raadene-2026.ics. Ulla har sendt det." in used.text_back
    assert "Gentofte Talks om havnen" in await answer(town, "møder")
    fetched = await ulla.writes("viden kalender")
    assert [one.raw["document"]["file_name"] for one in fetched.answers] == ["raadene-2026.ics"]
    await ulla.presses(BACK, on=used.answers[-1])
    assert "ingen møder" in await answer(town, "møder")
    assert not page(town, "calendar/raadene-2026.ics").exists()


async def test_the_doctor_finds_what_is_neglected(town: Town) -> None:
    page(town, "en/taenketanke.md").unlink()
    council = page(town, "da/raadene.md")
    good = council.read_bytes()
    council.write_bytes(good.replace(b"sprog: da\n", "sprog: da\ngælder_til: 2026-10-31\n".encode()))
    code, told = await town.bot.once("check")
    assert "en/taenketanke.md" in told
    assert "siden gjaldt til 2026-10-31" in told
    assert code, "something is to be mended"
