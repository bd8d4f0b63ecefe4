"""What tests of several rooms need: a PostgreSQL server for each process that asks for one, and calm over time."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.store.cluster import Cluster

LONG = ("acceptance", "demands", "sandbox", "web")
"""The folders of long stories, and of what looks through a browser."""
SELDOM = 20_000
"""New objects between two looks for garbage."""

# How long an example takes says how busy the machine is; `make bench` measures, on a quiet one.
settings.register_profile("unhurried", deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("unhurried")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """What is imported and collected stays: looking through it for garbage, again and again, is a third of the time."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        if "not bench" in session.config.option.markexpr:
            # Where nothing is measured, garbage is looked for a thirtieth as often.
            gc.set_threshold(SELDOM)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: a worker that came to it last would keep all others waiting."""
    rooms = [f"tests/{room}/" for room in LONG]
    items.sort(key=lambda item: [not item.nodeid.startswith(room) for room in rooms])


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running server; where none is installed the test is skipped, and says so."""
    running = Cluster()
    try:
        running.start()
        yield running
    finally:
        running.stop()
