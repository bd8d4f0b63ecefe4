"""Where no PostgreSQL server is installed, its tests skip and say so; where all must run, they fail."""

import pytest

from tests.store.cluster import programs


def test_without_a_server_a_test_is_skipped_with_the_way_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("tests.store.cluster.PLACES", "/nowhere/*/bin")
    monkeypatch.delenv("SKAB_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install postgresql"):
        programs()
    monkeypatch.setenv("SKAB_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install postgresql"):
        programs()
