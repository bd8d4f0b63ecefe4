"""A start is waited for as long as it moves, and no longer than that."""

import os
import subprocess
import sys

from tests.journeys.patience import Patience, begun_with, family, worked


class Machine:
    """A clock, and a process that gets a share of it."""

    def __init__(self) -> None:
        self.clock, self.used = 0.0, 0.0
        self.patience = Patience(45.0, lambda: self.used, lambda: self.clock)

    def gives_up_after(self, share: float, most: float = 10_000.0) -> float:
        """When it is given up, or `most`."""
        while self.clock < most and not self.patience.over():
            self.clock += 1.0
            self.used += share
        return self.clock


def test_on_a_machine_at_rest_it_has_the_seconds_that_are_named() -> None:
    assert 45 <= Machine().gives_up_after(1.0) <= 47


def test_on_a_machine_that_has_much_to_do_it_has_as_many_of_its_own() -> None:
    assert 450 <= Machine().gives_up_after(0.1) <= 470


def test_what_stands_still_or_only_looks_whether_it_may_is_given_up_by_the_clock() -> None:
    assert 45 <= Machine().gives_up_after(0.0) <= 47
    assert 45 <= Machine().gives_up_after(0.002) <= 47


def test_what_it_has_begun_counts_too() -> None:
    inner = f"{sys.executable} -c 'while True: pass' marker-of-this-test & wait"
    with subprocess.Popen(["/bin/sh", "-c", inner], start_new_session=True) as shell:
        try:
            patience = Patience(30.0, lambda: worked(shell.pid))
            while worked(shell.pid) < 0.3:
                assert not patience.over()
            assert any(b"marker-of-this-test" in begun_with(one) for one in family(shell.pid)[1:])
        finally:
            os.killpg(shell.pid, 9)
    assert worked(shell.pid) == 0
