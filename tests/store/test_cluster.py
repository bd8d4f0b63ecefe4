"""The tests' own server: where none is installed they say so, and one whose tests were killed leaves nothing."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.store.cluster import FOLDER, programs, sweep


def test_without_a_server_a_test_is_skipped_with_the_way_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("tests.store.cluster.PLACES", "/nowhere/*/bin")
    monkeypatch.delenv("SKAB_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install postgresql"):
        programs()
    monkeypatch.setenv("SKAB_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install postgresql"):
        programs()


def test_what_killed_tests_left_behind_is_thrown_away_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    for name in (f"{FOLDER}{ended.pid}-abc", f"{FOLDER}{os.getpid()}-abc", f"{FOLDER}else", "another"):
        (tmp_path / name / "data").mkdir(parents=True)
    sweep()
    assert {one.name for one in tmp_path.iterdir()} == {f"{FOLDER}{os.getpid()}-abc", f"{FOLDER}else", "another"}
