"""A-01: every step by plain words as well, and every message understood without its buttons."""

import re

import pytest

from tests.journeys import invariants, labels
from tests.journeys.message import Message
from tests.journeys.phone import Act, Phone
from tests.journeys.public_town import moved
from tests.journeys.town import BIKES, Town
from tests.journeys.wording import dates

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff]")
DRAWN = re.compile("[\u2500-\u259f|]{2,}|^\\s*[-=]{4,}\\s*$", re.MULTILINE)
ALONE, TWO = 28, 14
"""Characters that a button may have on its own row, and where two share one."""


def readable(message: Message) -> None:
    """A screen reader makes sense of it: words first, no drawings, buttons that can be told apart."""
    assert not EMOJI.match(message.text.lstrip()), message.text
    assert len(EMOJI.findall(message.text)) <= 1, message.text
    assert not DRAWN.search(message.text), message.text
    assert "klik her" not in message.text.lower(), message.text
    assert len(set(message.buttons)) == len(message.buttons), message.buttons
    for row in message.raw.get("reply_markup", {}).get("inline_keyboard", []):
        most = ALONE if len(row) == 1 else TWO
        assert [key["text"] for key in row if len(key["text"]) > most] == [], f"{len(row)} in a row"


def names_its_choices(act: Act, *words: str) -> None:
    """What can be answered stands in the text itself, for who never sees the buttons."""
    for word in words:
        assert word in act.text_back.casefold(), f"{word!r} is not in {act.text_back!r}"


async def received(town: Town, phone: Phone, act: Act) -> int:
    """The receipt: who, what and when within the first 40 words."""
    text = act.text_back
    number = town.number_in(act, phone)
    first = " ".join(text.split()[:40])
    assert "Mette Holm" in first
    assert re.search(r"\b(læser|svarer)\b", first)
    assert dates(first) == [(4, 11)]
    return number


async def sent_by_words(town: Town, aase: Phone) -> int:
    """From her first word to the receipt, with a change of mind on the way; the initiative's number."""
    await aase.starts()
    await aase.writes("hej")
    await aase.writes(BIKES)
    act = await aase.writes("spring over")
    while act.answers[-1].key(labels.text(labels.SEND)) is None:
        act = await aase.writes("spring over")
    names_its_choices(act, 'skriv "send"')
    act = await aase.writes("ret")
    act = await aase.writes("det er også for cykler med anhænger")
    act = await aase.writes("smid ud")
    act = await aase.writes("hent kladden frem")
    assert "rollator" in act.text_back
    return await received(town, aase, await aase.writes("send idéen"))


async def test_the_whole_way_without_one_press(town: Town) -> None:
    await town.at("2026-11-02T09:10:00+01:00")
    aase = await town.citizen("Aase", started=False)
    number = await sent_by_words(town, aase)

    # Status, then open for others: the question is a yes or no, and a word is an answer.
    await aase.writes("status")
    act = await aase.writes("lad andre følge idéen")
    assert act.questions == 1
    act = await aase.writes("nej")
    assert "kan andre følge" not in act.text_back
    await aase.writes("lad andre følge idéen")
    act = await aase.writes("ja")
    assert f"Nu kan andre følge nr. {number}" in act.text_back

    # The agent proposes a title: a plain yes is enough, and it is not taken for words to the agent.
    newest = await aase.newest()
    mette = await town.taken(number, town.mette)
    assert any("Mette Holm" in one.text for one in await aase.hears(after=newest)), "a new message, which is read out"
    await moved(town, number, labels.TITLE, "Plads til cykler ved stationen", mette)
    await aase.waits_for("Må den hedde det nye?")
    act = await aase.writes("ja")
    assert "Plads til cykler ved stationen" in act.text_back
    assert await mette.sees(f"Nr. {number} hedder nu")

    # The agent asks: now yes is a word like any other, and goes to the agent.
    await town.replied(mette, "Aase", "Er det ved den nordlige udgang?")
    act = await aase.writes("ja")
    assert "Sendt til Mette Holm" in act.text_back

    # To have a message deleted is asked about, and a yes does it (B-12 f).
    act = await aase.writes("slet min sidste besked")
    assert act.questions == 1
    act = await aase.writes("ja")
    assert "slettet hos Mette Holm" in act.text_back

    act = await aase.writes("pause eller træk tilbage")
    if f"nr. {number}" not in act.text_back.casefold():
        act = await aase.writes("jeg har fortrudt")
    names_its_choices(act, "rette", "pause", "trække den tilbage")
    act = await aase.writes("træk idéen tilbage")
    assert "trukket" in act.text_back
    typed = [one for one in town.acts if one.person == aase.person]
    assert {one.kind for one in typed} <= {"start", "text"}, "no button was pressed"
    assert not await town.sandbox.calls(method="editMessageText", chat=aase.chat), "nothing that matters is only edited"
    for message in await aase.hears():
        readable(message)


async def test_a_choice_of_topics_and_of_ideas_is_made_by_its_words_or_its_number(town: Town) -> None:
    karim = await town.citizen("Karim")
    await karim.writes("et skur til noget")
    act = await karim.writes("spring over")
    while act.answers[-1].key(labels.text(labels.SEND)) is None:
        act = await karim.writes("spring over")
    act = await karim.writes("send")
    topics = [label.casefold() for label in act.answers[-1].buttons[:-2]]
    assert topics, "routing became sure; choose words that are not"
    names_its_choices(act, *topics, "noget andet")
    act = await karim.writes("det ved jeg ikke")
    first = town.number_in(act, karim)
    await invariants.one_responsible(town, first, "Peter Dam")
    await karim.writes("ny idé")
    await karim.writes(BIKES)
    act = await karim.writes("spring over")
    while act.answers[-1].key(labels.text(labels.SEND)) is None:
        act = await karim.writes("spring over")
    second = town.number_in(await karim.writes("send"), karim)
    act = await karim.writes("og en skraldespand ved siden af ville også pynte")
    names_its_choices(act, "skriv nummeret")
    act = await karim.writes(str(second))
    assert "Sendt til Mette Holm" in act.text_back
    assert await (await town.mette.in_topic(second)).sees("skraldespand")
    listed = await karim.writes("status")
    assert f"Nr. {first}" in listed.text_back
    act = await karim.writes(f"nr. {first}")
    assert "Peter Dam" in act.text_back
    for message in await karim.hears():
        readable(message)
