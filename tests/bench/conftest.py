"""What all measurements share: a place for their figures, which are told at the end."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Tell = Callable[[str, float, str], None]


@pytest.fixture(scope="session")
def figures() -> Iterator[dict[str, float]]:
    """All figures of this run by name; kept in the file that SKAB_FIGURES names, if it names one."""
    found: dict[str, float] = {}
    yield found
    where = os.environ.get("SKAB_FIGURES")
    if where:
        Path(where).write_text(json.dumps(found, indent=2), encoding="utf-8")


@pytest.fixture
def tell(figures: dict[str, float], capsys: pytest.CaptureFixture[str]) -> Tell:
    """Tell a figure: its name, its value, its unit."""

    def say(name: str, value: float, unit: str) -> None:
        figures[name] = value
        with capsys.disabled():
            print(f"\n  {name}: {value:,.2f} {unit}", end="")

    return say
