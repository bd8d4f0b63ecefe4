"""Rules that were learned once are there at the next start, and only where they may be trusted."""

import os
import resource
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.routing import learned
from bot.routing.learned import accept_quickly, learn_for_all
from bot.routing.live import Accepted, Refused
from bot.routing.spelling import fingerprint
from tests.routing.small import small_rules

SHIPPED = Path(__file__).parents[2] / "routing_rules.yaml"
RULES = small_rules(SHIPPED.read_text(encoding="utf-8")).encode()
TEXT = "flere cykelstativer ved stationen"


def learns(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is learned from here on, instead of taken from the folder."""
    seen: list[bytes] = []
    real = learned.examine_apart

    def counted(data: bytes, *more: object) -> Accepted | Refused:
        seen.append(data)
        return real(data, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(learned, "examine_apart", counted)
    return seen


def test_the_second_start_finds_what_the_first_one_learned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = learns(monkeypatch)
    first = accept_quickly(RULES, {"bo": 7}, -5, tmp_path)
    again = accept_quickly(RULES, {"bo": 7}, -5, tmp_path)
    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    assert len(seen) == 1
    today = date(2026, 11, 2)
    assert again.router.match(TEXT, today=today) == first.router.match(TEXT, today=today)
    assert again.frame == first.frame
    assert again.data == RULES


def test_other_bytes_are_learned_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = learns(monkeypatch)
    accept_quickly(RULES, None, None, tmp_path)
    accept_quickly(RULES + b"# x\n", None, None, tmp_path)
    assert seen == [RULES, RULES + b"# x\n"]


def test_who_sits_where_is_filled_in_and_nothing_is_learned_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = learns(monkeypatch)
    nobody = accept_quickly(RULES, None, None, tmp_path)
    bo = accept_quickly(RULES, {"bo": 7}, -5, tmp_path)
    lone = accept_quickly(RULES, {"lone": 8}, -6, tmp_path)
    assert len(seen) == 1
    assert isinstance(nobody, Accepted)
    assert isinstance(bo, Accepted)
    assert isinstance(lone, Accepted)
    assert (bo.frame.agents["bo"].telegram, bo.frame.staff_chat) == (7, -5)
    assert (lone.frame.agents["bo"].telegram, lone.frame.staff_chat) == (None, -6)
    assert "Bo Lind har intet Telegram-nummer" in str(lone.warnings)
    assert "Bo Lind har intet Telegram-nummer" not in str(bo.warnings) + str(nobody.warnings)
    idea = "natur og park"
    led = [found.router.match(idea, today=date(2026, 11, 2)).agent for found in (nobody, bo, lone)]
    assert led == ["bo", "bo", "lone"]


def test_what_was_learned_at_the_installation_serves_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learned, "INSTALLED", tmp_path / "share" / "skab")
    learn_for_all(RULES)
    (laid,) = learned.INSTALLED.iterdir()
    assert laid.stat().st_mode & 0o777 == 0o644, "another user runs the bot than the one who installed it"
    seen = learns(monkeypatch)
    assert isinstance(accept_quickly(RULES, None, None, tmp_path), Accepted)
    assert seen == []
    assert not list(tmp_path.glob("*.learned"))
    laid.chmod(0o646)
    accept_quickly(RULES, None, None, tmp_path)
    assert seen == [RULES], "anybody could have written it"


def test_a_broken_file_is_not_learned_for_anybody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "INSTALLED", tmp_path)
    assert isinstance(learn_for_all(b"emner: ["), Refused)
    assert not list(tmp_path.iterdir())


def test_a_file_that_others_may_write_or_that_is_broken_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = learns(monkeypatch)
    accept_quickly(RULES, None, None, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.chmod(0o666)
    accept_quickly(RULES, None, None, tmp_path)
    assert len(seen) == 2
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:200])
    assert isinstance(accept_quickly(RULES, None, None, tmp_path), Accepted)
    assert len(seen) == 3


def test_a_file_that_cannot_be_read_is_named_in_the_log(tmp_path: Path) -> None:
    accept_quickly(RULES, None, None, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:200])
    with capture_logs() as lines:
        accept_quickly(RULES, None, None, tmp_path)
    [told] = lines
    assert (told["event"], told["file"]) == ("learned_unreadable", kept.name)


def test_a_full_disk_changes_nothing_but_the_time(tmp_path: Path) -> None:
    """No file may grow beyond a few bytes, neither here nor in the process that learns."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        with capture_logs() as lines:
            found = accept_quickly(RULES, None, None, tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert isinstance(found, Accepted)
    assert [told["event"] for told in lines] == ["learned_unkept"]
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_changes_nothing_but_the_time(tmp_path: Path) -> None:
    assert isinstance(accept_quickly(RULES, None, None, tmp_path / "none"), Accepted)
    assert not list(tmp_path.iterdir())


def test_what_is_refused_is_not_kept_and_old_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "MOST", 2)
    assert isinstance(accept_quickly(b"emner: [", None, None, tmp_path), Refused)
    assert not list(tmp_path.iterdir())
    for number in range(learned.MOST + 1):
        accept_quickly(RULES + b"#" * number, None, None, tmp_path)
    assert len(list(tmp_path.iterdir())) == learned.MOST


AHEAD = """
import sys
from pathlib import Path
from bot.routing import learned

rules, folder = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
learned.begin(rules, folder)
learned.examine_apart = None
print(type(learned.accept_quickly(rules, None, None, folder)).__name__, learned._begun)
"""


def begin_and_ask(data: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a process of its own answers: only one with a single thread may be forked."""
    rules = folder / "rules.yaml"
    rules.write_bytes(data)
    asked = [sys.executable, "-c", AHEAD, str(rules), str(folder)]
    return subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)


def test_what_was_begun_ahead_is_waited_for_and_not_learned_twice(tmp_path: Path) -> None:
    told = begin_and_ask(RULES, tmp_path)
    assert (told.stdout, told.stderr) == ("Accepted {}\n", "")
    assert [file.name for file in tmp_path.iterdir() if file.name != "rules.yaml"] == [
        file.name for file in tmp_path.glob("*.learned")
    ]


def test_what_could_not_be_learned_ahead_is_judged_as_ever(tmp_path: Path) -> None:
    told = begin_and_ask(b"emner: {", tmp_path)
    assert "'NoneType' object is not callable" in told.stderr, "it is asked of a process of its own"
    assert not list(tmp_path.glob("*.learned*"))


def test_an_example_is_known_word_for_word_in_whatever_process_it_was_learned() -> None:
    asked = "from bot.routing.spelling import fingerprint; print(fingerprint(['en', 'bænk']))"
    told = {
        subprocess.run(
            [sys.executable, "-c", asked], env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, timeout=60, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {f"{fingerprint(['en', 'bænk'])}\n"}
    assert fingerprint(["en", "bænk"]) != fingerprint(["bænk", "en"])
