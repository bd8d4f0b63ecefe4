"""B-08: a no is a person's, never the machine's: what, why, what then and who, whole before it is sent, open after."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.public_town import filled, moved
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

RENT = "Kommunen skal betale huslejen for min svogers frisørsalon på Ordrupvej det første år"
CAFE = "Kommunen skulle drive en café i Byens Hus hvor man kan spise billigt sammen"
VERDICT = re.compile(r"må ikke|kan ikke gå ind|afslag|afvis|lovlig|kommunalfuldmagt", re.IGNORECASE)
COLD = re.compile(r"ønsker ikke|afslag|afvist|desværre må vi meddele", re.IGNORECASE)
MOST_WORDS = 120
WHAT = "Hvad: betale husleje for én bestemt forretning"
WHY = "Hvorfor: Kommunalfuldmagten siger, at støtte skal komme mange til gode."
INSTEAD = "I stedet: vi kan fortælle jer om vejledning, som alle nye butikker kan få"
PARTLY = (
    "Det må vi ikke: drive en café i Byens Hus\nHvorfor: Kommunalfuldmagten siger nej til, at kommunen driver café.\n"
    "Det går videre: fællesspisning, som en forening står for\nHvem: Peter Dam\nHvornår: 3. december"
)


def no_verdict(messages: list[Message]) -> None:
    """No machine has judged the idea."""
    for one in messages:
        assert not VERDICT.search(one.text), f"a machine's verdict: {one.text!r}"


async def test_a_c_d_e_the_no_has_four_parts_is_whole_before_it_goes_and_can_be_asked_on(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim, RENT)
    no_verdict(await karim.hears())
    await karim.writes(labels.STATUS)
    await karim.presses(labels.MAKE_PUBLIC)
    await karim.presses(labels.PUBLIC_OK)
    peter = await town.taken(number, town.peter)
    newest = await karim.newest()
    menu = await peter.presses(labels.MORE)
    assert {labels.text(labels.MAY_NOT), labels.text(labels.CAN_NOT)} <= set(menu.answers[-1].buttons), "two choices"
    shown = await filled(town, number, labels.MAY_NOT, f"{WHAT}\n{WHY} Den er gammel. Den er god. Den gælder.", peter)
    assert "Hvorfor: Højst 3 sætninger" in shown.text_back
    for left, part in ((WHAT, "Hvad"), (WHY, "Hvorfor"), (INSTEAD, "I stedet")):
        lines = "\n".join(line for line in (WHAT, WHY, INSTEAD) if line != left)
        shown = await filled(town, number, labels.MAY_NOT, lines, peter)
        assert not any(one.key(labels.text(labels.OK)) for one in shown.answers), "no OK before all is there"
        assert re.search(rf"mangler: {part}", shown.text_back), f"which part: {shown.text_back!r}"
        assert not await karim.hears(after=newest), "nothing is sent"
    whole = await peter.swipes(shown.answers[-1], INSTEAD)
    assert not await karim.hears(after=newest), "a preview is for the agent's eyes"
    await peter.presses(labels.OK, on=whole.answers[-1])
    (told,) = await karim.hears(after=newest)
    assert told.text in whole.answers[-1].text, "what was previewed is what he reads"
    parts = ["må ikke", "betale husleje", "Kommunalfuldmagten", "vejledning", "Peter Dam"]
    assert sorted(parts, key=told.text.index) == parts, f"in this order: {told.text!r}"
    assert len(told.text.split()) <= MOST_WORDS
    assert not COLD.search(told.text), told.text
    assert told.key(labels.text("citizen.button.edit_sent")), "he can change the idea, or ask on"
    await town.later(days=14, hours=1)
    asked = await karim.presses(labels.ASK_ON, on=told)
    await karim.swipes(asked.answers[-1], "hvad må I så? spørgvidere")
    assert await peter.sees("spørgvidere"), "in the same thread, to the same person"
    await town.replied(peter, "Karim", "I må gerne få vejledning svarpåspørgsmål")
    assert await karim.sees("svarpåspørgsmål")
    closed = await karim.writes(labels.STATUS)
    for part in ("Kommunen må ikke", "Kommunalfuldmagten", "vejledning", "Peter Dam"):
        assert part in closed.text_back, f"{part!r} is not in {closed.text_back!r}"
    nanna = await town.citizen("Nanna")
    await nanna.writes(labels.PUBLIC)
    page = (await nanna.presses_matching(rf"^Nr\. {number}(?!\d)")).text_back
    for part in ("Kommunen må ikke gå ind i det", "betale husleje", "Kommunalfuldmagten"):
        assert part in page, f"{part!r} is not in {page!r}"
    await the_archive_gets_the_case(town, number, peter, karim)


async def the_archive_gets_the_case(town: Town, number: int, peter: Phone, karim: Phone) -> None:
    """The whole case, on paper and as a file: what was asked, answered and why; of staff's own talk only the notes."""
    await peter.writes(f"Ham kender vi godt {town.mark('kunmellemosx')}")
    await peter.writes(f"/notat Ringet til Erhverv, som siger det samme {town.mark('notatx')}")
    await peter.writes("/sag EMN-2026-01234")
    newest = await peter.newest()
    await peter.writes("/sagsmappe")
    paper, file = [one.raw["document"] for one in await peter.hears(after=newest)]
    written = (await fetched(town, file)).decode()
    case = json.loads(written)
    assert (case["nummer"], case["sagsnummer"]) == (number, "EMN-2026-01234")
    assert "Kommunalfuldmagten" in case["slutning"]["hvorfor"]
    assert {"sent", "taken", "form_may_not", "citizen_said", "agent_said"} <= {one["hvad"] for one in case["historie"]}
    assert "spørgvidere" in written
    assert "kunmellemosx" not in written
    assert paper["file_name"] == f"sag-{number}.pdf"
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(await fetched(town, paper))).pages)
    words = " ".join(printed.split())
    for part in (
        "EMN-2026-01234",
        "Karim skrev til kommunen:",
        "spørgvidere",
        "Kommunalfuldmagten",
        "Peter Dam",
    ):
        assert part in words, f"{part!r} is not on the paper: {words}"
    assert re.search(r"Internt\. Borgeren har ikke fået det at se\. Peter Dam skrev et internt notat: .*notatx", words)
    for secret in invariants.secrets_of(karim.person):
        assert secret not in written, secret


async def fetched(town: Town, file: dict[str, Any]) -> bytes:
    """A file as it arrived on the phone."""
    async with town.sandbox.http.get(f"{town.sandbox.url}/sandbox/file/{file['file_id']}") as answer:
        return bytes(await answer.read())


async def test_b_f_a_part_of_it_goes_on_with_a_person_a_step_and_a_date(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim, CAFE)
    no_verdict(await karim.hears())
    reader = await town.reader_of(number)
    peter = await town.peter.in_topic(number) if reader.chat == town.group else town.peter
    await peter.presses(labels.TAKE)
    newest = await karim.newest()
    await moved(town, number, labels.PARTLY, PARTLY, peter)
    (told,) = await karim.hears(after=newest)
    for part in ("fællesspisning", "café", "Kommunalfuldmagten", "Peter Dam", "må"):
        assert part in told.text, f"{part!r} is not in {told.text!r}"
    assert (3, 12) in dates(told.text)
    assert len(told.text.split()) <= MOST_WORDS
    assert not COLD.search(told.text), told.text
    await invariants.one_responsible(town, number)
    await moved(town, number, labels.CAN_NOT, "Hvad: lave mad\nHvorfor: Ingen har tid.\nI stedet: en forening", peter)
    ended = (await karim.writes(labels.STATUS)).text_back
    assert "Kommunen kan ikke" in ended, "another no than the one that the law says"
    assert "må ikke" not in ended
