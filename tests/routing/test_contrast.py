"""A label is heard by what lies near its samples, wherever they lie; without numpy there is nothing to test."""

import random

import pytest

np = pytest.importorskip("numpy")

from bot.routing.contrast import Contrast  # noqa: E402 - it needs numpy
from bot.routing.heads import Head  # noqa: E402 - it needs numpy

CORNERS = {"danger": ((1, 1), (-1, -1)), "calm": ((1, -1), (-1, 1))}
"""No straight line has both corners of danger on one side, as none has a fire and a fall."""


def scattered(each: int) -> tuple[np.ndarray, list[str]]:
    chance = random.Random(5)
    rows = [
        (label, [x + chance.gauss(0, 0.3), y + chance.gauss(0, 0.3), 1.0])
        for label, corners in CORNERS.items()
        for x, y in corners
        for _ in range(each)
    ]
    vectors = np.array([row for _, row in rows], dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), [label for label, _ in rows]


def corner(x: float, y: float) -> np.ndarray:
    vector = np.array([x, y, 1.0], dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_what_no_straight_line_can_part_is_told_apart_by_nearness() -> None:
    vectors, labels = scattered(40)
    contrast = Contrast(vectors, labels, "danger", calm=1e-4)
    assert min(contrast.likely(corner(*place)) for place in CORNERS["danger"]) > 0.9
    assert max(contrast.likely(corner(*place)) for place in CORNERS["calm"]) < 0.1
    line = Head(vectors, labels, calm=1e-4, even=False)
    assert not all(line.likely(corner(*place))["danger"] > 0.7 for place in CORNERS["danger"])


def test_a_label_that_was_never_seen_is_never_heard() -> None:
    vectors, _ = scattered(1)
    assert Contrast(vectors, ["calm"] * len(vectors), "danger", calm=1e-4).likely(corner(1, 1)) == 0.0


def test_of_many_calm_samples_those_are_learned_from_that_are_hardest_to_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.routing.contrast.HARDEST", 10)
    vectors, labels = scattered(40)
    contrast = Contrast(vectors, labels, "danger", calm=1e-4)
    assert len(contrast.known) == 80 + 10
    assert contrast.likely(corner(1, 1)) > contrast.likely(corner(1, -1))
