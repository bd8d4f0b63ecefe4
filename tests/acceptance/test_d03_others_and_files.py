"""D-03: other people's names, health, pictures that tell where they were taken, and what an agent takes out."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from tests.journeys import labels
from tests.journeys.message import Message
from tests.journeys.town import Town
from tests.pictures.camera import MARK, taken
from tests.pictures.film import PICTURES, SOUND, filmed

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

NEIGHBOUR = "min nabo Hans Jensen på Vangedevej 12 er alkoholiker og burde med i et fællesskab"
SWIMMING = "jeg har sclerose og vil lave en svømmegruppe for handicappede i svømmehallen"
WALKS = "en gågruppe for ensomme ældre på plejehjemmet, så vi kan gå ture sammen hver uge"


async def summed_up(town: Town, words: str, name: str = "Birgit") -> tuple[object, str]:
    """The citizen and the summary of these words."""
    birgit = await town.citizen(name)
    act = await birgit.writes(words)
    for _ in range(3):
        if act.answers[-1].key(labels.text(labels.SEND)):
            break
        act = await birgit.presses(labels.SKIP)
    return birgit, act.answers[-1].text


async def test_a_and_b_others_are_noticed_kindly_before_send_and_ones_own_health_is_not_commented_on(
    town: Town,
) -> None:
    _, about_hans = await summed_up(town, NEIGHBOUR)
    assert "et andet menneske" in about_hans
    assert 'Skriv "ret"' in about_hans
    _, own = await summed_up(town, SWIMMING)
    assert "andet menneske" not in own
    assert "sygdom" not in own


async def test_public_texts_are_never_the_raw_message(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    number = await town.brought(birgit, f"{SWIMMING}. Min nabo Hans Jensen på Vangedevej 12 er alkoholiker.")
    await birgit.writes(labels.STATUS)
    offered = (await birgit.presses(labels.MAKE_PUBLIC)).answers[-1]
    assert "svømmegruppe" in offered.text
    assert "Hans" not in offered.text
    assert "Vangedevej" not in offered.text
    assert "helbred" in offered.text, "she is told that it can be read"
    assert town.bot.rows("SELECT public FROM initiatives WHERE number = ?", number) == [(0,)], "nothing before her OK"
    await birgit.presses(labels.PUBLIC_OK)
    kept = str(town.bot.rows("SELECT body FROM initiatives WHERE number = ?", number))
    shown = kept.split('"public_words":')[1].split('","')[0]
    assert "sclerose" in shown
    assert "Hans" not in shown


async def fetched(town: Town, message: Message) -> bytes:
    """A file as it arrived on the phone."""
    file = message.raw[message.kind]["file_id"]
    async with town.sandbox.http.get(f"{town.sandbox.url}/sandbox/file/{file}") as answer:
        return bytes(await answer.read())


async def test_d_a_picture_as_a_file_reaches_the_agent_without_the_place_where_it_was_taken(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    photo = taken("JPEG", Image.new("RGB", (80, 40), (10, 20, 200)))
    assert b"Exif" in photo
    file = {"file_name": "IMG_1.JPG", "mime_type": "image/jpeg", "content_base64": base64.b64encode(photo).decode()}
    await birgit.writes(WALKS)
    await birgit.sends(document=file, caption="kladdeord")
    number = await town.sent(birgit)
    before = await town.lone.waits_for(lambda one: one.kind == "document")
    await town.lone.presses(labels.TAKE)
    await birgit.sends(document=file, caption="talord")
    beside = await town.lone.waits_for(lambda one: one.kind == "document" and "talord" in one.text)
    for came in (before, beside):
        arrived = await fetched(town, came)
        found = Image.open(BytesIO(arrived))
        assert (found.format, found.size) == ("JPEG", (80, 40))
        assert not found.getexif()
        assert not [told for told in (MARK, b"Exif", b"GPS", b"2026:11:02") if told in arrived]
        assert came.raw["document"]["file_name"] == "IMG_1.jpg"
    film = {"mime_type": "video/mp4", "content_base64": base64.b64encode(filmed()).decode()}
    for kind, word in (("video", "filmord"), ("document", "filord")):
        await birgit.sends(**{kind: {**film, "file_name": "film.mp4"}}, caption=word)
        shown = await fetched(town, await town.lone.waits_for(lambda one, word=word: word in one.text))
        assert [told for told in (MARK, b"55.7358") if told in shown] == []
        assert PICTURES + SOUND in shown, "a film too, however it is sent"
    frozen = await town.sandbox.fault(kind="freeze_before", method="sendDocument")
    await birgit.sends(wait=False, document=file, caption="dræbtord")
    await town.sandbox.fault_hit(frozen)
    await town.bot.kill()
    await town.sandbox.delete("faults")
    await town.bot.start()
    await town.settled()
    late = [one for one in await town.lone.hears() if "dræbtord" in one.text]
    assert [one.kind for one in late] == ["document"], "killed with the clean picture in hand: it is cleaned again"
    assert b"Exif" not in await fetched(town, late[0])
    broken = {**file, "content_base64": base64.b64encode(photo[:400]).decode()}
    told = await birgit.sends(document=broken, caption="brudtord")
    assert "almindeligt billede" in told.text_back
    words = await town.lone.waits_for("brudtord")
    assert (words.kind, "ikke med" in words.text) == ("text", True), "her words go without it, and say so"
    await town.replied(town.lone, "Birgit", document=file, caption="lonesord", text="")
    (answer,) = [one for one in await birgit.hears() if one.kind == "document"]
    assert "lonesord" in answer.text
    assert not Image.open(BytesIO(await fetched(town, answer))).getexif(), "nor does she learn where Lone took hers"
    assert number


async def test_d_what_cannot_be_cleaned_goes_nowhere_and_she_is_told_how_to_send_it(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    number = await town.brought(birgit, WALKS)
    await town.lone.presses(labels.TAKE)
    newest = await town.lone.newest()
    for file in (
        {"file_name": "IMG_1.JPG", "mime_type": "image/jpeg", "size": 15_000_000},
        {"file_name": "a.bin", "mime_type": "image/heic"},
    ):
        told = await birgit.sends(document=file)
        assert "almindeligt billede" in told.text_back
    with_words = await birgit.sends(
        document={"file_name": "film.mov", "mime_type": "video/quicktime"}, caption="filmord"
    )
    assert "almindeligt billede" in with_words.text_back
    await town.lone.waits_for("filmord")
    await birgit.sends(document={"file_name": "plan.pdf", "mime_type": "application/pdf"}, caption="planord")
    await town.lone.waits_for("planord")
    files = [one for one in await town.lone.hears(after=newest) if one.kind == "document"]
    assert [one.raw["document"]["file_name"] for one in files] == ["plan.pdf"]
    assert number


async def test_c_an_agent_takes_a_picture_and_words_out_and_they_are_gone_in_every_copy(town: Town) -> None:
    birgit = await town.citizen("Birgit")
    number = await town.brought(birgit, WALKS)
    await town.lone.presses(labels.TAKE)
    sent = await birgit.sends(photo={}, caption="skolebørnord")
    pictured = await town.lone.waits_for("skolebørnord")
    await town.lone.swipes(pictured, "/fjern")
    assert not await town.lone.sees("skolebørnord")
    assert not [one for one in await town.lone.reads() if one.id == pictured.id]
    assert not [one for one in await birgit.reads() if one.id in sent.message_ids]
    assert await birgit.sees("har fjernet noget")
    await birgit.writes("og så noget om en anden gammelfjernord")
    old = await town.lone.waits_for("gammelfjernord")
    await town.later(hours=71)
    await town.lone.swipes(old, "/fjern")
    assert not await town.lone.sees("gammelfjernord")
    assert await town.lone.sees("[fjernet]"), "too old to delete: written over"
    aase = await town.citizen("Aase")
    await aase.writes(WALKS)
    await aase.sends(photo={}, caption="vi går tur ved voldgraven idéfjernord")
    shown = await town.sent(aase)
    await aase.writes(labels.STATUS)
    await aase.presses(labels.MAKE_PUBLIC)
    await aase.presses(labels.PUBLIC_OK)
    await town.lone.swipes(await town.lone.waits_for(lambda one: one.kind == "photo"), "/fjern")
    assert not await town.lone.sees("idéfjernord"), "the idea's own picture and words, on the card too"
    (body,) = town.bot.rows("SELECT body FROM initiatives WHERE number = ?", shown)[0]
    assert '"photo"' not in body
    assert "kan jeg ikke vise" in (await birgit.writes(f"følg nr. {shown}")).text_back, "nor does anybody else see it"
    for word in ("skolebørnord", "gammelfjernord", "idéfjernord"):
        for table, column in (("timeline", "data"), ("initiatives", "body"), ("talks", "body"), ("outbox", "params")):
            query = f"SELECT count(*) FROM {table} WHERE {column} LIKE ?"  # noqa: S608
            assert town.bot.rows(query, f"%{word}%") == [(0,)], f"{word} in {table}"
    code, printed = await town.bot.once("register")
    assert code == 0
    assert "ord eller billede fjernet" in printed
    assert number in town.numbers
