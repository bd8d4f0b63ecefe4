"""Learns from vectors: how likely each label is for a new one, and which of the known ones it is most like."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

ROUNDS, STEP, MOMENTUM = 300, 20.0, 0.9
BIAS_STEP = 2.0
"""Shorter, since all samples pull at the bias together: with long steps it swings from side to side and never rests."""
ROUNDED = 0.6
"""How far the spread of a label's samples is taken to be the same in all directions, of which few are well known."""
CENTRES = 0.5
"""How much nearness to the labels' centres counts beside what the regression says."""
FEW = 15.0
"""Samples a label with which both count the same; with more of them, the regression counts more."""
LIKE_ENOUGH = 0.45
"""Likeness (-1..1, around the middle of all) from which an example is worth naming."""

Vectors = Any
"""An array with a vector a row."""


class Head:
    """A logistic regression over vectors of length one, moved so that their middle is zero."""

    def __init__(
        self, vectors: Vectors, labels: Sequence[str], *, calm: float, even: bool, centres: bool = False
    ) -> None:
        """`calm` keeps the weights small; `even` lets every label count the same, however many samples it has.

        `centres`: it counts besides how near a vector is to each label's centre, which is surer while samples are few.
        """
        self.labels = sorted(set(labels))
        self._middle = vectors.mean(axis=0)
        self.known = self.move(vectors)
        number = {label: at for at, label in enumerate(self.labels)}
        wanted = np.eye(len(self.labels), dtype=np.float32)[[number[label] for label in labels]]
        often = Counter(labels)
        worth = np.array([1 / often[label] if even else 1.0 for label in labels], dtype=np.float32)
        self._weights, self._bias = _fit(self.known, wanted, (worth / worth.sum())[:, None], calm)
        if centres:
            near, far = _centre(self.known, wanted)
            share = FEW / (FEW + len(vectors) / len(self.labels))
            self._weights = (1 - share) * self._weights + share * CENTRES * near
            self._bias = (1 - share) * self._bias - share * CENTRES * far

    def likely(self, vector: Vectors) -> dict[str, float]:
        """For each label how likely it is (0..1)."""
        shares = _share(self.move(vector[None, :]) @ self._weights + self._bias)[0]
        return {label: float(share) for label, share in zip(self.labels, shares, strict=True)}

    def alike(self, vector: Vectors) -> Vectors:
        """How like the vector is to each known one (-1..1)."""
        return self.known @ self.move(vector[None, :])[0]

    def lean(self, label: str) -> Vectors:
        """How likely the label is (0..1) for each known vector."""
        return _share(self.known @ self._weights + self._bias)[:, self.labels.index(label)]

    def move(self, vectors: Vectors) -> Vectors:
        """The vectors as this head sees them: the middle of the known ones taken away, of length one."""
        moved = vectors - self._middle
        return moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)


def _share(scores: Vectors) -> Vectors:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _fit(vectors: Vectors, wanted: Vectors, worth: Vectors, calm: float) -> tuple[Vectors, Vectors]:
    """Gradient descent with a look ahead; it ends after so many rounds, near enough to the best."""
    weights = np.zeros((vectors.shape[1], wanted.shape[1]), dtype=np.float32)
    bias = np.zeros(wanted.shape[1], dtype=np.float32)
    speed, bias_speed = np.zeros_like(weights), np.zeros_like(bias)
    for _ in range(ROUNDS):
        ahead, bias_ahead = weights + MOMENTUM * speed, bias + MOMENTUM * bias_speed
        wrong = (_share(vectors @ ahead + bias_ahead) - wanted) * worth
        speed = MOMENTUM * speed - STEP * (vectors.T @ wrong + calm * ahead)
        bias_speed = MOMENTUM * bias_speed - BIAS_STEP * wrong.sum(axis=0)
        weights, bias = weights + speed, bias + bias_speed
    return weights, bias


def _centre(vectors: Vectors, wanted: Vectors) -> tuple[Vectors, Vectors]:
    """How near vectors are to the labels' centres, as weights and what to take off for each label.

    Directions in which samples of one label differ anyway count less (linear discriminant analysis).
    """
    centres = (wanted.T @ vectors) / wanted.sum(axis=0)[:, None]
    apart = vectors - wanted @ centres
    spread = apart.T @ apart / len(vectors)
    size = len(spread)
    usual = np.trace(spread) / size + 1e-9
    near = np.linalg.solve((1 - ROUNDED) * spread + ROUNDED * usual * np.eye(size), centres.T)
    return near.astype(np.float32), (near * centres.T).sum(axis=0).astype(np.float32) / 2
