"""What is learned from vectors comes to rest, also where one label is rare; without numpy there is nothing to test."""

import random

import pytest

np = pytest.importorskip("numpy")

from bot.routing.heads import Head  # noqa: E402 - it needs numpy


def test_a_rare_label_is_as_likely_as_it_is_often() -> None:
    chance = random.Random(3)
    labels = ["danger"] * 130 + ["calm"] * 870
    vectors = np.array([[chance.gauss(0, 1) for _ in range(8)] for _ in labels], dtype=np.float32)
    head = Head(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), labels, calm=1e-2, even=False)
    found = [head.likely(vector)["danger"] for vector in head.known]
    assert sum(found) / len(found) == pytest.approx(0.13, abs=0.01)


def test_a_label_with_two_samples_is_found_by_its_centre() -> None:
    vectors = np.eye(6, dtype=np.float32)[[0, 0, 1, 1, 2, 2]] + np.eye(6, dtype=np.float32)[[3, 4, 3, 4, 3, 4]]
    head = Head(
        vectors / np.sqrt(2), ["bench", "bench", "song", "song", "swim", "swim"], calm=1e-3, even=False, centres=True
    )
    found = head.likely(np.array([0, 1, 0, 0, 0, 1], dtype=np.float32))
    assert max(found, key=found.__getitem__) == "song"
    assert found["song"] > 0.5
