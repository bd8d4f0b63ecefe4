"""A-03: who can't or won't do it by bot: a number, a place, a call by a named person, voice alone, or no Telegram."""

import re
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved
from tests.journeys.town import NUMBER, Person, Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

PHONE, HOURS, PLACE = "39 98 00 00", "kl. 8", "Rådhus"
CALL_ME_AT = "20 30 40 50 efter kl. 16"
EJNAR = "Navn: Ejnar\nFra: Deltag-bilen\nSvar: ring 60 70 80 90\nIdé: flere cykelstativer ved ordrup station {marker}"
STEP = "Hvad: måler pladsen op\nHvem: Mette Holm\nHvornår: 12. november"


async def human(phone: Phone) -> str:
    """One word leads to a phone with its hours, a place to meet, and a call."""
    act = await phone.writes("kan jeg ikke bare ringe")
    for part in (PHONE, HOURS, PLACE):
        assert part in act.text_back, f"{part!r} is not in {act.text_back!r}"
    offered = [label for one in act.answers for label in one.buttons]
    assert {labels.text(labels.CALL_ME), labels.text(labels.MEET_WISH)} & set(offered), offered
    return act.text_back


async def test_a_b_a_human_is_one_word_away_at_every_step(town: Town) -> None:
    jonas = await town.citizen("Jonas", started=False)
    await human(jonas)  # 1: before anything
    await jonas.starts()
    await human(jonas)  # 2: welcomed
    await jonas.writes("flere bænke på torvet så man kan hvile sig")
    await human(jonas)  # 3: a question stands open
    await jonas.presses(labels.SKIP)
    await human(jonas)  # 4: the summary
    await jonas.presses(labels.EDIT)
    await human(jonas)  # 5: about to mend it
    await jonas.presses(labels.DROP)
    await human(jonas)  # 6: thrown away
    await jonas.presses(labels.UNDO_DROP)
    await human(jonas)  # 7: taken up again
    act = await jonas.presses(labels.SEND)
    if NUMBER.search(act.text_back) is None:
        act = await jonas.presses(labels.DONT_KNOW)
    number = town.number_in(act, jonas)
    assert "Mette Holm" in await human(jonas)  # 8: received
    mette = await town.taken(number, town.mette)
    await human(jonas)  # 9: taken
    await town.replied(mette, "Jonas", "Hvor på torvet?")
    await human(jonas)  # 10: it is his turn
    await moved(town, number, labels.STEP, STEP, mette)
    await human(jonas)  # 11: a step
    await moved(town, number, labels.DONE, "Der står nu to nye bænke", mette)
    await human(jonas)  # 12: ended


async def test_b_being_called_has_a_name_a_date_and_a_place_in_all_lists(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes("ring")
    asked = await aase.presses(labels.CALL_ME)
    assert "Peter Dam" in asked.text_back
    assert dates(asked.text_back)
    act = await aase.writes(CALL_ME_AT)
    number = town.number_in(act, aase)
    assert "Peter Dam" in act.text_back
    assert dates(act.text_back)
    assert await (await town.peter.in_topic(number)).sees("20 30 40 50")
    await invariants.one_responsible(town, number, "Peter Dam")


async def test_c_voice_and_buttons_alone_lead_from_start_to_receipt(town: Town) -> None:
    jonas = await town.citizen("Jonas", started=False)
    await jonas.starts()
    await jonas.sends(voice={"duration": 47})
    if await jonas.has_button(labels.SKIP):
        await jonas.presses(labels.SKIP)
    act = await jonas.presses(labels.SEND)
    if NUMBER.search(act.text_back) is None:
        act = await jonas.presses(labels.DONT_KNOW)
    number = town.number_in(act, jonas)
    assert dates(act.text_back)
    assert re.search(r"\b(Peter Dam|Mette Holm)\b", act.text_back)
    desk = await town.mette.in_topic(number)
    assert [one for one in await desk.hears() if one.kind == "voice"], "the voice is passed on as voice"
    typed = [one for one in town.acts if one.person == jonas.person and one.kind == "text"]
    assert not typed, "no letter is typed"


async def entered(town: Town, marker: str, owner: Person) -> tuple[int, str]:
    """Peter enters an idea that its owner told him at the Deltag-bil; its number, and the link for its owner."""
    await town.notes(owner, 0, "says", EJNAR.format(marker=marker))
    asked = await town.peter.writes("/opret")
    lines = EJNAR.format(marker=marker)
    part = await town.peter.swipes(asked.answers[-1], lines.replace("Svar: ring 60 70 80 90\n", ""))
    assert "mangler: Svar" in part.text_back, "how he is told can't be left out"
    done = await town.peter.swipes(part.answers[-1], "Svar: ring 60 70 80 90")
    found = NUMBER.search(done.text_back)
    assert found, done.text_back
    assert "Mette Holm" in done.text_back
    assert dates(done.text_back)
    link = re.search(r"https://t\.me/\w+\?start=(\S+)", done.text_back)
    assert link, done.text_back
    assert "om I skal mødes" in done.text_back, "every initiative is offered a meeting"
    code = next(one for one in reversed(done.answers) if one.kind == "photo")
    assert await scanned(town, code) == link[0], "the code on the agent's phone is the same link"
    return int(found[1]), link[1]


async def scanned(town: Town, message: Message) -> str:
    """What a phone's camera reads from a picture."""
    picture = Image.open(BytesIO(await fetched(town, message.raw["photo"][-1]["file_id"]))).convert("L")
    return str(zxingcpp.read_barcode(picture).text)


async def fetched(town: Town, file_id: str) -> bytes:
    """A file as it arrived on the phone."""
    async with town.sandbox.http.get(f"{town.sandbox.url}/sandbox/file/{file_id}") as answer:
        return bytes(await answer.read())


async def test_d_an_idea_without_telegram_is_like_the_others_and_is_told_by_a_person(town: Town) -> None:
    ejnar = Person(710009001, "Ejnar", "Brandt", "ejnar_b")
    number, link = await entered(town, "skrankex", ejnar)
    mette = await town.mette.in_topic(number)
    card = await town.card(number, mette)
    for part in ("Ejnar", "skrankex", "Deltag-bilen", "ring 60 70 80 90", "Mette Holm"):
        assert part in card.text, f"{part!r} is not in {card.text!r}"
    assert f"nr. {number}" in (await town.peter.writes(labels.QUEUE)).text_back.lower()
    counted = "SELECT answered IS NOT NULL FROM ledger WHERE number = ?"
    assert town.bot.rows(counted, number) == [(0,)], "it is in the numbers, like any other"
    await mette.presses(labels.TAKE, on=card)
    since = await town.last_call()
    await town.replied(mette, "Ejnar", "Vi kigger på pladsen fortællesx")
    told = await mette.waits_for(lambda one: "fortæl Ejnar" in one.text and "fortællesx" in one.text)
    queue = (await town.peter.writes(labels.QUEUE)).text_back
    assert "Venter på Ejnar" not in queue, "no bot message counts as an answer"
    assert town.bot.rows(counted, number) == [(0,)]
    await mette.presses(labels.TOLD, on=told)
    assert "Venter på Ejnar" in (await town.peter.writes(labels.QUEUE)).text_back
    assert town.bot.rows(counted, number) == [(1,)]
    by_mistake = await mette.presses(labels.UNDO)
    assert "ikke fortalt endnu" in by_mistake.text_back
    assert "Venter på Ejnar" not in (await town.peter.writes(labels.QUEUE)).text_back
    assert town.bot.rows(counted, number) == [(0,)], "what was not told is no answer"
    await mette.presses(labels.TOLD, on=by_mistake.answers[-1])
    assert "Venter på Ejnar" in (await town.peter.writes(labels.QUEUE)).text_back
    assert town.bot.rows(counted, number) == [(1,)]
    calls = await town.sandbox.calls(after=since)
    assert not [call for call in calls if call["status"] >= 400], "nothing is sent to nobody"

    title = await moved(town, number, labels.TITLE, "Plads til cykler titelx", mette)
    assert "Spørg selv Ejnar" in title.text_back
    assert "har fået" not in title.text_back
    await town.notes(ejnar, 0, "says", "ja, den må hedde Plads til cykler titelx", hurried=True)
    await mette.presses(labels.TITLE_YES)
    assert "titelx" in (await town.card(number, mette)).text, "what he says yes to by voice holds"

    stranger = await town.citizen("Birgit", started=False)
    wrong = await stranger.starts(f"min_{number}_gaetxxxxxxxx")
    await town.moves_in(ejnar)
    phone = town.phone_of(ejnar)
    here = await phone.starts(link)
    assert f"nr. {number}" in here.text_back.lower()
    assert "Mette Holm" in here.text_back
    again = await stranger.starts(link)
    assert wrong.answers[0].text == again.answers[0].text, "it works once, and tells nobody more"
    town.owners[number] = ejnar
    await town.replied(mette, "Ejnar", "Nu skriver vi sammen direktex")
    assert await phone.sees("direktex")
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_d_of_a_date_that_passes_staff_read_that_they_tell_it_themselves(town: Town) -> None:
    ejnar = Person(710009002, "Ejnar", "Brandt", "ejnar_c")
    number, _ = await entered(town, "forsentx", ejnar)
    town.owners[number] = ejnar
    mette = await town.mette.in_topic(number)
    won = await mette.presses(labels.TAKE)
    assert "Kun et svar, du har fortalt, stopper uret" in won.text_back
    newest, at_peters = await mette.newest(), await town.peter.newest()
    now = await town.now()
    await town.later(days=4)
    assert (await town.now() - now).days == 4
    at_desk = [one.text for one in await mette.hears(after=newest)]
    coordinator = [one.text for one in await town.peter.hears(after=at_peters) if f"nr. {number}" in one.text.lower()]
    late = [text for text in (*at_desk, *coordinator) if text.startswith("Overskredet")]
    assert len(late) >= 2, (at_desk, coordinator)
    assert all(re.search("fortæl(ler)? selv Ejnar", text) for text in late), late
    assert not [text for text in (*at_desk, *coordinator) if "Ejnar får besked" in text]
    assert any("fortæl Ejnar" in text and "Undskyld" in text for text in at_desk), "the very words stand in the topic"


async def test_a_poster_is_a_door_of_its_own_and_counts_without_names(town: Town) -> None:
    made = await town.peter.writes("/plakat Byens Hus")
    (file,) = [one.raw["document"] for one in made.answers if "document" in one.raw]
    (page,) = PdfReader(BytesIO(await fetched(town, file["file_id"]))).pages
    for part in ("Har du en idé?", "Gentofte Kommune", "Byens Hus", PHONE, "Відскануйте"):
        assert part in page.extract_text(), f"{part!r} is not on the poster"
    (printed,) = page.images
    link = str(zxingcpp.read_barcode(printed.image.convert("L")).text)
    payload = link.partition("?start=")[2]
    for name in ("Birgit", "Jonas"):
        visitor = await town.citizen(name, started=False)
        assert "Gentofte Kommune" in (await visitor.starts(payload)).text_back
    counted = (await town.peter.writes("/plakater")).text_back
    assert "Byens Hus: 2 gange" in counted
    assert not {"Birgit", "Jonas"} & set(counted.split())
