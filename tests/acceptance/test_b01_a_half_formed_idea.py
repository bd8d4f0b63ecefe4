"""B-01: a half-formed idea becomes a received idea, without a form."""

import re

import pytest

from tests.journeys import invariants, labels
from tests.journeys.phone import Act, Phone
from tests.journeys.town import AGENTS, BIKES, Town
from tests.journeys.wording import HOUR, WEEKDAY, WORD, dates, words

pytestmark = pytest.mark.asyncio(loop_scope="module")

HELP_TO_CLEAR = "måske flere stativer og så en der samler de gamle op. jeg vil gerne selv være med"


async def to_the_summary(aase: Phone) -> list[Act]:
    """Steps 3 to 5 and, where one more question is open, passing it by."""
    acts = [await aase.writes("hej"), await aase.writes(BIKES), await aase.writes(HELP_TO_CLEAR)]
    while acts[-1].answers[-1].key(labels.text(labels.SEND)) is None:
        assert len(acts) < 6, f"SEND is nowhere: {await aase.screen()}"
        acts.append(await aase.presses(labels.SKIP))
    return acts


async def test_before_start_the_empty_chat_says_whose_bot_it_is_that_it_is_a_bot_and_how_to_reach_a_person(
    town: Town,
) -> None:
    bot = (await town.sandbox.get("state"))["bot"]
    description = bot["description"]
    assert "Gentofte" in description
    assert re.search(r"\bbot\b", description, re.IGNORECASE)
    assert re.search(r"\d{2} ?\d{2} ?\d{2} ?\d{2}", description), "no telephone number"
    assert len(description) <= 512
    assert len(bot["short_description"]) <= 120


async def test_a_greeting_is_met_with_an_open_invitation_and_no_list_of_topics(town: Town) -> None:
    aase = await town.citizen("Aase")
    greeted = await aase.writes("hej")
    assert len(greeted.answers) == 1
    assert greeted.questions <= 1
    assert not greeted.answers[0].buttons
    assert not re.search(r"Trafik og cykler|Byudvikling|Natur og grønne", greeted.text_back)


async def test_aases_words_become_an_idea_with_a_named_person_and_a_date(town: Town) -> None:
    await town.at("2026-11-02T09:10:00+01:00")
    aase = await town.citizen("Aase", started=False)
    before = await town.last_call()
    first = await aase.starts()
    acts = [first, *await to_the_summary(aase)]

    mirror = acts[2]
    assert "rollator" in mirror.text_back, "her own words are mirrored"
    assert mirror.questions == 1, "and one open question follows"
    assert sum(act.questions for act in acts[2:]) <= 3, "at most three question marks from her idea to SEND"

    summary = acts[-1].answers[-1]
    for word in ("rollator", "stativer", "være med"):
        assert word in summary.text, f"{word!r} is not in the summary: {summary.text!r}"
    assert "Mette Holm" in summary.text, "who will read it"
    for button in (labels.SEND, labels.EDIT, labels.DROP):
        assert summary.key(labels.text(button)), f"no {button} under the summary: {summary.buttons}"
    own = {word.lower() for word in WORD.findall(f"{BIKES} {HELP_TO_CLEAR}")}
    quoted = " ".join(re.findall(r"«(.*?)»", summary.text, re.S))
    assert quoted, "the summary is in her own words"
    assert {word.lower() for word in WORD.findall(quoted)} <= own, "no word in the summary but hers"

    to_staff = [
        call for call in await town.sandbox.calls(after=before)
        if call["chat_id"] == town.group or call["chat_id"] in {person.id for person in AGENTS.values()}
    ]  # fmt: skip
    assert not to_staff, f"nobody at the municipality is called before SEND: {to_staff}"

    sending = await aase.presses(labels.SEND)
    receipt = sending.answers[-1].text
    number = town.number_in(sending, aase)
    assert "Mette Holm" in receipt
    assert re.search(r"\b(læser|svarer|ringer|skriver)\b", receipt), f"no verb for the next step: {receipt!r}"
    assert dates(receipt) == [(4, 11)]
    assert [day.lower() for day in WEEKDAY.findall(receipt)] == ["onsdag"]
    assert HOUR.search(receipt)
    assert re.search(r"senest onsdag den 4\. november kl\. 16", receipt)
    assert sending.answers[-1].key(labels.text(labels.STATUS_BUTTON)), "how to ask"

    for act in [*acts, sending]:
        assert act.seconds is not None, f"no answer to {act.kind} {act.text!r}"
        assert act.seconds < 3, f"{act.seconds:.1f} s to answer {act.kind} {act.text!r}"
        for answer in act.answers:
            most = 100 if answer.key(labels.text(labels.SEND)) else 60
            assert words(answer.text) <= most, f"{words(answer.text)} words in {answer.text!r}"
            assert len(answer.buttons) <= 5, f"{answer.buttons}"

    await the_card_holds_her_words_and_nothing_more_of_her(town, number, before)
    await invariants.one_responsible(town, number, "Mette Holm")


async def test_however_little_a_citizen_says_three_questions_are_the_most(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    acts = [await jonas.writes(words_of_his) for words_of_his in ("flere bænke", "torvet", "solsiden", "skolen")]
    assert [act.questions for act in acts[:3]] == [1, 1, 1], "one open question, and two more"
    assert acts[3].answers[-1].key(labels.text(labels.SEND)), f"then it can be sent: {acts[3].text_back!r}"
    await jonas.presses(labels.DROP)


async def the_card_holds_her_words_and_nothing_more_of_her(town: Town, number: int, before: int) -> None:
    """After SEND: one card with summary, full words, matched topics with the words that matched, TAKE."""
    mette = await town.mette.in_topic(number)
    cards = [one for one in await mette.hears() if one.key(labels.text(labels.TAKE))]
    assert len(cards) == 1, f"exactly one card: {await mette.screen()}"
    whole = "\n".join(one.text for one in await mette.hears())
    assert BIKES in whole, "her full words"
    assert HELP_TO_CLEAR in whole, "her full words"
    card = cards[0].text
    assert re.search(r"Trafik", card), "the matched topic"
    because = re.search(r"Trafik[^(\n]*\(på grund af: ([^)]*)\)", card)
    assert because, f"with the words that matched: {card!r}"
    assert re.search(r"cykler|rollator|stativer", because.group(1)), f"which are hers: {because.group(1)!r}"
    sent = await town.sandbox.calls(after=before)
    posted = [call for call in sent if call["method"] == "sendMessage" and f'"take:{number}"' in invariants.shown(call)]
    assert len(posted) == 1, f"and one in all of the group: {posted}"
    private = [call for call in sent if call["chat_id"] in {person.id for person in AGENTS.values()}]
    assert not private, f"Mette works in the group; nobody else is called: {private}"


async def test_an_idea_is_never_sent_with_nobody_named(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    number = await town.brought(jonas, "noget for os på vores vej")
    receipt = (await jonas.hears())[-1].text
    assert "Peter Dam" in receipt, "what fits nothing goes to the coordinator by name"
    assert dates(receipt)
    await invariants.one_responsible(town, number, "Peter Dam")
