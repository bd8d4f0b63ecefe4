"""However long and strange a text is, reading it keeps nobody else waiting: the time follows its length."""

import time

import pytest

from bot.core import cpr, hours, others
from bot.core.face import careful
from tests.core.town import NOW, an_idea

LETTERS = 40_000
UNITS = ("a.", "a-", "_", " ", "a\n", "12 ", "Aa ", "@a ", "vej 1 ", ". ")
SECONDS = 2.0
"""Of the processor; what looked back over the whole text from each of its letters took twenty."""


@pytest.mark.parametrize("unit", UNITS)
def test_a_text_of_many_pieces_that_fit_together_is_read_at_once(unit: str) -> None:
    text = "x" + unit * (LETTERS // len(unit)) + "x"
    began = time.process_time()
    others.are_told_of(text)
    others.without(text)
    careful(an_idea(), text)
    cpr.without(text, "[***]")
    hours.read_hours(text, NOW)
    assert time.process_time() - began < SECONDS
