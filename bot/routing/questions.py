"""Which page a question asks for, by the words that matter in it; none is better than a wrong one."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from bot.routing.asking import ASKS, CHATTER, FILL, SAME, SMALL
from bot.routing.danish import HURRIED
from bot.routing.match import Spellings
from bot.routing.spelling import fold_words, split_sentences
from bot.routing.vocabulary import root

Asked = tuple[str, str, Sequence[str], str]
"""A page: its id, its language, the ways in which it is asked for, and what it answers."""

ENOUGH, CLEARLY = 0.66, 0.8
"""How much the words of the question, or of a part of it, and of a way of asking must share (0..1)."""
LIKE = 0.5
"""How much all words must be the same where nothing shows that it is a question."""
FEW = 3
"""Words; what is no longer than this may be a question without looking like one."""
LONGEST, MOST_WORDS = 400, 30
"""Characters, and words; what is longer tells a story, and is answered as a whole or not at all."""
NEAR_FROM = 7
"""Letters from which a word may be misspelled."""
_OPENERS = (
    "hvad|hva|hvem|hvilke|hvilken|hvilket|hvordan|hvor|hvorfor|hvornår|hvornaar"
    "|що|хто|який|яка|яке|які|якими|якою|як|де|коли|чому|чи"
    "|what|who|which|how|where|why|when"
)
_QUESTION = re.compile(
    rf"\?|^\W*(hej\W+)?({_OPENERS}|kan|må|maa|er|har|findes|skal|fortæl|fortael|forklar|jeg vil gerne vide|скажіть"
    r"|can|may|is|are|does|do|could|must|tell|explain)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    rf"[,;:]|(?<=\bvide)\s(?=(?:{_OPENERS})\b)|\s(?:og|and|men|but)\s(?=(?:{_OPENERS})\b)", re.IGNORECASE
)
_POINTS = re.compile(
    r"\b(dem|den|denne|han|hun|hende|ham|deres|it|they|them|he|she|їх|він|вона|вони)\b(?!\s\w)", re.IGNORECASE
)
"""Words that point at something outside the part they stand in."""
_NOW = re.compile(r"\b(lige|right)\s+(nu|now)\b", re.IGNORECASE)
"""No page tells how things stand this minute: this must not pass for a "nu" that only fills."""
_IF = re.compile(
    r"\b(hvis|selvom|selv om|når|uden|under|over|if|even|unless|without|while|якщо|хоча|без)\b", re.IGNORECASE
)
"""Words that add a condition: what is asked holds only with it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """One way of asking: the page, the roots that matter, and all words, to choose between equals; each word once.

    Tuples, as there are more than a thousand ways, and sets of so few words would take five times the memory.
    """

    page: str
    roots: tuple[str, ...]
    words: tuple[str, ...]


class Questions:
    """The ways of asking for pages, and how a question finds one of them."""

    def __init__(self, pages: Iterable[Asked]) -> None:
        self._ways: dict[str, dict[str, list[_Way]]] = {}
        self._exact: dict[tuple[str, str], str] = {}
        self._bare: dict[tuple[str, str], str] = {}
        self._asked: dict[tuple[str, str], set[str]] = {}
        self._told: dict[tuple[str, str], set[str]] = {}
        known: set[str] = set()
        for page, lang, ways, text in pages:
            self._told[lang, page] = set(map(_root, fold_words(text)))
            asked = self._asked[lang, page] = set()
            for written in ways:
                words = fold_words(written)
                known.update(words)
                self._exact.setdefault((lang, " ".join(words)), page)
                asked.update(map(_root, words))
                self._bare.setdefault((lang, _bare(words)), page)
                way = _Way(page, tuple(dict.fromkeys(_weighty(words))), tuple(dict.fromkeys(words)))
                for one in way.roots:
                    self._ways.setdefault(lang, {}).setdefault(one, []).append(way)
        self._known = known | SMALL | CHATTER
        self._joined = {word for word in known if len(word) >= NEAR_FROM}
        self._spellings = Spellings(known, frozenset(known))

    def find(self, question: str, lang: str) -> str:
        """The id of the page in this language that answers the question; "" where none does, or several may.

        The whole is looked at first. Of what says more than the question ("jeg er ny her, hvad er ...") the first part
        that asks must be answered by itself.
        """
        if len(question) > LONGEST:
            return ""
        asks = _QUESTION.search(question) is not None
        whole = self._find(question, lang, asks=asks)
        if whole or not asks:
            return whole
        if len(fold_words(question)) > MOST_WORDS:
            return ""
        sentences = split_sentences(question)
        clauses = [part for sentence in sentences if not _IF.search(sentence) for part in _CLAUSE.split(sentence)]
        for parts in (sentences, clauses):
            first = next((part for part in parts if _QUESTION.search(part.strip())), "")
            found = "" if _POINTS.search(first) else self._find(first, lang, asks=True, enough=CLEARLY)
            if found:
                return found
        return ""

    def _find(self, question: str, lang: str, *, asks: bool, enough: float = ENOUGH) -> str:
        words = self._read(question)
        exact = self._exact.get((lang, " ".join(words))) or self._bare.get((lang, _bare(words)), "")
        if exact:
            return exact
        if not words or not (asks or len(words) <= FEW):
            return ""
        wanted = set(_weighty(words))
        said = set(words)
        ways = {way for one in wanted for way in self._ways.get(lang, {}).get(one, ())}
        fits = [(self._fit(way, wanted, lang), _share(way.words, said), way.page) for way in ways]
        fits = [fit for fit in fits if self._explains(lang, fit[2], words)]
        best = max((fit[:2] for fit in fits), default=(0.0, 0.0))
        pages = {page for fit, share, page in fits if (fit, share) == best}
        clear = best[0] >= enough and (asks or best[1] >= LIKE) and len(pages) == 1
        return pages.pop() if clear else ""

    def _read(self, question: str) -> list[str]:
        """The words as the pages spell them: in a hurry, one letter off, or one word written as two."""
        words = [HURRIED.get(word, word) for word in fold_words(_NOW.sub(r"\1\2", question))]
        read: list[str] = []
        for place, word in enumerate(words):
            if place and words[place - 1] + word in self._joined:
                read[-1] = words[place - 1] + word
                continue
            near = None if len(word) < NEAR_FROM or self._knows(word) else self._spellings.nearest(word)
            read.append(near[0] if near is not None and near[1] == 1 and near[0][0] == word[0] else word)
        return read

    def _knows(self, word: str) -> bool:
        return word in self._known

    def _fit(self, way: _Way, wanted: set[str], lang: str) -> float:
        """How much the question and the way have in common, rare words counting most: 0 to 1."""
        shared = self._worth(wanted.intersection(way.roots), lang)
        return 2 * shared / (self._worth(way.roots, lang) + self._worth(wanted, lang))

    def _worth(self, roots: Iterable[str], lang: str) -> float:
        ways = self._ways.get(lang, {})
        pages = [len({way.page for way in ways.get(one, ())}) for one in roots]
        return sum(log(1 + len(self._asked) / max(1, count)) for count in pages)

    def _explains(self, lang: str, page: str, words: Sequence[str]) -> bool:
        """Whether the page is asked for in, or tells of, all that the question says: no other side of the thing."""
        asked, told = self._asked[lang, page], self._told[lang, page]
        return all(
            _root(word) in asked or (word not in ASKS and (word in SMALL or word in CHATTER or _root(word) in told))
            for word in words
        )


def _root(word: str) -> str:
    return root(SAME.get(word, word))


def _weighty(words: Sequence[str]) -> Iterator[str]:
    """The roots of the words that say what is asked about; none where all are small ones or those of asking."""
    return (_root(word) for word in words if word not in SMALL and word not in CHATTER and word not in ASKS)


def _bare(words: Sequence[str]) -> str:
    """All words but those that a question may have or not: what two ways of asking share that are nearly one."""
    return " ".join(sorted({_root(word) for word in words if word not in FILL}))


def _share(one: Collection[str], other: set[str]) -> float:
    """How much of all that two ways say is said by both; `one` has no word twice."""
    both = len(other.intersection(one))
    return both / (len(one) + len(other) - both)
