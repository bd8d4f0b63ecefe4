"""B-07: a like public initiative is shown before a new idea is sent; both say yes before they are together in it."""

import re

import pytest
import pytest_asyncio

from tests.journeys import invariants, labels
from tests.journeys.four_ideas import FourIdeas, four_ideas
from tests.journeys.message import Message
from tests.journeys.phone import Act, Phone
from tests.journeys.public_town import moved
from tests.journeys.town import Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

RACKS = "flere cykelstativer på ordrup st"
LIKE_HIDDEN = "et skur til os der vinterbader i hellerup"
UNLIKE = ("skaterbane", "højtlæsning på biblioteket for børn")
"""The second one shares a place with one that is public, and no more."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def on_empty(open_town: Town) -> str:
    """What Jonas is told from his idea to its summary while there is no initiative at all."""
    return await way_to_the_summary(await open_town.citizen("Jonas"), LIKE_HIDDEN)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ideas(open_town: Town, on_empty: str) -> FourIdeas:
    """The fixture's four, once for the file."""
    assert on_empty
    return await four_ideas(open_town)


async def test_1_her_words_first_then_the_like_one_with_three_ways_on(town: Town, ideas: FourIdeas) -> None:
    birgit = await town.citizen("Birgit")
    act = await birgit.writes(RACKS)
    shown = act.answers[-1]
    assert shown.text.index(RACKS) < shown.text.index(f"Nr. {ideas.parking}"), "mirrored before anything else"
    for part in ("Vi undersøger", "måler pladsen op"):
        assert part in shown.text
    assert (12, 11) in dates(shown.text)
    assert shown.buttons == ("Følg idéen", "Gå med i idéen", "Min er noget andet")
    assert "Karim" not in act.text_back
    assert len(re.findall(r"Nr\. \d+", shown.text)) <= 3


async def test_2_follow_keeps_her_own_idea_with_her(town: Town, ideas: FourIdeas) -> None:
    birgit = await town.citizen("Birgit")
    await birgit.writes(RACKS)
    act = await birgit.presses(labels.FOLLOW_IT)
    assert f"nr. {ideas.parking}" in act.text_back
    assert "ikke sendt" in act.text_back
    assert "cykelstativer" in (await birgit.presses(labels.SUMMARY)).text_back
    await town.sent(birgit)


async def test_2_mine_is_something_else_leads_to_send_in_one_press(town: Town, ideas: FourIdeas) -> None:
    assert ideas.parking
    birgit = await town.citizen("Birgit")
    await birgit.writes(RACKS)
    act = await birgit.presses(labels.MINE_IS_ANOTHER)
    assert act.answers[-1].key(labels.text(labels.SEND))
    await town.sent(birgit)


async def test_3_a_no_is_told_neutrally_and_her_own_can_be_sent_with_one_press(town: Town, ideas: FourIdeas) -> None:
    birgit, asked = await asks_to_join(town, ideas)
    seen = await birgit.newest()
    await ideas.karim.presses(labels.BRIDGE_NO, on=asked)
    (told,) = await birgit.hears(after=seen)
    assert "Karim" not in told.text
    assert "afvist" not in told.text
    act = await birgit.presses(labels.SEND_OWN, on=told)
    number = await received(town, birgit, act)
    await invariants.one_responsible(town, number)
    await ideas.karim.presses_data(asked.id, f"join_yes:{ideas.parking}:1-0", forged=True)
    assert not await birgit.sees("siger ja"), "a no stays a no"


async def test_3_until_then_the_two_can_write_without_names(town: Town, ideas: FourIdeas) -> None:
    birgit, asked = await asks_to_join(town, ideas)
    karim, n = ideas.karim, ideas.parking
    mette = await town.mette.in_topic(n)
    seen, at_desk = await karim.newest(), await mette.newest()
    await birgit.presses_matching(f"Skriv til den bag nr. {n}")
    assert "uden dit navn" in (await birgit.writes("kan I bruge en der kan svejse om lørdagen")).text_back
    (first,) = await karim.hears(after=seen)
    assert "kan I bruge en der kan svejse om lørdagen" in first.text
    assert "Birgit" not in first.text
    seen = await birgit.newest()
    assert "uden dit navn" in (await karim.writes("ja meget gerne, men hvor tit", reply_to=first.id)).text_back
    (back,) = await birgit.hears(after=seen)
    assert "ja meget gerne, men hvor tit" in back.text
    assert "Karim" not in back.text
    seen = await karim.newest()
    for words in ("hver uge, hilsen Birgit", "ring på 22 33 44 55", "jeg er 010190-1234"):
        assert "ikke sendt" in (await birgit.writes(words, reply_to=back.id)).text_back
    assert not await karim.hears(after=seen)
    seen = await birgit.newest()
    await karim.presses(labels.BRIDGE_NO, on=asked)
    await birgit.hears(after=seen)
    seen = await karim.newest()
    assert "ikke sendt" in (await birgit.writes("er du der stadig", reply_to=back.id)).text_back
    assert not await karim.hears(after=seen), "it ends with the answer"
    assert not await mette.hears(after=at_desk), "the desk reads none of it"


async def test_3_words_without_a_name_are_changed_and_taken_away_by_whoever_wrote_them(
    town: Town, ideas: FourIdeas
) -> None:
    birgit, _ = await asks_to_join(town, ideas)
    karim, seen, receipt = ideas.karim, await ideas.karim.newest(), await birgit.newest()
    (wrote,) = (await birgit.writes("jeg har stativer i garagen", reply_to=receipt)).message_ids
    first = await karim.waits_for("stativer i garagen", after=seen)
    assert not (await birgit.edits(wrote, "jeg har seks stativer i garagen")).text_back, "what went through is not told"
    assert (await karim.waits_for("seks stativer", after=seen)).id == first.id
    assert "ikke sendt" in (await birgit.edits(wrote, "hilsen Birgit")).text_back
    assert not await karim.sees("hilsen Birgit")
    assert "hos den, du skrev til" in (await birgit.writes("slet min sidste besked")).text_back
    assert "sletter jeg" in (await birgit.presses("bridge.button.erase")).text_back
    await town.settled()
    assert not await karim.sees("seks stativer")
    assert not await karim.hears(after=seen), "nothing else reached him"


async def test_3_who_has_everything_deleted_takes_the_words_along(town: Town, ideas: FourIdeas) -> None:
    birgit, asked = await asks_to_join(town, ideas)
    words = "jeg har stativer stående i garagen"
    seen = await ideas.karim.newest()
    await birgit.writes(words, reply_to=await birgit.newest())
    await ideas.karim.waits_for(words, after=seen)
    await birgit.writes("slet alt hvad I har om mig")
    await birgit.presses(labels.DELETE)
    await birgit.presses(labels.DELETE_YES)
    await birgit.waits_for("Nu har jeg slettet")
    await town.settled()
    assert not await ideas.karim.sees(words)
    assert asked.id not in [message.id for message in await ideas.karim.reads()], "the question goes too"


async def test_3_either_stops_the_words_while_the_question_stands(town: Town, ideas: FourIdeas) -> None:
    birgit, asked = await asks_to_join(town, ideas)
    karim = ideas.karim
    seen, receipt = await karim.newest(), await birgit.newest()
    await birgit.writes("jeg tænker mest på dem med tag over", reply_to=receipt)
    (first,) = await karim.hears(after=seen)
    seen = await birgit.newest()
    assert "skriver ikke mere sammen" in (await karim.presses("bridge.button.quiet", on=first)).text_back
    (told,) = await birgit.hears(after=seen)
    assert "ikke skrive mere" in told.text
    assert "ikke sendt" in (await birgit.writes("hallo er der nogen", reply_to=receipt)).text_back
    await karim.presses(labels.BRIDGE_NO, on=asked)


async def test_4_a_yes_makes_one_talk_of_it_and_karim_stays_the_initiator(town: Town, ideas: FourIdeas) -> None:
    birgit, asked = await asks_to_join(town, ideas)
    karim, n = ideas.karim, ideas.parking
    seen, his = await birgit.newest(), await karim.newest()
    await karim.presses(labels.BRIDGE_YES, on=asked)
    (welcome,) = await birgit.hears(after=seen)
    assert "Karim siger ja" in welcome.text
    assert "Mette Holm" in welcome.text
    (told,) = await karim.hears(after=his)
    assert "Nu er Birgit med" in told.text
    assert "din idé" in told.text
    mette = await town.mette.in_topic(n)
    assert await mette.sees("Birgit er nu med")
    await birgit.writes("jeg kan stå ved stationen fredag")
    assert (await karim.waits_for("jeg kan stå ved stationen fredag")).text.startswith("Birgit skriver")
    assert await mette.sees("jeg kan stå ved stationen fredag")
    await karim.writes("fint, så kommer jeg også")
    assert await birgit.sees("fint, så kommer jeg også")
    await town.replied(mette, "Karim", "Godt, I er to om det")
    for phone in (karim, birgit):
        assert await phone.sees("Godt, I er to om det")
    await mette.presses(labels.UNDO)
    for phone in (karim, birgit):
        assert not await phone.sees("Godt, I er to om det"), "taken back from both"
    await moved(town, n, labels.MEETING, "mødetid: 25/11 kl. 15 · Byens Hus", mette)
    seen = await birgit.newest()
    agreed = (await karim.presses_matching("25/11")).text_back
    assert "Det har jeg også sagt til Birgit" in agreed
    (file,) = await birgit.hears(after=seen)
    assert file.raw["document"]["file_name"] == f"nr-{n}.ics"
    assert "I møder Mette Holm onsdag den 25. november kl. 15" in file.text
    status = (await birgit.writes(labels.STATUS)).text_back
    assert "I mødes med Mette onsdag den 25. november kl. 15" in status
    assert f"Nr. {n}" in status
    assert "Med i idéen: Karim" in status
    assert "Fra Karim" in (await town.card(n, mette)).text
    forged = await birgit.presses_data(welcome.id, f"i_withdraw:{n}", forged=True)
    assert "trukket" not in forged.text_back, "only its initiator ends it"
    await birgit.presses(labels.LEAVE_IT)
    seen = await birgit.newest()
    await karim.writes("er du der endnu?")
    assert not await birgit.hears(after=seen)


async def test_5_what_is_not_public_leaves_no_trace(town: Town, ideas: FourIdeas, on_empty: str) -> None:
    jonas = await town.citizen("Jonas")
    told = await way_to_the_summary(jonas, LIKE_HIDDEN)
    assert told == on_empty, "the same texts as on an empty database"
    assert f"nr. {ideas.shed}" not in told.lower()


async def test_an_unlike_idea_gets_no_suggestion_and_a_done_one_says_so(town: Town, ideas: FourIdeas) -> None:
    jonas = await town.citizen("Jonas")
    for words in UNLIKE:
        act = await jonas.writes(words)
        assert act.answers[-1].key(labels.text(labels.MINE_IS_ANOTHER)) is None, words
        await jonas.writes("stop")
    done = (await jonas.writes("et bytteskab til bøger i vangede")).answers[-1]
    assert re.search(rf"Nr\. {ideas.books} .*Gennemført", done.text)
    for button in (labels.FOLLOW_IT, labels.JOIN):
        assert done.key(labels.text(button)) is None, "what is done can be read, not joined"


async def test_6_a_silence_of_seven_days_is_told_with_what_can_be_done(town: Town, ideas: FourIdeas) -> None:
    birgit, asked = await asks_to_join(town, ideas)
    seen = await birgit.newest()
    await town.later(days=6, hours=23)
    assert not await birgit.hears(after=seen)
    await town.later(hours=2)
    (told,) = await birgit.hears(after=seen)
    assert "syv dage" in told.text
    assert "Karim" not in told.text
    assert told.key(labels.text(labels.SEND_OWN))
    late = await ideas.karim.presses(labels.BRIDGE_YES, on=asked)
    assert "taget tilbage" in late.text_back, "a yes that comes too late does nothing"


async def asks_to_join(town: Town, ideas: FourIdeas) -> tuple[Phone, Message]:
    """Birgit presses Gå med; the question as Karim has it."""
    birgit = await town.citizen("Birgit")
    await birgit.writes(RACKS)
    seen = await ideas.karim.newest()
    act = await birgit.presses(labels.JOIN)
    assert "Jeg spørger nu den, der står bag" in act.text_back
    (asked,) = await ideas.karim.hears(after=seen)
    assert "Birgit vil gerne gå med" in asked.text
    assert RACKS in asked.text
    assert asked.buttons == ("Ja, vær med i min idé", "Nej tak, ikke i min idé", "Skriv til den, der spørger")
    return birgit, asked


async def received(town: Town, citizen: Phone, act: Act) -> int:
    """The number on the receipt, after the one question that routing may ask."""
    if "nr." not in act.text_back:
        act = await citizen.presses(labels.DONT_KNOW)
    return town.number_in(act, citizen)


async def way_to_the_summary(citizen: Phone, words: str) -> str:
    """All that the bot says from the idea to its summary."""
    first = await citizen.writes(words)
    second = await citizen.presses(labels.SKIP)
    return first.text_back + second.text_back
