"""The board over real HTTP: what citizens said yes to and nothing else, plainly, strictly, and as data."""

import asyncio
import csv
import io
import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from icalendar import Calendar

from bot.conversation.listing import table
from bot.conversation.spreadsheet import IDEA
from bot.core.effects import Note
from bot.core.face import face_of
from bot.core.initiative import Ending, NextStep, Stage, Turn
from bot.core.people import Utterance
from bot.noticeboard import PATIENCE
from bot.texts.book import Entry
from bot.texts.template import Template
from tests.book import BOOK
from tests.core.town import DUE, NOW
from tests.web.board_town import ADDRESS, SECRET, WORDS, Hall, meeting, open_hall, public

STEP = NextStep("Mette Holm", DUE + timedelta(days=8), Turn.AGENT, what="måler pladsen op")
PAGES = (
    "/",
    "/en/",
    "/uk/",
    "/nr/12",
    "/tal",
    "/data.csv",
    "/data.json",
    "/tal.csv",
    "/tal.json",
    "/feed.atom",
    "/moeder",
    "/moeder.ics",
)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """A running board with nothing on it."""
    async with open_hall(tmp_path) as opened:
        yield opened


async def test_an_initiative_is_shown_in_the_approved_words_with_who_what_and_when(hall: Hall) -> None:
    private = Utterance(f"{SECRET} min nabo", 11, NOW)
    notes = (Note(12, "taken", "Mette Holm"), Note(12, "citizen_said", "Aase", data={"text": SECRET}),
             Note(12, "form_trial", "Mette Holm", "public", {"what": SECRET}))  # fmt: skip
    await hall.keep(public(words=(private,), step=STEP, stage=Stage.TRIAL, answered=NOW), notes=notes)
    page = await hall.get("/nr/12")
    for told in (WORDS, "Cykler ved Ordrup Station", "Vi prøver i det små", "Mette Holm", "sparringsagent",
                 "måler pladsen op", "12. november 2026", "Et menneske svarede", "En sparringsagent tog den",
                 "Ordrup Station", "https://t.me/skab_bot?start=follow_12", "<svg"):  # fmt: skip
        assert told in page, told
    for path in PAGES:
        text = await hall.get(path)
        for hidden in (SECRET, "Aase", "Winther", "900", "cyklerne ligger"):
            assert hidden not in re.sub(r'<path stroke="#000" d="[^"]*"', "", text), f"{hidden} on {path}"


async def test_staffs_words_are_shown_without_the_citizens_name_and_without_numbers_and_addresses(hall: Hall) -> None:
    step = NextStep(
        "Mette Holm", DUE, Turn.AGENT, what="ringer til Aase på 28 90 55 17 eller aase.w@example.org (@aase_w)"
    )
    await hall.keep(public(step=step))
    page = await hall.get("/nr/12")
    assert "ringer til … på … eller … (…)" in page
    assert "Aase" not in page


async def test_overdue_is_said_plainly_by_the_clock_and_after_a_new_date(hall: Hall) -> None:
    await hall.keep(public())
    assert "Svar forsinket" not in await hall.get("/nr/12")
    hall.now = DUE + timedelta(minutes=1)
    hall.look()
    assert "Svar forsinket siden 4. november 2026" in await hall.get("/nr/12")
    moved = NextStep("Mette Holm", DUE + timedelta(days=2), Turn.AGENT, key="citizen_step.next.after_late")
    await hall.keep(public(step=moved, extra={"late_since": DUE.isoformat()}), notes=(Note(12, "late", "Mette Holm"),))
    for path in ("/nr/12", "/", "/?vis=forsinket"):
        page = await hall.get(path)
        assert "Svar forsinket siden 4. november 2026" in page, path
        assert "6. november 2026" in page, path
    assert "Answer late since 4 November 2026" in await hall.get("/en/nr/12")


async def test_what_is_not_public_and_what_is_not_there_get_the_very_same_answer(hall: Hall) -> None:
    await hall.keep(public(), public(14, public=False, title=f"Skur {SECRET}", public_words=""))
    there, nowhere = await hall.get("/nr/14", 404), await hall.get("/nr/999", 404)
    headers = {name: value for name, value in hall.headers.items() if name != "date"}
    assert there == nowhere
    await hall.get("/nr/14", 404)
    assert {name: value for name, value in hall.headers.items() if name != "date"} == headers
    for path in ("/nr/014", "/nr/+14", "/nr/14x", "/nr/١٤", "/nr/", "/nr/99999999999999999999", "/healt", "/en/nr/14"):
        assert (await hall.get(path, 404)).count("<h1>") == 1, path
    for path in PAGES:
        assert SECRET not in await hall.get(path)


async def test_hidden_again_it_is_gone_and_taken_back_it_says_only_that(hall: Hall) -> None:
    await hall.keep(public(), public(13, title="Bænke på torvet"))
    assert WORDS in await hall.get("/nr/12")
    await hall.keep(public(public=False), public(13, title="Bænke på torvet", stage=Stage.WITHDRAWN))
    await hall.get("/nr/12", 404)
    page = await hall.get("/nr/13")
    assert "Nr. 13 er trukket tilbage" in page
    rows = list(csv.reader(io.StringIO((await hall.get("/data.csv")).removeprefix("\ufeff")), delimiter=";"))
    assert [[cell for cell in row if cell] for row in rows[1:]] == [["13", "Trukket tilbage", f"{ADDRESS}/nr/13"]]
    for path in ("/", "/nr/13", "/data.csv", "/data.json", "/feed.atom", "/sitemap.xml"):
        text = await hall.get(path)
        assert "Bænke" not in text, path
        assert WORDS not in text, path


async def test_one_that_is_deleted_is_nowhere_but_in_the_count(hall: Hall) -> None:
    await hall.keep(public(answered=NOW), public(13))
    await hall.store.write(lambda one: one.connection.exec_driver_sql("DELETE FROM initiatives WHERE number = 12"))
    hall.look()
    await hall.get("/nr/12", 404)
    counted = json.loads(await hall.get("/tal.json"))
    assert counted["all"]["received"] == {"count": 1, "few": True}
    assert counted["all"]["withdrawn"] == {"count": 0, "few": False}
    assert await hall.store.read(lambda one: one.initiatives.next_number()) == 14
    await hall.store.write(lambda one: one.connection.exec_driver_sql("DELETE FROM initiatives"))
    assert await hall.store.read(lambda one: one.initiatives.next_number()) == 14, "a number is never given twice"


async def test_the_file_of_numbers_names_each_public_one_that_is_overdue_with_who_answers_and_no_citizen(
    hall: Hall,
) -> None:
    late = {"first_due": NOW - timedelta(days=3), "answered": None}
    await hall.keep(
        public(12, **late), public(13, public=False, **late | {"first_due": NOW - timedelta(days=9)}), public(14)
    )
    for path in ("/tal.csv", "/en/tal.csv"):
        text = await hall.get(path)
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
        assert {len(row) for row in rows} == {8}, "one form for all rows"
        named = [row for row in rows if row[5]]
        assert [row[3] for row in rows if row[2] in ("Dage forsinket", "Days late")] == ["9", "3"], "the longest, then"
        assert [row[5] for row in named[1:]] == ["Mette Holm"], named
        assert named[1][7] == late["first_due"].date().isoformat()
        assert "12" in named[1][1]
        assert "Aase" not in text
        assert "Cykler" not in text
    assert len(json.loads(await hall.get("/tal.json"))["overdue"]) == 1


async def test_where_nothing_is_counted_yet_no_empty_table_stands_and_no_zero_is_an_alarm(hall: Hall) -> None:
    page = await hall.get("/tal")
    assert "<table" not in page
    assert "figure-late" not in page
    await hall.keep(public())
    hall.now = DUE + timedelta(hours=1)
    hall.look()
    page = await hall.get("/tal")
    assert page.count("<table") == 2
    assert page.count("figure-late") == 1


async def test_a_no_is_told_with_its_reason_and_what_can_be_done_instead(hall: Hall) -> None:
    ending = Ending("betale husleje", "Loven siger nej.", "en aften for alle butikker", "Peter Dam")
    await hall.keep(public(stage=Stage.MAY_NOT, ending=ending))
    for path in ("/nr/12", "/"):
        page = await hall.get(path)
        for told in ("Kommunen må ikke", "Loven siger nej.", "en aften for alle butikker"):
            assert told in page, f"{told} on {path}"


async def test_titles_of_staff_are_read_in_the_language_of_the_page_where_the_rules_give_them(hall: Hall) -> None:
    hall.frame = replace(hall.frame, titles={"en": {"sparringsagent": "sparring agent"}})
    await hall.keep(public())
    hall.now = DUE + timedelta(hours=1)
    hall.look()
    for path in ("/en/", "/en/nr/12", "/en/tal"):
        assert '<span class="role">sparring agent</span>' in await hall.get(path), path
    for path in ("/en/data.csv", "/en/tal.csv", "/en/data.json", "/en/tal.json"):
        page = await hall.get(path)
        assert "sparring agent" in page, path
        assert "sparringsagent" not in page, path
    assert '<span class="role">sparringsagent</span>' in await hall.get("/nr/12")
    assert '<span class="role" lang="da">sparringsagent</span>' in await hall.get("/uk/nr/12"), "the rules don't say"


async def test_words_in_another_language_than_the_page_say_so(hall: Hall) -> None:
    await hall.keep(public(step=STEP, lang="uk", extra={"seeks": "тесля"}))
    page = await hall.get("/en/nr/12")
    for path in ("/en/nr/12", "/en/", "/en/?vis=hjaelp"):
        assert re.search(r'lang="uk">\s*тесля<', await hall.get(path)), path
    assert '<html lang="en"' in page
    assert '<dd lang="da">måler pladsen op</dd>' in page
    assert '<h1 lang="uk">' in page
    assert 'lang="da">måler' not in await hall.get("/nr/12")


async def test_the_list_is_narrowed_by_stage_topic_and_place_and_turned_page_by_page(hall: Hall) -> None:
    many = [public(n, title=f"Idé nummer {n}", touched=NOW - timedelta(minutes=n)) for n in range(20, 45)]
    await hall.keep(public(stage=Stage.TRIAL, step=STEP), *many)
    first = await hall.get("/")
    assert "26 idéer" in first
    assert "side 1 af 2" in first
    assert first.count("<article") == 20
    assert (await hall.get("/?side=2")).count("<article") == 6
    for path in ("/?fase=trial", "/?sted=Ordrup+Station", "/?fase=trial&emne=trafik"):
        page = await hall.get(path)
        assert page.count("<article") == 1, path
        assert "Cykler ved Ordrup Station" in page
    for path in ("/?fase=wrong", "/?emne=%3Cscript%3E", "/?side=3", "/?side=0", "/?side=x"):
        await hall.get(path, 404)


async def test_every_answer_is_strict_known_again_by_its_tag_and_kept_by_nobody_unasked(hall: Hall) -> None:
    await hall.keep(public())
    for path in PAGES:
        await hall.get(path)
        policy = hall.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "set-cookie" not in hall.headers
        assert hall.headers["cache-control"] == "public, no-cache"
        tag = hall.headers["etag"]
        assert await hall.get(path, 304, **{"If-None-Match": tag}) == ""
    page = await hall.get("/nr/12")
    assert "<script" not in page
    assert " style=" not in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.|ideer\.example\.org|t\.me/|example\.org)', page)
    sheet = re.search(r'href="(/board-\w+\.css)"', page)
    assert sheet
    assert "--paper" in await hall.get(sheet[1])
    assert "immutable" in hall.headers["cache-control"]
    plain = await hall.get("/", **{"Accept-Encoding": "identity"})
    assert "content-encoding" not in hall.headers
    assert plain == await hall.get("/", **{"Accept-Encoding": "gzip"})


async def test_a_text_that_the_municipality_says_in_its_own_way_is_read_at_once(hall: Hall) -> None:
    await hall.keep(public())
    before = await hall.get("/nr/12")
    shipped = BOOK.own.entries
    BOOK.own.entries, BOOK.own.mark = {"da": {"board.responsible": Entry(Template.parse("Sagens ven"))}}, "1"
    try:
        page = await hall.get("/nr/12")
        assert "Sagens ven" in page
    finally:
        BOOK.own.entries, BOOK.own.mark = shipped, ""
    assert "Sagens ven" not in before
    assert await hall.get("/nr/12") == before


async def test_the_spreadsheet_holds_what_the_pages_show_with_danish_letters_and_no_formula(hall: Hall) -> None:
    await hall.keep(public(title='=HYPERLINK("x")', step=STEP), public(13))
    text = await hall.get("/data.csv")
    assert text.startswith("\ufeff"), "or æ, ø and å come out wrong"
    head, first, _ = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    row = dict(zip(head, first, strict=True))
    assert row["Titel"] == '\'=HYPERLINK("x")'
    assert (row["Idéen med borgerens egne ord"], row["Ansvarlig"], row["Næste skridt"]) == (
        WORDS,
        "Mette Holm",
        "måler pladsen op",
    )
    assert row["Senest"] == "2026-11-12 16:00"
    ideas = json.loads(await hall.get("/data.json"))["ideas"]
    assert [one["number"] for one in ideas] == [12, 13]
    assert ideas[1]["words"] == WORDS
    shown = await hall.get("/nr/12")
    for value in (row["Idéen med borgerens egne ord"], row["Ansvarlig"], row["Rolle"], row["Næste skridt"]):
        assert value in shown


async def test_the_spreadsheet_of_a_chat_and_the_one_of_the_board_tell_the_same_of_an_idea(hall: Hall) -> None:
    ending = Ending("Torvet fik bænke.", "De manglede.", "Der kommer flere.", "Mette Holm")
    late = public(step=STEP, extra={"late_since": STEP.due.isoformat(), "seeks": "en tømrer"})
    ideas = (late, public(13, stage=Stage.DONE, ending=ending))
    await hall.keep(*ideas)
    on_board = await hall.get("/data.csv")
    in_chat = table(map(face_of, ideas), "da", hall.frame, BOOK.speak, NOW)
    board, chat = (list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
                   for text in (on_board, in_chat))  # fmt: skip
    assert list(board[0])[: len(IDEA)] == list(chat[0]), "the same columns, and the board's own behind them"
    by_number = {row["Nr."]: row for row in chat}
    for row in board:
        same = by_number[row["Nr."]]
        # How a stage is called is each page's own: the board speaks of the municipality, the chat to the citizen.
        assert {name for name in same if same[name] != row[name]} <= {"Trin", "Trin indtil nu"}, (row, same)


async def test_feed_sitemap_and_robots_name_the_public_address(hall: Hall) -> None:
    await hall.keep(public())
    space = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    feed = Xml.fromstring(await hall.get("/feed.atom"))  # noqa: S314 (our own)
    assert [one.text for one in feed.findall("a:entry/a:id", space)] == [f"{ADDRESS}/nr/12"]
    assert "Modtaget" in (feed.findtext("a:entry/a:summary", "", space))
    places = [one.text for one in Xml.fromstring(await hall.get("/sitemap.xml")).findall("s:url/s:loc", space)]  # noqa: S314
    assert f"{ADDRESS}/en/nr/12" in places
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in await hall.get("/robots.txt")
    page = await hall.get("/nr/12")
    assert f'<link rel="canonical" href="{ADDRESS}/nr/12">' in page
    told = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', page))
    assert told["title"] == "Cykler ved Ordrup Station"
    assert (told["type"], told["url"]) == ("website", f"{ADDRESS}/nr/12")
    picture = told["image"]
    assert picture.startswith(f"{ADDRESS}/"), "whoever shares a link needs the whole address"
    async with hall.http.get(hall.url + picture.removeprefix(ADDRESS)) as answer:
        assert (answer.status, answer.content_type) == (200, "image/png")
        assert (await answer.read()).startswith(b"\x89PNG")


async def test_words_of_people_are_words_and_nothing_else(hall: Hall) -> None:
    await hall.keep(public(title="<script>alert(1)</script>", public_words='"><img src=x onerror=alert(1)>\n{{ 7*7 }}'))
    for path in ("/", "/nr/12"):
        page = await hall.get(path)
        assert "<script>" not in page
        assert "<img" not in page
        assert "{{ 7*7 }}" in page


async def test_meetings_are_shown_by_month_and_narrowed_by_topic_and_place(hall: Hall) -> None:
    assert "Der er ingen møder i kalenderen" in await hall.get("/moeder")
    open_house = meeting("b", "Åbent hus", ("klima",), "Hovedbiblioteket", 40)
    hall.meetings = (meeting(), open_house, meeting("c", "<b>Fest</b>", (), "", 41))
    hall.look()
    page = await hall.get("/moeder")
    for told in ("Grønt Råd", "Byens Hus", "Åbent hus", "november 2026", "december 2026", "&lt;b&gt;Fest"):
        assert told in page, told
    assert page.index("Grønt Råd") < page.index("Åbent hus")
    narrowed = await hall.get("/moeder?emne=klima")
    assert "Åbent hus" in narrowed
    assert "Grønt Råd" not in narrowed
    assert "Åbent hus" not in await hall.get("/en/moeder?sted=Byens%20Hus")
    await hall.get("/moeder?emne=havregroed", status=404)


async def test_a_meeting_goes_into_ones_own_calendar_and_all_of_them_do(hall: Hall) -> None:
    hall.meetings = (meeting(), meeting("b", "Åbent hus", ("klima",), "Hovedbiblioteket", 40))
    hall.look()
    every = Calendar.from_ical(await hall.get("/moeder.ics"))
    assert [str(event["SUMMARY"]) for event in every.walk("VEVENT")] == ["Grønt Råd", "Åbent hus"]
    assert hall.headers["content-type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(await hall.get("/moeder/b.ics")).walk("VEVENT")
    assert event["DTSTART"].dt == NOW + timedelta(days=40)
    assert str(event["LOCATION"]) == "Hovedbiblioteket"
    await hall.get("/moeder/zzz.ics", status=404)


async def test_a_meeting_that_is_called_off_or_over_is_gone_at_the_next_look(hall: Hall) -> None:
    hall.meetings = (meeting(),)
    hall.look()
    assert "Grønt Råd" in await hall.get("/moeder")
    hall.meetings = ()
    hall.look()
    assert "Grønt Råd" not in await hall.get("/moeder")
    await hall.get("/moeder/a.ics", status=404)


async def test_a_page_does_not_wait_for_a_file_that_takes_long(hall: Hall) -> None:
    await hall.keep(public(13))
    async with hall.site._making:
        file = asyncio.create_task(hall.get("/data.csv"))
        for page in ("/nr/13", "/", "/tal", "/moeder", "/feed.atom"):
            await asyncio.wait_for(hall.get(page), 10)
        assert not file.done()
    assert "13" in await file


async def test_while_somebody_looks_readers_get_the_edition_before_but_never_an_old_one(hall: Hall) -> None:
    first = await hall.board.edition()
    await hall.keep(public())
    async with hall.board._looking:
        hall.board._holds = time.monotonic() - 0.01
        assert await asyncio.wait_for(hall.board.edition(), 1) is first
        hall.board._holds = time.monotonic() - PATIENCE
        waits = asyncio.create_task(hall.board.edition())
        await asyncio.wait([waits], timeout=0.05)
        assert not waits.done()
    assert 12 in (await waits).shown
