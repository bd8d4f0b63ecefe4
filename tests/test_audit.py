"""What `make audit` makes of what pip-audit says: it is silent of nothing, and every pin holds its hashes."""

import json
from typing import Any

import pytest

from tests.audit import PINS, UNREACHED, names, unpinned, verdict

GOOD = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
HOLE = {"name": "idna", "version": "3.1", "vulns": [{"id": "GHSA-1", "fix_versions": ["3.7"]}]}
SKIPPED = {"name": "pyyaml", "skip_reason": "not found"}


def told(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages})


def test_a_hole_a_package_that_nothing_is_known_of_and_one_that_was_left_out_are_told() -> None:
    assert verdict(told(GOOD), ["aiohttp"]) == []
    assert verdict(told(GOOD, HOLE), ["aiohttp", "idna"]) == ["idna 3.1: GHSA-1, mended in 3.7"]
    assert verdict(told(GOOD, SKIPPED), ["aiohttp", "pyyaml"]) == ["pyyaml: nothing could be found out"]
    assert verdict(told(GOOD), ["aiohttp", "rich"]) == ["rich: nothing could be found out"]


@pytest.mark.parametrize("said", ["", "no connection", "[]", told(), told(SKIPPED)])
def test_where_nothing_at_all_could_be_found_out_that_is_what_is_said(said: str) -> None:
    assert verdict(said, ["pyyaml"]) == [UNREACHED]


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_every_package_is_held_to_a_version_and_to_hashes(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    assert names(text)
    assert unpinned(text) == []


def test_a_package_without_a_hash_or_without_a_version_is_found() -> None:
    assert unpinned("# why\nrich>=15\nidna==3.1\n    # via rich\n") == ["rich>=15", "idna==3.1"]
