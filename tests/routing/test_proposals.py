"""What people put right becomes a proposal that an admin can read; nothing changes by itself."""

from datetime import date
from pathlib import Path

import pytest

from bot.routing.live import Accepted, accept
from bot.routing.proposals import Addition, Observation, propose, propose_words
from tests.routing.small import small_rules

RULES = small_rules((Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def rules() -> Accepted:
    outcome = accept(RULES.encode())
    assert isinstance(outcome, Accepted)
    return outcome


def chose(number: int, text: str, topic: str = "idraet") -> Observation:
    return Observation(number, text, "chose", topic)


def test_a_word_that_two_citizens_share_is_proposed_for_the_topic_they_chose(rules: Accepted) -> None:
    seen = [chose(1, "Byg hvirvleriet"), chose(2, "hvirvleri"), chose(2, "hvirvleri igen")]
    proposal = propose(rules, [*seen, chose(3, "Hvirvleri nu")], TODAY)
    assert proposal.additions == (Addition("idraet", "ord", "hvirvleri", (1, 2, 3)),)
    assert proposal.observed == 4
    assert proposal.diff(rules.data).splitlines() == [
        f"+ {RULES[: RULES.index('    - idræt')].count(chr(10)) + 1}:     - hvirvleri"
    ]


def test_a_word_in_two_forms_is_one_word_and_proposed_in_the_form_that_most_wrote(rules: Accepted) -> None:
    seen = [chose(1, "Giv os hvirvleriet"), chose(2, "Flere hvirvlerier"), chose(3, "Giv os mere hvirvleriet")]
    words = [addition for addition in propose(rules, seen, TODAY).additions if addition.field == "ord"]
    assert words == [Addition("idraet", "ord", "hvirvleriet", (1, 2, 3))]


def test_what_one_citizen_wrote_is_no_word(rules: Accepted) -> None:
    assert propose(rules, [chose(1, "hvirvleri"), chose(1, "hvirvleri")], TODAY).additions == ()


def test_a_sentence_that_still_goes_elsewhere_is_proposed_as_an_example(rules: Accepted) -> None:
    proposal = propose(rules, [chose(7, "Vi vil danse på taget. Det er det hele.")], TODAY)
    assert proposal.additions == (Addition("idraet", "eksempler", "Vi vil danse på taget.", (7,)),)
    outcome = accept(proposal.data)
    assert isinstance(outcome, Accepted)
    assert outcome.router.first_topic("Vi vil danse på taget") == "idraet"


@pytest.mark.parametrize(
    "private", ["Ring til mig på 12345678 tak", "Skriv til mig@hjemme.dk om det", "Se mit forslag på www.mitsted.dk"]
)
def test_a_sentence_with_a_number_or_an_address_is_nobodys_example(rules: Accepted, private: str) -> None:
    assert propose(rules, [chose(7, private)], TODAY).additions == ()


def test_an_idea_that_staff_passed_on_belongs_to_the_likeliest_topic_of_its_new_agent(rules: Accepted) -> None:
    seen = [Observation(n, f"Mere hvirvleri ved idræt nummer {n}", "passed", agent="farid") for n in (4, 5)]
    assert propose(rules, seen, TODAY).additions[0] == Addition("idraet", "ord", "hvirvleri", (4, 5))


def test_a_new_agent_without_topics_teaches_nothing(rules: Accepted) -> None:
    seen = [Observation(n, "Mere hvirvleri", "passed", agent="karen") for n in (4, 5)]
    proposal = propose(rules, seen, TODAY)
    assert (proposal.additions, proposal.observed, proposal.data) == ((), 0, rules.data)


def test_a_topic_that_is_gone_teaches_nothing(rules: Accepted) -> None:
    assert propose(rules, [chose(1, "hvirvleri", "havne_bad"), chose(2, "x", "other")], TODAY).observed == 0


def test_an_addition_that_would_break_the_rules_is_left_out() -> None:
    text = RULES.replace(
        "    ansvarlig: bo\n", "    ansvarlig: bo\n    eksempler:\n    - Vi vil danse på taget i nat\n", 1
    )
    outcome = accept(text.encode())
    assert isinstance(outcome, Accepted)
    proposal = propose(outcome, [chose(7, "Vi vil danse på taget i nat")], TODAY)
    assert isinstance(accept(proposal.data), Accepted)
    assert proposal.additions == ()


def test_words_alone_are_proposed_without_a_citizens_sentence_and_the_rest_of_the_file_stays(rules: Accepted) -> None:
    seen = [chose(1, "Byg hvirvleriet nu og her"), chose(2, "hvirvleri til alle sammen")]
    proposal = propose_words(rules, [*seen, chose(3, "tidsel", "natur"), chose(4, "tidsler", "natur")], TODAY)
    assert proposal.additions == (
        Addition("idraet", "ord", "hvirvleri", (1, 2)),
        Addition("natur", "ord", "tidsel", (3, 4)),
    )
    assert proposal.observed == 4
    added = {line.strip(" -+0123456789:") for line in proposal.diff(rules.data).splitlines()}
    assert added == {addition.item for addition in proposal.additions}
    assert propose_words(rules, [], TODAY).data == rules.data
