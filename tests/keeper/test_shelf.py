"""The rules file is written whole or not at all."""

from pathlib import Path

from bot.keeper.shelf import put_on_disk


def test_the_file_holds_the_very_bytes_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"old\n")
    path.chmod(0o640)
    assert put_on_disk(path, "\ufeffnavn: æ\r\n# bemærkning\n".encode())
    assert path.read_bytes() == "\ufeffnavn: æ\r\n# bemærkning\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["rules.yaml"]


def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real, link = tmp_path / "elsewhere" / "rules.yaml", tmp_path / "rules.yaml"
    real.write_bytes(b"old\n")
    link.symlink_to(real)
    assert put_on_disk(link, b"new\n")
    assert link.is_symlink()
    assert real.read_bytes() == b"new\n"


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    assert not put_on_disk(tmp_path / "not there" / "rules.yaml", b"new\n")
