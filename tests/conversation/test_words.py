"""Every text that the shell itself says is in the book, in every language, with the fields that it gives."""

import pytest

from bot.core.effects import Words
from tests.book import BOOK


@pytest.mark.parametrize("lang", ["da", "en", "uk"])
@pytest.mark.parametrize(
    "words",
    [
        Words("citizen.not_understood_fault"),
        Words("admin.update_parked", fields={"row": 7, "reason": "KeyError at desk.py:3"}),
        Words("admin.update_unreadable", fields={"reason": "the update is empty"}),
        Words("admin.message_parked", fields={"row": 7, "reason": "too long"}),
        Words("admin.group_unreachable", fields={"reason": "kicked"}),
    ],
    ids=lambda words: words.key,
)
def test_the_shells_own_words_are_in_the_book(words: Words, lang: str) -> None:
    spoken = BOOK.speak(Words(words.key, lang, words.fields)).plain
    assert all(str(value) in spoken for value in words.fields.values())
