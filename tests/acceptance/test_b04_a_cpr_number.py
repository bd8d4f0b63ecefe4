"""B-04: a citizen sends a CPR number; no digit of it is kept or passed on, and the idea goes on."""

import itertools

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Act, Phone
from tests.journeys.process import ROOT
from tests.journeys.rulebook import sends_rules
from tests.journeys.town import Town
from tests.journeys.wording import words

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]
SETTINGS = {"SKAB_LOG_LEVEL": "DEBUG"}

SPELLINGS = (
    "251248-9996", "2512489996", "251248 9996", "25 12 48 9996", "251248–9996", "251248\u00a09996", "251248 99 96",
    "2 5 1 2 4 8 9 9 9 6", "²⁵¹²⁴⁸-⁹⁹⁹⁶", "25. december 1948-9996",
)  # fmt: skip
CONTROLS = (
    "ring 39 98 00 00", "+45 39 98 00 00", "EAN 5798008123456", "320101-1234", "CVR 19438414", "idé nr. 12 fra 2026",
)  # fmt: skip
REMOVED = "[cpr-nummer fjernet]"
WALKS = "en gågruppe for ensomme ældre på plejehjemmet, så vi kan gå ture sammen hver uge i parken ved siden af"


def calm(act: Act) -> None:
    """The first answer: at most 40 words, no digit, no blame."""
    first = act.answers[0].text
    assert "cpr-nummer" in first
    assert words(first) <= 40
    assert not any(sign.isdigit() for sign in first)
    assert "!" not in first


async def is_gone(phone: Phone, act: Act) -> None:
    """Their own message no longer stands in the chat."""
    standing = {one.id for one in await phone.reads()}
    assert standing.isdisjoint(act.message_ids)


@pytest.mark.parametrize("spellings", [SPELLINGS[:1], SPELLINGS[1:]], ids=["a", "b"])
async def test_a_and_b_the_number_is_taken_out_during_the_questions_and_the_question_stands(
    town: Town, spellings: tuple[str, ...]
) -> None:
    aase = await town.citizen("Aase")
    asked = (await aase.writes("Jeg vil gerne lave noget for ældre der er ensomme")).answers[-1]
    question = asked.text.split("\n")[-1]
    assert question.endswith("?")
    for spelling in spellings:
        act = await aase.writes(f"mit cpr er {spelling} og jeg vil lave en gågruppe")
        calm(act)
        await is_gone(aase, act)
        assert act.answers[-1].text.endswith(question), "the same question as before stands open"
    await aase.presses(labels.SKIP)
    summary = (await aase.hears())[-1].text
    assert REMOVED in summary
    assert "gågruppe" in summary or len(spellings) > 1
    await nothing_is_kept(town)


async def test_a_number_that_lies_where_the_phone_cut_a_long_text_is_taken_out_all_the_same(town: Town) -> None:
    aase = await town.citizen("Aase")
    await town.brought(aase, WALKS)
    long = "ord " * 1022 + "nr 251248-9996 og en snitord"
    assert long.index("8-9996") == 4096, "the first five digits come in one message, the rest in another"
    act = await aase.writes(long)
    calm(act)
    await is_gone(aase, act)
    assert REMOVED in (await town.lone.waits_for("snitord")).text
    await nothing_is_kept(town)


async def test_a_page_with_a_number_is_refused_at_its_line_and_nothing_of_it_is_kept(town: Town) -> None:
    ulla = town.agent("ulla")
    page = (ROOT / "knowledge" / "da" / "raadene.md").read_text(encoding="utf-8")
    act = await sends_rules(ulla, (page + "Spørg 251248-9996.\n").encode(), "raadene.da.md")
    assert "cpr-nummer" in act.text_back
    assert f"linje {page.count(chr(10)) + 1}" in act.text_back
    asked = await ulla.writes("prøv mit cpr er 251248-9996 og en bænk")
    assert "cpr-nummer" in asked.text_back
    await is_gone(ulla, asked)
    await nothing_is_kept(town)


async def test_c_d_and_e_captions_edits_and_file_names_in_an_open_dialogue(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase, WALKS)
    await town.lone.presses(labels.TAKE)
    pictured = await aase.sends(photo={}, caption="her er jeg, 251248-9996, ved parken billedord")
    calm(pictured)
    got = await town.lone.waits_for("billedord")
    assert REMOVED in got.text
    assert got.kind == "photo"
    harmless = await aase.writes("Jeg kan mødes tirsdag harmløsord")
    mended = await aase.edits(harmless.message_ids[0], "Jeg kan mødes onsdag, cpr 251248-9996 rettetord")
    calm(mended)
    await is_gone(aase, mended if mended.message_ids else harmless)
    assert REMOVED in (await town.lone.waits_for("rettetord")).text
    named = await aase.sends(document={"file_name": "ansøgning_251248-9996.pdf"})
    calm(named)
    assert "andet navn" in named.text_back
    assert not await town.lone.sees(lambda one: one.kind == "document")
    await invariants.one_responsible(town, number, "Lone Bach")
    await nothing_is_kept(town)


async def test_f_what_lone_writes_with_a_number_goes_nowhere_and_she_is_told(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase, WALKS)
    await town.lone.presses(labels.TAKE)
    newest = await aase.newest()
    act = await town.replied(town.lone, "Aase", "Er dit nummer 251248-9996? svarord")
    assert "cpr-nummer" in act.text_back
    assert len(act.answers) == 1
    await is_gone(town.lone, act)
    mette = await town.mette.in_topic(await town.brought(await town.citizen("Karim")))
    inside = await mette.writes("Aase har 2512489996 interntord")
    assert "cpr-nummer" in inside.text_back
    await is_gone(mette, inside)
    assert not await aase.hears(after=newest), "nothing of it came to Aase"
    await invariants.one_responsible(town, number, "Lone Bach")
    await nothing_is_kept(town)


async def test_other_numbers_go_through_untouched_and_a_second_cpr_number_gets_the_same_kindness(town: Town) -> None:
    aase = await town.citizen("Aase")
    await town.brought(aase, WALKS)
    await aase.writes(f"Til vores gåtur med de ældre: {'; '.join(CONTROLS)}.")
    carried = await town.lone.waits_for("Til vores gåtur")
    assert [control for control in CONTROLS if control not in carried.text] == []
    for _ in range(2):
        calm(await aase.writes("nummeret er 251248-9996"))
    await nothing_is_kept(town)


async def test_nothing_of_it_is_in_a_backup_or_in_the_copy_that_she_gets(town: Town) -> None:
    aase = await town.citizen("Aase")
    await town.brought(aase, f"{WALKS}, mit cpr er 251248-9996")
    code, printed = await town.bot.once("backup", str(town.folder / "skab-copy.db"))
    assert code == 0, printed
    newest = await aase.newest()
    await aase.writes("hvad har I liggende om mig?")
    await aase.presses(labels.COPY)
    files = [one.raw["document"]["file_id"] for one in await aase.hears(after=newest) if one.kind == "document"]
    assert len(files) == 2
    for file in files:
        async with town.sandbox.http.get(f"{town.sandbox.url}/sandbox/file/{file}") as answer:
            copy = await answer.text()
        assert REMOVED in copy
        assert [spelling for spelling in (*SPELLINGS, "251248") if spelling in copy] == []
    await nothing_is_kept(town)


async def test_the_officer_reads_when_and_from_whom_but_no_digit(town: Town) -> None:
    kept = town.bot.rows("SELECT actor, data FROM timeline WHERE kind = 'cpr_removed'")
    assert {actor for actor, _ in kept} == {"citizen", "staff"}
    code, printed = await town.bot.once("register")
    assert code == 0
    lines = [line for line in printed.splitlines() if "cpr-nummer fjernet" in line]
    assert len(lines) == len(kept)
    assert any("fra en borger" in line for line in lines)
    assert any("fra personalet" in line for line in lines)
    assert "2026-11-02" in lines[0]


async def nothing_is_kept(town: Town) -> None:
    """No spelling that was sent is in any file of the bot's, its log at its most verbose, or a call of its own."""
    await town.settled()
    needles = [spelling.encode() for spelling in (*SPELLINGS, "251248", "25 12 48")]
    files = [file for file in town.folder.rglob("*") if file.is_file() and file.name.startswith(("skab", "bot"))]
    assert {"skab.db", "bot.log"} <= {file.name for file in files}
    for file, needle in itertools.product(files, needles):
        assert needle not in file.read_bytes(), f"{needle!r} in {file.name}"
    for call in await town.sandbox.calls():
        shown = invariants.shown(call)
        assert not any(needle.decode() in shown for needle in needles), f"in a call: {call['method']}"
