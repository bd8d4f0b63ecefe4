"""Who was deleted: keyed hashes in a file of its own, whole after a crash."""

from pathlib import Path

from bot.store.departed import Departed


def test_whom_it_holds_is_found_and_nobody_else(tmp_path: Path) -> None:
    departed = Departed(tmp_path / "skab.db")
    departed.add(11, 710_001)
    departed.add(12, 710_002)
    again = Departed(tmp_path / "skab.db")
    hashes = again.entries()
    assert hashes.keys() == {11, 12}
    assert again.those_of([710_001, 710_002, 710_003], [hashes[12]]) == {710_002}
    kept = departed.path.read_text(encoding="ascii")
    assert not [person for person in ("710001", "710002") if person in kept]
    assert departed.path.stat().st_mode & 0o777 == 0o600


def test_another_departed_hashes_the_same_person_otherwise(tmp_path: Path) -> None:
    one, two = Departed(tmp_path / "one.db"), Departed(tmp_path / "two.db")
    one.add(1, 710_001)
    two.add(1, 710_001)
    assert one.entries() != two.entries()


def test_a_line_that_a_crash_cut_off_is_left_out_and_the_next_one_stands_whole(tmp_path: Path) -> None:
    departed = Departed(tmp_path / "skab.db")
    departed.add(11, 710_001)
    with departed.path.open("a", encoding="ascii") as file:
        file.write('{"id": 12, "wh')
    assert departed.entries().keys() == {11}
    departed.add(13, 710_003)
    assert departed.entries().keys() == {11, 13}


def test_without_a_file_nobody_was_deleted(tmp_path: Path) -> None:
    departed = Departed(tmp_path / "skab.db")
    assert departed.entries() == {}
    assert departed.those_of([1], ["x"]) == set()
