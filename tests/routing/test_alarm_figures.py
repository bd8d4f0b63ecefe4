"""What the scale of danger learns is this much and no other: a formula that slips shows here and not in a town."""

from math import log, log1p, sqrt

import pytest

from bot.routing.alarm import BEARERS, MARGIN, Example, Scale, count_by_line

DANGERS = ("fire house", "fire smoke", "smoke house", "fire water")
WEIGHTS = {"fire": 7.7253, "smoke": 5.1648, "house": -1.0879, "water": -3.2088, "bench": -4.978, "tree": -2.7582}
"""What it learns of them."""
CALM = ("bench house", "bench water", "bench tree", "tree water", "house water")


def scale(quiet: tuple[str, ...] = (), given: float = 0.0) -> Scale:
    rows = [(words, True) for words in DANGERS] + [(words, False) for words in CALM]
    return Scale([Example(words.split(), danger, given if danger else -given) for words, danger in rows], quiet)


def test_a_share_grows_with_its_line_and_falls_with_the_others() -> None:
    counted = count_by_line({"112": [["fire"], ["fire", "smoke"]], "114": [["fire"], ["theft"]], "1813": [["fire"]]})
    assert counted["fire"] == {
        "112": pytest.approx(log1p(2 / 3)), "114": pytest.approx(log1p(1 / 4)), "1813": pytest.approx(log1p(1 / 4)),
    }  # fmt: skip
    assert set(counted) == {"fire"}, "what stands in one example alone says nothing"


def test_weights_are_those_of_an_averaged_perceptron_in_its_own_order() -> None:
    learned = scale()
    alone = {
        word: round(learned.weigh([word], 0.0), 4) for word in ("fire", "smoke", "house", "water", "bench", "tree")
    }
    assert alone == WEIGHTS


def test_each_example_ends_on_its_own_side_and_far_enough() -> None:
    learned = scale()
    assert all(learned.weigh(words.split(), 0.0) > 0 for words in DANGERS)
    assert all(learned.weigh(words.split(), 0.0) < 0 for words in CALM)


def test_what_the_cues_say_already_needs_no_learning() -> None:
    assert scale(given=MARGIN).weigh(["fire"], 0.0) == 0.0
    assert scale(given=MARGIN - 0.01).weigh(["fire"], 0.0) > 0.0


def test_several_features_count_by_the_root_of_how_many_they_are() -> None:
    learned = scale()
    fire, smoke = (learned.weigh([word], 0.0) for word in ("fire", "smoke"))
    assert learned.weigh(["fire", "smoke"], 0.5) == pytest.approx(0.5 + (fire + smoke) / sqrt(2))
    assert learned.weigh(["fire", "unknown"], 0.5) == pytest.approx(0.5 + fire / sqrt(2))
    assert learned.weigh([], 0.5) == 0.5


def test_only_what_stands_in_danger_far_more_often_bears_danger() -> None:
    learned = scale()
    fire = round(log(((3 + 0.5) / (4 + 1)) / ((0 + 0.5) / (5 + 1))), 2)
    smoke = round(log(((2 + 0.5) / (4 + 1)) / ((0 + 0.5) / (5 + 1))), 2)
    assert learned.bear(["fire"]) == pytest.approx(fire)
    assert learned.bear(["smoke"]) == pytest.approx(smoke)
    assert learned.bear(["house", "water", "bench", "unknown"]) == 0
    assert learned.bear(["fire", "smoke"]) == pytest.approx(fire + smoke)


def test_quiet_words_shapes_and_what_stands_once_bear_none() -> None:
    assert scale(quiet=("fire",)).bear(["fire"]) == 0
    assert scale(quiet=("fire",)).bear(["smoke"]) > 0
    shaped = [Example(["@short", f"w{n}"], True, 0.0) for n in range(4)] + [Example(["calm", "x"], False, 0.0)] * 4
    learned = Scale(shaped)
    assert learned.bear(["@short"]) == 0
    assert learned.weigh(["@short"], 0.0) > 0
    assert (learned.bear(["w1"]), learned.weigh(["w1"], 0.0)) == (0, 0.0)
    both = [Example(["fire smoke", "fire house"], True, 0.0)] * 4 + [Example(["calm"], False, 0.0)] * 4
    assert Scale(both, ("fire", "smoke")).bear(["fire smoke"]) == 0
    assert Scale(both, ("fire", "smoke")).bear(["fire house"]) > 0


def test_of_a_text_the_few_that_bear_most_are_looked_at() -> None:
    many = [Example([f"w{n}" for n in range(BEARERS + 2)], True, 0.0)] * 4 + [Example(["calm"], False, 0.0)] * 4
    learned = Scale(many)
    one = learned.bear(["w0"])
    assert one > 0
    assert learned.bear([f"w{n}" for n in range(BEARERS + 2)]) == pytest.approx(BEARERS * one)
