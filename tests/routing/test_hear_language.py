"""Which language words are in, and whether they tell it: a number, a name or a word of two languages tells nothing."""

import pytest

from bot.routing.language import hear_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("jeg vil gerne have flere bænke", "da"),
        ("I would like more benches", "en"),
        ("Хочу більше лавок", "uk"),
        ("Ich möchte mehr Bänke und Licht", "other"),
        ("Jag vill ha fler bänkar och ljus", "other"),
    ],
)
def test_words_of_a_language_tell_it(text: str, lang: str) -> None:
    assert hear_language(text) == (lang, True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20 30 40 50",
        "20 30 40 50 after four o'clock",
        "at 15.30",
        "Byens Hus, Hellerup",
        "Thursday afternoon works",
        "🙂",
    ],
)
def test_what_tells_no_language_says_so_and_counts_as_danish(text: str) -> None:
    assert hear_language(text) == ("da", False)
