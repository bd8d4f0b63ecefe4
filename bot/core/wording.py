"""Pure work on a citizen's own words: a short extract, a title, and words that are taken back; nothing is added."""

import re
from dataclasses import dataclass

_OPENERS = re.compile(
    r"^\s*(?:(?:nej|næ|vent|hov|ups|øh|æh|undskyld|rettelse|altså|faktisk|no|wait|sorry|actually)\b[\s,.!:;–-]*)+",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:det|den|de)\s+(?:er|var|skal være|skulle være|handler)\s+(?:ikke|slet ikke)\s+(?:om\s+)?"
    r"(?P<what>[^,.;!?]{2,60})\s*(?:[,.;]|\bmen\b)\s*(?:men\s+)?",
    re.IGNORECASE,
)
_ENDINGS = ("erne", "ernes", "ene", "eren", "er", "en", "et", "e", "s", "r")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_LEAD_INS = re.compile(
    r"^\s*(?:hej|hejsa|goddag|kære \w+|hi|hello)?[\s,.!]*"
    r"(?:kunne (?:man|vi|i)(?: ikke)?|kan (?:man|vi|i)(?: ikke)?|hvad med(?: at)?"
    r"|jeg (?:synes|foreslår|ønsker mig),?(?: at)?|jeg (?:kunne|vil) (?:godt )?(?:tænke mig|gerne have)(?: at)?"
    r"|det (?:kunne|ville) være (?:fedt|dejligt|godt)(?: hvis| med)?|could we|can we|how about)\s+",
    re.IGNORECASE,
)

_GREETING = re.compile(
    r"^\W*(?:(?:hej|hejsa|goddag|godmorgen|godaften|hi|hello|dear all|вітаю|привіт|доброго (?:дня|ранку|вечора)"
    r"|добрий (?:день|ранок|вечір)|igen|med jer|alle|kommune\w*|there)\b\W*)+$",
    re.IGNORECASE,
)
"""A sentence that only greets, and says nothing of the idea."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is left of a message in which something earlier is taken back, and the words that are taken back."""

    rest: str
    negated: tuple[str, ...]


LETTERS = 20
"""Letters a word on average at most in what is repeated to somebody; Danish needs seven."""


def count(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def extract(text: str, limit: int) -> str:
    """The first whole sentences of at most `limit` words; a first sentence that is longer is cut with an ellipsis."""
    text = " ".join(text.split()) if "\n" not in text.strip() else text.strip()
    if count(text) <= limit:
        return _no_wall(text, limit)
    kept: list[str] = []
    room = limit
    for sentence in filter(None, _SENTENCE.split(text)):
        if count(sentence) > room:
            break
        kept.append(sentence.strip())
        room -= count(sentence)
    if kept and room <= limit // 2:
        return _no_wall(" ".join(kept), limit)
    return _no_wall(" ".join(text.split()[:limit]), limit) + " …"


def _no_wall(text: str, words: int) -> str:
    """The text, cut where its words are hardly words: an address or a wall of signs must not fill the screen."""
    return text if len(text) <= words * LETTERS else text[: words * LETTERS].rstrip() + "…"


def extracts(texts: tuple[str, ...], limit: int) -> str:
    """An extract of several messages, each with its fair part of `limit` words, a line each."""
    whole = [text for text in texts if text.strip()]
    if sum(count(text) for text in whole) <= limit:
        return "\n".join(_no_wall(text.strip(), limit) for text in whole)
    share = max(limit // max(len(whole), 1), 8)
    return "\n".join(extract(text, share) for text in whole)


def title(text: str, limit: int = 60) -> str:
    """A title of at most `limit` characters, cut out of the first sentence; "" when there are no words."""
    parts = [part for part in _SENTENCE.split(text.strip()) if part.strip()]
    first = next((part for part in parts if not _GREETING.match(part)), next(iter(parts), ""))
    short = _LEAD_INS.sub("", first).strip(" ,.!?:;–-") or first.strip()
    if len(short) > limit:
        cut = re.split(r"[,;:(–]| der | som | fordi | så ", short)[0].strip()
        short = cut if 12 <= len(cut) <= limit else short[: limit - 1].rsplit(" ", 1)[0] + "…"
    return short[:1].upper() + short[1:]


def correction(text: str) -> Correction | None:
    """What a message takes back ("nej vent, det er ikke stativer, det er bænke"), or None if it takes back nothing."""
    opened = _OPENERS.match(text)
    body = text[opened.end() :] if opened else text
    negated = tuple(found["what"].strip() for found in _NEGATED.finditer(body))
    if not negated:
        return None
    rest = _NEGATED.sub("", body).strip(" ,.;")
    return Correction(rest=rest, negated=negated) if rest else None


def speaks_of(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text names one of the things, also inside a compound or in another inflection."""
    words = re.findall(r"\w+", text.lower())
    stems = {_stem(word) for phrase in phrases for word in re.findall(r"\w+", phrase.lower()) if len(word) > 3}
    return any(stem in word for stem in stems if len(stem) > 3 for word in words)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
