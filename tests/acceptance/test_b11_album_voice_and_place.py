"""B-11: an album of four photos, a voice message and a location, from the spot to the agent."""

import base64
import re
from typing import Any

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.town import BIKES, Town
from tests.journeys.wording import dates, words
from tests.pictures.film import filmed

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

CAPTION = "sådan ser her ud hver morgen"
SPOT = (55.7637, 12.5789)
MALMOE = (55.6050, 13.0038)
BIG_VIDEO = 25 * 1024 * 1024
FILM = base64.b64encode(filmed()).decode()
# What an agent can send to a citizen, and whether words of theirs can stand beneath it.
CARRIED: dict[str, tuple[dict[str, Any], bool]] = {
    "photo": ({}, True),
    "document": ({"file_name": "plan.pdf", "size": 1000}, True),
    "voice": ({"duration": 7}, True),
    "video": ({"content_base64": FILM, "file_name": "sti.mp4"}, True),
    "audio": ({"duration": 3, "file_name": "sang.mp3"}, True),
    "animation": ({"content_base64": FILM}, True),
    "sticker": ({}, False),
    "video_note": ({"duration": 3}, False),
    "location": ({"latitude": SPOT[0], "longitude": SPOT[1]}, False),
}
NOT_CARRIED: dict[str, Any] = {
    "contact": {"phone_number": "+4539980000", "first_name": "Rådhuset"},
    "poll": {"question": "Hvornår passer det?"},
    "dice": True,
}
NEIGHBOUR = "28905517"
NEIGHBOURS_NAME = "Torbenkontakt"


def photo_of(message: Message) -> str:
    """Which picture it is: the lasting id of its largest size, the same in every copy."""
    picture: str = message.raw["photo"][-1]["file_unique_id"]
    return picture


async def pictures(town: Town, number: int) -> list[Message]:
    """The photos in the initiative's topic, in order."""
    mette = await town.mette.in_topic(number)
    return [one for one in await mette.hears() if one.kind == "photo"]


async def halved_album(town: Town, aase: Phone, kill: bool = False) -> list[str]:
    """An album whose four updates come in two fetches; the lasting ids of its photos, in order."""
    await town.sandbox.post("updates/hold", hold=True, only_first=2)
    act = await aase.albums(4, ["", CAPTION], wait=False)

    async def two_taken() -> bool:
        return await town.sandbox.pending() <= 2

    await town.sandbox.until(two_taken, 10, "the bot has fetched the first two photos")
    if kill:
        await town.bot.kill()
    await town.sandbox.post("updates/hold", hold=False)
    if kill:
        await town.bot.start()
    await town.settled()
    own = [one for one in await aase.reads() if one.id in act.message_ids]
    return [photo_of(one) for one in own]


async def test_a_an_album_of_four_split_over_two_fetches_is_one_answer_and_one_album(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes(BIKES)
    newest = await aase.newest()
    sent = await halved_album(town, aase)
    assert len(sent) == 4
    answers = await aase.hears(after=newest)
    assert len(answers) == 1, f"one answer, not {len(answers)}\n{await aase.screen()}"
    assert "Jeg har fået 4 billeder" in answers[0].text
    number = await town.sent(aase)
    arrived = await pictures(town, number)
    assert [photo_of(one) for one in arrived] == sent, "4 of 4, in order"
    assert len({one.album for one in arrived}) == 1, "as one album"
    assert arrived[0].album
    assert [one.text for one in arrived] == ["", CAPTION, "", ""] or CAPTION in arrived[0].text
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_a_an_album_is_whole_when_the_process_is_killed_between_its_two_fetches(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes(BIKES)
    sent = await halved_album(town, aase, kill=True)
    number = await town.sent(aase)
    arrived = await pictures(town, number)
    assert [photo_of(one) for one in arrived] == sent, "4 of 4, in order"
    assert len({one.album for one in arrived}) <= 2, "as at most two albums"
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_b_a_voice_first_is_for_a_person_and_the_line_may_be_skipped(town: Town) -> None:
    aase = await town.citizen("Aase", started=False)
    first = await aase.sends(voice={"duration": 47})
    said = first.answers[0].text
    assert re.search(r"bot.*kan ikke.*lytte", said, re.DOTALL), f"the bot cannot listen: {said!r}"
    assert re.search(r"(et menneske|en person)[^.]*(gør det|lytter)", said), f"a person will: {said!r}"
    assert re.search(r"en linje", said), "asks for one line"
    await aase.presses(labels.SKIP)
    receipt = await aase.presses(labels.SEND)
    number = town.number_in(receipt, aase)
    assert "Peter Dam" in receipt.text_back
    assert (4, 11) in dates(receipt.text_back)
    peter = await town.peter.in_topic(number)
    voices = [one for one in await peter.hears() if one.kind == "voice"]
    assert len(voices) == 1, f"the voice as voice\n{await peter.screen()}"
    assert voices[0].raw["voice"]["duration"] == 47
    await invariants.one_responsible(town, number, "Peter Dam")


async def test_c_a_place_and_a_live_place_with_30_updates_are_one_point_and_no_stream(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes(BIKES)
    fixed = await aase.sends(location={"latitude": SPOT[0], "longitude": SPOT[1]})
    assert "Jeg har taget stedet med" in fixed.text_back
    assert len(fixed.answers) == 1
    live = await aase.sends(location={"latitude": SPOT[0], "longitude": SPOT[1], "live_period": 900})
    newest = await aase.newest()
    for step in range(30):
        moved = {"latitude": SPOT[0] + step * 0.0001, "longitude": SPOT[1], "live_period": 900}
        await town.sandbox.post(
            "edit", person=aase.person.id, chat=aase.chat, message_id=live.message_ids[0], location=moved
        )
        await town.sandbox.set_clock(forward=30)
    await town.settled()
    assert not await aase.hears(after=newest), f"0 messages for 30 updates\n{await aase.screen()}"
    number = await town.sent(aase)
    mette = await town.mette.in_topic(number)
    points = [one.raw["location"] for one in await mette.hears() if one.kind == "location"]
    assert len(points) == 1, f"one map pin, not {len(points)}"
    assert abs(points[0]["latitude"] - SPOT[0]) < 0.004
    assert abs(points[0]["longitude"] - SPOT[1]) < 0.00001
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_d_a_place_in_malmoe_is_asked_about_once_and_can_be_left_out(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes(BIKES)
    asked = await aase.sends(location={"latitude": MALMOE[0], "longitude": MALMOE[1]})
    assert asked.questions == 1
    assert re.search(r"[Hh]andler.*Gentofte", asked.text_back), asked.text_back
    await aase.presses(labels.OUTSIDE)
    number = await town.sent(aase)
    mette = await town.mette.in_topic(number)
    assert not [one for one in await mette.hears() if one.kind == "location"], "the place in Malmö was left out"
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_e_what_cannot_be_used_gets_one_plain_line_and_a_strangers_number_is_nowhere(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes(BIKES)
    others: tuple[dict[str, Any], ...] = (
        {"sticker": {}},
        {"video": {"size": BIG_VIDEO, "duration": 12}},
        {"contact": {"phone_number": f"+45{NEIGHBOUR}", "first_name": NEIGHBOURS_NAME}},
    )
    for content in others:
        act = await aase.sends(**content)
        assert len(act.answers) == 1, f"one answer to {content}: {act.text_back!r}"
        kind = next(iter(content))
        if kind != "video":
            assert words(act.text_back) <= 30, f"one plain line to {content}: {act.text_back!r}"
            assert "ikke" in act.text_back
    number = await town.sent(aase)
    mette = await town.mette.in_topic(number)
    videos = [one for one in await mette.hears() if one.kind == "video"]
    assert len(videos) == 1, f"the big video is copied on without a download\n{await mette.screen()}"
    assert not await town.sandbox.calls(method="getFile")
    for call in await town.sandbox.calls():
        assert NEIGHBOUR not in invariants.shown(call)
    kept = [*town.bot.folder.glob("skab.db*"), town.bot.folder / "bot.log"]
    for path in kept:
        found = path.read_bytes()
        for secret in (NEIGHBOUR, NEIGHBOURS_NAME):
            assert secret.encode() not in found, f"{secret} is in {path.name}"
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_f_what_an_agent_sends_arrives_with_its_words_and_what_cannot_is_told_to_the_agent(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    mette = await town.taken(number, town.mette)
    for kind, (content, worded) in CARRIED.items():
        newest = await aase.newest()
        caption = {"caption": f"se her, {kind}"} if worded else {}
        act = await town.replied(mette, "Aase", "", **{kind: content}, **caption)
        assert [one.text for one in act.answers] == [f"Sendt til Aase (nr. {number})."], kind
        heard = await aase.hears(after=newest)
        assert [one.kind for one in heard if one.kind != "text"] == [kind], await aase.screen()
        said = " ".join(one.text for one in heard)
        assert "Mette Holm" in said, f"{kind}: from whom it is"
        assert not worded or caption["caption"] in next(one.text for one in heard if one.kind == kind), said
    newest = await aase.newest()
    asked = (await mette.presses(labels.REPLY)).answers[-1]
    where = {"person": mette.person.id, "chat": town.group, "thread": mette.thread, "reply_to": asked.id}
    await town.sandbox.post("album", **where, photos=3, captions=["pladsen", "og skiltet"])
    await town.settled()
    album = await aase.hears(after=newest)
    assert [one.kind for one in album] == ["photo"] * 3
    assert len({one.album for one in album}) == 1
    assert "pladsen\nog skiltet" in album[0].text
    newest = await aase.newest()
    card = await town.card(number)
    told = [await mette.swipes(card, contact=NOT_CARRIED["contact"])]
    told += [await town.replied(mette, "Aase", "", **{kind: content}) for kind, content in NOT_CARRIED.items()]
    for act in told:
        assert "kan jeg ikke sende til borgeren" in act.text_back, act
    assert not await aase.hears(after=newest)
