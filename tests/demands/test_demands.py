"""Defects that people met in other support bots, one journey each: what is sent arrives once, and nobody guesses."""

import base64
import re
from typing import Any

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.public_town import moved
from tests.journeys.town import BIKES, Town
from tests.journeys.wording import dates
from tests.pictures.film import filmed

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

FLOWERS = "bivenlige vilde blomster i vejkanten langs hele skoven"
FIRST_MESSAGES: dict[str, dict[str, Any]] = {
    "photo": {},
    "video": {"size": 25 * 1024 * 1024, "duration": 12},
    "voice": {"duration": 47},
    "document": {"file_name": "plan.pdf", "mime_type": "application/pdf"},
    "audio": {"duration": 30, "file_name": "sang.mp3"},
    "animation": {"content_base64": base64.b64encode(filmed()).decode()},
    "video_note": {"duration": 5},
    "location": {"latitude": 55.7637, "longitude": 12.5789},
}
NO_IDEA: dict[str, dict[str, Any]] = {
    "sticker": {},
    "contact": {"phone_number": "+4528905517", "first_name": "Torben"},
    "poll": {"question": "Hvad nu?", "options": ["det ene", "det andet"]},
}


async def in_dialogue(town: Town) -> tuple[int, Phone, Phone]:
    """Aase's idea, taken by Mette: number, Aase, Mette in the topic."""
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    return number, aase, await town.taken(number, town.mette)


async def with_word(phone: Phone, word: str) -> list[Message]:
    """The bot's messages here that hold this word."""
    return [one for one in await phone.hears() if word in one.text]


# -- 1: replies lost after a restart ---


async def test_1_a_relay_survives_a_kill_and_can_be_answered_afterwards(town: Town) -> None:
    number, aase, mette = await in_dialogue(town)
    fault = await town.sandbox.fault(kind="freeze_before", method="sendMessage", chat=town.group)
    await aase.writes("der ligger også en knallert midtvejsx", wait=False)
    await town.sandbox.fault_hit(fault)
    await town.bot.kill()
    await town.sandbox.delete("faults")
    await town.bot.start()
    await town.settled()
    carried = await mette.waits_for("midtvejsx")
    assert len(await with_word(mette, "midtvejsx")) == 1
    await town.bot.restart()
    held = await mette.swipes(carried, "Tak, den kigger vi på bagefterx")
    await mette.presses(labels.TO_CITIZEN, on=held.answers[-1])
    await aase.waits_for("bagefterx")
    assert len(await with_word(aase, "bagefterx")) == 1
    await invariants.one_responsible(town, number, "Mette Holm")


# -- 2: replies that never arrive, without an error ---


async def test_2_a_reply_is_marked_as_sent_or_as_not_sent(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    await town.replied(mette, "Aase", "Det her kommer frem")
    await mette.waits_for("Sendt til Aase")
    await town.sandbox.fault(kind="400", method="sendMessage", chat=aase.chat, times=3)
    newest = await mette.newest()
    await town.replied(mette, "Aase", "Det her tager Telegram ikke imod afvistx")
    await town.sandbox.delete("faults")
    await mette.waits_for("Ikke sendt", after=newest)
    assert not [one for one in await mette.hears(after=newest) if "Sendt til Aase" in one.text]
    assert not await aase.sees("afvistx")


# -- 3, 4, 5: edits ---


async def test_3_an_edit_reaches_staff(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    said = await aase.writes("vi er 5 naboer førstx")
    await mette.waits_for("førstx")
    await aase.edits(said.message_ids[0], "vi er 7 naboer andenx")
    told = await mette.waits_for("andenx")
    assert "rettet" in told.text


async def test_4_every_version_stays_where_it_was_read(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    said = await aase.writes("version etx")
    await mette.waits_for("etx")
    for word in ("tox", "trex"):
        await town.later(minutes=3)
        await aase.edits(said.message_ids[0], f"version {word}")
        await mette.waits_for(word)
    found = [(await with_word(mette, word))[0].id for word in ("etx", "tox", "trex")]
    assert found == sorted(found), "all three, in the order in which they were written"


async def test_5_a_caption_edit_keeps_the_picture_and_changes_the_words(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    sent = await aase.sends(photo={}, caption="sådan ser der ud mandagx")
    await mette.waits_for(lambda one: one.kind == "photo" and "mandagx" in one.text)
    await aase.edits_caption(sent.message_ids[0], "sådan ser der ud tirsdagx")
    assert "rettet" in (await mette.waits_for("tirsdagx")).text
    assert await mette.sees(lambda one: one.kind == "photo"), "the picture stands"
    assert await mette.sees("mandagx"), "and the words that were read"


async def test_5_a_caption_edit_in_a_draft_keeps_the_picture(town: Town) -> None:
    aase = await town.citizen("Aase")
    sent = await aase.sends(photo={}, caption="flere cykelstativer ved stationen i ordrup, mindst 10")
    await aase.presses(labels.SKIP)
    await aase.edits_caption(sent.message_ids[0], "flere cykelstativer ved stationen i ordrup, mindst 20")
    summary = (await aase.hears())[-1]
    assert "mindst 20" in summary.text
    number = await town.sent(aase)
    mette = await town.mette.in_topic(number)
    assert await mette.sees(lambda one: one.kind == "photo")
    assert "mindst 20" in (await town.card(number)).text


# -- 6: albums ---


async def test_6_ten_photos_are_one_album_both_ways(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    newest = await mette.newest()
    await aase.albums(10, ["alle ti tilmettex"])
    there = [one for one in await mette.hears(after=newest) if one.kind == "photo"]
    assert len(there) == 10
    assert len({one.album for one in there}) == 1
    asked = await mette.presses(labels.REPLY)
    newest = await aase.newest()
    await town.sandbox.post(
        "album", person=mette.person.id, chat=mette.chat, thread=mette.thread, photos=10,
        captions=["alle ti tilaasex"], reply_to=asked.answers[-1].id,
    )  # fmt: skip
    await town.settled()
    here = [one for one in await aase.hears(after=newest) if one.kind == "photo"]
    assert len(here) == 10, await aase.screen()
    assert len({one.album for one in here}) == 1
    assert "Mette Holm" in "\n".join(one.text for one in await aase.hears(after=newest))


# -- 7: each kind of media as the first message ---


@pytest.mark.parametrize("kind", FIRST_MESSAGES)
async def test_7_media_as_the_first_message_reaches_a_person(town: Town, kind: str) -> None:
    aase = await town.citizen("Aase", started=False)
    first = await aase.sends(**{kind: FIRST_MESSAGES[kind]})
    assert first.answers, "never silence"
    number = await town.sent(aase)
    peter = await town.peter.in_topic(number)
    assert len([one for one in await peter.hears() if one.kind == kind]) == 1, await peter.screen()
    await invariants.one_responsible(town, number, "Peter Dam")


@pytest.mark.parametrize("kind", NO_IDEA)
async def test_7_what_is_no_idea_is_answered_kindly(town: Town, kind: str) -> None:
    aase = await town.citizen("Aase", started=False)
    act = await aase.sends(**{kind: NO_IDEA[kind]})
    assert act.answers, "never silence"
    assert not re.search("ugyldig|fejl", act.text_back, re.IGNORECASE)
    assert "idé" in act.text_back or "skriv" in act.text_back.lower()


async def test_7_a_caption_is_part_of_the_idea(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.sends(photo={}, caption=BIKES)
    number = await town.sent(aase)
    assert "rollator" in (await town.card(number)).text
    await invariants.one_responsible(town, number, "Mette Holm")


# -- 8: hidden forwards ---


async def test_8_a_forward_with_a_hidden_author_finds_its_way_back_to_who_sent_it(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    since = await town.last_call()
    await aase.sends(text="det her skrev min nabo videresendtx", forward_from={"hidden_name": "Skjult Nabohansen"})
    carried = await mette.waits_for("videresendtx")
    assert "Nabohansen" not in carried.text, "the neighbour's name is not carried on"
    held = await mette.swipes(carried, "Hils og sig tak tilbagex")
    await mette.presses(labels.TO_CITIZEN, on=held.answers[-1])
    await aase.waits_for("tilbagex")
    assert not await town.sandbox.calls(after=since, method="forwardMessage"), "a forward would show the profile"


# -- 13: blocked ---


async def test_13_who_blocked_the_bot_is_tried_once_and_the_agent_is_told(town: Town) -> None:
    number, aase, mette = await in_dialogue(town)
    await aase.blocks()
    since, newest = await town.last_call(), await mette.newest()
    await town.replied(mette, "Aase", "Kan vi tale sammen utilgængeligx")
    told = await mette.waits_for("Ikke sendt", after=newest)
    assert "Aase" in told.text
    assert not [one for one in await mette.hears(after=newest) if "Sendt til Aase" in one.text]
    tries = [call for call in await town.sandbox.calls(after=since, chat=aase.chat) if "utilgængeligx" in str(call)]
    assert len(tries) <= 1, f"{len(tries)} tries"
    await town.later(hours=2)
    again = [call for call in await town.sandbox.calls(after=since, chat=aase.chat) if "utilgængeligx" in str(call)]
    assert len(again) == len(tries), "no retry for ever"
    await aase.unblocks()
    await aase.starts()
    await invariants.one_responsible(town, number, "Mette Holm")


# -- 15 and 16: downtime and duplicates ---


async def test_15_eleven_starts_during_an_outage_are_one_welcome(town: Town) -> None:
    await town.bot.stop()
    birgit = await town.citizen("Birgit", started=False)
    for _ in range(11):
        await town.sandbox.post("start", person=birgit.person.id)
    await town.bot.start()
    await town.settled()
    welcomes = await with_word(birgit, "Jeg er en bot fra")
    assert len(welcomes) == 1, f"{len(welcomes)} welcomes"


async def test_16_an_update_that_telegram_brings_again_after_a_kill_is_handled_once(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    await town.sandbox.post("updates/hold", hold=True)
    await aase.writes("der ligger også en knallert dobbeltx", wait=False)
    # The poll that is open brings the update; the next one, which would confirm it, hangs.
    hangs = await town.sandbox.fault(kind="freeze_before", method="getUpdates")
    await town.sandbox.post("updates/hold", hold=False)
    await mette.waits_for("dobbeltx")
    await town.sandbox.fault_hit(hangs)
    assert await town.sandbox.pending() == 1, "taken and handled, never confirmed"
    since = max(call["n"] for call in await town.sandbox.calls(polls=True))
    await town.bot.kill()
    await town.sandbox.delete("faults")
    await town.bot.start()
    await town.settled()
    assert await brought(town, "dobbeltx", since), "the same update came again"
    assert len(await with_word(mette, "dobbeltx")) == 1, await mette.screen()


async def test_16_an_update_that_comes_again_in_a_later_fetch_is_handled_once(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    await aase.writes("der ligger også en ladcykel trefoldx")
    [update] = await brought(town, "trefoldx")
    newest, asked = await aase.newest(), await town.last_call()
    for _ in range(2):
        await town.sandbox.post("updates", **update)
        await town.settled()
    assert await brought(town, "trefoldx") == [update] * 3, "brought twice more, under the same update_id"
    assert len(await with_word(mette, "trefoldx")) == 1, await mette.screen()
    assert not await aase.hears(after=newest)
    assert not await town.sandbox.calls(after=asked), "nothing was done because of it"


async def brought(town: Town, word: str, since: int = 0) -> list[dict[str, Any]]:
    """The updates with this word that the bot was given, once for each time that it was given them."""
    polls = await town.sandbox.calls(after=since, method="getUpdates", polls=True)
    updates = [update for poll in polls if poll["status"] == 200 for update in poll["result"] or ()]
    return [update for update in updates if word in str(update)]


# -- 19: glued to the old thread ---


async def test_19_a_new_idea_is_not_glued_to_the_old_one(town: Town) -> None:
    number, aase, mette = await in_dialogue(town)
    newest = await mette.newest()
    asked = await aase.writes(FLOWERS)
    assert asked.answers[-1].key(labels.text(labels.NEW_IDEA)), f"one question: {asked.text_back!r}"
    await aase.presses(labels.NEW_IDEA)
    other = await town.sent(aase)
    assert other != number
    assert not await mette.hears(after=newest), "nothing of it in the old topic"
    bo = await town.bo.in_topic(other)
    assert await bo.sees("blomster")
    await invariants.one_responsible(town, other, "Bo Lind")
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_19_an_answer_by_swipe_goes_to_the_initiative_it_answers(town: Town) -> None:
    number, aase, mette = await in_dialogue(town)
    await aase.writes(labels.NEW)
    other = await town.brought(aase, FLOWERS)
    await town.replied(mette, "Aase", "Hvor mange cykler er der? spørgerx")
    question = await aase.waits_for("spørgerx")
    bo = await town.bo.in_topic(other)
    newest = await bo.newest()
    await aase.swipes(question, "omkring fyrre svarerx")
    assert await mette.waits_for("svarerx")
    assert not await bo.sees("svarerx", after=newest)
    assert number != other


# -- 20 and 21: told of the end and of the way there ---


async def test_20_nothing_closes_without_words_to_the_citizen(town: Town) -> None:
    _, aase, mette = await in_dialogue(town)
    await mette.presses(labels.MORE)
    asked = await mette.presses(labels.MAY_NOT)
    newest = await aase.newest()
    shown = await mette.swipes(asked.answers[-1], "Hvad: Kommunen må ikke drive en café")
    assert not any(one.key(labels.text(labels.OK)) for one in shown.answers), "no end without a reason"
    assert not await aase.hears(after=newest)
    why = "Hvorfor: Kommunalfuldmagten giver ikke lov til det.\nI stedet: En forening kan gøre det."
    whole = await mette.swipes(shown.answers[-1], why)
    await mette.presses(labels.OK, on=whole.answers[-1])
    heard = await aase.hears(after=newest)
    assert len(heard) == 1
    for part in ("må ikke", "Kommunalfuldmagten", "forening", "Mette Holm"):
        assert part in heard[0].text, f"{part!r} is not in {heard[0].text!r}"
    assert "må ikke" in (await aase.writes(labels.STATUS)).text_back


async def test_21_each_transition_tells_the_citizen_in_one_new_message(town: Town) -> None:
    aase = await town.citizen("Aase")
    number = await town.brought(aase)
    newest = await aase.newest()
    await town.taken(number, town.mette)
    told = await aase.hears(after=newest)
    assert len(told) == 1
    assert "Mette Holm" in told[0].text
    steps = {
        labels.STEP: "Hvad: måler pladsen op\nHvem: Mette Holm\nHvornår: 12. november",
        labels.TRIAL: "Hvad: prøver ti pladser\nHvem: Mette Holm\nHvornår: 13. november\n"
        "Med hvem: DSB\nVi kigger efter: om gangen er fri",
        labels.WAITING: "Hvad: udvalget ser på det\nHvem: Mette Holm\nHvornår: 16. november",
        labels.BACK: "Hvorfor: et kabel\nHvad: måler igen\nHvem: Mette Holm\nHvornår: 17. november",
        labels.DONE: "Der står nu tyve nye stativer",
    }
    for day, (form, lines) in enumerate(steps.items(), 12):
        newest = await aase.newest()
        await moved(town, number, form, lines)
        told = await aase.hears(after=newest)
        assert len(told) == 1, f"{form}: {len(told)} messages\n{await aase.screen()}"
        assert form == labels.DONE or (day, 11) in dates(told[0].text) or day > 13
        assert "Mette Holm" in told[0].text or form == labels.DONE
