"""`skab texts` as an editor uses it: all that the bot says as a list, a page or data, and a check of own texts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.texts.book import Book
from tests import command_line

Skab = Callable[..., tuple[int, str]]
OWN = 'da:\n  citizen.later: "Det er fint. Du hører ikke mere om den."\n'
BAD = 'da:\n  citizen.latter: "Fint"\n  citizen.carried.on: "Sendt."\n'


@pytest.fixture
def skab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Skab:
    """Run the command line in an empty folder; its exit code and what it said."""
    monkeypatch.chdir(tmp_path)

    return lambda *words, command="texts": command_line.run(monkeypatch, capsys, command, *words)


def test_all_texts_are_a_list_with_sample_names_and_as_data(skab: Skab) -> None:
    code, listed = skab("--lang", "uk")
    assert code == 0
    assert "citizen.receipt" in listed
    assert "Mette Holm" in listed
    assert json.loads(skab("--json")[1])["shared.days"] == {"one": "1 dag", "other": "12 dage"}
    assert skab("--lang", "tlh") == (2, "Sproget tlh findes ikke. Vælg et af: da, en, uk\n")


def test_a_page_for_reviewers_holds_every_text_by_who_reads_it(skab: Skab, tmp_path: Path) -> None:
    (tmp_path / "own_texts.yaml").write_text(OWN, encoding="utf-8")
    code, _ = skab("--html", "tekster.html")
    assert code == 0
    page = (tmp_path / "tekster.html").read_text(encoding="utf-8")
    assert [key for key in Book.load().known() if f">{key}" not in page] == []
    order = [page.index(head) for head in ("Det læser borgerne", "Det læser sparringsagenterne", "Det læser admins")]
    assert order == sorted(order)
    assert "Tak. Din idé er sendt og har nr. 12." in page
    assert "{due:senest}" in page
    assert "Det er fint. Du hører ikke mere om den." in page
    assert page.count('class="own">kommunens egen<') == 1
    assert "<script" not in page
    assert skab("--html", "nowhere/tekster.html")[0] == 2


def test_a_file_of_own_texts_is_checked_all_faults_at_once(skab: Skab, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(BAD, encoding="utf-8")
    code, said = skab("--check", "own.yaml")
    assert code == 2
    assert said.splitlines() == [
        "own.yaml: teksterne kan ikke bruges. Ret det her, så gælder de:",
        "  linje 2, tegn 3: der er ingen tekst, som hedder »citizen.latter«. Mente du »citizen.later«?",
        "  linje 3, tegn 3: feltet {agent} mangler i »citizen.carried.on«. Sæt det ind, hvor det passer.",
    ]
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    assert skab("--check", "own.yaml") == (0, "own.yaml: teksterne kan bruges (1).\n")
    code, said = skab("--check", "missing.yaml")
    assert code == 2
    assert (
        said
        == "missing.yaml: kan ikke læses (der er ingen fil eller mappe, der hedder sådan). Sæt --check til filen.\n"
    )
    assert "det er en mappe" in skab("--check", ".")[1]


def test_a_list_is_not_made_of_texts_that_cannot_be_used(skab: Skab, tmp_path: Path) -> None:
    (tmp_path / "own_texts.yaml").write_text(BAD, encoding="utf-8")
    code, said = skab()
    assert code == 2
    assert said.startswith("own_texts.yaml: linje 2, tegn 3: der er ingen tekst")


def test_the_doctor_looks_at_own_texts_too(skab: Skab, tmp_path: Path) -> None:
    assert "OK      Tekster: bottens egne" in skab(command="check")[1]
    (tmp_path / "own_texts.yaml").write_text(OWN, encoding="utf-8")
    assert "OK      Tekster: 1 af kommunens egne fra own_texts.yaml" in skab(command="check")[1]
    (tmp_path / "own_texts.yaml").write_text(BAD, encoding="utf-8")
    said = skab(command="check")[1]
    assert "own_texts.yaml: linje 2, tegn 3: der er ingen tekst, som hedder »citizen.latter«" in said
    assert "own_texts.yaml: linje 3, tegn 3: feltet {agent} mangler" in said
