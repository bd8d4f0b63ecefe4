"""S-09 (f) and (j): from chat to people: a meeting by one press, and a council only in words with the citizen's yes."""

import re
from datetime import datetime

import pytest
from icalendar import Calendar, Component

from tests.journeys import invariants, labels
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

LINE = "mødetid: tirsdag 10/11 kl. 15, onsdag 11/11 kl. 10, torsdag 12/11 kl. 9.30 · Byens Hus"
TEXT = "Fri gang for alle ved stationen, også med rollator"
LINES = f"Hvor: Handicaprådets møde\nHvornår: 3. december\nTekst: {TEXT}"


async def calendar_of(town: Town, phone: Phone, after: int) -> tuple[datetime, str]:
    """When and where the file says that it is, as a calendar on that phone reads it."""
    event = await event_of(town, phone, after)
    return event.decoded("dtstart"), str(event["location"])


async def event_of(town: Town, phone: Phone, after: int) -> Component:
    """The one appointment that a file has brought to that phone."""
    heard = await phone.hears(after=after)
    (file,) = [one.raw["document"] for one in heard if "document" in one.raw]
    assert file["file_name"].endswith(".ics")
    assert file["mime_type"] == "text/calendar"
    async with town.sandbox.http.get(f"{town.sandbox.url}/sandbox/file/{file['file_id']}") as answer:
        content = await answer.read()
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


async def test_f_three_times_one_press_and_both_have_it_in_their_calendars(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim)
    assert await karim.has_button(labels.MEET_WISH), "a meeting is offered with the receipt"
    mette = await town.taken(number, town.mette)
    await karim.presses(labels.MEET_WISH)
    assert await mette.sees("vil gerne mødes")
    newest = await karim.newest()
    await moved(town, number, labels.MEETING, LINE, mette)
    (asked,) = await karim.hears(after=newest)
    assert len(asked.buttons) == 4
    assert all(len(label) <= 28 for label in asked.buttons), asked.buttons
    before, at_desk = await karim.newest(), await mette.newest()
    act = await karim.presses_matching("11/11")
    assert (11, 11) in dates(act.text_back)
    assert "Byens Hus" in act.text_back
    assert labels.text("citizen_step.access") in act.text_back, "what must be in place for him is asked"
    for phone, after in ((karim, before), (mette, at_desk)):
        when, where = await calendar_of(town, phone, after)
        assert when == datetime.fromisoformat("2026-11-11T10:00:00+01:00")
        assert where == "Byens Hus"
    await karim.writes("der skal være elevator adgangx")
    assert await mette.sees("adgangx"), "the needs reach the agent"
    await invariants.one_responsible(town, number, "Mette Holm")
    assert "Byens Hus" in (await karim.writes(labels.STATUS)).text_back
    await town.bot.restart()
    since, desk_since = await karim.newest(), await mette.newest()
    await town.at("2026-11-10T10:00:30+01:00")
    (remind,) = await karim.hears(after=since)
    assert re.search(r"Husk.*Mette Holm", remind.text)
    assert any("husk aftalen" in one.text for one in await mette.hears(after=desk_since))
    since, desk_since = await karim.newest(), await mette.newest()
    await town.at("2026-11-11T10:00:30+01:00")
    assert not await karim.hears(after=since), "a meeting is no missed promise"
    assert any("enige om" in one.text for one in await mette.hears(after=desk_since))
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_f_a_meeting_that_is_called_off_gives_the_agent_a_date(town: Town) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim)
    mette = await town.taken(number, town.mette)
    await moved(town, number, labels.MEETING, "mødetid: 25/11 kl. 15, 26/11 kl. 10 · telefon", mette)
    before = await karim.newest()
    call = await karim.presses_matching("26/11")
    assert "ringer til dig" in call.text_back
    first, since = await event_of(town, karim, before), await karim.newest()
    await mette.writes("/videre Bo han kender området")
    bo = await town.bo.in_topic(number)
    await town.bo.presses(labels.PASS_YES)
    (told,) = await karim.hears(after=since)
    assert "Bo Lind har nu ansvaret" in told.text
    assert (26, 11) in dates(told.text), "in one message, with the file that renews it"
    again = await event_of(town, karim, since)
    assert (again["uid"], again.decoded("dtstart")) == (first["uid"], first.decoded("dtstart"))
    assert again["sequence"] == first["sequence"] + 1
    assert "Bo Lind" in again["summary"]
    off = await karim.presses(labels.MEETING_OFF)
    assert "aflyst" in off.text_back, "also by the button of the message before"
    assert await bo.sees("har aflyst")
    await invariants.one_responsible(town, number, "Bo Lind")
    await moved(town, number, labels.MEETING, "mødetid: 27/11 kl. 15 · telefon", bo)
    old = await karim.presses_data((await karim.hears())[-1].id, f"meet:{number}:1.0", forged=True)
    assert "fra før" in old.text_back, "a time of the proposal before chooses nothing"
    none = await karim.presses(labels.NO_TIME)
    assert dates(none.text_back), "who answers, and by when"
    waits = invariants.part_about(await invariants.whole_queue(town), number)
    assert "Venter på" not in waits, "it is the agent's turn"
    await invariants.one_responsible(town, number, "Bo Lind")


@pytest.mark.parametrize("yes", [True, False], ids=["yes", "no"])
async def test_j_nothing_reaches_a_council_before_a_yes_and_a_no_costs_nothing(town: Town, yes: bool) -> None:
    karim = await town.citizen("Karim")
    number = await town.brought(karim)
    mette = await town.taken(number, town.mette)
    title = await invariants.title_of(town, number)
    newest = await karim.newest()
    shown = await moved(town, number, labels.SHOW, LINES, mette)
    assert "siger ja" not in shown.text_back
    (asked,) = await karim.hears(after=newest)
    for part in (TEXT, "Handicaprådets møde", "Mette Holm", "nej ændrer ikke"):
        assert part in asked.text, f"{part!r} is not in {asked.text!r}"
    assert (3, 12) in dates(asked.text)
    assert asked.text.count("?") == 1
    at_desk = await mette.newest()
    act = await karim.presses(labels.SHOW_YES if yes else labels.SHOW_NO, on=asked)
    told = [one.text for one in await mette.hears(after=at_desk)]
    if yes:
        assert any("siger ja" in text and TEXT in text for text in told), told
        assert (3, 12) in dates((await karim.writes(labels.STATUS)).text_back)
        assert "Mette Holm, senest" in (await town.card(number)).text, (
            "a named person has it meanwhile, not the council"
        )
    else:
        assert "Ingen har set noget" in act.text_back
        assert any("nej tak" in text for text in told), told
        assert not any(TEXT in text for text in told)
    await invariants.one_responsible(town, number, "Mette Holm")
    assert await invariants.title_of(town, number) == title
    again = await karim.presses_data(asked.id, f"show_ok:{number}:1", forged=True)
    assert "er fra før" in again.text_back, "a second answer changes nothing"
