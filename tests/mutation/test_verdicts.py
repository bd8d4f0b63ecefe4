"""The figures say what became of the mutants, and how far a sample can be trusted."""

import os
import signal
from collections import Counter

import pytest

from tests.mutation.verdicts import Verdict, interval, share, table


def ended(signalled: int = 0, code: int = 0) -> int:
    """The status of a process that ended so."""
    pid = os.fork()
    if not pid:
        if signalled:
            os.kill(os.getpid(), signalled)
        os._exit(code)
    return os.waitpid(pid, 0)[1]


def test_what_ends_well_has_survived_and_all_else_was_noticed() -> None:
    verdicts = [Verdict.of(ended()), Verdict.of(ended(code=1)), Verdict.of(ended(signal.SIGXCPU))]
    assert verdicts == [Verdict.SURVIVED, Verdict.KILLED, Verdict.TIMEOUT]
    assert [verdict.noticed for verdict in verdicts] == [False, True, True]


def test_what_no_test_runs_counts_as_unnoticed() -> None:
    assert share(Counter([Verdict.UNCOVERED, Verdict.KILLED, Verdict.TIMEOUT, Verdict.SURVIVED])) == 0.5


@pytest.mark.parametrize(
    ("noticed", "of", "low", "high"), [(50, 100, 0.404, 0.596), (340, 400, 0.812, 0.882), (10, 10, 0.722, 1.0)]
)
def test_the_interval_is_wilsons(noticed: int, of: int, low: float, high: float) -> None:
    assert interval(noticed, of) == pytest.approx((low, high), abs=0.001)


def test_the_table_has_the_worst_module_first_and_then_rooms_and_all() -> None:
    told = table(
        [
            ("bot/core/a.py", Verdict.KILLED), ("bot/core/b.py", Verdict.SURVIVED),
            ("bot/core/b.py", Verdict.KILLED), ("bot/routing/c.py", Verdict.UNCOVERED),
        ]
    )  # fmt: skip
    names = [line.split("  ")[0].strip() for line in told.splitlines()[1:]]
    assert names == ["bot/routing/c.py", "bot/core/b.py", "bot/core/a.py", "bot/core", "bot/routing", "in all"]
    assert "50.0 %" in told.splitlines()[-1]
