"""Where there are too many topics to tell all apart at once, letters tell: runs of four that a topic's words share."""

from math import log

import pytest

from bot.routing.letters import LetterHints

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
