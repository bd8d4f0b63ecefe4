"""Where there are too many topics to tell all apart at once, letters tell: runs of four that a topic's words share."""

from datetime import date
from math import log
from pathlib import Path

import pytest

from bot.routing.letters import LetterHints
from bot.routing.load import load_rules
from bot.routing.match import Router
from bot.routing.topics import MOST_TAUGHT
from tests.routing.small import small_rules

RULES = small_rules((Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8"))
TODAY = date(2026, 11, 2)
OWN = ("agl", "egn", "igr", "ogl", "ugn", "yls", "ank", "elk", "imp", "ork", "urm")

ONE = round(log(1.5), 2)
"""What a run says that stands once in one of two topics: 1.5 times against 1 on average."""


def said(word: str, **topics: list[tuple[int, list[str]]]) -> dict[str, float]:
    return dict(LetterHints(topics).strengths(word))


def test_a_word_of_one_topic_speaks_for_it_alone() -> None:
    hints = LetterHints({"natur": [(2, ["skov"])], "trafik": [(2, ["vej"])]})
    assert hints.strengths("skov") == (("natur", pytest.approx(ONE)),)
    assert hints.strengths("vej") == (("trafik", pytest.approx(ONE)),)


def test_a_word_that_shares_half_its_letters_speaks_half_as_loud() -> None:
    assert said("skove", natur=[(2, ["skov"])], trafik=[(2, ["vej"])]) == {"natur": pytest.approx(ONE / 2)}


def test_a_word_that_shares_none_says_nothing() -> None:
    assert said("bil", natur=[(2, ["skov"])], trafik=[(2, ["vej"])]) == {}
    assert said("bil") == {}


def test_letters_that_every_topic_has_say_nothing() -> None:
    """Of "skov" only its end is not in "skovvej" too."""
    assert said("skov", natur=[(2, ["skov"])], trafik=[(2, ["skovvej"])]) == {"natur": pytest.approx(ONE / 3)}


def test_a_strong_word_counts_more_than_a_hint() -> None:
    told = said("skov", natur=[(2, ["skov"]), (1, ["bier"])], trafik=[(1, ["skov"])])
    assert told == {"natur": pytest.approx(round(log(1.5 / 1.25), 2))}
    both = said("skov", natur=[(1, ["skov"]), (4, ["skov"])], trafik=[(2, ["vej"])])
    assert both == {"natur": pytest.approx(round(log(3.0 / 1.75), 2))}


def test_no_run_of_letters_may_say_more_than_the_most() -> None:
    many: dict[str, list[tuple[int, list[str]]]] = {f"t{n}": [(2, ["vej"])] for n in range(99)}
    assert said("skov", natur=[(2, ["skov"] * 200)], **many) == {"natur": pytest.approx(3.0)}


def test_words_that_stand_beside_one_another_do_not_run_together() -> None:
    apart, alone = (said("bova", a=[(2, words)], b=[(2, ["xxxx"])]) for words in (["ab", "ova"], ["ova"]))
    assert apart == alone


def many_topics() -> Router:
    """The router of rules with so many topics of the municipality's own that letters alone tell them apart."""
    own = "".join(
        f"  eget{n}:\n    navn: {{da: Eget {n}, en: Own {n}, uk: Своє {n}}}\n    ansvarlig: bo\n    ord: [{word}]\n"
        f"    svage_ord: [{word[::-1]}]\n"
        for n, word in enumerate(f"{first}{last}eri" for first in "kltmnprs" for last in OWN)
    )
    rules = load_rules(RULES.replace("emner:\n", "emner:\n" + own, 1).encode()).rules
    assert rules is not None
    assert len(rules.topics) > MOST_TAUGHT
    return Router(rules)


def test_of_more_than_a_hundred_topics_a_word_finds_the_one_whose_letters_it_has_and_a_little_those_like_it() -> None:
    router = many_topics()

    def found(text: str) -> dict[str, float]:
        return {score.topic: score.score for score in router.match(text, today=TODAY).topics}

    assert found("kagleriernes dag") == {"eget0": pytest.approx(55.3)}
    assert found("kaglerierne og tegnerier") == {"eget23": pytest.approx(56.8), "eget0": pytest.approx(55.7)}
    assert found("irelgak") == {"eget0": pytest.approx(45.1)}, "a weak word"
    alike = dict.fromkeys((f"eget{n}" for n in (22, 44, 55, 66, 77)), pytest.approx(16.1))
    named = dict.fromkeys((f"eget{n}" for n in (0, 11, 33)), pytest.approx(48.1))
    assert found("en kagleristi, lagleristi og magleristi") == named | alike
