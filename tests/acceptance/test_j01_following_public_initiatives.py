"""J-01: anybody sees where open initiatives stand, follows them, and gets one message a step; nothing else is shown."""

import csv
import io
import re
from datetime import date

import pytest
import pytest_asyncio

from tests.journeys import invariants, labels
from tests.journeys.four_ideas import CAFE, PARKING, SHED, FourIdeas, four_ideas
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved, next_step
from tests.journeys.town import BIKES, Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ideas(open_town: Town) -> FourIdeas:
    """The fixture's four, once for the file."""
    return await four_ideas(open_town)


async def test_a_the_list_shows_titles_and_stages_by_topic(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    told = (await nanna.writes(labels.PUBLIC)).text_back
    for number in (ideas.parking, ideas.cafe, ideas.books):
        assert re.search(rf"Nr\. {number} «", told), f"nr. {number} in {told!r}"
    assert told.index("Trafik") < told.index(f"Nr. {ideas.parking}"), "under its topic"
    for stage in ("Vi undersøger", "Vi prøver i det små", "Gennemført"):
        assert stage in told
    assert "Mette Holm" in told
    assert (12, 11) in dates(told)
    assert f"Nr. {ideas.shed}" not in told
    assert "skur" not in told


async def test_b_a_page_shows_the_approved_words_who_is_responsible_and_the_way_so_far(
    town: Town, ideas: FourIdeas
) -> None:
    nanna = await town.citizen("Nanna")
    page = await opens(nanna, ideas.parking)
    for part in (PARKING, "Vi undersøger", "Mette Holm", "sparringsagent", "måler pladsen op", "Vejen indtil nu"):
        assert part in page, f"{part!r} is not in {page!r}"
    assert {(12, 11), (2, 11)} <= set(dates(page)), "the date of the step and those of the stages"
    assert "Karim" not in page
    assert "måler også" not in page, "what the citizen does is theirs to tell"


async def test_c_d_e_one_message_for_a_step_none_for_the_talk_and_none_after_stop(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    await opens(nanna, ideas.parking)
    mette = await town.mette.in_topic(ideas.parking)
    at_desk = await mette.newest()
    assert "følger du" in (await nanna.presses(labels.FOLLOW_IT)).text_back
    seen = await nanna.newest()
    for n in range(6):
        await town.replied(mette, "Karim", f"hemmeligord {n}")
        await ideas.karim.writes(f"hemmeligsvar {n}")
    named = "Hvad: sætter ti stativer op med Karim, tlf. 20 30 40 50\nHvem: Mette Holm og Karim\nHvornår: 13. november"
    await moved(town, ideas.parking, labels.STEP, named)
    heard = await nanna.hears(after=seen)
    assert len(heard) == 1, "twelve relayed messages and one step"
    assert "sætter ti stativer op" in heard[0].text
    assert "Mette Holm" in heard[0].text
    for shown in (heard[0].text, await opens(nanna, ideas.parking), (await nanna.writes(labels.PUBLIC)).text_back):
        for secret in ("hemmelig", "Karim", "20 30 40 50"):
            assert secret not in shown, f"{secret!r} is in {shown!r}"
    assert "op med Karim" in (await ideas.karim.writes(labels.STATUS)).text_back, "his own he reads as it was written"
    told = [one.text for one in await mette.hears(after=at_desk)]
    assert not any("følger" in text for text in told), "Mette hears nothing of who follows"
    await nanna.presses(labels.UNFOLLOW, on=heard[0])
    seen = await nanna.newest()
    await next_step(town, ideas.parking, "måler en gang til", due="12. november")
    assert not await nanna.hears(after=seen)


async def test_the_news_of_a_week_come_in_one_message_to_whoever_wants_that(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    for number in (ideas.parking, ideas.cafe):
        await nanna.writes(f"følg nr. {number}")
    await nanna.presses(labels.WEEKLY)
    seen = await nanna.newest()
    await next_step(town, ideas.parking, "tæller cykler", due="12. november")
    await next_step(town, ideas.parking, "tæller dem igen", due="12. november")
    assert not await nanna.hears(after=seen)
    await town.at("2026-11-06T10:01:00+01:00")
    (week,) = await nanna.hears(after=seen)
    assert "tæller dem igen" in week.text
    assert week.text.count("Nr. ") == 1, "only what has moved"


async def test_f_the_file_holds_the_same_as_list_and_pages_and_opens_in_a_spreadsheet(
    town: Town, ideas: FourIdeas
) -> None:
    nanna = await town.citizen("Nanna")
    listed = (await nanna.writes(labels.PUBLIC)).text_back
    act = await nanna.presses(labels.WHOLE_LIST)
    document = act.answers[-1].raw["document"]
    assert document["file_name"].endswith(".csv")
    async with town.sandbox.http.get(f"{town.sandbox.url}/sandbox/file/{document['file_id']}") as answer:
        raw = await answer.read()
    assert raw.startswith(b"\xef\xbb\xbf"), "so that a spreadsheet gets æøå right"
    rows = {int(row["Nr."]): row for row in csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";")}
    assert {ideas.parking, ideas.cafe, ideas.books} <= rows.keys()
    assert ideas.shed not in rows
    for number, row in rows.items():
        page = await opens(nanna, number)
        for column in ("Titel", "Idéen med borgerens egne ord", "Trin", "Ansvarlig", "Rolle", "Næste skridt"):
            assert row[column] in page, f"{column} {row[column]!r} of nr. {number} is not on its page: {page!r}"
        days = [row["Senest"], row["Sendt"], *row["Trin indtil nu"].split(" / ")]
        told = {(day.day, day.month) for day in (date.fromisoformat(one[:10]) for one in days if one)}
        assert told == set(dates(page)), "each date, and no other"
        assert row["Trin"] in row["Trin indtil nu"]
        assert row["Emner"], f"nr. {number} has no topic"
        assert row["Emner"].split(", ")[0] in listed
    assert rows[ideas.cafe]["Idéen med borgerens egne ord"] == CAFE
    assert SHED not in raw.decode("utf-8")


async def test_nothing_is_public_before_the_citizens_ok_to_the_very_text(town: Town, ideas: FourIdeas) -> None:
    assert ideas.parking
    aase, nanna = await town.citizen("Aase"), await town.citizen("Nanna")
    number = await town.brought(aase, BIKES)
    await aase.writes(labels.STATUS)
    offered = (await aase.presses(labels.MAKE_PUBLIC)).answers[-1]
    assert "rollator" in offered.text, "the very text is shown"
    assert "rollator" not in (await nanna.writes(labels.PUBLIC)).text_back
    await aase.writes("ret")
    await aase.writes("nej vent, det er ikke cykler, det er barnevogne")
    again = await aase.presses(labels.PUBLIC_OK, on=offered)
    assert "barnevogne" in again.text_back, "another text is shown before anything is open"
    assert "barnevogne" not in (await nanna.writes(f"følg nr. {number}")).text_back
    await aase.presses(labels.PUBLIC_OK, on=again.answers[-1])
    assert "barnevogne" in await opens(nanna, number)
    await aase.writes(labels.STATUS)
    await aase.presses(labels.HIDE)
    assert "kan jeg ikke vise" in (await nanna.writes(f"følg nr. {number}")).text_back


async def test_after_withdrawal_no_more_is_shown_than_that(town: Town, ideas: FourIdeas) -> None:
    assert ideas.parking
    aase, nanna = await town.citizen("Aase"), await town.citizen("Nanna")
    number = await town.brought(aase, BIKES)
    await aase.writes(labels.STATUS)
    await aase.presses(labels.MAKE_PUBLIC)
    await aase.presses(labels.PUBLIC_OK)
    await nanna.writes(f"følg nr. {number}")
    seen = await nanna.newest()
    await aase.writes(labels.STATUS)
    await aase.presses(labels.REGRET)
    await aase.presses(labels.WITHDRAW)
    (told,) = await nanna.hears(after=seen)
    assert told.text == f"Nr. {number}, som du fulgte, er trukket tilbage. Du hører ikke mere om den."
    assert (await nanna.writes(f"følg nr. {number}")).text_back == f"Nr. {number} er trukket tilbage."
    assert f"Nr. {number}" not in (await nanna.writes(labels.PUBLIC)).text_back


async def test_a_follower_asks_back_and_gets_a_name_and_a_date(town: Town, ideas: FourIdeas) -> None:
    nanna = await town.citizen("Nanna")
    await opens(nanna, ideas.parking)
    await nanna.presses(labels.ASK_ABOUT)
    act = await nanna.writes("hvor mange cykler bliver der plads til?")
    number = town.number_in(act, nanna)
    assert "Mette Holm" in act.text_back
    mette = await town.mette.in_topic(number)
    assert await mette.sees("hvor mange cykler bliver der plads til?")
    await town.replied(mette, "Nanna", "Der er plads til tyve")
    assert await nanna.sees("Der er plads til tyve")
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_way_6_former_members_of_an_opgaveudvalg_follow_its_recommendations_realisation_like_any_follower(
    town: Town, ideas: FourIdeas
) -> None:
    """They have no role and no list of their own: a link, a number or the list is their way in, as it is Nanna's."""
    inger, poul, nanna = [await town.citizen(name) for name in ("Inger", "Poul", "Nanna")]
    told = (await inger.writes("hvordan kan tidligere medlemmer af et opgaveudvalg følge med?")).text_back
    assert "årligt møde" in told
    assert "afsnit 6" in told, "the way that the document names is told with its place"
    await inger.starts(f"follow_{ideas.cafe}")
    for one in (poul, nanna):
        await one.writes(f"følg nr. {ideas.cafe}")
    seen = {one: await one.newest() for one in (inger, poul, nanna)}
    await next_step(town, ideas.cafe, "åbner sprogcaféen i Ordrup", due="20. november")
    heard = [[message.text for message in await one.hears(after=newest)] for one, newest in seen.items()]
    assert [len(texts) for texts in heard] == [1, 1, 1], "each step once"
    assert heard[0] == heard[1] == heard[2], "like any follower"
    assert "åbner sprogcaféen i Ordrup" in heard[0][0]
    await opens(poul, ideas.cafe)
    await poul.presses(labels.ASK_ABOUT)
    asked = await poul.writes("vi anbefalede også en café i Vangede, hvordan går det med den?")
    number = town.number_in(asked, poul)
    assert "Farid Nazari" in asked.text_back, "the feedback has a person and a date"
    farid = await town.farid.in_topic(number)
    await town.replied(farid, "Poul", "Den åbner til januar")
    assert await poul.sees("Den åbner til januar")


async def opens(phone: Phone, number: int) -> str:
    """The page of one initiative."""
    await phone.writes(labels.PUBLIC)
    return (await phone.presses_matching(rf"^Nr\. {number}(?!\d)")).text_back
