"""Learns to hear one label among all others by which known vectors a new one is near (kernel ridge regression)."""

from collections.abc import Sequence
from math import exp
from typing import Any

import numpy as np

from bot.routing.heads import Head, Vectors

HARDEST = 1500
"""Samples of other labels that are learned from, those that are most like the label's own; the rest say nothing new."""
WIDTH = 1.0
"""How fast nearness fades: it is e to the power of minus so many times the square of the distance."""
LOOSE = 0.3
"""How far what is learned may miss its samples: with less, each sample is learned by heart."""
SURE, OWN = 10.0, 2.5
"""The log odds that a full step from other labels to the label's own stands for, and what speaks for its own before."""
FARTHEST = 30.0
"""Log odds beyond which nothing is surer."""


class Contrast:
    """How likely it is that a vector is of one label, by the known ones of it and by those that are hardest to tell.

    `known` are the vectors that were learned from, moved; None where the label has none.
    """

    def __init__(self, vectors: Vectors, labels: Sequence[str], label: str, *, calm: float) -> None:
        """`calm` is that of the regression by which the hardest are found."""
        own = np.array([each == label for each in labels], dtype=bool)
        self.known: Any = None
        if not own.any():
            return
        rough = Head(vectors, labels, calm=calm, even=False)
        near = rough.lean(label)
        near[own] = np.inf
        chosen = np.argsort(-near, kind="stable")[: int(own.sum()) + HARDEST]
        self._move = rough.move
        self.known = rough.known[chosen]
        self._weights, self._bias = _solve(self.known, np.where(own[chosen], 1.0, -1.0).astype(np.float32))

    def likely(self, vector: Vectors) -> float:
        """How likely the label is (0..1); never, where no sample of it is known."""
        if self.known is None:
            return 0.0
        side = float(_nearness(self._move(vector[None, :]), self.known)[0] @ self._weights + self._bias)
        return 1 / (1 + exp(-max(-FARTHEST, min(FARTHEST, SURE * side + OWN))))


def _nearness(vectors: Vectors, others: Vectors) -> Vectors:
    """How near each is to each (0..1); all are of length one, or none at all."""
    near = vectors @ others.T
    near -= 1
    near *= 2 * WIDTH
    return np.exp(near, out=near)


def _solve(vectors: Vectors, sides: Vectors) -> tuple[Vectors, float]:
    """A weight for each vector, and where a new one stands that is near none."""
    near = _nearness(vectors, vectors)
    near[np.diag_indices_from(near)] += LOOSE
    weights, ones = np.linalg.solve(near, np.stack([sides, np.ones_like(sides)], axis=1)).T
    bias = float(weights.sum() / ones.sum())
    return weights - bias * ones, bias
