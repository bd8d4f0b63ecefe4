"""B-17: an offer meets who looks for help, by consent of both; else somebody keeps it, with a name and a date."""

import re

import pytest
import pytest_asyncio

from tests.journeys import invariants, labels
from tests.journeys.four_ideas import HELP, FourIdeas, four_ideas
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

OFFER = "Jeg er pensioneret tømrer og har tid om tirsdagen. Jeg kan også lidt arabisk"
IDEA = re.compile(r"\bidé", re.IGNORECASE)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ideas(open_town: Town) -> FourIdeas:
    """The fixture's four, once for the file."""
    return await four_ideas(open_town)


async def test_4_where_nobody_looks_for_help_a_person_keeps_it_until_a_date(town: Town) -> None:
    hassan = await town.citizen("Hassan")
    shown = (await hassan.writes(OFFER)).answers[-1]
    assert "ingen, der åbent søger hjælp" in shown.text
    act = await hassan.presses(labels.KEEP_OFFER)
    number = town.number_in(act, hassan)
    view = (await invariants.one_responsible(town, number))[0]
    assert view.names[0] in act.text_back
    assert "Det sker senest onsdag den 4. november kl. 16" in view.text, "it is Peter's move, not his"
    card = await town.card(number, await town.reader_of(number))
    assert "tilbud om hjælp" in card.text
    there = await town.peter.in_topic(number)
    await there.presses(labels.TAKE)
    await moved(town, number, labels.STEP, "Hvad: spørger sprogcaféen\nHvem: mig\nHvornår: 12. november", there)
    heard = " ".join(one.text for one in await hassan.hears() if "som andre kan følge" not in one.text)
    assert "Nyt om dit tilbud" in heard
    assert not IDEA.search(heard.split("Tak, fordi du vil hjælpe")[1]), f"never an idea: {heard}"
    await hassan.presses(labels.OFFER_BACK)
    await hassan.presses(labels.OFFER_GONE)


async def test_1_at_most_three_that_look_for_help_each_in_one_line(town: Town, ideas: FourIdeas) -> None:
    hassan = await town.citizen("Hassan")
    shown = (await hassan.writes(OFFER)).answers[-1]
    assert shown.text.index("pensioneret tømrer") < shown.text.index(f"Nr. {ideas.cafe}"), "mirrored first"
    lines = [line for line in shown.text.splitlines() if line.startswith("Nr. ")]
    assert len(lines) == 1, "only nr. 9 looks for help"
    assert HELP in lines[0]
    assert f"Nr. {ideas.shed}" not in shown.text
    assert not IDEA.search(shown.text), "an offer is no idea"


async def test_what_was_taken_for_an_offer_and_is_an_idea_goes_on_as_one_in_one_press(
    town: Town, ideas: FourIdeas
) -> None:
    assert ideas.cafe
    hassan = await town.citizen("Hassan")
    await hassan.writes(OFFER)
    act = await hassan.presses(labels.IS_IDEA)
    assert act.answers[-1].key(labels.text(labels.SEND))
    await hassan.presses(labels.DROP)


async def test_2_what_the_other_will_read_is_shown_before_it_is_shown(town: Town, ideas: FourIdeas) -> None:
    hassan = await town.citizen("Hassan")
    await hassan.writes(OFFER)
    seen = await ideas.omar.newest()
    preview = (await hassan.presses_matching(rf"^Nr\. {ideas.cafe}(?!\d)")).answers[-1]
    assert OFFER in preview.text
    assert "Dit navn står der ikke" in preview.text
    assert not await ideas.omar.hears(after=seen), "nothing yet"
    await hassan.presses(labels.ASK_THEM)
    (asked,) = await ideas.omar.hears(after=seen)
    for part in preview.text.split("\n\n")[1:3]:
        assert part in asked.text, "the very words of the preview"
    assert "Hassan" not in asked.text
    await ideas.omar.presses(labels.HELP_NO, on=asked)


async def test_3_a_yes_brings_both_into_one_talk_with_the_responsible_named(town: Town, ideas: FourIdeas) -> None:
    hassan, asked, number = await offers(town, ideas)
    status = (await hassan.writes(labels.STATUS)).text_back
    assert "Farid Nazari" in status
    assert (9, 11) in dates(status), "seven days"
    assert "Dit tilbud" in status
    assert not IDEA.search(status)
    seen, his = await hassan.newest(), await ideas.omar.newest()
    await ideas.omar.presses(labels.HELP_YES, on=asked)
    (welcome,) = await hassan.hears(after=seen)
    assert "Omar siger ja til din hjælp" in welcome.text
    assert "Farid Nazari" in welcome.text
    (told,) = await ideas.omar.hears(after=his)
    assert "Nu er Hassan med" in told.text
    await hassan.swipes(welcome, "jeg kommer på onsdag")
    assert await ideas.omar.sees("jeg kommer på onsdag")
    assert town.bot.rows("SELECT stage FROM initiatives WHERE number = ?", number) == [("joined",)]
    await hassan.presses(labels.LEAVE_IT, on=welcome)


async def test_3_a_no_is_kind_and_the_next_choice_is_his(town: Town, ideas: FourIdeas) -> None:
    hassan, asked, number = await offers(town, ideas)
    seen = await hassan.newest()
    await ideas.omar.presses(labels.HELP_NO, on=asked)
    (told,) = await hassan.hears(after=seen)
    assert "Omar" not in told.text
    assert "pænt nej tak" in told.text
    await invariants.one_responsible(town, number, "Farid Nazari")
    kept = await hassan.presses(labels.KEEP_LATER, on=told)
    assert "Farid Nazari" in kept.text_back
    assert dates(kept.text_back)
    await invariants.one_responsible(town, number, "Farid Nazari")


async def test_he_takes_it_back_at_any_time_in_two_presses(town: Town, ideas: FourIdeas) -> None:
    hassan, asked, number = await offers(town, ideas)
    await hassan.presses(labels.OFFER_BACK)
    act = await hassan.presses(labels.OFFER_GONE)
    assert f"nr. {number}, er taget tilbage" in act.text_back
    seen = await hassan.newest()
    late = await ideas.omar.presses(labels.HELP_YES, on=asked)
    assert "taget tilbage" in late.text_back
    assert not await hassan.hears(after=seen)


async def test_an_agent_can_propose_what_help_is_looked_for_and_the_citizen_says_yes(
    town: Town, ideas: FourIdeas
) -> None:
    nanna, hassan = await town.citizen("Nanna"), await town.citizen("Hassan")
    await hassan.writes(OFFER)
    offer = town.number_in(await hassan.presses(labels.NONE_OF_THEM), hassan)
    his = await hassan.newest()
    seen = await ideas.karim.newest()
    await moved(town, ideas.parking, labels.SEEKS, "nogen, der kan svejse stativer")
    (asked,) = await ideas.karim.hears(after=seen)
    assert "nogen, der kan svejse stativer" in asked.text
    assert "svejse" not in await page(nanna, ideas.parking), "not before his yes"
    assert not await hassan.hears(after=his)
    await ideas.karim.presses(labels.SEEK_OK, on=asked)
    shown = await hassan.waits_for("svejse stativer", after=his)
    assert f"Nr. {ideas.parking} " in shown.text, "the offer that was kept is matched again"
    assert "Karim" not in shown.text
    keeper = (await invariants.one_responsible(town, offer))[0].names[0]
    assert keeper in shown.text
    assert keeper == "Peter Dam"
    assert await town.peter.sees("Jeg har vist det til Hassan"), "who keeps it is told"
    karims = await ideas.karim.newest()
    pick = next(key for key in shown.keys if key["text"].startswith(f"Nr. {ideas.parking} "))
    await hassan.presses_data(shown.id, pick["callback_data"], pick["text"])
    await hassan.presses(labels.ASK_THEM)
    (help_asked,) = await ideas.karim.hears(after=karims)
    assert OFFER in help_asked.text
    assert "Hassan" not in help_asked.text, "no name before both have said yes"
    await hassan.presses(labels.OFFER_BACK)
    await hassan.presses(labels.OFFER_GONE)
    assert "nogen, der kan svejse stativer" in await page(nanna, ideas.parking)
    await ideas.karim.writes(labels.STATUS)
    await ideas.karim.presses(labels.SEEK_OFF)
    assert "svejse" not in await page(nanna, ideas.parking)


async def test_3_seven_days_of_silence_are_told_with_the_next_choice(town: Town, ideas: FourIdeas) -> None:
    hassan, asked, number = await offers(town, ideas)
    seen = await hassan.newest()
    await town.later(days=6, hours=23)
    assert not await hassan.hears(after=seen)
    await town.later(hours=2)
    (told,) = await hassan.hears(after=seen)
    assert "syv dage" in told.text
    assert "Farid Nazari" in told.text
    assert told.key(labels.text(labels.KEEP_LATER))
    seen = await hassan.newest()
    await ideas.omar.presses(labels.HELP_YES, on=asked)
    assert not await hassan.hears(after=seen), "a yes that comes too late does nothing"
    await invariants.one_responsible(town, number, "Farid Nazari")


async def offers(town: Town, ideas: FourIdeas) -> tuple[Phone, Message, int]:
    """Hassan offers help to the sprogcafé; the question as Omar has it, and the offer's number."""
    hassan = await town.citizen("Hassan")
    await hassan.writes(OFFER)
    await hassan.presses_matching(rf"^Nr\. {ideas.cafe}(?!\d)")
    seen = await ideas.omar.newest()
    act = await hassan.presses(labels.ASK_THEM)
    (asked,) = await ideas.omar.hears(after=seen)
    return hassan, asked, town.number_in(act, hassan)


async def page(phone: Phone, number: int) -> str:
    """The page of one initiative."""
    await phone.writes(labels.PUBLIC)
    return (await phone.presses_matching(rf"^Nr\. {number}(?!\d)")).text_back
