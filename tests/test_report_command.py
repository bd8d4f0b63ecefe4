"""`skab report` where it can't be written, or in a language that there is not: one line, and no trace."""

import asyncio
from pathlib import Path

import pytest

from bot import cli
from bot.store.database import Database
from tests.command_line import run
from tests.routing.small import small_rules

RULES = small_rules((Path(__file__).parents[1] / "routing_rules.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--out", "routing_rules.yaml"), "routing_rules.yaml: kan ikke skrives (det er en fil). Vælg en anden mappe"),
        (("--out", "/proc/spejl"), "/proc/spejl: kan ikke skrives (der er ingen fil eller mappe"),
        (("--lang", "xx"), "Sproget xx findes ikke. Vælg et af: da, en, uk"),
        (("--month", "2026-13"), "2026-13: skriv måneden som 2026-11."),
    ],
)
def test_a_report_that_cannot_be_is_told_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    says: str,
) -> None:
    (tmp_path / "routing_rules.yaml").write_text(RULES, "utf-8")
    monkeypatch.chdir(tmp_path)

    async def begun() -> None:
        await (await Database.open(tmp_path / "var" / "skab.db")).close()

    asyncio.run(begun())
    code, said = run(monkeypatch, capsys, "report", *words)
    assert code == cli.EXIT_MEND
    assert said.startswith(says)
    assert len(said.splitlines()) == 1
