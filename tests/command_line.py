"""`skab` as a person runs it, within this process: words in, an exit code and all that it said out."""

import pytest

from bot import cli


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run `skab` with these words in the folder that is the current one."""
    monkeypatch.setattr("sys.argv", ["skab", *words])
    # The tests' own, which would be told to be no setting.
    monkeypatch.delenv("SKAB_REQUIRE_ALL", raising=False)
    code = 0
    try:
        cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    said = capsys.readouterr()
    return code, said.out + said.err
