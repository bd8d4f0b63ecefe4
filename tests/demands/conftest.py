"""The demands live in the town of the journeys."""

from tests.journeys.fixtures import open_town, town

__all__ = ["open_town", "town"]
