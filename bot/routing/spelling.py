"""How a word is reduced before it is compared: folded letters, a light Danish stem, tokens with their place."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

_FOLD = str.maketrans(
    {
        "æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e", "è": "e", "ê": "e", "ë": "e",
        "á": "a", "à": "a", "â": "a", "ó": "o", "ò": "o", "ô": "o", "í": "i", "ì": "i", "ï": "i", "ú": "u",
        "ñ": "n", "ç": "c", "ß": "ss", "ł": "l", "ą": "a", "ę": "e", "ś": "s", "ż": "z", "ź": "z", "ć": "c", "ń": "n",
        "ё": "е", "’": "'", "\u00ad": None, "\u200b": None, "\u200d": None, "\ufeff": None,
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SUFFIXES = (
    (5, frozenset(("ernes", "erens", "endes"))),
    (4, frozenset(("enes", "erne", "eren", "ende", "eres"))),
    (3, frozenset(("ens", "ets", "ers", "ene", "ere", "ede"))),
    (2, frozenset(("es", "er", "en", "et"))),
    (1, frozenset("es")),
)
"""Danish endings by their length, longest first."""
_LAST_OF_SUFFIXES = frozenset("ensrt")
_VOWELS = frozenset("aeiouy")
_CYRILLIC_ENDINGS = (
    "ами", "ями", "ого", "ому", "ими", "ові", "еві", "ах", "ях", "ів", "їв", "ою", "ею", "ий", "ій", "ам", "ям",
    "ої", "ом", "ем", "их", "им", "ти", "а", "я", "у", "ю", "і", "ї", "и", "е", "є", "о", "ь", "й",
)  # fmt: skip


LONGEST_WORD = 60
"""Letters of a word that are looked at, so that no word can be long enough to be slow."""


class Token(NamedTuple):
    """One word of a text: as written, folded, and where it stands (`start`, `end` are character offsets)."""

    text: str
    fold: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text in small letters with æøå as ae, oe, aa and other accents taken off; hyphens inside words stay."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).lower().translate(_FOLD)


def _close_up(word: str) -> str:
    return word if word.isalnum() else word.replace("-", "").replace("'", "")


def words_as_written(text: str) -> list[str]:
    """The words of a text in order, as they stand there."""
    return _WORD.findall(text)


def split_words(text: str) -> list[Token]:
    """The words of a text in order, each cut at 60 letters, without hyphens and apostrophes ("p-plads" is "pplads")."""
    tokens = []
    for found in _WORD.finditer(text):
        word = found.group()
        tokens.append(Token(word, _close_up(fold(word[:LONGEST_WORD])), *found.span()))
    return tokens


def fingerprint(words: Iterable[str]) -> int:
    """A number of 64 bits that stands for these words in this order, the same in every process.

    Python's own hashes are drawn anew for each, and what is learned in one is used in another.
    """
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "big")


def fold_words(text: str) -> list[str]:
    """The folded words of a text in order, as `split_words` folds them, without where they stand."""
    return [_close_up(word[:LONGEST_WORD]) for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A folded word without its commonest Danish endings: "cyklerne", "cyklen" and "cykel" all give "cykl"."""
    if word[:1] > "\u0400":
        return _stem_other_script(word)
    if word.endswith("igt") and len(word) > 5:
        word = word[:-1]
    for size, suffixes in _SUFFIXES if word[-1:] in _LAST_OF_SUFFIXES else ():
        if word[-size:] in suffixes:
            rest = word[:-size]
            if len(rest) >= 3 and not _VOWELS.isdisjoint(rest):
                word = rest
                break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in _VOWELS:
        word = word[:-1]
    if len(word) > 4 and word.endswith(("el", "er", "en")) and word[-3] not in _VOWELS:
        word = word[:-2] + word[-1]
        if len(word) > 4 and word[-2] == word[-3]:
            word = word[:-2] + word[-1]
    return word


def _stem_other_script(word: str) -> str:
    if word[:1] >= "\u0600":
        for prefix in ("وال", "بال", "لل", "ال"):
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                return word[len(prefix) :]
        return word
    for ending in _CYRILLIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def collapse(word: str) -> str:
    """The folded word without doubled letters: doubling is the commonest slip in Danish spelling."""
    return word if len(word) <= 3 or word.isdigit() else _DOUBLED.sub(r"\1", word)


def compact(name: str) -> str:
    """A name of one word or more as one folded word: "P-plads ved vandet" gives "ppladsvedvandet"."""
    return fold(name[:LONGEST_WORD]) if name.isalnum() else "".join(fold_words(name))


def has_vowel(word: str) -> bool:
    """Whether a folded word could be spoken: it has a vowel, or is not in Latin letters."""
    return word[:1] > "\u024f" or not _VOWELS.isdisjoint(word)


_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\"')]*\s+|\n+")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in order, without empty ones; "kl. 16" and "nr. 4" are not ends of sentences."""
    guarded = re.sub(
        r"\b(kl|nr|ca|fx|evt|f|eks|bl|a|osv|mm|tlf|st|min|max|inkl|jf)\.(?=\s)", "\\1\u2024", text, flags=re.IGNORECASE
    )
    return [part.replace("\u2024", ".").strip() for part in _SENTENCE_END.split(guarded) if part.strip()]
