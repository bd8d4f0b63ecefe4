"""S-09 (a) to (e) and (g) to (i): the initiative moves, and everybody who should hear of it does, in plain words."""

import re

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Phone
from tests.journeys.public_town import filled, followed, moved, public_idea
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

FOLLOWERS = 5
"""Enough to see each told once; all fifty, at Telegram's pace, are in the file of the followers."""
TRIAL = (
    "Hvad: prøver ti ekstra pladser ved stationen\nHvem: Mette Holm\nHvornår: {day}\nMed hvem: DSB\n"
    "Vi kigger efter: om gangen er fri\nKarim selv: tæller cykler om morgenen"
)
COMMITTEE = "Hvad: Teknik- og Miljøudvalget ser på det\nHvem: Mette Holm\nHvornår: 3. december"
BACK = "Hvorfor: der lå et elkabel under pladsen\nHvad: måler pladsen op igen\nHvem: Mette Holm\nHvornår: 10. december"
DONE = "Der står nu tyve nye stativer ved stationen"
NEW_TITLE = "Cykelplan Ordrup"
THE_CITIZENS_OWN = re.compile(r"\b(din idé|din ide|jeres)\b", re.IGNORECASE)


class Move:
    """Karim's public initiative with its followers, and what each of them hears of a step."""

    def __init__(self, town: Town, number: int, followers: list[Phone]) -> None:
        self.town = town
        self.number = number
        self.karim = town.phone_of(town.owners[number])
        self.followers = followers
        self.newest: dict[int, int] = {}

    async def marks_the_place(self) -> None:
        """What comes after this is news."""
        for phone in (self.karim, *self.followers):
            self.newest[phone.chat] = await phone.newest()

    async def karim_hears_one(self) -> Message:
        """Exactly one new message, about his own idea."""
        heard = await self.karim.hears(after=self.newest[self.karim.chat])
        assert len(heard) == 1, f"one new message to Karim\n{await self.karim.screen()}"
        assert THE_CITIZENS_OWN.search(heard[0].text), f"din idé or jeres: {heard[0].text!r}"
        assert "kommunens projekt" not in heard[0].text.lower()
        return heard[0]

    async def each_follower_hears_one(self, *parts: str) -> None:
        """One short message each."""
        for phone in self.followers:
            heard = await phone.hears(after=self.newest[phone.chat])
            assert len(heard) == 1, f"{len(heard)} messages\n{await phone.screen()}"
            assert len(heard[0].text.split()) <= 60, f"short: {heard[0].text!r}"
            for part in parts:
                assert part in heard[0].text, f"{part!r} is not in {heard[0].text!r}"


async def moving(town: Town, followers: int = FOLLOWERS) -> Move:
    """Karim's initiative, public, taken by Mette, with followers."""
    number = await public_idea(town)
    move = Move(town, number, await followed(town, number, followers))
    await move.marks_the_place()
    return move


async def topic_name(town: Town, number: int) -> str:
    """What the initiative's topic is called in the staff group."""
    thread, state = await town.topic(number), await town.sandbox.get("state")
    group = next(chat for chat in state["chats"] if chat["id"] == town.group)
    (name,) = [str(topic["name"]) for topic in group["topics"] if topic["thread_id"] == thread]
    return name


async def test_a_an_empty_date_is_stopped_and_named(town: Town) -> None:
    move = await moving(town, 1)
    shown = await filled(town, move.number, labels.TRIAL, TRIAL.format(day="").replace("Hvornår: \n", ""))
    assert not any(one.key(labels.text(labels.OK)) for one in shown.answers), "no OK before all is there"
    assert re.search(r"mangler", shown.text_back, re.IGNORECASE), shown.text_back
    assert re.search(r"hvornår|dato", shown.text_back, re.IGNORECASE), f"which part: {shown.text_back!r}"
    assert not await move.karim.hears(after=move.newest[move.karim.chat]), "nothing is sent"
    mette = await town.mette.in_topic(move.number)
    whole = await mette.swipes(shown.answers[-1], "12. november")
    assert whole.answers[-1].key(labels.text(labels.OK)), f"the date alone was missing: {whole.text_back!r}"
    await mette.presses(labels.OK, on=whole.answers[-1])
    assert (12, 11) in dates((await move.karim_hears_one()).text)
    await invariants.one_responsible(town, move.number, "Mette Holm")


async def test_b_c_the_step_is_previewed_then_told_in_one_new_message(town: Town) -> None:
    move = await moving(town)
    mette = await town.mette.in_topic(move.number)
    shown = await filled(town, move.number, labels.TRIAL, TRIAL.format(day="12. november"))
    preview = shown.answers[-1]
    for part in ("ti ekstra pladser", "Mette Holm", "12. november", "tæller cykler"):
        assert part in preview.text, f"{part!r} is not in the preview: {preview.text!r}"
    assert not await move.karim.hears(after=move.newest[move.karim.chat]), "nothing goes out before OK"
    await mette.presses(labels.OK, on=preview)
    key = preview.key(labels.text(labels.OK))
    assert key is not None
    again = await mette.presses_data(preview.id, key["callback_data"], "OK", forged=True)
    assert again.alert, "a second press of the same OK tells nobody anything again"
    told = await move.karim_hears_one()
    for part in ("ti ekstra pladser", "Mette Holm", "12. november", "tæller cykler"):
        assert part in told.text, f"{part!r} is not in {told.text!r}"
    await move.each_follower_hears_one("Mette Holm", "12. november")
    assert "i det små" in (await move.karim.writes(labels.STATUS)).text_back, "the stage that she chose"
    await invariants.one_responsible(town, move.number, "Mette Holm")


async def test_d_a_typing_error_is_mended_in_what_was_sent_without_a_second_alert(town: Town) -> None:
    move = await moving(town)
    mette = await town.mette.in_topic(move.number)
    lines = TRIAL.format(day="12. november")
    shown = await filled(town, move.number, labels.TRIAL, lines.replace("pladser", "plasder"))
    await mette.presses(labels.OK, on=shown.answers[-1])
    told = await move.karim_hears_one()
    assert "plasder" in told.text
    await town.later(minutes=5)
    await mette.edits(shown.message_ids[0], lines)
    mended = await move.karim_hears_one()
    assert mended.id == told.id, "the very message"
    assert "ti ekstra pladser" in mended.text
    assert "plasder" not in mended.text
    for phone in move.followers:
        assert len(await phone.hears(after=move.newest[phone.chat])) == 1, "no second alert"
    await mette.edits(shown.message_ids[0], lines.replace("12. november", "13. november"))
    for phone in move.followers:
        first, again = await phone.hears(after=move.newest[phone.chat])
        assert "13. november" in first.text, "the wrong date is mended where it stood"
        assert "fejl" in again.text, f"and told once more: {again.text!r}"
        assert "13. november" in again.text
    assert "ti ekstra pladser" in (await move.karim.writes(labels.STATUS)).text_back
    await invariants.one_responsible(town, move.number, "Mette Holm")


@pytest.mark.parametrize("yes", [True, False], ids=["yes", "no"])
async def test_e_a_new_title_stands_nowhere_before_the_citizens_ok(town: Town, yes: bool) -> None:
    move = await moving(town, 1)
    town.words.append(NEW_TITLE)
    old = await invariants.title_of(town, move.number)
    await move.marks_the_place()
    await moved(town, move.number, labels.TITLE, f"Titel: {NEW_TITLE}")
    asked = await move.karim_hears_one()
    assert NEW_TITLE in asked.text
    assert old in asked.text
    assert asked.text.count("?") == 1
    assert await invariants.title_of(town, move.number) == old
    assert NEW_TITLE not in await topic_name(town, move.number)
    for view in await invariants.one_responsible(town, move.number, "Mette Holm"):
        assert NEW_TITLE not in view.text, f"the old title stands in {view.where} until he says yes: {view.text!r}"
    await move.karim.presses(labels.TITLE_YES if yes else labels.TITLE_NO, on=asked)
    assert await invariants.title_of(town, move.number) == (NEW_TITLE if yes else old)
    assert (NEW_TITLE in await topic_name(town, move.number)) == yes
    for view in await invariants.one_responsible(town, move.number, "Mette Holm"):
        assert (NEW_TITLE in view.text) == yes, f"{view.where}: {view.text!r}"


async def test_g_a_committees_date_is_told_without_a_guess_at_the_outcome(town: Town) -> None:
    move = await moving(town)
    await moved(town, move.number, labels.WAITING, COMMITTEE)
    told = await move.karim_hears_one()
    assert "Teknik- og Miljøudvalget" in told.text
    assert (3, 12) in dates(told.text)
    assert not re.search(r"positiv|sandsynlig|forvent|siger nok|regner med", told.text, re.IGNORECASE), told.text
    await invariants.one_responsible(town, move.number, "Mette Holm")


async def test_h_a_step_back_is_told_with_its_reason(town: Town) -> None:
    move = await moving(town)
    await moved(town, move.number, labels.TRIAL, TRIAL.format(day="12. november"))
    await move.marks_the_place()
    await moved(town, move.number, labels.BACK, BACK)
    told = await move.karim_hears_one()
    assert "elkabel" in told.text
    assert (10, 12) in dates(told.text)
    await move.each_follower_hears_one("elkabel")
    assert "Vi undersøger" in (await move.karim.writes(labels.STATUS)).text_back
    await invariants.one_responsible(town, move.number, "Mette Holm")


async def test_i_done_thanks_tells_what_came_of_it_and_asks_who_drives_it_on(town: Town) -> None:
    move = await moving(town)
    await moved(town, move.number, labels.DONE, DONE)
    told = await move.karim_hears_one()
    assert re.search(r"\btak\b", told.text, re.IGNORECASE)
    assert DONE in told.text, "what came of it"
    assert re.search(r"drive (det|den) videre", told.text)
    asks = re.search(r"hvordan|fortæl|hvad synes|sige om", told.text, re.IGNORECASE)
    assert asks, f"a question for feedback: {told.text!r}"
    await move.each_follower_hears_one(DONE)
    [news] = await move.followers[0].hears(after=move.newest[move.followers[0].chat])
    how = await move.followers[0].presses(labels.ASK_ABOUT, on=news)
    assert "Mette Holm" in how.text_back, "what a follower makes of it has a receiver, one press away"
    await move.followers[0].writes("stop")
    status = (await move.karim.writes(labels.STATUS)).text_back
    assert "gennemført" in status
    assert DONE in status


async def test_the_stage_names_a_person_a_step_and_a_date_all_the_way(town: Town) -> None:
    move = await moving(town, 1)
    for form, lines in (
        (labels.TRIAL, TRIAL.format(day="12. november")), (labels.WAITING, COMMITTEE), (labels.BACK, BACK),
    ):  # fmt: skip
        await move.marks_the_place()
        await moved(town, move.number, form, lines)
        await move.karim_hears_one()
        await invariants.one_responsible(town, move.number, "Mette Holm")
