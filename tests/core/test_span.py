"""Stretches of days as people write them."""

from datetime import date

import pytest

from bot.core.away import command_of
from bot.core.span import read_span

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2/11-13/11", (11, 2), (11, 13)),
        ("2/11 - 13/11", (11, 2), (11, 13)),
        ("fra 2/11 til 13/11", (11, 2), (11, 13)),
        ("fra den 2/11 til den 13/11", (11, 2), (11, 13)),
        ("2.11-13.11", (11, 2), (11, 13)),
        ("2.11.2026–13.11.2026", (11, 2), (11, 13)),
        ("2.-13. november", (11, 2), (11, 13)),
        ("2-13/11", (11, 2), (11, 13)),
        ("2. november til og med 13. november", (11, 2), (11, 13)),
        ("2026-11-02 til 2026-11-13", (11, 2), (11, 13)),
        ("til 13/11", (11, 2), (11, 13)),
        ("til fredag", (11, 2), (11, 6)),
        ("i dag", (11, 2), (11, 2)),
        ("i morgen", (11, 3), (11, 3)),
        ("på torsdag", (11, 5), (11, 5)),
        ("fredag til tirsdag", (11, 6), (11, 10)),
        ("uge 46", (11, 9), (11, 15)),
        ("denne uge", (11, 2), (11, 8)),
        ("næste uge", (11, 9), (11, 15)),
    ],
)
def test_days_are_read_as_they_are_written(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert read_span(text, MONDAY) == (date(2026, *first), date(2026, *last))


def test_a_span_may_cross_the_new_year() -> None:
    assert read_span("21/12-2/1", MONDAY) == (date(2026, 12, 21), date(2027, 1, 2))


@pytest.mark.parametrize("text", ["", "er cyklerne fredag", "hele tiden", "31/2-1/3", "99", "fredag kl. 10"])
def test_words_that_say_anything_else_are_no_days(text: str) -> None:
    assert read_span(text, MONDAY) is None


@pytest.mark.parametrize("text", ["væk 2/11-13/11", "Væk: til fredag", "ferie uge 46", "jeg er væk i morgen", "væk"])
def test_one_typed_line_says_that_one_is_away(text: str) -> None:
    assert command_of(text, MONDAY, private=True)[0] == "vaek"


@pytest.mark.parametrize("text", ["væk er cyklerne", "Den er væk fredag", "vi er væk", "tilbage til dig fredag"])
def test_words_to_a_citizen_are_never_taken_for_an_absence(text: str) -> None:
    assert command_of(text, MONDAY, private=True) == ("", "")


def test_in_a_group_only_a_slash_makes_it_a_command() -> None:
    assert command_of("væk 2/11-13/11", MONDAY, private=False) == ("", "")
    assert command_of("/væk 2/11-13/11", MONDAY, private=False) == ("vaek", "2/11-13/11")
