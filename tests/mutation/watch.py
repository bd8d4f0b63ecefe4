"""Which tests run which lines: a run of all of them, watched line by line, test by test."""

import pickle
import resource
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import coverage
import pytest
from _pytest.runner import runtestprotocol

SHARED = "shared: "
"""Before the name of a fixture that several tests share: what it runs, it runs for all of them."""


@dataclass
class Seen:
    """What a run showed: the contexts (a test, or a shared fixture) of each line, each test's seconds, what failed."""

    lines: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


class _Contexts:
    """Tells the coverage whose lines are run: a shared fixture's own are told apart from the test that asked first."""

    def __init__(self, watch: coverage.Coverage) -> None:
        self._watch = watch
        self._stack: list[str] = []

    def enter(self, name: str) -> None:
        """From here on lines are run for this one."""
        self._stack.append(name)
        self._watch.switch_context(name)

    def leave(self) -> None:
        """Back to whoever it was before."""
        self._stack.pop()
        self._watch.switch_context(self._stack[-1] if self._stack else "")

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        """Around each fixture that is set up."""
        if fixturedef.scope == "function":
            return (yield)
        self.enter(SHARED + fixturedef.argname)
        try:
            return (yield)
        finally:
            self.leave()


def cpu() -> float:
    """Seconds of work of this process so far: waiting for a busy machine is not counted."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def watch(session: pytest.Session, root: Path, rooms: list[str], into: Path) -> None:
    """Run every test once and write down what was seen."""
    seen = Seen()
    watched = coverage.Coverage(
        data_file=None, config_file=False, include=[str(root / room / "*") for room in rooms], messages=False
    )
    contexts = _Contexts(watched)
    session.config.pluginmanager.register(contexts)
    watched.start()
    for nth, item in enumerate(session.items):
        before = cpu()
        contexts.enter(item.nodeid)
        following = session.items[nth + 1] if nth + 1 < len(session.items) else None
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            seen.failed.append(item.nodeid)
        contexts.leave()
        seen.seconds[item.nodeid] = cpu() - before
    watched.stop()
    data = watched.get_data()
    for file in data.measured_files():
        named = str(Path(file).relative_to(root))
        for line, those in data.contexts_by_lineno(file).items():
            seen.lines[named, line] = set(those) - {""}
    into.write_bytes(pickle.dumps(seen))
