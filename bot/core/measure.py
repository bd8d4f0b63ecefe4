"""How much one idea may hold, so that nobody's idea grows until there is no room left for anybody else's."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.events import Media, Said
from bot.core.people import Utterance

MOST_LETTERS = 100_000
"""About forty printed pages. The whole idea is read and kept anew with each message."""
MOST_FILES = 200
AGAIN = timedelta(minutes=1)
"""Somebody who goes on writing hears once in so long that there is no room."""


def has_room(words: Sequence[Utterance], media: Sequence[Media], said: Said) -> bool:
    """Whether what is said fits in beside what is there; what was taken back is kept too, and counts."""
    letters = sum(len(one.text) for one in words) + len(said.text)
    return letters <= MOST_LETTERS and len(media) + len(said.media) <= MOST_FILES
