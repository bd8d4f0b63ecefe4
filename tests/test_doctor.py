"""What the doctor finds at home, before it asks anybody else."""

from pathlib import Path

import pytest

from bot.doctor import _at_home


@pytest.mark.parametrize(("mode", "well"), [(0o600, True), (0o400, True), (0o644, False), (0o640, False)])
def test_settings_that_others_can_read_are_told_with_how_to_mend_it(
    mode: int, well: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert all(finding.well for finding in _at_home())
    Path(".env").write_text("SKAB_BOT_TOKEN=", encoding="ascii")
    Path(".env").chmod(mode)
    first = next(iter(_at_home()))
    assert first.well is well
    assert ("chmod 600 .env" in first.mend) is not well
