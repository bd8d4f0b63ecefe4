"""B-03: misspelled and unclear ideas still find the way, and nobody is asked about topics without need."""

import re

import pytest

from tests.journeys import labels
from tests.journeys.phone import Act, Phone
from tests.journeys.town import NUMBER, Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

MISSPELLED = {
    "cykelpakering ve ordrup st": ("Trafik",),
    "legpladsen er kedlig kan vi bygge en ny sammen": ("Dagtilbud",),
    "vinterbader suana på hellerup stran": ("Kyst",),
    "bi venlige blomster i vejkandten": ("Natur",),
    "repper cafe hvor man fikser brødristere": ("Klima",),
    "ensome gamle der spiser samen": ("Seniorer", "Frivillighed"),
    "handikap rampe til svømehallen": ("Handicap", "Idræt"),
    "et sted vi unge ka hænge ud om aftnen": ("Unge",),
    "nabo hjælp mod indbrud": ("Tryghed",),
    "sprog kafe for nye i danmark": ("Integration", "Kultur"),
    "bofælskab for os over 60": ("Bolig", "Seniorer"),
    "åbne data om luftkvaliet": ("Digitale", "Klima"),
}
LEADS = {
    "Mette Holm": ("Trafik",), "Bo Lind": ("Natur", "Klima", "Kyst"), "Signe Krag": ("Dagtilbud", "Unge"),
    "Farid Nazari": ("Kultur", "Integration", "Idræt"), "Lone Bach": ("Seniorer", "Handicap", "Frivillighed"),
    "Peter Dam": ("Tryghed", "Bolig", "Digitale"),
}  # fmt: skip
LOOK_ALIKES = {"en boldbane til pigerne": "Bolig", "en lampe ved stien": "Handicap"}
MOST_CHOICES = 3


async def pressed_send(town: Town, words: str) -> tuple[Phone, Act]:
    """A citizen whom nobody knows writes the words and presses SEND."""
    citizen = await town.citizen("Jonas")
    await citizen.writes(words)
    if await citizen.has_button(labels.SKIP):
        await citizen.presses(labels.SKIP)
    return citizen, await citizen.presses(labels.SEND)


def topics_offered(act: Act) -> list[str]:
    """The topics that the citizen may choose among; none when routing was sure and the receipt came at once."""
    if NUMBER.search(act.text_back):
        return []
    offered = list(act.answers[-1].buttons)
    assert offered[-2:] == [labels.text("citizen.button.other_topic"), labels.text(labels.DONT_KNOW)], offered
    assert len(offered) - 2 <= MOST_CHOICES
    return offered[:-2]


async def test_misspelled_ideas_reach_their_topic_or_offer_it(town: Town) -> None:
    first = asked = 0
    for words, accepted in MISSPELLED.items():
        citizen, act = await pressed_send(town, words)
        offered = topics_offered(act)
        asked += bool(offered)
        if offered:
            right = [label for label in offered if label.startswith(accepted)]
            assert right, f"{words!r}: {offered}"
            first += offered[0].startswith(accepted)
            act = await citizen.presses_matching(re.escape(right[0]))
            [lead] = [name for name, topics in LEADS.items() if right[0].startswith(topics)]
            assert lead in act.text_back, f"{words!r} was said to be about {right[0]!r}"
        number = town.number_in(act, citizen)
        card = await town.card(number, await town.reader_of(number))
        if offered:
            told = [label for label in offered if label in card.text]
            assert min(told, key=card.text.index) == right[0], f"not first on the card: {card.text!r}"
        assert ("Steder: Ordrup" in card.text) == ("ordrup" in words), "the card shows the places that are named"
        best = re.search(r"Emner?: ?([^\n]*)", card.text)
        seen = best.group(1) if best else card.text
        if not offered:
            first += any(name in seen for name in accepted)
    assert first >= 10, f"only {first} of 12 at first"
    assert asked <= 4, "where the match is sure nobody is asked about topics"


async def test_look_alike_words_never_show_the_barred_topic(town: Town) -> None:
    for words, barred in LOOK_ALIKES.items():
        citizen, act = await pressed_send(town, words)
        offered = topics_offered(act)
        assert not any(label.startswith(barred) for label in offered), f"{words!r}: {offered}"
        if offered:
            act = await citizen.presses(labels.DONT_KNOW)
        number = town.number_in(act, citizen)
        card = await town.card(number, await town.reader_of(number))
        assert barred not in card.text


async def test_an_idea_without_an_idea_is_asked_about_and_reaches_nobody(town: Town) -> None:
    jonas = await town.citizen("Jonas")
    act = await jonas.writes("jeg har en god ide")
    assert act.questions == 1
    assert "idé" in act.text_back
    assert town.bot.rows("SELECT count(*) FROM initiatives WHERE owner = ?", jonas.chat) == [(0,)]


async def test_who_does_not_know_gets_peter_by_name_and_a_date(town: Town) -> None:
    jonas, act = await pressed_send(town, "noget for os på vores vej")
    if topics_offered(act) or not NUMBER.search(act.text_back):
        act = await jonas.presses(labels.DONT_KNOW)
    assert "Peter Dam" in act.text_back
    assert "onsdag den 4. november kl. 16" in act.text_back
    town.number_in(act, jonas)


async def test_something_else_goes_to_peter_and_does_not_ask_again(town: Town) -> None:
    jonas, act = await pressed_send(town, "et skur til noget")
    assert topics_offered(act), "routing became sure; choose words that are not"
    act = await jonas.presses("citizen.button.other_topic")
    assert "Peter Dam" in act.text_back
    town.number_in(act, jonas)
