"""Reading pages: what a page holds, and every fault told at once, in Danish, with its line."""

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.reader import Page, Problem, load, read_page

GOOD = """---
titel: "Hvad er et råd?"
spørgsmål:
  - hvad er et råd
  - rådene
kilde: Anbefaling til principper og veje
sted: afsnit 4, Råd
sprog: da
gælder_fra: 2019-11-25
gælder_til: 2030-01-01
emner:
  - handicap
  - senior
---
Et råd er et sted,
hvor folk mødes.

1. Det ene
2. Det andet
"""


def test_a_page_holds_its_answer_and_where_it_is_from() -> None:
    assert read_page(GOOD, "raad", "da", "da/raad.md") == Page(
        id="raad",
        lang="da",
        title="Hvad er et råd?",
        aliases=("hvad er et råd", "rådene"),
        source="Anbefaling til principper og veje, afsnit 4, Råd",
        text="Et råd er et sted, hvor folk mødes.\n\n1. Det ene\n2. Det andet",
        valid_from=date(2019, 11, 25),
        valid_to=date(2030, 1, 1),
        topics=("handicap", "senior"),
    )


def test_a_page_holds_from_its_first_day_to_its_last() -> None:
    page = read_page(GOOD, "raad", "da", "da/raad.md")
    assert isinstance(page, Page)
    days = [date(2019, 11, 24), date(2019, 11, 25), date(2030, 1, 1), date(2030, 1, 2)]
    assert [page.holds_on(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("written", [GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD])
def test_a_page_saved_by_windows_is_the_same_page(written: str) -> None:
    assert read_page(written, "raad", "da", "da/raad.md") == read_page(GOOD, "raad", "da", "da/raad.md")


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("---\ntitel", "titel", 1, "siden skal begynde med en linje `---`, så titel og kilde, og så `---` igen"),
        ("kilde: Anbefaling til principper og veje\n", "", 2, "`kilde` mangler"),
        ("kilde:", "kilder:", 2, "`kilde` mangler"),
        ("kilde:", "kilder:", 6, "`kilder` kendes ikke. Mente du `kilde`?"),
        ("sted: afsnit 4, Råd\n", "", 6, "`sted` mangler: hvor står det i “Anbefaling til principper og veje”?"),
        ("sted: afsnit 4, Råd\n", "sted:\n", 6, "`sted` mangler"),
        ("sprog: da", "sprog: en", 8, "`sprog` er “en”, men siden ligger i mappen “da”"),
        ("2019-11-25", "i dag", 9, "`gælder_fra` skal være en dato som 2026-11-02"),
        (
            "spørgsmål:\n  - hvad er et råd\n  - rådene",
            "spørgsmål: rådene",
            3,
            "`spørgsmål` skal være en liste: én linje til hvert spørgsmål, med `- ` foran",
        ),
        (
            "emner:\n  - handicap\n  - senior",
            "emner: senior",
            11,
            "`emner` skal være en liste: én linje til hvert emne, med `- ` foran",
        ),
        ("titel: ", "titel: [", 3, "linjen kan ikke læses. Skriv `navn: værdi`"),
        ("Et råd", "Et **råd**", 15, "svaret må kun være ren tekst: ingen stjerner, overskrifter, links i klammer"),
        ("Et råd", "ord " * 80, 15, "svaret har 101 ord med kilden. Det må højst have 80"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, what: str) -> None:
    problems = read_page(GOOD.replace(old, new), "raad", "da", "da/raad.md")
    assert isinstance(problems, tuple)
    assert any(problem.line == line and problem.what.startswith(what) for problem in problems), problems


@pytest.mark.parametrize("where", ["Et råd er et sted,", "  - rådene", 'titel: "Hvad er et råd?"'])
def test_a_page_with_a_cpr_number_in_it_is_refused_at_its_line_without_a_digit_of_it(where: str) -> None:
    written = GOOD.replace(where, f"{where} 251248-9996").replace("kilde:", "kilder:")
    found = read_page(written, "raad", "da", "da/raad.md")
    assert isinstance(found, tuple)
    [problem] = found
    assert problem.line == 1 + GOOD[: GOOD.index(where)].count("\n")
    assert "cpr-nummer" in problem.what
    assert "9996" not in str(problem)


@pytest.mark.parametrize(("lang", "bot"), [("da", "denne bot"), ("en", "This bot"), ("uk", "цей бот")])
def test_what_the_bot_tells_of_itself_stands_in_no_document(lang: str, bot: str) -> None:
    told = GOOD.replace("kilde: Anbefaling til principper og veje\nsted: afsnit 4, Råd", f"kilde: {bot}")
    page = read_page(told.replace("sprog: da", f"sprog: {lang}"), "raad", lang, f"{lang}/raad.md")
    assert isinstance(page, Page)
    assert page.source == bot


def test_all_faults_of_all_pages_are_told_at_once_and_the_good_pages_are_kept(tmp_path: Path) -> None:
    (tmp_path / "da").mkdir()
    (tmp_path / "da" / "a.md").write_text(GOOD, encoding="utf-8")
    (tmp_path / "da" / "b.md").write_text(GOOD.replace("- rådene", "- alle råd"), encoding="utf-8")
    (tmp_path / "da" / "c.md").write_text("hej", encoding="utf-8")
    (tmp_path / "da" / "d.md").write_bytes(GOOD.encode("cp1252"))
    shelf = load(tmp_path)
    assert [page.id for page in shelf.pages] == ["a", "b"]
    assert [str(problem) for problem in shelf.problems] == [
        "da/b.md, linje 4: “hvad er et råd” står også i da/a.md. Behold det kun ét sted",
        "da/c.md, linje 1: siden skal begynde med en linje `---`, så titel og kilde, og så `---` igen",
        "da/d.md, linje 1: filen er ikke gemt som UTF-8. Gem den igen, og vælg UTF-8",
    ]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert load(tmp_path).problems == (Problem(tmp_path.name, 1, "der er ingen sider. Læg dem som da/navn.md"),)
