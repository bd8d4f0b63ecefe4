"""What was learned apart comes back whole: in a file, from a process of its own, from a child beside."""

import gc
import io
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.routing import apart, beside
from bot.routing.apart import examine_apart
from bot.routing.live import Accepted, Refused, accept
from bot.routing.piecemeal import read_back, write_down
from bot.routing.unswept import unswept
from tests.routing.small import small_rules

RULES = small_rules((Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8")).encode()
BROKEN = RULES.replace(b"ansvarlig: bo", b"ansvarlig bo", 1)
TEXTS = ("flere cykelstativer ved stationen", "hvad sker der nu", "det brænder", "natur og park")


@pytest.fixture
def swept() -> Iterator[None]:
    """Python looks for garbage again afterwards, whatever a test did."""
    yield
    gc.enable()


def test_what_was_learned_is_read_back_whole_and_from_where_the_file_stands() -> None:
    found = accept(RULES)
    assert isinstance(found, Accepted)
    file = io.BytesIO(b"before")
    file.seek(6)
    write_down(found, file)
    file.seek(6)
    back = read_back(file)
    assert isinstance(back, Accepted)
    assert back.data == RULES
    assert back.frame == found.frame
    today = date(2026, 11, 2)
    for text in TEXTS:
        assert back.router.match(text, today=today) == found.router.match(text, today=today)
    assert file.read() == b""


def test_its_large_tables_come_one_by_one_before_the_whole() -> None:
    found = accept(RULES)
    assert isinstance(found, Accepted)
    file = io.BytesIO()
    write_down(found, file)
    pieces = file.getvalue().split(b"\x80\x05")[1:]
    assert len(pieces) > 20
    assert sum(map(len, pieces[:-1])) > len(file.getvalue()) / 3, "the last points to those before it"


def test_a_refusal_is_written_and_read_back_too() -> None:
    refused = accept(BROKEN)
    assert isinstance(refused, Refused)
    file = io.BytesIO()
    write_down(refused, file)
    file.seek(0)
    assert read_back(file) == refused


@pytest.mark.usefixtures("swept")
def test_a_process_of_its_own_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given, told = tmp_path / "given", tmp_path / "told"
    given.write_bytes(BROKEN)
    with given.open() as source, told.open("w") as answer:
        monkeypatch.setattr(sys, "stdin", source)
        monkeypatch.setattr(sys, "stdout", answer)
        apart.main()
    assert not gc.isenabled(), "it ends with its answer, and looks for no garbage before"
    with told.open("rb") as kept:
        assert read_back(kept) == accept(BROKEN)


def test_asked_of_a_process_of_its_own_the_answer_is_the_same() -> None:
    assert examine_apart(BROKEN) == accept(BROKEN)


def test_the_answer_is_kept_in_a_file_where_one_is_given(tmp_path: Path) -> None:
    with (tmp_path / "kept").open("w+b") as kept:
        kept.write(b"key")
        kept.flush()
        assert examine_apart(BROKEN, kept) == accept(BROKEN)
        kept.seek(3)
        assert read_back(kept) == accept(BROKEN)
    assert (tmp_path / "kept").read_bytes().startswith(b"key")


def test_who_sits_where_is_filled_in_after_learning_apart() -> None:
    found = apart.Learner().accept(RULES, {"bo": 7}, -5)
    assert isinstance(found, Accepted)
    assert (found.frame.agents["bo"].telegram, found.frame.staff_chat) == (7, -5)
    assert found.router.match("natur og park", today=date(2026, 11, 2)).agent == "bo"


def test_work_beside_is_done_in_another_process() -> None:
    assert beside.in_a_child(os.getpid)() not in (os.getpid(), None)
    assert beside.in_turn(os.getpid)() == os.getpid()


def test_on_one_core_work_is_done_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert beside.in_a_child(os.getpid)() == os.getpid()
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert beside.in_a_child(os.getpid)() == os.getpid()
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert beside.in_a_child(os.getpid)() != os.getpid()


def test_a_child_that_dies_leaves_the_work_to_us() -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os._exit(3)
        return 42

    assert beside.in_a_child(work)() == 42


@pytest.mark.usefixtures("swept")
def test_garbage_is_looked_for_again_afterwards_where_it_was_before() -> None:
    gc.enable()
    with unswept():
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    with unswept():
        pass
    assert not gc.isenabled()
    with pytest.raises(ValueError, match="x"), unswept():
        raise ValueError("x")
