"""The start of a sandbox: in one folder one at a time, and each fault is a line for a person."""

import asyncio
import socket
from pathlib import Path

import pytest

from bot import playground
from bot.house import Fault
from bot.playground import empty, serve
from bot.sandbox.__main__ import read_arguments
from bot.sandbox_folder import FOLDER
from bot.settings import Settings
from bot.store.faults import StoreError
from bot.store.lock import ProcessLock
from tests import command_line


def test_what_the_last_sandbox_left_is_taken_away(tmp_path: Path) -> None:
    for name in ("skab.db", "skab.db-wal", "clock"):
        (tmp_path / name).write_text("fra i går")
    (tmp_path / "nøgler.txt").write_text("ikke vores")
    empty(tmp_path)
    assert {left.name for left in tmp_path.iterdir()} == {"skab.db-lock", "nøgler.txt"}


def test_a_second_start_by_mistake_touches_nothing_of_the_one_that_runs(tmp_path: Path) -> None:
    held = ProcessLock(tmp_path / "skab.db")
    held.take()
    (tmp_path / "skab.db").write_text("i brug")
    with pytest.raises(StoreError, match="kører allerede"):
        empty(tmp_path)
    assert (tmp_path / "skab.db").read_text() == "i brug"
    held.release()


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        Fault, match=r"^Mappen .*sandbox kan ikke skrives \(Not a directory\)\. Flyt den med SKAB_DATABASE\.$"
    ):
        empty(tmp_path / "file" / "sandbox")


async def test_a_port_in_use_is_one_clear_line_that_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Fault) as fault:
            await serve(Settings(_env_file=None), asyncio.Event(), print, port=port)  # type: ignore[call-arg]
    assert str(fault.value) == f"Port {port} bruges allerede af et andet program. Prøv: skab run --port 0"
    assert FOLDER.is_dir()
    assert playground.TOKEN not in str(fault.value)


@pytest.mark.parametrize(
    ("words", "environment", "told"),
    [
        (("run",), {"SKAB_WEBHOOK_URL": "https://skab.example.org/hemmelig-sti", "SKAB_WEBHOOK_SECRET": "s" * 32},
         "SKAB_BOT_TOKEN mangler i .env, og SKAB_WEBHOOK_URL er sat."),
        (("run", "--port", "99999"), {}, "less than or equal to 65535"),
    ],
)  # fmt: skip
def test_a_start_that_would_serve_nobody_ends_with_one_line(
    words: tuple[str, ...],
    environment: dict[str, str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SKAB_BOT_TOKEN", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    code, said = command_line.run(monkeypatch, capsys, *words)
    assert code == 2
    assert told in said
    assert "Traceback" not in said


def test_the_sandbox_alone_takes_no_port_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_arguments(["--port", "99999"])
    assert ended.value.code == 2
    assert "a port is a number from 0 to 65535" in capsys.readouterr().err
