"""What became of mutants, counted by module, with the share that tests notice and how sure a sample makes of it."""

import os
import signal
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from math import sqrt

Z = 1.96
"""Of a normal distribution: 95 of 100 lie within."""


class Verdict(Enum):
    """What became of one mutant."""

    KILLED = "killed"
    TIMEOUT = "timeout"
    SURVIVED = "survived"
    UNCOVERED = "not covered"

    @staticmethod
    def of(status: int) -> "Verdict":
        """From the way that its process ended; whatever breaks it has noticed it."""
        if status == 0:
            return Verdict.SURVIVED
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL):
            return Verdict.TIMEOUT
        return Verdict.KILLED

    @property
    def noticed(self) -> bool:
        """Whether the tests would have told: one that runs in circles stops them."""
        return self in (Verdict.KILLED, Verdict.TIMEOUT)


def interval(noticed: int, of: int) -> tuple[float, float]:
    """Where the share of all lies, with 95 % certainty, when a sample shows this (Wilson's score interval)."""
    share = noticed / of
    middle = share + Z**2 / (2 * of)
    width = Z * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    whole = 1 + Z**2 / of
    return (middle - width) / whole, (middle + width) / whole


def table(verdicts: Iterable[tuple[str, Verdict]]) -> str:
    """By module, the worst first, then by room, then in all; lines of text."""
    modules: dict[str, Counter[Verdict]] = {}
    rooms: dict[str, Counter[Verdict]] = {}
    whole: Counter[Verdict] = Counter()
    for file, verdict in verdicts:
        for counter in (
            modules.setdefault(file, Counter()), rooms.setdefault(file.rpartition("/")[0], Counter()), whole,
        ):  # fmt: skip
            counter[verdict] += 1
    width = max(map(len, modules), default=0)
    head = " ".join([" " * width, *(f"{verdict.value:>11}" for verdict in Verdict), "      share"])
    by_share = sorted(modules.items(), key=lambda one: (share(one[1]), one[0]))
    return "\n".join(
        [head, *(_row(name, counter, width) for name, counter in (*by_share, *rooms.items(), ("in all", whole)))]
    )


def share(counter: Counter[Verdict]) -> float:
    """How much of it was noticed, from 0 to 1."""
    return sum(count for verdict, count in counter.items() if verdict.noticed) / counter.total()


def _row(name: str, counter: Counter[Verdict], width: int) -> str:
    reached = share(counter)
    counts = " ".join(f"{counter[verdict]:>11}" for verdict in Verdict)
    told = f"{name:<{width}} {counts} {100 * reached:>9.1f} %"
    if name.endswith(".py"):
        return told
    low, high = interval(round(reached * counter.total()), counter.total())
    return f"{told} ({100 * low:.1f} to {100 * high:.1f})"
