"""Whoever asks why an idea is where it is gets the reason: the citizen in plain words, staff with scores."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core import dialogue
from bot.core.events import Said, Sender
from bot.core.initiative import Initiative, Stage
from bot.core.people import Person, Talk
from bot.core.why import own_words
from bot.core.world import Link, World
from bot.routing import lab
from bot.routing.frame import seat_frame
from bot.routing.live import Accepted, accept
from tests.core.sender import NOW, Citizen, told
from tests.core.town import chat_of
from tests.routing.small import small_rules

SHIPPED = (Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8")
GROUP, METTE = -1001, 2001
AWAY = "    navn: Mette Holm\n    fravær: [{fra: 2026-12-21, til: 2026-12-23}]\n"
SURE = "Flere cykler og cykling til alle"


def rules(text: str) -> Accepted:
    outcome = accept(text.encode(), {"mette": METTE, "bo": 2002, "peter": 2006, "karen": 2007}, GROUP)
    assert isinstance(outcome, Accepted)
    return outcome


@pytest.fixture(scope="module")
def accepted() -> Accepted:
    return rules(small_rules(SHIPPED))


@pytest.fixture(scope="module")
def without_mette() -> Accepted:
    return rules(small_rules(SHIPPED).replace("    navn: Mette Holm\n", AWAY, 1))


def sent(accepted: Accepted, sentence: str, topic: str = "") -> Citizen:
    citizen = Citizen(accepted)
    citizen.write(sentence)
    citizen.send()
    if topic:
        citizen.choose(topic)
    assert citizen.sent is not None
    return citizen


def idea_of(citizen: Citizen) -> Initiative:
    assert citizen.sent is not None
    return citizen.sent


def staff_ask(accepted: Accepted, text: str, idea: Initiative, *, topic: int = 0) -> str:
    """What is said in the staff group to `/hvorfor` with these words behind it, and nowhere else."""
    event = Said(chat_of(GROUP), Sender(METTE, "Mette"), (8,), NOW, text=text, command="hvorfor")
    asked = dialogue.needs(event, Talk(), None, topic, accepted.frame).initiatives
    initiatives = {idea.number: idea} if idea.number in asked else {}
    world = World(NOW, accepted.frame, Person(METTE, "Mette"), Talk(), initiatives=initiatives, topic=topic)
    move = dialogue.step(world, event)
    assert told(move, idea.owner) == []
    [said] = told(move, GROUP)
    return said


def test_the_citizen_hears_the_words_that_decided(accepted: Accepted) -> None:
    citizen = sent(accepted, SURE)
    assert citizen.asks("hvorfor") == [
        "Jeg sendte nr. 1 til Mette Holm, fordi du skrev »cykler« og »cykling«.\n"
        "Er det forkert, så skriv det her. Mette Holm læser det."
    ]


def test_a_word_is_told_once_and_as_the_citizen_wrote_it() -> None:
    because = (
        "cykelpakering ≈ cykelparkering",
        "Cykler",
        "alle de cykler",
        "st",
        "ligner: Noget andet",
        "stativ",
        "rist",
    )
    assert own_words(because) == ("cykelpakering", "Cykler", "stativ")
    assert own_words(("ligner: Noget andet",)) == ()


def test_the_command_says_the_same(accepted: Accepted) -> None:
    citizen = sent(accepted, SURE)
    assert citizen.asks("hvorfor", command=True) == citizen.asks("Hvorfor?")


def test_a_topic_that_the_citizen_chose_is_the_reason(accepted: Accepted) -> None:
    citizen = Citizen(accepted)
    citizen.write("cykler og natur")
    citizen.send()
    assert set(citizen.asked_topics[:2]) == {"trafik", "natur"}
    citizen.choose("natur")
    assert citizen.asks("hvorfor")[0].startswith(
        "Jeg sendte nr. 1 til Bo Lind, fordi du valgte Natur og grønne områder.\n"
    )


@pytest.mark.parametrize("choice", ["other", "dont_know"])
def test_where_nobody_knew_the_topic_it_says_so(accepted: Accepted, choice: str) -> None:
    citizen = Citizen(accepted)
    citizen.write("cykler og natur")
    citizen.send()
    citizen.choose(choice)
    assert citizen.asks("hvorfor")[0].startswith(
        "Jeg sendte nr. 1 til Peter Dam, fordi jeg ikke var sikker på emnet.\n"
    )


def test_a_stand_in_is_told_of(without_mette: Accepted) -> None:
    said = sent(without_mette, SURE).asks("hvorfor")[0]
    assert said.startswith("Jeg sendte nr. 1 til Bo Lind, fordi du skrev ")
    assert "\nMette Holm har ellers emnet. Bo Lind er afløser.\n" in said


def test_who_has_it_now_is_told_when_it_was_passed_on(accepted: Accepted) -> None:
    citizen = sent(accepted, SURE)
    citizen.sent = replace(idea_of(citizen), responsible="peter", responsible_name="Peter Dam")
    assert "\nNu er det Peter Dam, der har den.\n" in citizen.asks("hvorfor")[0]


def test_while_it_is_a_draft_the_answer_is_what_would_happen(accepted: Accepted) -> None:
    citizen = Citizen(accepted)
    citizen.write(SURE)
    draft = citizen.talk.draft
    assert citizen.asks("hvorfor") == [
        "Din idé ser ud til at handle om Trafik og cykler, fordi du skrev »cykler« og »cykling«. "
        "Mette Holm læser den, når du sender."
    ]
    assert citizen.talk.draft == draft
    citizen = Citizen(accepted)
    citizen.write("cykler og natur")
    assert citizen.asks("hvorfor") == ["Jeg er ikke sikker på emnet endnu. Peter Dam læser den, når du sender."]


def test_without_an_idea_there_is_an_invitation(accepted: Accepted) -> None:
    [said] = Citizen(accepted).asks("hvorfor")
    assert said.startswith("Du har ikke sendt en idé endnu.")


@pytest.mark.parametrize("command", [False, True])
def test_an_idea_that_has_ended_can_be_asked_about_too(accepted: Accepted, command: bool) -> None:
    citizen = sent(accepted, SURE)
    citizen.sent = replace(idea_of(citizen), stage=Stage.DONE, answered=NOW)
    assert citizen.asks("hvorfor", command=command) == [
        "Jeg sendte nr. 1 til Mette Holm, fordi du skrev »cykler« og »cykling«."
    ]


def test_what_never_went_through_routing_has_no_reason_but_a_name(accepted: Accepted) -> None:
    citizen = sent(accepted, SURE)
    citizen.sent = replace(idea_of(citizen), extra={}, topics=(), kind="call")
    assert citizen.asks("hvorfor") == ["Nr. 1 er hos Mette Holm. Det er Mette Holm, der svarer dig."]
    lines = staff_ask(accepted, "1", citizen.sent).splitlines()
    assert lines[:2] == ["Derfor ligger nr. 1 her", "Slags: ønske om at blive ringet op"]
    assert lines[2:4] == ["Intet emne passede.", "Sendt til Mette Holm"]


def test_in_a_talk_with_an_agent_the_question_is_the_agents(accepted: Accepted) -> None:
    citizen = sent(accepted, SURE)
    citizen.sent = replace(idea_of(citizen), answered=NOW, taken=NOW)
    [carried] = citizen.asks("hvorfor?", at_desk=GROUP)
    assert "hvorfor?" in carried
    assert "fordi du skrev" in citizen.asks("hvorfor", command=True)[0]


def test_an_answer_to_a_message_of_the_agents_is_the_agents_too(accepted: Accepted) -> None:
    citizen = sent(accepted, SURE)
    target = Link(900, 77, "relay", 1, GROUP, 5, METTE, "", NOW)
    [carried] = citizen.asks("hvorfor?", target=target, at_desk=GROUP)
    assert "hvorfor?" in carried


def test_staff_see_kind_topics_scores_words_people_and_version(accepted: Accepted) -> None:
    idea = idea_of(sent(accepted, SURE))
    lines = staff_ask(accepted, "", idea, topic=1).splitlines()
    assert lines[0] == "Derfor ligger nr. 1 her"
    assert lines[1] == "Slags: idé"
    assert lines[2].startswith("Trafik og cykler, ")
    assert " af 100: cykler" in lines[2]
    assert lines[-2:] == ["Sendt til Mette Holm", f"Reglernes version: {accepted.frame.rules_hash[:8]}"]


@pytest.mark.parametrize("written", ["1", "nr. 1", "#1"])
def test_staff_may_name_the_number_anywhere(accepted: Accepted, written: str) -> None:
    assert "Derfor ligger nr. 1 her" in staff_ask(accepted, written, idea_of(sent(accepted, SURE)))


def test_staff_are_told_of_choice_stand_in_and_passing_on(without_mette: Accepted) -> None:
    citizen = Citizen(without_mette)
    citizen.write("cykler og natur")
    citizen.send()
    citizen.choose("trafik")
    idea = replace(idea_of(citizen), responsible="peter", responsible_name="Peter Dam")
    said = staff_ask(without_mette, "", idea, topic=1)
    assert "\nAase valgte selv: Trafik og cykler\n" in said
    assert "\nMette Holm har emnet, men var ikke til at nå. Bo Lind er afløser.\nAnsvarlig nu: Peter Dam\n" in said


def test_staff_are_told_when_no_topic_was_certain(accepted: Accepted) -> None:
    citizen = Citizen(accepted)
    citizen.write("cykler og natur")
    citizen.send()
    citizen.choose("other")
    said = staff_ask(accepted, "", idea_of(citizen), topic=1)
    assert "\nAase valgte selv: ingen af de foreslåede emner\nSendt til Peter Dam\n" in said


NEAR = "Noget til vores vej i Hellerup"
"""Names a place, and no topic for sure."""


@pytest.fixture(scope="module")
def lone_has_hellerup() -> Accepted:
    return rules(small_rules(SHIPPED).replace("  - Hellerup\n", "  - {navn: Hellerup, agent: lone}\n", 1))


def test_what_fits_no_topic_goes_to_the_agent_of_the_place_that_it_names(lone_has_hellerup: Accepted) -> None:
    seated = replace(lone_has_hellerup, frame=seat_frame(lone_has_hellerup.frame, {"lone": 2005}, None))
    citizen = Citizen(seated)
    citizen.write(NEAR)
    assert "emnet endnu, men du skriver om Hellerup. Lone Bach læser den, når du sender" in citizen.asks("hvorfor")[0]
    citizen.send()
    if citizen.sent is None:
        citizen.choose("dont_know")
    idea = idea_of(citizen)
    assert idea.responsible_name == "Lone Bach" == lab.look(seated, NEAR, NOW.date()).agent_name
    assert citizen.asks("hvorfor")[0].startswith("Jeg sendte nr. 1 til Lone Bach, fordi du skrev om Hellerup.\n")
    assert "\nIntet emne var sikkert. Hellerup har sin egen agent.\n" in staff_ask(seated, "", idea, topic=1)


def test_a_sure_topic_and_a_citizens_choice_go_before_the_place(lone_has_hellerup: Accepted) -> None:
    near = sent(lone_has_hellerup, f"{SURE} i Hellerup")
    assert idea_of(near).responsible_name == "Mette Holm"
    assert near.asks("hvorfor")[0].startswith("Jeg sendte nr. 1 til Mette Holm, fordi du skrev »cykler«")
    chosen = Citizen(lone_has_hellerup)
    chosen.write("cykler og natur i Hellerup")
    chosen.send()
    chosen.choose("natur")
    assert idea_of(chosen).responsible_name == "Bo Lind"


def test_the_card_shows_the_places_of_the_rules_that_the_words_name(accepted: Accepted) -> None:
    [card] = sent(accepted, f"{SURE} i Hellerup og i Charlottenlund").cards
    assert "\nSteder: Hellerup og Charlottenlund\n" in card
    [card] = sent(accepted, SURE).cards
    assert "Steder" not in card


def test_a_number_that_is_not_there_and_no_number_are_told(accepted: Accepted) -> None:
    idea = idea_of(sent(accepted, SURE))
    assert staff_ask(accepted, "99", idea).startswith("Det nummer kender jeg ikke.")
    assert staff_ask(accepted, "", idea) == "Skriv nummeret med, fx /hvorfor 12."
