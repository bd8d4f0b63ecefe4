"""Like ideas are found by what they say, unlike ones are not, and nothing stays of a text that is dropped."""

from datetime import date

import pytest

from bot.routing.likeness import ALIKE as ENOUGH
from bot.routing.likeness import Likeness
from bot.routing.match import Router
from tests.routing import alike

DAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def index(router: Router) -> Likeness:
    """The public ones of the collection, read as the shipped rules do."""
    made = Likeness(router)
    for number, (title, words, topics) in alike.PUBLIC.items():
        made.put(number, title, words, topics)
    return made


def found(index: Likeness, router: Router, text: str) -> list[int]:
    """The numbers that would be shown for a text."""
    ranked = index.rank(text, router.match(text, today=DAY).topics)
    return [number for likeness, number in ranked[:3] if likeness >= ENOUGH]


@pytest.mark.parametrize(("text", "number"), alike.ALIKE)
def test_an_idea_like_a_public_one_finds_it(index: Likeness, router: Router, text: str, number: int) -> None:
    assert number in found(index, router, text)


@pytest.mark.parametrize("text", alike.UNLIKE)
def test_an_idea_like_none_finds_none(index: Likeness, router: Router, text: str) -> None:
    assert found(index, router, text) == []


def test_of_a_dropped_text_nothing_is_kept_not_even_a_spelling(router: Router) -> None:
    index = Likeness(router)
    index.put(1, "Vinterbaderskur i Hellerup", "et skur", ("kyst",))
    index.put(2, "Bænke", "", ("byrum",))
    index.rank("vinterbaderskurt", ())
    index.drop(1)
    assert "vinterbad" not in repr(vars(index))
    assert index.rank("vinterbaderskur", ()) == []
    assert index.numbers() == {2}


def test_a_place_alone_makes_no_likeness(router: Router) -> None:
    index = Likeness(router)
    index.put(1, "Cykelparkering ved Ordrup Station", "", ("trafik",))
    assert index.rank("ordrup station", ()) == []
