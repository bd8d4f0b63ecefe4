"""What an admin should see to in pages that can be used: translations, days that have passed, unknown topics."""

from collections.abc import Collection, Iterator
from datetime import datetime

from bot.knowledge.calendar import dead_dates, topics_of
from bot.knowledge.reader import ANY_TOPIC, Page, Problem, Shelf, line_of

BOTH = ("da", "en")
"""The languages in which every page must be there; further ones translate what is asked most."""


def neglected(shelf: Shelf, now: datetime, topics: Collection[str] = ()) -> Iterator[Problem]:
    """All that is worth mending; `topics` are the ids that the rules know (none: they are not looked at)."""
    there = {(page.id, page.lang) for page in shelf.pages}
    missing = [(lang, page_id) for page_id in sorted({page for page, _ in there}) for lang in BOTH]
    for lang, page_id in missing:
        # One that has a fault is told of by its fault.
        if (page_id, lang) not in there and f"{lang}/{page_id}.md" not in shelf.files:
            what = "siden mangler. Den findes på et andet sprog, og den skal være på både dansk og engelsk"
            yield Problem(f"{lang}/{page_id}.md", 1, what)
    for page in shelf.pages:
        yield from _neglected_page(shelf, page, now, topics)
    yield from (Problem(name, *fault) for name, fault in dead_dates(shelf.listings, now))
    for listing in shelf.listings:
        unknown = [(line, topic) for line, topic in topics_of(listing) if topics and topic not in topics]
        yield from (Problem(listing.name, line, _unknown(topic)) for line, topic in unknown)


def _neglected_page(shelf: Shelf, page: Page, now: datetime, topics: Collection[str]) -> Iterator[Problem]:
    name = f"{page.lang}/{page.id}.md"
    data = shelf.files.get(name, b"")
    if page.valid_to is not None and page.valid_to < now.date():
        what = f"siden gjaldt til {page.valid_to.isoformat()}. Forny den, eller slet den"
        yield Problem(name, line_of(data, "gælder_til"), what)
    for topic in page.topics if topics else ():
        if topic not in (*topics, ANY_TOPIC):
            yield Problem(name, line_of(data, f"- {topic}"), _unknown(topic))
    danish = next((other for other in shelf.pages if (other.id, other.lang) == (page.id, "da")), page)
    if set(danish.topics) != set(page.topics):
        yield Problem(name, line_of(data, "emner"), "emnerne er ikke de samme som på den danske side")


def _unknown(topic: str) -> str:
    return f"emnet `{topic}` står ikke i routing_rules.yaml"
