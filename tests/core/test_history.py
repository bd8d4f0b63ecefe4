"""Whoever comes to an initiative reads what both sides have said, as it stands now."""

from typing import Any

import pytest

from bot.core.effects import Parts, Quote, Say, Tag, To, Words
from bot.core.history import Entry, retell
from tests.core.town import NOW, SIGNE


def entry(kind: str, text: str = "", message: int = 1, actor: str = "Aase", media: int = 0) -> Entry:
    return Entry(kind, actor, "owner", NOW, {"text": text, "message": message, "media": media})


def line(actor: str = "Aase", n: int = 0) -> Words:
    fields: dict[str, Any] = {"name": actor, "at": NOW, "n": n}
    return Words("colleague.history.files" if n else "colleague.history.line", "da", fields)


def test_words_stand_in_order_as_they_were_last_changed_and_without_what_was_deleted() -> None:
    entries = [
        entry("sent"),
        entry("citizen_said", "mindst fyrre", 5),
        entry("agent_said", "Hvor mange?", 5, "Mette Holm"),
        entry("citizen_said", "min nabos nummer er", 6),
        entry("citizen_edited", "mindst halvtreds", 5),
        entry("erased", message=6),
        entry("agent_said", "Tak", 6, "Mette Holm"),
        entry("citizen_said", "", 7, media=2),
    ]
    parts = (
        Words("colleague.history.head", "da", {"n": 4}),
        Quote("mindst halvtreds", line()),
        Quote("Hvor mange?", line("Mette Holm")),
        Quote("Tak", line("Mette Holm")),
        line(n=2),
    )
    assert list(retell(To(SIGNE), 4, entries)) == [
        Say(To(SIGNE), Parts(parts), tag=Tag("history", about=4), silent=True)
    ]


@pytest.mark.parametrize("kind", ["taken_back", "astray"])
def test_what_an_agent_took_back_is_not_told_to_a_colleague_nor_what_is_still_to_arrive(kind: str) -> None:
    entries = [
        entry("citizen_said", "hvornår kan du", 5),
        entry("agent_said", "Det her var til en anden", 5, "Mette Holm"),
        entry(kind, message=5),
        entry("citizen_said", "er der nyt", 6),
    ]
    (told,) = retell(To(SIGNE), 4, entries, still={6})
    head = Words("colleague.history.head", "da", {"n": 4})
    assert told.content == Parts((head, Quote("hvornår kan du", line())))


def test_what_staff_noted_stands_among_it_and_is_marked_as_internal() -> None:
    note = Entry("note", "Mette Holm", "staff", NOW, {"text": "Vej og Park siger ja"})
    (told,) = retell(To(SIGNE), 4, [entry("citizen_said", "hvornår kan du", 5), note])
    fields: dict[str, Any] = {"name": "Mette Holm", "at": NOW}
    head = Words("colleague.history.head", "da", {"n": 4})
    noted = Quote("Vej og Park siger ja", Words("colleague.history.internal", "da", fields))
    assert told.content == Parts((head, Quote("hvornår kan du", line()), noted))


def test_where_nobody_has_said_anything_nothing_is_told() -> None:
    assert list(retell(To(SIGNE), 4, [entry("sent"), entry("taken")])) == []
    assert list(retell(To(SIGNE), 4, [entry("citizen_said", "slettet"), entry("erased")])) == []
