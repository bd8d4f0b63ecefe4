"""What a test wants of the machine: where it is missing the test skips and says so, and in CI it fails."""

import os
import shutil
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip, or fail where everything is required to run."""
    if os.environ.get("SKAB_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def program(name: str, reason: str) -> str:
    """Where this program is; without it the test goes the way of `missing`."""
    return shutil.which(name) or missing(reason)
