"""Tries mutants in one pytest: the tests are collected once, and each mutant gets a process forked from there.

A function that shared fixtures run, such as the learning of the shipped rules, is tried with fixtures built anew;
all others find them ready. A mutant in what is run only by imports is never seen by the swap, and counts as survived.
"""

import gc
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from _pytest.runner import call_and_report, runtestprotocol

from tests.mutation.mutants import Mutant
from tests.mutation.swap import swap
from tests.mutation.verdicts import Verdict
from tests.mutation.watch import SHARED, Seen, cpu, watch

HERE = Path(__file__).parent
READY = ("router", "town_rules")
"""Shared fixtures that are dear, and are made once for all mutants that they do not run."""
TIMES, SLACK, SLACK_OF_SHARED = 4, 5, 20
"""A mutant may work four times as long as its test did, and some seconds: then it runs in circles."""
PATIENCE = 600
"""Seconds by the clock for one that waits for what never comes."""


class Trial:
    """The plugin: instead of running the tests once it runs them for each mutant, those that run its line."""

    def __init__(self, mutants: list[Mutant], root: Path, rooms: list[str], into: Path, at_once: int) -> None:
        self._mutants = mutants
        self._root = root
        self._rooms = rooms
        self._into = into
        self._at_once = at_once
        self.verdicts: dict[int, Verdict] = {}

    def pytest_configure(self) -> None:
        """Hypothesis gives the same examples for each mutant, and makes none smaller: that one fails is enough."""
        # Not before pytest has seen to its plugins.
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutants", deadline=None, derandomize=True, database=None, phases=phases)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The whole of it."""
        if session.testsfailed:
            raise session.Failed("The tests can't be collected.")
        if any("machine" in item.path.parts for item in session.items):
            _wait(_fork(_learn))
        seen = self._see(session)
        if seen.failed:
            # One that measures time, say, and is too slow when it is watched.
            print("Left out, for they fail without any mutant:", *seen.failed, sep="\n  ", flush=True)
            session.items[:] = [item for item in session.items if item.nodeid not in seen.failed]
        gc.collect()
        gc.freeze()
        plans = {nth: _plan(session, seen, mutant) for nth, mutant in enumerate(self._mutants)}
        self.verdicts |= dict.fromkeys((nth for nth, plan in plans.items() if not plan.items), Verdict.UNCOVERED)
        tried = [nth for nth in plans if nth not in self.verdicts]
        cold = [nth for nth in tried if plans[nth].shared]
        self._try(cold, plans)
        for name in READY:
            for item in [one for one in session.items if name in getattr(one, "fixturenames", ())][:1]:
                call_and_report(item, "setup", log=False)
                call_and_report(item, "teardown", log=False, nextitem=session)
        self._try([nth for nth in tried if not plans[nth].shared], plans)
        return True

    def _see(self, session: pytest.Session) -> Seen:
        """What the tests run, as it was seen when neither they nor the program were others."""
        known = (file for room in ("bot", "tests") for file in (self._root / room).rglob("*.*"))
        files = [file for file in sorted(known) if file.is_file() and file.suffix != ".pyc" and file.parent != HERE]
        files.append(self._root / "routing_rules.yaml")
        parts = [f"{file} {sha256(file.read_bytes()).hexdigest()}" for file in files]
        state = "\n".join([*parts, *(item.nodeid for item in session.items)])
        kept = self._into / f"seen-{sha256(state.encode()).hexdigest()[:16]}"
        if not kept.exists():
            print(f"Running {len(session.items)} tests to see what they run ...", flush=True)
            _wait(_fork(lambda: watch(session, self._root, self._rooms, kept)))
        seen = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
        assert isinstance(seen, Seen)
        return seen

    def _try(self, those: Iterable[int], plans: dict[int, "Plan"]) -> None:
        running: dict[int, int] = {}
        for nth in those:
            while len(running) >= self._at_once:
                self._reap(running)
            running[_fork(lambda: _alone(self._mutants[nth], plans[nth]))] = nth  # noqa: B023 - called at once
        while running:
            self._reap(running)

    def _reap(self, running: dict[int, int]) -> None:
        pid, status = os.wait()
        nth = running.pop(pid)
        self.verdicts[nth] = verdict = Verdict.of(status)
        mutant, done = self._mutants[nth], f"{len(self.verdicts):>5}/{len(self._mutants)}"
        print(f"{done} {verdict.value:<11} {mutant.place.file}:{mutant.line}", flush=True)


@dataclass(frozen=True)
class Plan:
    """The tests to run, the seconds that each took, and whether shared fixtures run the mutant too."""

    items: list[pytest.Item]
    seconds: list[float]
    shared: bool


def _plan(session: pytest.Session, seen: Seen, mutant: Mutant) -> Plan:
    contexts = seen.lines.get((mutant.place.file, mutant.line), set())
    shared = {name.removeprefix(SHARED) for name in contexts if name.startswith(SHARED)}
    items = [
        item for item in session.items
        if item.nodeid in contexts or not shared.isdisjoint(getattr(item, "fixturenames", ()))
    ]  # fmt: skip
    # By file, so that what a file shares is built once; the files that are done soonest first, and at the very last
    # those that want dear fixtures built anew.
    dear: dict[str, float] = {}
    for item in items:
        dear[str(item.path)] = dear.get(str(item.path), 0) + seen.seconds[item.nodeid]
    late = {str(item.path) for item in items if not shared.isdisjoint(getattr(item, "fixturenames", ()))}
    items.sort(key=lambda item: (str(item.path) in late, dear[str(item.path)], str(item.path)))
    return Plan(items, [seen.seconds[item.nodeid] for item in items], bool(shared))


def _alone(mutant: Mutant, plan: Plan) -> None:
    """In a process of its own: the mutant in place, its tests until the first that fails."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(PATIENCE)
    swap(mutant.module, mutant.function, mutant.source)
    for item, seconds, following in zip(plan.items, plan.seconds, [*plan.items[1:], None], strict=True):
        until = int(cpu() + TIMES * seconds) + (SLACK_OF_SHARED if plan.shared else SLACK)
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            os._exit(1)


def _learn() -> None:
    """What several processes of tests learn once, they find learned: no mutant may be the one that does it."""
    from tests.machine.engine import rules

    rules()


def _fork(work: Callable[[], None]) -> int:
    """A process that does this alone, in silence."""
    pid = os.fork()
    if pid:
        return pid
    status = 2
    try:
        silence = os.open(os.devnull, os.O_RDWR)
        os.dup2(silence, 1)
        work()
        status = 0
    except BaseException as fault:
        print(repr(fault), file=sys.stderr)
    finally:
        os._exit(status)


def _wait(pid: int) -> None:
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(f"The run that watches the tests ended with {status}.")
