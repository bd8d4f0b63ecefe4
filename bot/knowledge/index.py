"""Finds the page that answers a question, and prefers to find none: a wrong answer is worse than "I don't know"."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.knowledge.reader import Page

_STOP_WORDS = frozenset(
    """
    hvad hva hvem hvilke hvilken hvilket hvordan hvor hvorfor er var bliver blive den det de en et i på paa til for fra
    af om med og eller at som der her sig jeg du vi man mig dig os jer min din jeres mit dit kan kunne må maa vil
    ville skal skulle gerne godt lige egentlig mon så saa også ogsaa nu ikke jo da have har haft få faa får faar
    sådan saadan være vaere findes fortæl fortael vis sig betyder betyde menes mener forklar forklare hedder
    kommunen kommune gentofte gentoftes noget nogen komme kommer gå går gaa gaar deltage bruge bruges hej tak ved i
    що хто який яка яке які як де чому чи є це і й та або у в на з із до про для мене мені мою моєю ви ти я вас ваш
    будь ласка скажіть можна можу треба такий таке такі
    what who which how where why is are was the a an in on to for from of about with and or at that there here i you
    we me us my your our can could may will would shall should please now not have has had get gets be tell show mean
    means explain called municipality gentofte some any come go do does use hi thanks know it this
    """.lower().split()
)
_QUESTION = re.compile(
    r"\?|^\W*(hej\W+)?(hvad|hvem|hvilke|hvilken|hvilket|hvordan|hvor|hvorfor|hvornår|hvornaar|kan|må|maa|er|har|findes"
    r"|fortæl|fortael|forklar|jeg vil gerne vide"
    r"|що|хто|який|яка|яке|які|якими|як|де|коли|чому|чи|скажіть"
    r"|what|who|which|how|where|why|when|can|may|is|are|does|do|tell|explain)\b",
    re.IGNORECASE,
)
_ENDINGS: tuple[str, ...] = (
    "ernes",
    "eren",
    "eres",
    "erne",
    "ende",
    "enes",
    "ings",
    "ene",
    "ens",
    "ets",
    "ers",
    "ies",
    "ing",
)
_ENDINGS += ("er", "en", "et", "es", "e", "s")
_PARTS = re.compile(r"[^?.!\n]+\?")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e"})
_SHORT = 3
_NEAR_FROM = 7
_COVERED = 0.66
_LIKE = 0.5
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of asking for a page: the stems that must all be there, and all its words, to choose between equals."""

    page: Page
    stems: tuple[str, ...]
    words: frozenset[str]


class Index:
    """The pages that can be asked for."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = tuple(pages)

    def aliases(self) -> list[tuple[str, str]]:
        """Every way of asking, as (page id, the words): titles and aliases, for another matcher to choose from."""
        return [(page.id, alias) for page in self.pages for alias in (page.title, *page.aliases)]

    def page(self, page_id: str, lang: str = "da") -> Page | None:
        """The page of that id in a language, in Danish where it is not translated, or None."""
        found = {page.lang: page for page in self.pages if page.id == page_id}
        return found.get(lang) or found.get("da")

    def answer(self, question: str, lang: str = "da", on: date | None = None) -> tuple[str, str] | None:
        """What a page says to a question, and its source; None unless it is clearly what is asked.

        The pages in `lang` come first; a question in another language is answered in the language it is asked in.
        `on` leaves out pages that don't hold on that day. All words of one alias must be in the question (inflected,
        joined or one letter wrong), and the question may hold hardly anything else: "hvor mange penge er der til
        handicaprådet?" is not answered by the page that tells what Handicaprådet is.
        """
        others = sorted({page.lang for page in self.pages} - {lang})
        found = (self.find(question, asked, on) for asked in (lang, *others))
        return next(((page.text, page.source) for page in found if page is not None), None)

    def find(self, question: str, lang: str = "da", on: date | None = None) -> Page | None:
        """The page that clearly answers the question, or one of its sentences; None where there is none, or several."""
        if len(question) > _LONGEST:
            return None
        whole = self._find(question, lang, on)
        if whole is not None:
            return whole
        found = [self._find(part, lang, on) for part in _PARTS.findall(question)]
        pages = {page.id: page for page in found if page is not None}
        return pages.popitem()[1] if len(pages) == 1 else None

    def _find(self, question: str, lang: str, on: date | None) -> Page | None:
        words = _words(question)
        exact = self._exact.get((lang, " ".join(words)))
        if exact is not None and (on is None or exact.holds_on(on)):
            return exact
        asks = _QUESTION.search(question) is not None
        if not words or not (asks or len(words) <= _SHORT):
            return None
        stems = _stems(words)
        places = self._places(stems)
        asked = frozenset(words)
        fits = [
            ((_fit(way, places, len(stems)), len(asked & way.words) / len(asked | way.words)), way.page)
            for way in dict.fromkeys(way for stem in places for way in self._ways[stem])
            if way.page.lang == lang and (on is None or way.page.holds_on(on))
        ]
        best = max((fit for fit, _ in fits), default=(0.0, 0.0))
        winners = {page.id: page for fit, page in fits if fit == best}
        clear = best[0] >= _COVERED and (asks or best[1] >= _LIKE) and len(winners) == 1
        return winners.popitem()[1] if clear else None

    def _places(self, stems: list[str]) -> dict[str, set[int]]:
        """Which stems of the ways of asking stand where in the question, also in two words that should be one."""
        places: dict[str, set[int]] = {}
        alone = [(stem, {place}) for place, stem in enumerate(stems)]
        joined = [(stems[place] + stems[place + 1], {place, place + 1}) for place in range(len(stems) - 1)]
        for said, where in alone + joined:
            for wanted in self._same_as(said):
                places.setdefault(wanted, set()).update(where)
        return places

    def _same_as(self, said: str) -> Iterator[str]:
        """The stems of the ways of asking that are this one, or, for long words, one letter away from it."""
        if said in self._ways:
            yield said
        elif len(said) >= _NEAR_FROM:
            near = {wanted for rest in _without_a_letter(said) for wanted in self._near.get(rest, ())}
            yield from (wanted for wanted in near if _one_letter_apart(wanted, said))

    @cached_property
    def _exact(self) -> dict[tuple[str, str], Page]:
        return {(page.lang, " ".join(_words(alias))): page for page in self.pages for alias in page.aliases}

    @cached_property
    def _ways(self) -> dict[str, list[_Way]]:
        """The ways of asking by each of their stems."""
        found: dict[str, list[_Way]] = {}
        for page in self.pages:
            for words in map(_words, (page.title, *page.aliases)):
                way = _Way(page, tuple(dict.fromkeys(_stems(words))), frozenset(words))
                for stem in way.stems:
                    found.setdefault(stem, []).append(way)
        return found

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """The long stems by what is left of them without one letter: how a misspelling finds its word quickly."""
        found: dict[str, list[str]] = {}
        for stem in self._ways:
            for rest in _without_a_letter(stem) if len(stem) >= _NEAR_FROM else ():
                found.setdefault(rest, []).append(stem)
        return found


def _fit(way: _Way, places: Mapping[str, set[int]], length: int) -> float:
    """How much of the question the way of asking covers, 0 to 1; 0 where a word of the way is not in the question."""
    if not all(stem in places for stem in way.stems):
        return 0.0
    return len(set[int]().union(*(places[stem] for stem in way.stems))) / length


def _without_a_letter(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _one_letter_apart(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    return rest_a[1:] == rest_b[1:] or rest_a == rest_b[1:] or rest_a[1:] == rest_b


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"\w+", re.sub("['’]", "", folded))


def _stems(words: list[str]) -> list[str]:
    return [_stem(word.translate(_LETTERS)) for word in words if word not in _STOP_WORDS]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
