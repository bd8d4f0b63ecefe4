"""The pages that can be asked for: the one that answers a question, on a day, in a language; or none."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from bot.core.world import Told
from bot.knowledge.reader import ANY_TOPIC, LONGEST, Page

Asked = tuple[str, str, Sequence[str], str]
"""A page as it is looked for: its id, its language, the ways in which it is asked for, and what it answers."""

LEAD_IN = 7
"""Words of the bot's own around an answer: "Kilde", "Du kan også spørge om"."""


class Finder(Protocol):
    """Whoever knows which page a question asks for."""

    def find(self, question: str, lang: str) -> str:
        """The id of a page in this language, or ""."""


class Index:
    """The pages by language, and who finds them."""

    def __init__(self, pages: Iterable[Page], learn: Callable[[Iterable[Asked]], Finder]) -> None:
        """`learn` makes somebody who finds these pages (a wrong page must be worse to them than none)."""
        self.pages = tuple(pages)
        self._pages = {(page.id, page.lang): page for page in self.pages}
        self._finder = learn([(page.id, page.lang, (page.title, *page.aliases), page.text) for page in self.pages])

    def page(self, page_id: str, lang: str = "da") -> Page | None:
        """The page of that id in a language, in Danish where it is not translated, or None."""
        return self._pages.get((page_id, lang)) or self._pages.get((page_id, "da"))

    def answer(self, question: str, lang: str = "da", on: date | None = None) -> Told | None:
        """What a page says to a question, and its source; None unless it is clearly what is asked.

        The pages in `lang` come first; a question in another language is answered in the language it is asked in.
        `on` leaves out pages that don't hold on that day.
        """
        others = sorted({page.lang for page in self.pages} - {lang})
        found = (self.find(question, asked, on) for asked in (lang, *others))
        return next((self._told(page, on) for page in found if page is not None), None)

    def _told(self, page: Page, on: date | None) -> Told:
        further = (self._pages.get((other, page.lang)) for other in page.see_also)
        also = tuple(other.title.rstrip("?") for other in further if other and (on is None or other.holds_on(on)))
        words = len(f"{page.text} {page.source} {' '.join(also)}".split()) + LEAD_IN
        return Told(page.text, page.source, also if words <= LONGEST else ())

    def fitting(self, topics: Sequence[str], on: date) -> tuple[tuple[str, str, str], ...]:
        """Councils and forms of dialogue that these topics' ideas may be taken to: title, what it is, and which topic.

        What it is are the first words of its Danish page; the topics' own order is kept. Those that are for every topic
        come behind those that are for these.
        """
        pages = [page for page in self.pages if page.lang == "da" and page.topics and page.holds_on(on)]
        pairs = [(topic, page, topic) for topic in topics for page in pages]
        pairs += [(ANY_TOPIC, page, topic) for topic in topics for page in pages]
        found: dict[str, tuple[str, str, str]] = {}
        for wanted, page, topic in pairs:
            if wanted in page.topics and page.id not in found:
                found[page.id] = (page.title, page.text.split(". ")[0].rstrip(".") + ".", topic)
        return tuple(found.values())

    def find(self, question: str, lang: str = "da", on: date | None = None) -> Page | None:
        """The page that clearly answers the question, or its first part; None where none does that day."""
        found = self._pages.get((self._finder.find(question, lang), lang))
        return found if found is not None and (on is None or found.holds_on(on)) else None


@lru_cache(maxsize=1)
def index_of(pages: tuple[Page, ...], learn: Callable[[Iterable[Asked]], Finder]) -> Index:
    """As `Index`, but what was learned last is at hand: pages that were tried are often those that hold next."""
    return Index(pages, learn)
