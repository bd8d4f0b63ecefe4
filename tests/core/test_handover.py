"""What an idea is called when it was sent without a word."""

from datetime import UTC, datetime

import pytest

from bot.core import handover
from bot.core.events import Media, Place
from bot.core.people import Draft, Person, Talk
from bot.core.world import Move, World
from bot.texts.book import Book
from tests.core.town import FRAME

NOW = datetime(2026, 11, 2, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "shown", "title"),
    [
        ("da", {"media": (Media("voice", "f1", 7),)}, "Indtalt idé"),
        ("en", {"media": (Media("voice", "f1", 7),)}, "A spoken idea"),
        ("uk", {"media": (Media("photo", "f1", 7),)}, "Ідея із зображеннями"),
        ("en", {"place": Place(55.75, 12.55)}, "An idea with a place on the map"),
    ],
)
def test_an_idea_without_words_is_called_by_what_it_holds_in_the_citizens_language(
    lang: str, shown: dict[str, object], title: str
) -> None:
    book = Book.load()
    world = World(
        now=NOW,
        frame=FRAME,
        person=Person(710, "Aase"),
        talk=Talk(lang=lang),
        spoken=lambda words: book.speak(words).plain,
    )
    sent = handover.send(Move.of(world), Draft(**shown))
    assert sent.title == title
