"""B-15: something broken, an own case, another authority, a complaint: who it belongs to, in one calm message."""

import re

import pytest

from tests.journeys import labels
from tests.journeys.phone import Act
from tests.journeys.town import ROOT, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOLE = "Der er et kæmpe hul i cykelstien ud for Ordrupvej 101. Og kunne man ikke lave en plan for bedre cykelstier?"
OWN_CASE = "jeg har ikke fået boligstøtte i 3 måneder"
TRAIN = "S-toget kører for sjældent fra Charlottenlund"
COMPLAINT = "Jeg vil klage over en medarbejder i Borgerservice"
NOT_MEANT = "citizen.button.not_meant"
CONTACT = re.compile(r"\b\d\d \d\d \d\d \d\d\b|https?://\S+|\b114\b")


def points_the_way(act: Act) -> str:
    """A signpost has who, one link or number out of the rules, one sentence, and a way back; it asks nothing."""
    assert len(act.answers) == 1
    told = act.answers[0]
    assert act.questions == 0
    assert list(told.buttons) == [labels.text(NOT_MEANT)]
    head, sentence = told.text.split("\n", 1)
    contacts = CONTACT.findall(head)
    assert len(contacts) == 1, f"one link or number beside who: {head!r}"
    assert contacts[0].rstrip(".") in (ROOT / "routing_rules.yaml").read_text(encoding="utf-8")
    assert sentence.strip()
    return told.text


async def nothing_began(town: Town, chat: int, since: int) -> None:
    """No card anywhere, no draft, and nothing kept of what was said."""
    assert not [call for call in await town.sandbox.calls(after=since) if call["chat_id"] not in (chat, None, 0)]
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", chat) == [(0,)]


async def test_a_the_hole_is_pointed_on_and_the_plan_goes_on_as_an_idea(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    act = await birgit.writes(HOLE)
    assert "39 98 00 00" in act.text_back, "where the hole is reported"
    assert "plan for bedre cykelstier" in act.text_back, "the idea is mirrored in the same answer"
    number = await town.sent(birgit)
    assert len(town.numbers_of(birgit.person)) == 1
    card = await town.card(number)
    assert "bedre cykelstier" in card.text
    assert "hul" not in card.text
    assert "101" not in card.text


async def test_b_to_d_wrong_doors_are_told_kindly_and_become_no_initiative(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    since = await town.last_call()
    told = points_the_way(await birgit.writes(OWN_CASE))
    assert "Borgerservice" in told
    assert re.search("ikke flere detaljer|ingen detaljer", told)
    kept = town.bot.rows("SELECT * FROM people WHERE id = ?", birgit.chat)
    kept += town.bot.rows("SELECT * FROM talks WHERE person = ?", birgit.chat)
    assert "boligstøtte" not in str(kept), "no more than the kind is kept"
    train = points_the_way(await birgit.writes(TRAIN))
    assert "DSB" in train
    assert "samle" in train, "one thing that can be done locally"
    complaint = points_the_way(await birgit.writes(COMPLAINT))
    assert "klage" in complaint
    assert not re.search("beklager|desværre|travlt|misforst", complaint, re.IGNORECASE), "nobody is defended"
    await nothing_began(town, birgit.chat, since)


async def test_e_a_signpost_that_was_wrong_becomes_an_idea_with_one_press(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    points_the_way(await birgit.writes(TRAIN))
    await birgit.presses(NOT_MEANT)
    act = await birgit.writes("jeg vil samle pendlere til et møde om togene")
    assert "samle pendlere" in act.text_back
    assert act.questions <= 1
    number = await town.sent(birgit)
    assert "pendlere" in (await town.card(number, await town.reader_of(number))).text
