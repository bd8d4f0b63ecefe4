"""What tests of several rooms need: a PostgreSQL server for each process that asks for one, and calm over time."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.store.cluster import Cluster

# How long an example takes says how busy the machine is; `make bench` measures, on a quiet one.
settings.register_profile("unhurried", deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running server; where none is installed the test is skipped, and says so."""
    running = Cluster()
    try:
        running.start()
        yield running
    finally:
        running.stop()
