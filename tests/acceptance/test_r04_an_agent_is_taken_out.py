"""R-04: an agent with open work leaves the rules; each idea goes to somebody by name, with the same date."""

import re

import pytest

from tests.journeys import invariants, labels, rulebook
from tests.journeys.phone import Phone
from tests.journeys.town import Town

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]

HARBOUR_BATH = """
  havne_bad:
    navn: {da: "Svømmeskole i kanalen"}
    ansvarlig: farid
    ord: [flydesvømmeskole, kanalsvømning]
"""
RULES = rulebook.short_rules()
MARKER = "må hellere spørge Lone først"


def without_bo(data: bytes) -> bytes:
    """Bo is deleted from the file: his block, his topics, and those for whom he stands in."""
    text = data.decode()
    start = text.index("  bo:\n")
    end = text.index("  signe:\n")
    text = text[:start] + text[end:]
    return text.replace("ansvarlig: bo\n", "ansvarlig: lone\n").replace("afløser: bo\n", "afløser: peter\n").encode()


def with_harbour_bath(data: bytes) -> bytes:
    """A topic of the municipality's own."""
    return data.replace(b"\nslags:\n", f"{HARBOUR_BATH}\nslags:\n".encode(), 1)


async def told_once(citizen: Phone, after: int, name: str, due: str) -> None:
    """One message with the new name and the same date, and no office words."""
    heard = await citizen.hears(after)
    assert len(heard) == 1, await citizen.screen()
    assert name in heard[0].text
    assert due in heard[0].text
    assert "overført" not in heard[0].text


def due_in(text: str) -> str:
    """The promised date on a card."""
    found = re.search(r"senest (\w+dag den \d+\. \w+)", text)
    assert found, text
    return found[1]


async def test_bos_three_ideas_go_to_others_by_name_and_he_is_refused_politely(town: Town) -> None:
    ulla, bo = town.agent("ulla"), town.bo
    citizens = [await town.citizen(name) for name in ("Karim", "Birgit", "Jonas")]
    numbers = [await town.brought(citizen, f"{rulebook.NATURE} {n}") for n, citizen in enumerate(citizens)]
    for number in numbers[:2]:
        await town.taken(number, bo)
    there = await bo.in_topic(numbers[0])
    await town.replied(there, "Karim", "Hej Karim, jeg kigger på vejkanten.")
    await there.writes(town.mark(MARKER), wait=False)
    await town.settled()
    dues = [due_in((await town.card(number)).text) for number in numbers[1:]]

    # (a) Before it takes force: how many, who gets each, and a choice.
    _, base = await rulebook.fetches_rules(ulla)
    act = await rulebook.sends_rules(ulla, without_bo(base), "routing_rules-1.yaml")
    assert "Bo Lind har 3 åbne." in act.text_back
    for number in numbers:
        assert f"Nr. {number} går til Lone Bach." in act.text_back
    assert "Bo Lind er ikke agent mere" in act.text_back
    act = await ulla.presses(labels.CHOOSE_HEIR)
    assert "Hvem skal have idéerne fra Bo Lind?" in act.text_back
    act = await ulla.writes("Signe")
    assert "Signe Krag får idéerne fra Bo Lind" in act.text_back

    # (b) It takes force: the citizens, the new responsible, and what is left to do.
    newest = [await citizen.newest() for citizen in citizens]
    signe, since = town.signe, await town.signe.newest()
    await ulla.presses(labels.USE)
    assert await ulla.sees("Fjern også Bo Lind fra jeres gruppe."), await ulla.screen() + town.bot.log()[-3000:]
    dates = [due_in((await town.card(number, signe)).text) for number in numbers[1:]]
    assert dates == dues
    for citizen, after, due in zip(citizens[1:], newest[1:], dues, strict=True):
        await told_once(citizen, after, "Signe Krag", due)
    assert len(await citizens[0].hears(newest[0])) == 1
    for number in numbers:
        await invariants.one_responsible(town, number, "Signe Krag")
        card = await town.card(number, signe)
        assert card.id > since, "the card stands in Signe's own chat"
        assert "vilde blomster" in card.text
    told = [one.text for one in await signe.hears(since) if "jeg kigger på vejkanten" in one.text]
    assert ["Bo Lind" in text for text in told] == [True], "the history comes with it, and what he wrote keeps his name"

    # (c) Bo, still in the group, presses and writes.
    there = await bo.in_topic(numbers[2])
    card = await town.card(numbers[2], there)
    pressed = await there.presses(labels.TAKE, on=card)
    assert "Kun kommunens sparringsagenter" in pressed.alert
    pressed = await there.presses(labels.REPLY, on=card)
    assert "Kun kommunens sparringsagenter" in pressed.alert
    await invariants.one_responsible(town, numbers[2], "Signe Krag")


async def test_a_topic_that_goes_while_an_idea_stands_there_leaves_it_to_the_coordinator(town: Town) -> None:
    ulla = town.agent("ulla")
    base = town.rules.read_bytes()
    newest = await ulla.newest()
    rulebook.in_place(town.rules, with_harbour_bath(base))
    await ulla.waits_for("nyt emne havne_bad", rulebook.PATIENCE, newest)
    citizen = await town.citizen("Karim")
    number = await town.brought(citizen, "en flydesvømmeskole til kanalsvømning")
    await invariants.one_responsible(town, number, "Farid Nazari")
    newest, after = await ulla.newest(), await citizen.newest()
    rulebook.by_rename(town.rules, base)
    told = await ulla.waits_for("emnet havne_bad", rulebook.PATIENCE, newest)
    assert f"Nr. {number} går til Peter Dam." in told.text
    await town.settled()
    await told_once(citizen, after, "Peter Dam", "onsdag den 4. november")
    await invariants.one_responsible(town, number, "Peter Dam")
    town.bot.assert_calm()
