"""What examples teach about danger: a scale that learns, and the shares of fresh texts that it judges right."""

from bot.routing.alarm import Example, Scale, count_by_line
from bot.routing.danger import Seen, Weighed
from bot.routing.match import Router
from bot.routing.second import Opinion
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


def weighed(evidence: float, *lines: str, calm: bool = False) -> Weighed:
    return Weighed(evidence, Seen(list(lines), calm, []), frozenset())


def opinion(danger: float) -> Opinion:
    return Opinion({}, {}, {}, danger)


def test_a_second_opinion_decides_where_only_examples_speak() -> None:
    assert weighed(1.0).alarms(None)
    assert not weighed(1.0).alarms(opinion(0.01))
    assert not weighed(-1.0).alarms(None)
    assert weighed(-1.0).alarms(opinion(0.9))


def test_a_cue_of_danger_is_hard_to_talk_down_and_a_cue_of_calm_makes_it_easy() -> None:
    assert weighed(-3.0, "112").alarms(None)
    assert weighed(-3.0, "112").alarms(opinion(0.2))
    assert not weighed(1.0, "112", calm=True).alarms(None)
    assert not weighed(1.0, "112", calm=True).alarms(opinion(0.05))


def test_nobody_is_asked_when_cues_and_examples_say_the_same() -> None:
    assert weighed(0.5, "112").certain
    assert weighed(0.5, "112").alarms(opinion(0.0))
    assert not weighed(-0.5, "112").certain
    assert not weighed(5.0, "112", calm=True).certain


def test_most_frightened_people_are_understood_though_they_name_no_danger(router: Router) -> None:
    missed = [text for text in INDIRECT if not router.emergency(text)]
    assert len(missed) <= len(INDIRECT) * 0.15, missed


def test_alarming_words_alone_seldom_raise_an_alarm(router: Router) -> None:
    alarms = [text for text in ALARMING if router.emergency(text)]
    assert len(alarms) <= len(ALARMING) * 0.03, alarms
