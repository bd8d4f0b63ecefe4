"""What words weigh: much where few share them, what was wrong is mended, and a long text's words count less each."""

from math import log, sqrt

import pytest

from bot.routing.weights import Counts, Rows, Sample, learn_from_mistakes, weigh_texts

AB = ("a", "b")


def test_a_word_of_one_label_speaks_for_it_and_one_of_both_for_neither() -> None:
    counts = Counts(AB)
    counts.add("a", ["alone", "shared"], 2.0)
    counts.add("b", ["shared"], 2.0)
    assert counts.weights() == {"alone": (("a", pytest.approx(log(2.3 / 1.3))),), "shared": ()}
    assert counts.weights(smoothing=1.0)["alone"] == (("a", pytest.approx(log(3 / 2))),)


def test_sightings_add_up_and_a_floor_does_not() -> None:
    counts = Counts(AB)
    counts.add("a", ["x"], 1.0)
    counts.add("a", ["x"], 1.0)
    counts.raise_to("a", "x", 1.5)
    counts.raise_to("b", "y", 3.0)
    counts.raise_to("b", "y", 4.0)
    assert counts.seen == {"x": {"a": 2.0}, "y": {"b": 4.0}}


def test_what_features_say_is_added_up_and_counts_less_each_in_a_long_text() -> None:
    rows: Rows[str] = Rows(AB, [("x", (0.5, -0.25)), ("y", (0.125, 1.0))])
    scores = {"a": 1.0}
    rows.add_up(["x"], scores)
    assert scores == {"a": 1.5, "b": -0.25}
    rows.add_up(["x", "y", "unknown", "unheard"], scores)
    assert scores == {"a": pytest.approx(1.5 + 0.625 / 2), "b": pytest.approx(-0.25 + 0.75 / 2)}


def test_what_nobody_knows_says_nothing() -> None:
    scores: dict[str, float] = {}
    Rows(AB, [("x", (0.5, -0.25))]).add_up(["unknown"], scores)
    assert scores == {}


def test_a_weight_beyond_all_measure_is_kept_as_the_largest() -> None:
    scores: dict[str, float] = {}
    Rows(AB, [("x", (40.0, -40.0))]).add_up(["x"], scores)
    assert scores == {"a": 32.0, "b": -32.0}
    scores.clear()
    Rows(AB, [("x", (0.0, -40.0))]).add_up(["x"], scores)
    assert scores == {"a": 0.0, "b": -32.0}


def test_a_feature_weighs_by_how_much_likelier_it_is_under_each_label() -> None:
    samples = [Sample("a", ["x"], {}), Sample("a", ["y"], {}), Sample("b", ["y"], {})]
    told = weigh_texts(samples, ("a", "b", "nobody"), strength=1.0)
    a, b = (1 + 0.25) / 3, 0.25 / 2
    assert told["x"] == pytest.approx((log(2 * a / (a + b)), log(2 * b / (a + b)), 0.0))
    a, b = (1 + 0.75) / 3, (1 + 0.75) / 2
    assert told["y"] == pytest.approx((log(2 * a / (a + b)), log(2 * b / (a + b)), 0.0))


def test_what_is_wrong_is_mended_step_by_step_and_averaged_and_what_is_right_is_left() -> None:
    """The first text is wrong twice, at the 2nd and the 5th of 11 looks; the second never, and waits its turns."""
    samples = [Sample("a", ["x"], {"b": 1.0}), Sample("b", ["y"], {"b": 1.0})]
    learned = learn_from_mistakes(samples, AB, rounds=5, step=0.5, margin=0.5)
    once = 1.0 - (2 * 0.5 + 5 * 0.5) / 11
    assert learned["x"] == pytest.approx([once, -once])
    assert learned["y"] == [0.0, 0.0]


def test_a_text_of_many_features_moves_each_of_them_and_is_judged_by_all() -> None:
    samples = [Sample("a", ["x", "y", "z", "w"], {"b": 2.0}), Sample("b", ["y"], {})]
    learned = learn_from_mistakes(samples, AB, rounds=20, step=0.5, margin=0.5)
    share = 1 / sqrt(4)
    of_first = [sum(learned[feature][at] for feature in "xyzw") * share for at in (0, 1)]
    assert of_first[0] > 2.0 + of_first[1]
    assert learned["y"][1] > learned["y"][0]
    assert learned["x"] == learned["z"] == learned["w"]


def test_a_text_without_features_is_no_harm() -> None:
    samples: list[Sample[str]] = [Sample("a", [], {"b": 1.0}), Sample("b", ["y"], {"b": 3.0})]
    assert learn_from_mistakes(samples, AB, rounds=3, step=0.5, margin=0.5) == {"y": [0.0, 0.0]}
