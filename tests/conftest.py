"""What tests of several rooms need: a PostgreSQL server, one for each process of the test run that asks for it."""

from collections.abc import Iterator

import pytest

from tests.store.cluster import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running server; where none is installed the test is skipped, and says so."""
    running = Cluster()
    try:
        running.start()
        yield running
    finally:
        running.stop()
