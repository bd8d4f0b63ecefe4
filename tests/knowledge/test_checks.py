"""What `skab check` finds in pages that can be used: no page of the shipped ones has any of it."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.knowledge.checks import neglected
from bot.knowledge.reader import load, read_all

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 2, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
EXAMPLE = (Path(__file__).parent / "calendar" / "eksempel.ics").read_bytes()
PAGE = """---
titel: Råd
spørgsmål:
  - hvad er et råd
kilde: Papiret
sted: side 2
sprog: da
gælder_fra: 2019-11-25
gælder_til: 2026-11-01
emner:
  - handicap
  - kattehold
  - alle
---
Et svar.
"""


def test_the_shipped_pages_want_for_nothing() -> None:
    assert list(neglected(load(ROOT / "knowledge"), NOW)) == []


def test_what_is_past_missing_or_unknown_is_told_with_file_and_line() -> None:
    fewer = PAGE.replace("  - kattehold\n", "")
    english = fewer.replace("sprog: da", "sprog: en").replace("2026-11-01", "2026-11-02")
    other = fewer.replace("hvad er et råd", "hvad er rådet").replace("gælder_til: 2026-11-01\n", "")
    files = {"da/raad.md": PAGE, "en/raad.md": english, "da/andet.md": other}
    shelf = read_all({name: text.encode() for name, text in files.items()} | {"calendar/e.ics": EXAMPLE})
    assert shelf.problems == ()
    told = [str(problem) for problem in neglected(shelf, NOW, {"handicap", "kyst", "demokrati", "integration"})]
    assert told == [
        "en/andet.md, linje 1: siden mangler. Den findes på et andet sprog, og den skal være på både dansk og engelsk",
        "da/raad.md, linje 9: siden gjaldt til 2026-11-01. Forny den, eller slet den",
        "da/raad.md, linje 12: emnet `kattehold` står ikke i routing_rules.yaml",
        "en/raad.md, linje 10: emnerne er ikke de samme som på den danske side",
        "calendar/e.ics, linje 51: “Eksempel: sprogcafé, som er forbi” er forbi. Slet det, eller skriv en ny dato",
    ]


def test_a_page_that_has_a_fault_is_not_told_of_as_one_that_is_missing() -> None:
    english = PAGE.replace("sprog: da", "sprog: en").replace("2026-11-01", "2026-11-02")
    files = {"da/raad.md": PAGE.replace("sted: side 2\n", "").encode(), "en/raad.md": english.encode()}
    shelf = read_all(files)
    assert [problem.what[:14] for problem in shelf.problems] == ["`sted` mangler"]
    assert not [problem for problem in neglected(shelf, NOW) if problem.file == "da/raad.md"]
