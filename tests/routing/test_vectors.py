"""The file of vectors spares work, holds nobody's words, and is never a reason to fail."""

import stat
from pathlib import Path

import pytest

from bot.routing.vectors import MAGIC, VectorFile, key_of

SIZE = 6
ONE, TWO = key_of("m", "en cykelsti"), key_of("m", "et kor")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two vectors."""
    path = tmp_path / "var" / "meanings"
    file = VectorFile(path, SIZE)
    file.add(ONE, b"first!")
    file.add(TWO, b"second")
    file.keep([ONE, TWO])
    return path


def test_what_was_kept_is_there_after_a_restart(path: Path) -> None:
    again = VectorFile(path, SIZE)
    assert (again.get(ONE), again.get(TWO)) == (b"first!", b"second")


def test_what_is_no_longer_needed_is_forgotten(path: Path) -> None:
    VectorFile(path, SIZE).keep([TWO])
    again = VectorFile(path, SIZE)
    assert (len(again), again.get(TWO)) == (1, b"second")


def test_only_the_service_may_read_it_and_no_words_stand_in_it(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"cykel" not in path.read_bytes()


@pytest.mark.parametrize("damage", range(-30, 0))
def test_a_file_cut_short_gives_what_is_whole(path: Path, damage: int) -> None:
    path.write_bytes(path.read_bytes()[:damage])
    again = VectorFile(path, SIZE)
    assert again.get(ONE) in (b"first!", None)
    assert again.get(TWO) is None


def test_a_flipped_bit_costs_one_vector_only(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(MAGIC) + 18] ^= 1
    path.write_bytes(data)
    again = VectorFile(path, SIZE)
    assert (again.get(ONE), again.get(TWO)) == (None, b"second")


@pytest.mark.parametrize("content", [b"", b"something else", MAGIC])
def test_another_file_in_its_place_is_no_vectors(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "meanings"
    path.write_bytes(content)
    assert len(VectorFile(path, SIZE)) == 0


def test_a_place_where_nothing_can_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = VectorFile(tmp_path / "file" / "meanings", SIZE)
    file.add(ONE, b"first!")
    file.keep([ONE])
    assert file.get(ONE) == b"first!"


def test_another_model_has_other_keys() -> None:
    assert key_of("one", "ord") != key_of("other", "ord")
    assert len(key_of("one", "\ud800")) == len(ONE)
