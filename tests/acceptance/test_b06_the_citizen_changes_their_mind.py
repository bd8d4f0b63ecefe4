"""B-06: the citizen changes their mind midway, and nothing is lost or sent that they did not mean."""

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Act, Phone
from tests.journeys.town import AGENTS, BIKES, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

RACKS = "flere cykelstativer ved skolen"
BENCHES = "nej vent, det er ikke stativer, det er bænke man kan sidde på, nede på torvet"
ALL_AGES = "det skal være for alle aldre, ikke kun unge"
TOPIC = "Byudvikling og byrum"


async def to_summary(citizen: Phone, act: Act) -> Message:
    """From what was just answered to the summary, passing open questions by."""
    for _ in range(3):
        if act.answers[-1].key(labels.text(labels.SEND)):
            return act.answers[-1]
        act = await citizen.presses(labels.SKIP)
    raise AssertionError(f"no summary\n{await citizen.screen()}")


async def summed_up(citizen: Phone, words: str) -> Message:
    """The first summary of these words."""
    return await to_summary(citizen, await citizen.writes(words))


async def staff_calls(town: Town, since: int) -> list[object]:
    """What the bot sent to the group or to an agent since then."""
    desks = {town.group, *(person.id for person in AGENTS.values())}
    return [call for call in await town.sandbox.calls(after=since) if call["chat_id"] in desks]


async def test_a_what_is_taken_back_is_gone_from_summary_and_card(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    await summed_up(jonas, RACKS)
    summary = await to_summary(jonas, await jonas.writes(BENCHES))
    assert "bænke" in summary.text
    assert "torvet" in summary.text
    assert "stativ" not in summary.text.lower(), f"taken back: {summary.text!r}"
    assert TOPIC in summary.text
    number = town.number_in(await jonas.presses(labels.SEND), jonas)
    mette = await town.mette.in_topic(number)
    shown = "\n".join(one.text for one in await mette.hears())
    assert "bænke" in shown
    assert "stativ" not in shown.lower(), f"the card: {shown!r}"
    assert TOPIC in shown
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_b_send_under_an_old_summary_sends_nothing_and_shows_the_newest(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    first = await summed_up(jonas, RACKS)
    await to_summary(jonas, await jonas.writes(BENCHES))
    since = await town.last_call()
    act = await jonas.presses(labels.SEND, on=first)
    assert "Den her er fra før. Her er den nyeste" in act.text_back
    assert "bænke" in act.text_back
    assert "stativ" not in act.text_back.lower()
    assert act.answers[-1].key(labels.text(labels.SEND)), "the new summary can be sent"
    assert not await staff_calls(town, since)
    assert "nr." not in act.text_back
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", jonas.chat) == [(0,)]


async def test_c_an_edit_after_take_shows_old_and_new_and_moves_nothing_else(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas, "en bænk på torvet hvor vi unge kan sidde og snakke")
    mette = await town.taken(number, town.mette)
    before = await invariants.one_responsible(town, number, "Mette Holm")
    title = await invariants.title_of(town, number)
    newest = await mette.newest()
    await jonas.writes(labels.STATUS)
    await jonas.presses(labels.EDIT_SENT)
    said = await jonas.writes(ALL_AGES)
    assert "Mette" in said.text_back
    before_it, after_it = [one.text for one in await mette.hears(after=newest)]
    assert "rettet af Jonas" in before_it
    assert "en bænk på torvet hvor vi unge" in before_it, "the old wording"
    assert "alle aldre" not in before_it
    assert "alle aldre" in after_it, "and beneath it the new one"
    assert "alle aldre" in (await town.card(number)).text, "and the card has it too"
    ((kept,),) = town.bot.rows("SELECT body FROM initiatives WHERE number = ?", number)
    assert "alle aldre" in kept, "for good"
    after = await invariants.one_responsible(town, number, "Mette Holm")
    assert [view.dates for view in after] == [view.dates for view in before], "the date does not move"
    assert await invariants.title_of(town, number) == title
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", jonas.chat) == [(1,)]


async def test_d_regret_is_one_question_with_three_choices_and_changes_nothing_by_itself(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas, "en bænk på torvet hvor man kan sidde i solen")
    await town.taken(number, town.mette)
    before = (await jonas.writes(labels.STATUS)).text_back
    since = await town.last_call()
    act = await jonas.writes("jeg har fortrudt")
    assert len(act.answers) == 1
    assert act.questions == 1
    assert len(act.answers[0].buttons) == 3
    for choice in (labels.EDIT_SENT, labels.PAUSE, labels.WITHDRAW):
        assert act.answers[0].key(labels.text(choice)), f"no {choice} in {act.answers[0].buttons}"
    assert not await staff_calls(town, since), "nobody is told before a press"
    assert (await jonas.writes(labels.STATUS)).text_back == before
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_e_no_to_the_summary_asks_what_is_wrong_and_keeps_all_that_was_said(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    summary = await summed_up(jonas, BIKES)
    assert "Er det rigtigt forstået?" in summary.text
    act = await jonas.writes("nej")
    assert act.questions == 1
    assert "Hvad" in act.text_back, f"asks what is wrong: {act.text_back!r}"
    kept = await to_summary(jonas, await jonas.writes("der er også knallerter"))
    for word in ("rollator", "cykler", "ordrup st", "knallerter"):
        assert word in kept.text, f"{word!r} was said and is gone: {kept.text!r}"
    await jonas.presses(labels.DROP)


@pytest.mark.parametrize("hours", [0, 24])
async def test_f_a_dropped_draft_comes_back_whole_by_plain_words(town: Town, hours: int) -> None:
    jonas = await town.citizen("Jonas")
    await summed_up(jonas, BIKES)
    before = await to_summary(jonas, await jonas.writes("der er også knallerter"))
    await jonas.presses(labels.DROP)
    assert "ikke sendt endnu" not in (await jonas.writes(labels.STATUS)).text_back, "the draft is gone"
    if hours:
        await town.later(hours=hours)
    act = await jonas.writes("øh jo alligevel")
    for said in (BIKES, "der er også knallerter"):
        assert said in before.text
        assert said in act.text_back, f"the draft is back, whole: {act.text_back!r}"
    number = await town.sent(jonas)
    await invariants.one_responsible(town, number, "Mette Holm")
