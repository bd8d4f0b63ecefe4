"""A mutant stands where its function stood, also for those who had imported it already."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.mutation.swap import swap

SOURCE = """
MOST = 3


def limit(most=MOST, *, least=1):
    return range(least, most + 1)


class Box:
    def __init__(self, held):
        self.held = held

    def doubled(self):
        return [one * 2 for one in self.held]

    @staticmethod
    def empty():
        return Box([])


class Heavy(Box):
    def doubled(self):
        return super().doubled() + [0]
"""


@pytest.fixture
def sample() -> Iterator[Any]:
    """A module that nobody else knows."""
    module = ModuleType("sample_of_swaps")
    exec(SOURCE, vars(module))  # noqa: S102 - the text above
    sys.modules[module.__name__] = module
    yield module
    del sys.modules[module.__name__]


def swapped(function: str, old: str, new: str) -> None:
    assert SOURCE.count(old) == 1
    swap("sample_of_swaps", function, SOURCE.replace(old, new))


def test_whoever_holds_a_function_holds_its_mutant(sample: Any) -> None:
    held = sample.limit
    swapped("limit", "most + 1", "most - 1")
    assert list(held(5)) == [1, 2, 3]


def test_a_changed_default_is_in_force(sample: Any) -> None:
    swapped("limit", "least=1", "least=2")
    assert list(sample.limit()) == [2, 3]


def test_methods_are_changed_for_objects_that_are_there_already(sample: Any) -> None:
    box = sample.Box([1, 2])
    swapped("Box.doubled", "one * 2", "one / 2")
    assert box.doubled() == [0.5, 1]


def test_a_method_that_calls_its_parents_keeps_them(sample: Any) -> None:
    heavy = sample.Heavy([1])
    swapped("Heavy.doubled", "[0]", "[1]")
    assert heavy.doubled() == [2, 1]


def test_a_static_method_is_changed(sample: Any) -> None:
    swapped("Box.empty", "Box([])", "Box(None)")
    assert sample.Box.empty().held is None
