"""Journeys that belong to no one scenario live in the same town."""

from tests.journeys.fixtures import open_town, town

__all__ = ["open_town", "town"]
