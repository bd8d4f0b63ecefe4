"""The citizen's own words: shortened and titled without adding any, and taken back when the citizen does so."""

import pytest

from bot.core import wording

HALF_FORMED = (
    "kunne man ikke gøre noget ved alle de cykler ved ordrup st de ligger og flyder "
    "man kan ikke komme forbi med rollator"
)


def test_a_title_is_cut_out_of_the_words_and_adds_none() -> None:
    title = wording.title(HALF_FORMED)
    assert title.lower().rstrip("…").strip() in HALF_FORMED
    assert len(title) <= 60


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Доброго дня! Хочу організувати мовне кафе", "Хочу організувати мовне кафе"),
        ("Hej igen! Flere bænke ved søen.", "Flere bænke ved søen"),
        ("Hej kommune", "Hej kommune"),
    ],
)
def test_a_greeting_is_no_title_where_more_was_said(text: str, title: str) -> None:
    assert wording.title(text) == title


def test_an_extract_ends_at_a_sentence_where_it_can() -> None:
    text = "Vi vil bygge en legeplads. " * 3 + "Den skal ligge ved søen. " + "Og så skal der være kaffe til alle. " * 9
    short = wording.extract(text, 20)
    assert short.endswith(".")
    assert wording.count(short) <= 20


@pytest.mark.parametrize(
    ("said", "rest", "negated"),
    [
        (
            "nej vent, det er ikke stativer, det er bænke man kan sidde på, nede på torvet",
            "det er bænke man kan sidde på, nede på torvet",
            ("stativer",),
        ),
        ("Det skal ikke være en bane, men et skur", None, None),
        ("det er ikke en bane men et skur", "et skur", ("en bane",)),
    ],
)
def test_what_is_taken_back_is_told_apart_from_what_stays(
    said: str, rest: str | None, negated: tuple[str, ...] | None
) -> None:
    found = wording.correction(said)
    assert (found.rest if found else None, found.negated if found else None) == (rest, negated)


def test_words_that_take_nothing_back_are_left_alone() -> None:
    assert wording.correction("måske flere stativer og så en der samler de gamle op") is None


def test_a_thing_is_found_again_inside_a_compound() -> None:
    assert wording.speaks_of("flere cykelstativer ved skolen", ("stativer",))
    assert not wording.speaks_of("bænke på torvet", ("stativer",))


def test_a_wall_of_signs_is_cut_and_fills_no_screen() -> None:
    wall = "x" * 4096
    assert wording.extract(wall, 20) == "x" * 400 + "…"
    assert len(wording.extracts((wall, wall), 55)) <= 2 * (55 * 20 + 2)
    assert wording.extract("helt almindelige ord", 20) == "helt almindelige ord"
