"""The acceptance tests live in the town of the journeys."""

from tests.journeys.fixtures import fresh_town, open_town, town

__all__ = ["fresh_town", "open_town", "town"]
