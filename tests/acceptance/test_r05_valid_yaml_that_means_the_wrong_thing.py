"""R-05: a file that is valid YAML and means the wrong thing is refused or told, with its line, before it counts."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from bot.routing.live import Accepted, Refused, accept
from tests.routing.small import small_rules

RULES = small_rules((Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 2)
BO = "  bo:\n    navn: Bo Lind\n"
LONE = RULES[RULES.index("  lone:\n") : RULES.index("  peter:\n")]
NATUR = "    ansvarlig: bo\n"
WORD = "    - natur\n"


def edit(old: str, new: str, text: str = RULES) -> str:
    assert old in text
    return text.replace(old, new, 1)


def line_of(text: str, needle: str) -> int:
    assert needle in text
    return text[: text.index(needle)].count("\n") + 1


def without_bolig() -> str:
    start, end = RULES.index("  bolig:\n"), RULES.index("\nslags:\n")
    return RULES[:start] + RULES[end + 1 :]


REFUSED = {
    "a topic without a responsible": (
        edit(NATUR, ""),
        "  natur:\n",
        "»ansvarlig« mangler under »natur«. Skriv »ansvarlig: …«.",
    ),
    "a responsible who is no agent": (
        edit(NATUR, "    ansvarlig: Bo Lindd\n"),
        "Bo Lindd",
        "»Bo Lindd« er ikke en af agenterne. Mente du »Bo Lind«?",
    ),
    "a Telegram id that begins with 0": (
        edit(BO, BO + "    telegram: 0123456789\n"),
        "0123456789",
        "»0123456789« begynder med 0, og så læses tallet forkert. Skriv Telegram-nummeret uden 0 forrest.",
    ),
    "a Telegram id of letters": (
        edit(BO, BO + "    telegram: bo_lind\n"),
        "bo_lind",
        "»bo_lind« er ikke et helt tal. Skriv tallet med cifre.",
    ),
    "an empty word": (
        edit(WORD, '    - ""\n'),
        '- ""',
        "der står ingenting mellem anførselstegnene. Skriv ordet, eller slet linjen.",
    ),
    "a word of a space": (
        edit(WORD, '    - " "\n'),
        '- " "',
        "der står ingenting mellem anførselstegnene. Skriv ordet, eller slet linjen.",
    ),
    "a word that is left out": (
        edit(WORD, "    -\n"),
        "    -\n",
        "et punkt i listen er tomt. Skriv ordet, eller slet linjen.",
    ),
    "a word that matches everything": (
        edit(WORD, "    - i\n"),
        "    - i\n",
        "ordet »i« er så kort, at det passer på næsten alt. Skriv et længere ord, eller slet det.",
    ),
    "a promise of 0 days": (
        edit("arbejdsdage: '2'", "arbejdsdage: 0"),
        "arbejdsdage: 0",
        "»0« er for lidt. Skriv et tal fra 1 og op.",
    ),
    "a promise of -1 days": (
        edit("arbejdsdage: '2'", "arbejdsdage: -1"),
        "arbejdsdage: -1",
        "»-1« er for lidt. Skriv et tal fra 1 og op.",
    ),
    "a promise of 400 days": (
        edit("arbejdsdage: '2'", "arbejdsdage: 400"),
        "arbejdsdage: 400",
        "»400« er for meget. Skriv et tal, der højst er 30.",
    ),
    "a topic that is missing": (
        without_bolig(),
        "emner:\n",
        "emnet »bolig« mangler. Læg blokken »bolig:« tilbage under »emner:«.",
    ),
    "a topic that is misspelled": (
        edit("  byrum:\n", "  byrumm:\n"),
        "  byrumm:\n",
        "emnet »byrumm« kendes ikke. Mente du »byrum«?",
    ),
    "a field that is misspelled": (
        edit(NATUR, "    ansvarllig: bo\n"),
        "ansvarllig",
        "»ansvarllig« kendes ikke her. Mente du »ansvarlig«?",
    ),
    "an absence that ends before it starts": (
        edit(BO, BO + "    fravær:\n    - fra: 2026-12-10\n      til: 2026-12-01\n"),
        "fra: 2026-12-10",
        "fraværet slutter 2026-12-01, før det begynder 2026-12-10. Byt fra og til.",
    ),
}

TOLD = {
    "an agent without a Telegram id": (
        edit(BO, BO + "    telegram: 2002\n"),
        "  lone:\n",
        "Lone Bach har intet Telegram-nummer, så ideerne går til Peter Dam. "
        "Skriv »telegram: …« under »lone«, når nummeret kendes.",
    ),
    "a word under two topics": (
        edit(WORD, WORD + "    - cykel\n"),
        "    - cykel\n    - park",
        "ordet »cykel« står under både »trafik« og »natur«, så det tæller mindre for begge. "
        "Lad det blive, hvor det betyder mest.",
    ),
    "a word under two topics, once with a capital": (
        edit(WORD, WORD + "    - Cykel\n"),
        "    - Cykel\n",
        "ordet »Cykel« står under både »trafik« og »natur«, så det tæller mindre for begge. "
        "Lad det blive, hvor det betyder mest.",
    ),
    "stand-ins in a ring": (
        edit(LONE, LONE.replace("afløser: peter", "afløser: bo")),
        "    afløser: lone\n",
        "afløserne går i ring: Bo Lind → Lone Bach → Bo Lind. Når alle er væk, går ideen til Peter Dam.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_the_line_and_what_to_write_instead(case: str) -> None:
    text, needle, told = REFUSED[case]
    outcome = accept(text.encode())
    assert isinstance(outcome, Refused)
    where = {str(problem).partition(": ")[2]: problem for problem in outcome.problems}
    assert told in where
    assert where[told].line == line_of(text, needle)
    assert str(where[told]).startswith(f"linje {line_of(text, needle)}, tegn ")
    assert where[told].said("en").startswith(f"line {line_of(text, needle)}, column ")


@pytest.mark.parametrize("case", TOLD)
def test_it_is_used_and_told(case: str) -> None:
    text, needle, told = TOLD[case]
    outcome = accept(text.encode())
    assert isinstance(outcome, Accepted)
    where = {str(problem).partition(": ")[2]: problem for problem in outcome.warnings}
    assert told in where
    assert where[told].line == line_of(text, needle)


def test_an_agent_without_an_id_is_passed_over_for_the_stand_in() -> None:
    outcome = accept(edit(BO, BO + "    telegram: 2002\n").encode())
    assert isinstance(outcome, Accepted)
    assert outcome.router.match("flere cykelstativer", today=TODAY).agent == "bo"


def test_an_agent_whose_id_stands_in_the_settings_has_one() -> None:
    agents = ("mette", "bo", "signe", "farid", "peter", "karen")
    outcome = accept(RULES.encode(), {agent: 2000 + number for number, agent in enumerate(agents)})
    assert isinstance(outcome, Accepted)
    assert [problem.what.split(" har ")[0] for problem in outcome.warnings] == ["Lone Bach"]


def test_a_ring_of_people_who_are_all_away_ends_with_peter() -> None:
    text = edit(
        LONE,
        LONE.replace("afløser: peter\n", "afløser: bo\n    fravær: [{fra: 2026-11-01, til: 2026-11-30}]\n"),
    )
    text = edit(BO, BO + "    fravær: [{fra: 2026-11-02, til: 2026-11-02}]\n", text)
    outcome = accept(text.encode())
    assert isinstance(outcome, Accepted)
    assert outcome.router.match("natur", today=TODAY).agent == "peter"


@pytest.mark.parametrize("word", ["no", "on"])
def test_no_and_on_without_quotes_are_words_like_others(word: str) -> None:
    outcome = accept(edit(WORD, WORD + f"    - {word}\n").encode())
    assert isinstance(outcome, Accepted)
    assert word in outcome.router.rules.topics["natur"].words


@pytest.mark.parametrize("written", ["123456789", '"123456789"', "'123456789'"])
def test_a_telegram_id_is_the_right_number_with_and_without_quotes(written: str) -> None:
    outcome = accept(edit(BO, BO + f"    telegram: {written}\n").encode())
    assert isinstance(outcome, Accepted)
    assert outcome.frame.agents["bo"].telegram == 123456789


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_ring_over_a_and_a_mark_at_the_start_match_as_usual(form: str) -> None:
    text = "\ufeff" + unicodedata.normalize(form, edit(WORD, WORD + "    - åkandedam\n"))
    outcome = accept(text.encode())
    assert isinstance(outcome, Accepted)
    for written in ("NFC", "NFD"):
        sentence = unicodedata.normalize(written, "en åkandedam")
        assert outcome.router.match(sentence, today=TODAY).topics[0].topic == "natur"
