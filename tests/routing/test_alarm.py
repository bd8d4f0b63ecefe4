"""What examples teach about danger: a scale that learns, and the shares of fresh texts that it judges right."""

from bot.routing.alarm import Example, Scale, count_by_line
from bot.routing.match import Router
from tests.routing.dangers_indirect import ALARMING, INDIRECT


def example(words: str, *, danger: bool, given: float = 0.0) -> Example:
    return Example(frozenset(words.split()), danger, given)


def test_what_danger_has_in_common_speaks_for_danger() -> None:
    scale = Scale(
        [
            example("he is cold", danger=True),
            example("she is cold", danger=True),
            example("he wants a bench", danger=False),
            example("she wants a tree", danger=False),
        ]
    )
    assert scale.weigh(["they", "cold"], 0.0) > 0 > scale.weigh(["they", "wants"], 0.0)


def test_without_examples_only_the_cues_speak() -> None:
    assert Scale([]).weigh(["cold"], 1.5) == 1.5


def test_a_feature_of_one_line_only_speaks_for_that_line() -> None:
    shares = count_by_line({"112": [frozenset({"blood", "he"})] * 3, "114": [frozenset({"lost", "he"})] * 3})
    assert set(shares["blood"]) == {"112"}
    assert shares["he"]["112"] == shares["he"]["114"] < shares["blood"]["112"]


def test_most_frightened_people_are_understood_though_they_name_no_danger(router: Router) -> None:
    missed = [text for text in INDIRECT if not router.emergency(text)]
    assert len(missed) <= len(INDIRECT) * 0.15, missed


def test_alarming_words_alone_seldom_raise_an_alarm(router: Router) -> None:
    alarms = [text for text in ALARMING if router.emergency(text)]
    assert len(alarms) <= len(ALARMING) * 0.03, alarms
