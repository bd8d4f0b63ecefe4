"""What examples teach about danger: a scale that learns, and the shares of fresh texts that it judges right."""

from bot.routing.alarm import Example, Scale, count_by_line
from bot.routing.danger import USUALLY_BORNE, Seen, Weighed
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


def test_what_stands_in_danger_alone_bears_danger_and_what_stands_in_both_does_not() -> None:
    scale = Scale(
        [example("he is cold @now", danger=True), example("she is cold @now", danger=True)]
        + [example("he is with us", danger=False), example("she is at home", danger=False)] * 10,
    )
    assert scale.bear(["cold"]) > 1
    assert scale.bear(["he", "is", "she"]) == scale.bear(["@now"]) == scale.bear(["unknown"]) == 0


def test_small_words_bear_nothing_however_often_people_in_danger_use_them() -> None:
    features = frozenset({"and he", "and cold"})
    calm = [example("a bench", danger=False)] * 10
    scale = Scale([Example(features, danger=True, given=0.0)] * 2 + calm, quiet={"and", "he"})
    assert scale.bear(["and he"]) == 0 < scale.bear(["and cold"])


def test_only_the_few_words_that_bear_most_are_counted() -> None:
    words = "cold blue blood fire knife"
    scale = Scale([example(words, danger=True)] * 2 + [example("a bench", danger=False)] * 10)
    assert scale.bear(words.split()) == 3 * scale.bear(["cold"])


def weighed(evidence: float, *lines: str, calm: bool = False, bears: float = USUALLY_BORNE) -> Weighed:
    return Weighed(evidence, Seen(list(lines), calm, []), frozenset(), bears)


def opinion(danger: float) -> Opinion:
    return Opinion({}, {}, {}, danger)


def test_a_second_opinion_decides_where_only_examples_speak() -> None:
    assert weighed(1.0).alarms(None)
    assert not weighed(1.0).alarms(opinion(0.01))
    assert not weighed(-1.0).alarms(None)
    assert weighed(-1.0).alarms(opinion(0.9))


def test_a_cue_of_danger_is_hard_to_talk_down_and_a_cue_of_calm_makes_it_easy() -> None:
    assert weighed(-2.5, "112").alarms(None)
    assert weighed(-1.5, "112").alarms(opinion(0.6))
    assert not weighed(-1.5, "112").alarms(opinion(0.4))
    assert not weighed(1.0, "112", calm=True).alarms(None)
    assert weighed(1.0, "112", calm=True).alarms(opinion(0.9))
    assert not weighed(1.0, "112", calm=True).alarms(opinion(0.7))


def test_what_only_sounds_like_danger_is_none_where_no_cue_says_so() -> None:
    assert weighed(2.5).alarms(None)
    assert not weighed(2.5, bears=1.0).alarms(None)
    assert not weighed(2.5, bears=1.0).alarms(opinion(0.5))
    assert weighed(2.5, bears=1.0).alarms(opinion(0.8))
    assert weighed(2.5, "112", bears=1.0).alarms(None)


def test_nobody_is_asked_when_cues_and_examples_say_the_same() -> None:
    assert weighed(2.5, "112").certain
    assert weighed(2.5, "112").alarms(opinion(0.0))
    assert not weighed(0.5, "112").certain
    assert not weighed(0.5, "112").alarms(opinion(0.0))
    assert not weighed(5.0, "112", calm=True).certain


def test_most_frightened_people_are_understood_though_they_name_no_danger(router: Router) -> None:
    missed = [text for text in INDIRECT if not router.emergency(text)]
    assert len(missed) <= len(INDIRECT) * 0.15, missed


def test_alarming_words_alone_seldom_raise_an_alarm(router: Router) -> None:
    alarms = [text for text in ALARMING if router.emergency(text)]
    assert len(alarms) <= len(ALARMING) * 0.03, alarms
