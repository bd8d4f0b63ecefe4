"""B-09: "Hvad sker der nu?" in ten states, asked in six ways: 60 of 60 answers say who, what and when."""

import re
from collections.abc import Callable

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Act, Phone
from tests.journeys.public_town import moved
from tests.journeys.town import AGENTS, BIKES, Town
from tests.journeys.wording import WORD, dates, words

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

ASKED = ("hvad sker der nu?", "er der nyt?", "hallo??", "har i glemt mig", "hvor langt er i", labels.STATUS)
MOST_WORDS = 80
FIRST_WORDS = 40
MET = "Mette Holm"
LAW = (
    "Hvad: Kommunen må ikke betale husleje for én butik.\n"
    "Hvorfor: Reglerne, kommunalfuldmagten, siger at støtte skal komme mange til gode.\n"
    "I stedet: Du kan tale med handelsstandsforeningen."
)
MEETING = "Hvad: Teknik- og Miljøudvalget ser på pladsen\nHvem: Mette Holm\nHvornår: 19. november"

Judge = Callable[[str], None]


def head(text: str) -> str:
    """The first 40 words."""
    found = list(WORD.finditer(text))
    return text if len(found) <= FIRST_WORDS else text[: found[FIRST_WORDS - 1].end()]


async def ask_six_times(town: Town, citizen: Phone, judge: Judge) -> None:
    """Each of the six ways; every answer is held against what all states share and against this state's own."""
    since = await town.last_call()
    kept = town.bot.rows("SELECT count(*) FROM initiatives")
    wrong = []
    told = set()
    for question in ASKED:
        act = await citizen.writes(question)
        told.add(act.text_back)
        try:
            fits(act)
            judge(act.text_back)
        except AssertionError as failure:
            wrong.append(f"{question!r}: {str(failure).splitlines()[0]}\n    {act.text_back!r}")
    assert not wrong, f"{len(ASKED) - len(wrong)} of {len(ASKED)} right:\n" + "\n".join(wrong)
    assert len(told) == 1, f"however it is asked, and the sixth time as the first: {told}"
    desks = {town.group, *(person.id for person in AGENTS.values())}
    sent = [call for call in await town.sandbox.calls(after=since) if call["chat_id"] in desks]
    assert not sent, f"a question of where it stands went to staff: {sent}"
    assert town.bot.rows("SELECT count(*) FROM initiatives") == kept, "a question became an idea"


def fits(act: Act) -> None:
    """What every answer must be: there, soon, short."""
    assert len(act.answers) == 1, f"{len(act.answers)} answers"
    assert act.seconds is not None
    assert act.seconds < 3, f"{act.seconds:.1f} s"
    assert words(act.text_back) <= MOST_WORDS, f"{words(act.text_back)} words"
    assert not re.search(r"vender tilbage|snarest|hurtigst", act.text_back)


def names_and_dates(agent: str, day: tuple[int, int], *more: str) -> Judge:
    """Full name, role and date early on, the stage and step in plain words."""

    def judge(text: str) -> None:
        assert agent in head(text), f"{agent} is not in the first {FIRST_WORDS} words"
        assert day in dates(head(text)), f"{day} is not in the first {FIRST_WORDS} words"
        assert re.search(r"sparringsagent|koordinator", text), "no role"
        assert "Næste skridt" in text or "Vi venter på" in text, "no next step"
        for pattern in more:
            assert re.search(pattern, text, re.IGNORECASE), f"nothing like {pattern!r}"

    return judge


async def brought_at_nine(town: Town, words_of_idea: str = BIKES) -> tuple[Phone, int]:
    """Aase's idea of Monday 2 November, 09:10 (or the Monday that the clock has come to)."""
    aase = await town.citizen("Aase")
    return aase, await town.brought(aase, words_of_idea)


async def test_1_a_draft_is_not_sent_yet_and_can_be_sent(town: Town) -> None:
    aase = await town.citizen("Aase")
    await aase.writes(BIKES)
    early = await aase.writes(labels.STATUS)
    assert "ikke sendt endnu" in early.text_back
    await aase.presses(labels.SUMMARY, on=early.answers[-1])

    def judge(text: str) -> None:
        assert "ikke sendt endnu" in text

    await ask_six_times(town, aase, judge)
    assert (await aase.hears())[-1].key(labels.text(labels.SEND)), "and SEND"


async def test_2_sent_but_not_taken(town: Town) -> None:
    aase, number = await brought_at_nine(town)
    await ask_six_times(town, aase, names_and_dates(MET, (4, 11), "vi har fået", r"læser|svarer"))
    await invariants.one_responsible(town, number, MET)


async def test_3_taken_without_an_answer_yet(town: Town) -> None:
    aase, number = await brought_at_nine(town)
    await town.taken(number, town.mette)
    await ask_six_times(town, aase, names_and_dates(MET, (4, 11), "taget", r"læser|svarer"))
    await invariants.one_responsible(town, number, MET)


async def test_4_a_dialogue_that_waits_for_the_agent(town: Town) -> None:
    aase, number = await brought_at_nine(town)
    mette = await town.taken(number, town.mette)
    await town.replied(mette, "Aase", "Hvilken side af stationen er det?")
    await aase.writes("det er ved nordsiden, hvor cyklerne ligger")
    await ask_six_times(town, aase, names_and_dates(MET, (4, 11), r"læser dit svar|svarer|skriver"))
    await invariants.one_responsible(town, number, MET)


async def test_5_a_dialogue_that_waits_for_the_citizen_says_so_without_hurry(town: Town) -> None:
    aase, number = await brought_at_nine(town)
    mette = await town.taken(number, town.mette)
    await town.replied(mette, "Aase", "Hvilken side af stationen er det?")
    judge = names_and_dates(MET, (16, 11), "venter på", r"dit svar|høre fra dig", "haster ikke", "spørger dig igen")
    await ask_six_times(town, aase, judge)
    await invariants.one_responsible(town, number, MET)


async def test_7_waits_for_something_outside(town: Town) -> None:
    aase, number = await brought_at_nine(town)
    await town.taken(number, town.mette)
    await moved(town, number, labels.WAITING, MEETING)
    judge = names_and_dates(MET, (19, 11), "Vi venter på: Teknik- og Miljøudvalget", "skriver til dig efter den dag")
    await ask_six_times(town, aase, judge)
    await invariants.one_responsible(town, number, MET)


async def test_8_closed_says_how_it_ended_why_and_whom_to_ask(town: Town) -> None:
    aase, number = await brought_at_nine(town)
    await town.taken(number, town.mette)
    await moved(town, number, labels.MAY_NOT, LAW)

    def judge(text: str) -> None:
        assert "må ikke" in text, "how it ended"
        assert "kommunalfuldmagten" in text, "why"
        assert MET in text, "whom to ask"

    await ask_six_times(town, aase, judge)


async def test_9_who_has_sent_nothing_is_invited_and_sees_nobody_elses(town: Town) -> None:
    aase, number = await brought_at_nine(town)
    karim = await town.citizen("Karim")

    def judge(text: str) -> None:
        assert re.search(r"skriv|fortæl", text, re.IGNORECASE), "no invitation"
        for word in ("rollator", f"nr. {number}", aase.person.first_name, MET):
            assert word not in text, f"Aase's initiative is shown: {word!r}"

    await ask_six_times(town, karim, judge)


async def test_10_three_initiatives_are_a_short_list_with_one_line_each(town: Town) -> None:
    karim = await town.citizen("Karim")
    ideas = (
        "flere cykelstativer ved stationen så cyklerne ikke ligger og flyder",
        "bivenlige vilde blomster i vejkanten langs hele skoven",
        "en danseforestilling på hovedbiblioteket med teater og musik",
    )
    numbers = []
    for idea in ideas:
        if numbers:
            await karim.writes(labels.NEW)
        numbers.append(await town.brought(karim, idea))

    def judge(text: str) -> None:
        for number, agent in zip(numbers, (MET, "Bo Lind", "Farid Nazari"), strict=True):
            lines = [line for line in text.splitlines() if f"nr. {number}" in line.lower()]
            assert len(lines) == 1, f"{len(lines)} lines about nr. {number}"
            assert agent in lines[0]
            assert (4, 11) in dates(lines[0])

    await ask_six_times(town, karim, judge)


async def test_the_answer_comes_while_no_agent_is_awake(town: Town) -> None:
    aase, number = await brought_at_nine(town)
    await town.at("2026-11-03T02:30:00+01:00")
    await ask_six_times(town, aase, names_and_dates(MET, (4, 11)))
    await invariants.one_responsible(town, number, MET)


async def test_6_overdue_says_that_the_date_has_passed_sorry_and_what_is_done_now(town: Town) -> None:
    """Last of this file's moments: the clock goes past the promise of all that was sent before."""
    aase, number = await brought_at_nine(town)
    due = (5, 11)
    await town.at("2026-11-05T16:20:00+01:00")

    def judge(text: str) -> None:
        assert MET in head(text)
        assert due in dates(head(text)), "which date has passed, early on"
        assert "undskyld" in text.lower()
        assert [day for day in dates(head(text)) if day > due] or re.search(r"fået besked", text), "what is done now"

    await ask_six_times(town, aase, judge)
    await invariants.one_responsible(town, number, MET)
