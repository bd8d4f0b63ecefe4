"""`skab route` as an admin uses it: what becomes of a sentence, at once also where the model has not learned yet."""

import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import cli
from bot.clock import ZONE
from bot.routing.semantic import Semantic
from tests import command_line
from tests.routing.small import small_rules

RULES = small_rules((Path(__file__).parents[1] / "routing_rules.yaml").read_text("utf-8"))
PRETENDER = Path(__file__).parent / "routing" / "pretender.py"
WORDS = "flere cykelstativer ved stationen"
Route = Callable[..., tuple[int, str]]


@pytest.fixture
def route(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Route:
    """Run `skab route` beside a model that behaves as told first."""
    (tmp_path / "routing_rules.yaml").write_text(RULES, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "SOON", 0.5)
    monkeypatch.setattr(cli, "TOLD_EVERY", 0.5)

    def run(how: str, *words: str) -> tuple[int, str]:
        model = partial(Semantic, tmp_path / "meanings", (sys.executable, str(PRETENDER), how))
        monkeypatch.setattr(cli, "open_semantic", lambda *_, patience, share: model(patience=patience, share=share))
        return command_line.run(monkeypatch, capsys, "route", *words)

    return run


def test_a_sentence_is_answered_at_once_by_the_rules_alone_while_the_model_still_learns(
    route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_christmas = datetime(2026, 12, 23, 10, tzinfo=ZoneInfo(ZONE))
    monkeypatch.setattr(cli, "MovedClock", lambda _: lambda: before_christmas)
    code, said = route("learns for long", WORDS)
    assert code == 0
    assert "Den 2026-12-23 går den til Mette Holm" in said
    assert "Mette Holm svarer borgeren senest tirsdag den 29. december kl. 16." in said, "in Danish working days"
    assert "trafik" in said
    assert "(idea)" in said
    assert "modellen har 3 eksempler tilbage at lære" in said


def test_who_waits_has_the_models_word_too(route: Route) -> None:
    code, said = route("well", "et par gange om ugen er der tid til mere", "--wait")
    assert code == 0
    assert "(offer)" in said
    assert "ligner: et kor for alle" in said
    assert "tilbage at lære" not in said


def test_without_a_sentence_it_says_at_once_what_to_write(route: Route) -> None:
    code, said = route("learns for long")
    assert code == cli.EXIT_MEND
    assert said.splitlines()[0].startswith("Skriv en sætning")


def test_a_bad_line_of_many_is_told_in_danish_with_its_number(route: Route, tmp_path: Path) -> None:
    many = tmp_path / "mange.jsonl"
    many.write_bytes(b'{"id": "1", "text": "flere cykelstativer"}\n\n{"id": "2", "text": "bl\xf8d"}\n')
    code, said = route("well", "--jsonl", str(many))
    assert code == cli.EXIT_MEND
    assert said.splitlines()[-1].startswith(f"{many}: linje 3: skriv den som JSON i UTF-8")
    assert '"id": "1"' in said, "what came before it is answered"
