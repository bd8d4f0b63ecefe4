"""The municipality's clock: real, and moved by a file."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from bot.clock import MovedClock

MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def test_without_a_file_it_is_the_real_time_in_copenhagen() -> None:
    with time_machine.travel(MONDAY, tick=False):
        assert MovedClock()().isoformat() == "2026-11-02T09:00:00+01:00"


def test_the_file_moves_it_as_soon_as_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    clock = MovedClock(file)
    with time_machine.travel(MONDAY, tick=False):
        start = clock()
        file.write_text("3600.5", encoding="ascii")
        assert clock() - start == timedelta(seconds=3600.5)
        new = tmp_path / "new"
        new.write_text("86400", encoding="ascii")
        os.replace(new, file)
        assert clock() - start == timedelta(days=1)
        file.unlink()
        assert clock() == start


@pytest.mark.parametrize("written", ["", "abc", "nan", "inf", "1e300", "æ"])
def test_a_file_that_holds_no_number_leaves_time_as_it_was(tmp_path: Path, written: str) -> None:
    file = tmp_path / "clock"
    clock = MovedClock(file)
    with time_machine.travel(MONDAY, tick=False):
        file.write_text("60", encoding="ascii")
        moved = clock()
        file.write_text(written, encoding="utf-8")
        assert clock() == moved


def test_summer_time_is_that_of_the_day_moved_to(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text(str(timedelta(days=200).total_seconds()), encoding="ascii")
    with time_machine.travel(MONDAY, tick=False):
        assert MovedClock(file)().isoformat() == "2027-05-21T10:00:00+02:00"
