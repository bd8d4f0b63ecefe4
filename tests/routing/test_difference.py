"""What changed between two rules files is told in words that an admin would use, with the lines."""

import pytest

from bot.routing.difference import Line, between, lines

HAVNE_BAD = """  havne_bad:
    navn: {da: "Havnebad"}
    ansvarlig: farid
    ord: [havnebad]
"""


def change(text: str, old: str, new: str) -> bytes:
    assert old in text
    return text.replace(old, new, 1).encode()


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "da", "en"),
    [
        (
            "      idræt, idrætsdag,",
            "      idræt, idrætsdag, hvirvleri,",
            "idraet: 1 ord mere (hvirvleri)",
            "idraet: 1 more word (hvirvleri)",
        ),
        (
            "      idræt, idrætsdag,",
            "      idræt, idrætsdag, aa1, aa2, aa3, aa4, aa5, aa6,",
            "idraet: 6 ord mere (aa1, aa2, aa3, aa4, aa5 …)",
            "idraet: 6 more words (aa1, aa2, aa3, aa4, aa5 …)",
        ),
        ("arbejdsdage: 2", "arbejdsdage: 3", "løfter.arbejdsdage: 2 -> 3", "promises.working_days: 2 -> 3"),
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
def test_a_change_is_told_in_words_and_taking_it_back_too(shipped: str, old: str, new: str, da: str, en: str) -> None:
    before, after = shipped.encode(), change(shipped, old, new)
    [found] = between(before, after)
    assert (found.da, found.en) == (da, en)
    assert found.lines
    [back] = between(after, before)
    assert back.gone == found.lines or back.gone == found.gone
    assert back.da != da


def test_an_agent_who_is_taken_out_is_named_with_all_that_follows(shipped: str) -> None:
    start, end = shipped.index("  bo:\n"), shipped.index("  signe:\n")
    text = (shipped[:start] + shipped[end:]).replace("ansvarlig: bo\n", "ansvarlig: farid\n")
    told = [found.da for found in between(shipped.encode(), text.encode())]
    assert told[0] == "Bo Lind er ikke agent mere"
    assert "emner.natur.ansvarlig: Bo Lind -> Farid Nazari" in told
    assert between(text.encode(), shipped.encode())[0].en == "Bo Lind is a new agent"


def test_the_lines_of_what_came_and_went_are_told(shipped: str) -> None:
    text = shipped.replace("      idræt, idrætsdag,", "      hvirvleri, idrætsdag,", 1)
    came, went = between(shipped.encode(), text.encode())
    number = line_of(shipped, "      idræt, idrætsdag,")
    assert (came.da, came.lines, came.gone) == ("idraet: 1 ord mere (hvirvleri)", (number,), ())
    assert (went.da, went.lines, went.gone) == ("idraet: 1 ord mindre (idræt)", (), (number,))
    assert {line.number for line in lines(shipped.encode(), text.encode())} == {number}


def test_only_a_comment_is_only_a_comment(shipped: str) -> None:
    text = shipped + "# tak for i dag\n"
    [found] = between(shipped.encode(), text.encode())
    assert found.da == "kun bemærkninger, mellemrum eller rækkefølge er ændret"
    assert found.en == "only comments, spacing or order changed"
    assert (found.lines, found.gone) == ((text.count("\n"),), ())
    assert lines(shipped.encode(), text.encode()) == (Line(text.count("\n"), "# tak for i dag", False),)


def test_the_same_file_has_no_changes(shipped: str) -> None:
    assert between(shipped.encode(), shipped.encode()) == ()


def test_fields_in_english_are_the_same_fields(shipped: str) -> None:
    [found] = between(shipped.encode(), change(shipped, "    ansvarlig: bo\n", "    lead: bo\n"))
    assert found.da.startswith("kun bemærkninger")


def test_a_file_that_cannot_be_read_is_told_by_its_lines(shipped: str) -> None:
    [found] = between(shipped.encode(), change(shipped, "    navn: Bo Lind\n", "\tnavn: Bo Lind\n"))
    assert (found.da, found.en) == ("1 linje er anderledes", "1 line differs")
    assert found.lines == (line_of(shipped, "    navn: Bo Lind\n"),)
