"""What changed between two rules files is told in words that an admin would use, with the lines."""

from pathlib import Path

import pytest

from bot.routing.difference import Line, between, lines
from tests.routing.small import small_rules

RULES = small_rules((Path(__file__).parents[2] / "routing_rules.yaml").read_text("utf-8"))

HAVNE_BAD = """  havne_bad:
    navn: {da: "Havnebad"}
    ansvarlig: farid
    ord: [havnebad]
"""


@pytest.fixture
def small() -> str:
    """Short rules with every block."""
    return RULES


def change(text: str, old: str, new: str) -> bytes:
    assert old in text
    return text.replace(old, new, 1).encode()


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "da", "en"),
    [
        (
            "    - idræt\n",
            "    - idræt\n    - hvirvleri\n",
            "idraet: 1 ord mere (hvirvleri)",
            "idraet: 1 more word (hvirvleri)",
        ),
        (
            "    - idræt\n",
            "    - idræt\n" + "".join(f"    - aa{n}\n" for n in range(1, 7)),
            "idraet: 6 ord mere (aa1, aa2, aa3, aa4, aa5 …)",
            "idraet: 6 more words (aa1, aa2, aa3, aa4, aa5 …)",
        ),
        ("arbejdsdage: '2'", "arbejdsdage: 3", "løfter.arbejdsdage: 2 -> 3", "promises.working_days: 2 -> 3"),
        (
            "koordinator: peter",
            "koordinator: karen",
            "koordinator: Peter Dam -> Karen Toft",
            "coordinator: Peter Dam -> Karen Toft",
        ),
        (
            "    navn: Bo Lind\n",
            "    navn: Bo Lind\n    fravær: [{fra: 2026-12-21, til: 2026-12-23}]\n",
            "Bo Lind: 1 fravær mere (2026-12-21 – 2026-12-23)",
            "Bo Lind: 1 more absence (2026-12-21 – 2026-12-23)",
        ),
        (
            "    navn: Bo Lind\n",
            "    navn: Bo Lind\n    telegram: 77\n",
            "agenter.bo.telegram: 77 er kommet til",
            "agents.bo.telegram: 77 is new",
        ),
        (
            "    titel: koordinator for sparringsagenterne\n",
            "    titel: chef\n",
            "agenter.peter.titel: koordinator for sparringsagenterne -> chef",
            "agents.peter.title: koordinator for sparringsagenterne -> chef",
        ),
        ("emner:\n", "emner:\n" + HAVNE_BAD, "nyt emne havne_bad (Farid Nazari)", "new topic havne_bad (Farid Nazari)"),
        ("admins: []", "admins: [77]", "1 admin mere (77)", "1 more admin (77)"),
    ],
)
def test_a_change_is_told_in_words_and_taking_it_back_too(small: str, old: str, new: str, da: str, en: str) -> None:
    before, after = small.encode(), change(small, old, new)
    [found] = between(before, after)
    assert (found.da, found.en) == (da, en)
    assert found.lines
    [back] = between(after, before)
    assert back.gone == found.lines or back.gone == found.gone
    assert back.da != da


def test_an_agent_who_is_taken_out_is_named_with_all_that_follows(small: str) -> None:
    start, end = small.index("  bo:\n"), small.index("  signe:\n")
    text = (small[:start] + small[end:]).replace("ansvarlig: bo\n", "ansvarlig: farid\n")
    told = [found.da for found in between(small.encode(), text.encode())]
    assert told[0] == "Bo Lind er ikke agent mere"
    assert "emner.natur.ansvarlig: Bo Lind -> Farid Nazari" in told
    assert between(text.encode(), small.encode())[0].en == "Bo Lind is a new agent"


def test_the_lines_of_what_came_and_went_are_told(small: str) -> None:
    text = small.replace("    - idræt\n", "    - hvirvleri\n", 1)
    came, went = between(small.encode(), text.encode())
    number = line_of(small, "    - idræt\n")
    assert (came.da, came.lines, came.gone) == ("idraet: 1 ord mere (hvirvleri)", (number,), ())
    assert (went.da, went.lines, went.gone) == ("idraet: 1 ord mindre (idræt)", (), (number,))
    assert {line.number for line in lines(small.encode(), text.encode())} == {number}


def test_only_a_comment_is_only_a_comment(small: str) -> None:
    text = small + "# tak for i dag\n"
    [found] = between(small.encode(), text.encode())
    assert found.da == "kun bemærkninger, mellemrum eller rækkefølge er ændret"
    assert found.en == "only comments, spacing or order changed"
    assert (found.lines, found.gone) == ((text.count("\n"),), ())
    assert lines(small.encode(), text.encode()) == (Line(text.count("\n"), "# tak for i dag", False),)


def test_the_same_file_has_no_changes(small: str) -> None:
    assert between(small.encode(), small.encode()) == ()


def test_fields_in_english_are_the_same_fields(small: str) -> None:
    [found] = between(small.encode(), change(small, "    ansvarlig: bo\n", "    lead: bo\n"))
    assert found.da.startswith("kun bemærkninger")


def test_a_file_that_cannot_be_read_is_told_by_its_lines(small: str) -> None:
    [found] = between(small.encode(), change(small, "    navn: Bo Lind\n", "\tnavn: Bo Lind\n"))
    assert (found.da, found.en) == ("1 linje er anderledes", "1 line differs")
    assert found.lines == (line_of(small, "    navn: Bo Lind\n"),)


def test_lines_are_told_wherever_they_stand() -> None:
    assert lines(b"a\nb\nc\n", b"a\nx\nb\nc\n") == (Line(2, "x", False),)
    assert lines(b"a\nb\nb\n", b"a\nb\n") == (Line(3, "b", True),)
    assert lines(b"b\nc\n", b"a\nb\nd\nc\ne\n") == (Line(1, "a", False), Line(3, "d", False), Line(5, "e", False))
    assert lines(b"", b"a\n") == (Line(1, "a", False),)


def test_a_block_that_went_away_is_named_without_its_content_and_a_word_with_it() -> None:
    old = b"kommune: {navn: Gentofte}\nsteder: {bydele: [Ordrup]}\nleder: karen\n"
    (places, leader) = between(old, b"kommune: {navn: Gentofte}\n")
    assert (places.da, places.en) == ("steder er slettet", "places is gone")
    assert (leader.da, leader.en) == ("leder: karen er slettet", "leader: karen is gone")
    (came,) = between(b"kommune: {}\n", b"kommune: {}\nstavem\xc3\xa5der: {ik: ikke}\n")
    assert (came.da, came.en) == ("stavemåder er kommet til", "spellings is new")
