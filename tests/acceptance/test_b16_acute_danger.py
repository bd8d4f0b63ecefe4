"""B-16: acute danger in the middle of an idea gets the number at once, and calm ideas with alarming words do not."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.journeys import labels
from tests.journeys.phone import Act, Phone
from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGLISH = "there is a fire in my building"
DANGER = {
    "Der er brand i kælderen på skolen lige nu": "112",
    "en mand er faldet i havnen i hellerup han trækker ikke vejret": "112",
    "jeg orker ikke at leve mere": "70 201 201",
    "min kæreste slår mig jeg har låst mig inde på badeværelset": "112",
    "min far på 82 med demens er væk fra plejehjemmet": "11[24]",
    "hun har taget en masse piller hjælp": "112",
    "bil har påkørt en cyklist på strandvejen": "112",
    ENGLISH: "112",
}
CONTROLS = (
    "Vi brænder for at lave en festival",
    "min søn var ved at dø af grin på legepladsen, lav flere",
    "112 cykelstativer ville være perfekt",
    "en hjertestarter ved stranden",
    "kursus i livredning for unge",
    "sankt hans bål på bellevue",
    "gåture for pårørende efter selvmord",
    "brandstationen kunne holde åbent hus",
)
MISREAD = "det brænder vi alle for i opgangen"
"""Harmless, and still taken for danger that is only likely (see `tests/routing/test_danger.py`)."""
NEARLY = "flere bænke så ældre kan hvile, min kone får ondt i brystet når hun går langt"
"""An idea that nearly sounds like danger now."""
RACKS = "flere cykelstativer ved stationen, gerne med tag"
SECONDS = 2.0
NO_DANGER = "citizen.button.calm"


def helped(act: Act, number: str) -> None:
    """The answer is one message with the number first, and nothing but help."""
    assert len(act.answers) == 1, f"{act.text!r}: {act.text_back!r}"
    told = act.answers[0]
    assert re.search(number, told.text[:60]), f"{act.text!r}: {told.text!r}"
    cannot = "cannot" if act.text == ENGLISH else "kan ikke"
    assert cannot in told.text, f"a bot can't call, in the language that is written: {told.text!r}"
    assert "?" not in told.text
    assert not told.buttons
    assert "nr." not in told.text.lower()
    assert "cykel" not in told.text.lower()
    assert act.seconds is not None
    assert act.seconds <= SECONDS, f"{act.text!r} took {act.seconds:.1f} s"


async def is_asked_about_an_idea(citizen: Phone) -> Act:
    """The citizen has begun, and the bot has just asked."""
    act = await citizen.writes(RACKS)
    assert act.answers[-1].buttons, f"nothing to press: {act.text_back!r}"
    return act


async def test_in_the_middle_of_the_questions_each_danger_gets_its_number_and_the_draft_waits(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    await is_asked_about_an_idea(jonas)
    before = town.bot.rows("SELECT count(*) FROM initiatives")
    for words, number in DANGER.items():
        helped(await jonas.writes(words), number)
    assert town.bot.rows("SELECT count(*) FROM initiatives") == before
    later = await jonas.writes("de skal stå ved trappen")
    assert later.answers[-1].buttons, f"it goes on: {later.text_back!r}"
    number = await town.sent(jonas)
    card = await town.card(number)
    assert f"{RACKS}\nde skal stå ved trappen" in card.text, "the draft has waited, whole"
    for words in DANGER:
        assert words not in card.text, "danger is no part of the idea"


async def test_inside_a_dialogue_the_agent_hears_it_too_as_possibly_acute(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase, RACKS)
    mette = await town.taken(number, town.mette)
    count = town.bot.rows("SELECT count(*) FROM initiatives")
    for words, line in DANGER.items():
        seen = await mette.newest()
        helped(await aase.writes(words), line)
        told = "\n".join(one.text for one in await mette.hears(after=seen))
        assert words in told
        assert "muligt akut" in told.lower()
    await aase.writes("nu er hjælpen kommet, og så må vi tage det med stativerne en anden dag")
    assert town.bot.rows("SELECT count(*) FROM initiatives") == count


def alarmed(act: Act) -> None:
    """One message: the number first, that a bot can't call, and beneath it the way back."""
    assert len(act.answers) == 1, f"{act.text!r}: {act.text_back!r}"
    told = act.answers[0]
    assert "112" in told.text[:60]
    assert "kan ikke" in told.text
    assert "?" not in told.text
    assert 'skriv "ingen fare"' in told.text
    assert [key["text"] for key in told.keys] == ["Der er ingen fare"]


async def test_who_is_misunderstood_presses_once_and_the_answer_is_in_the_summary(town: Town) -> None:
    karim = await town.citizen("Karim")
    await is_asked_about_an_idea(karim)
    alarmed(await karim.writes(MISREAD))
    back = await karim.presses(NO_DANGER)
    assert MISREAD in back.text_back, f"it goes on with what was written: {back.text_back!r}"
    assert not await karim.has_button(NO_DANGER), "the button has done its work"
    if not await karim.has_button(labels.SEND):
        await karim.presses(labels.SKIP)
    summary = await karim.waits_for_button(labels.SEND)
    assert summary.text.count(MISREAD) == 1
    number = await town.sent(karim)
    assert MISREAD in (await town.card(number)).text


async def test_who_never_presses_loses_nothing_and_has_nothing_twice(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    await is_asked_about_an_idea(birgit)
    alarmed(await birgit.writes(MISREAD))
    await birgit.writes("alle i opgangen vil gerne have dem")
    if not await birgit.has_button(labels.SEND):
        await birgit.presses(labels.SKIP)
    summary = await birgit.waits_for_button(labels.SEND)
    assert f"Du skrev også: «{MISREAD}» Det er ikke med." in summary.text
    number = await town.sent(birgit)
    assert MISREAD not in (await town.card(number)).text
    late = await birgit.presses_data(summary.id, "calm_all:0")
    assert "Der er ikke mere" in late.text_back


async def test_in_a_dialogue_the_agent_hears_once_that_there_is_no_danger(town: Town) -> None:
    olena = await town.citizen("Olena")
    number = await town.brought(olena, RACKS)
    mette = await town.taken(number, town.mette)
    seen = await mette.newest()
    alarmed(await olena.writes(MISREAD))
    back = await olena.writes("nej nej, alt er godt")
    assert "får at vide, at der ikke er fare" in back.text_back
    heard = [one.text for one in await mette.hears(after=seen)]
    assert ["muligt akut" in text.lower() for text in heard] == [True, False], heard
    assert MISREAD in heard[0]
    assert heard[1] == f"Olena siger, at der ikke er fare (nr. {number})."


async def test_ideas_with_alarming_words_are_ideas(town: Town) -> None:
    alarms = []
    for words in CONTROLS:
        citizen = await town.citizen("Karim")
        act = await citizen.writes(words)
        if "Ring" in act.text_back:
            alarms.append(words)
        assert act.answers[-1].buttons, f"{words!r} does not go on: {act.text_back!r}"
    assert len(alarms) <= 1, alarms


async def test_where_danger_cannot_be_left_out_the_number_stands_above_and_the_idea_goes_on(town: Town) -> None:
    aase = await town.citizen("Aase")
    act = await aase.writes(NEARLY)
    told = act.answers[0]
    assert told.text.startswith("Er nogen i fare lige nu, så ring 112.")
    assert "min kone får ondt i brystet" in told.text, f"mirrored all the same: {told.text!r}"
    assert told.buttons
    number = await town.sent(aase)
    assert NEARLY in (await town.card(number)).text
    assert "akut" not in (await town.card(number)).text.lower()


async def test_with_the_database_locked_the_number_still_comes(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    with closing(sqlite3.connect(town.bot.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await birgit.writes("der er brand i opgangen", wait=False)
        told = await birgit.waits_for("Ring 112", 5)
        other.execute("ROLLBACK")
    assert "112" in told.text[:60]
    await town.settled()
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", birgit.chat) == [(0,)]


async def test_with_broken_rules_on_the_disk_the_number_still_comes(town: Town) -> None:
    good = town.rules.read_bytes()
    town.rules.write_text("nødhjælp: [", encoding="utf-8")

    async def refused() -> bool:
        return "rules_refused" in town.bot.log()

    await town.sandbox.until(refused, 20, "the broken file is refused")
    karim = await town.citizen("Karim")
    helped(await karim.writes("vi kan ikke komme ud der er røg i hele opgangen"), "112")
    town.rules.write_bytes(good)
