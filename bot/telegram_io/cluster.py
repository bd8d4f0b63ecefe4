"""Where a text may be cut so that no character that a person sees (a grapheme cluster) is torn apart."""

import unicodedata
from typing import Final

JOINER: Final = "\u200d"
GLUE: Final = frozenset("\u00a0\u2007\u202f\u2060\ufeff")
"""Spaces that say: no break here."""


def units(words: str) -> int:
    """Length in UTF-16 units: what Telegram counts in its limits and entity offsets."""
    return len(words) + sum(character > "\uffff" for character in words)


def reach(words: str, start: int, limit: int) -> int:
    """The index up to which `words[start:]` fills at most `limit` UTF-16 units."""
    used, at = 0, start
    while at < len(words):
        used += 2 if words[at] > "\uffff" else 1
        if used > limit:
            break
        at += 1
    return at


def parted(words: str, at: int) -> bool:
    """Whether a cluster ends right before index `at` (Unicode UAX 29, the rules that people's messages need)."""
    if at <= 0 or at >= len(words):
        return True
    before, after = words[at - 1], words[at]
    if before == "\r" and after == "\n":
        return False
    if before == JOINER or after == JOINER or _extends(after) or _hangul(before, after):
        return False
    return not (_is_flag(before) and _is_flag(after) and _flags_before(words, at) % 2 == 1)


def gap(words: str, at: int) -> bool:
    """Whether index `at` holds white space at which a line may be broken, with no mark sitting on it."""
    return words[at].isspace() and words[at] not in GLUE and parted(words, at + 1)


def _extends(character: str) -> bool:
    """Whether a character only changes the one before it: accents, skin tones, variation marks, tags."""
    if character < "\u0300":
        return False
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or character in "\u200c\uff9e\uff9f"
    )


def _is_flag(character: str) -> bool:
    """Whether it is a regional indicator: two of them show one flag."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags_before(words: str, at: int) -> int:
    count = 0
    while count < at and _is_flag(words[at - count - 1]):
        count += 1
    return count


def _hangul(before: str, after: str) -> bool:
    """Whether two Korean letters are drawn as one syllable."""
    lead = "\u1100" <= before <= "\u115f" or "\ua960" <= before <= "\ua97c"
    vowel = "\u1160" <= before <= "\u11a7"
    syllable = "\uac00" <= before <= "\ud7a3"
    tail = "\u11a8" <= before <= "\u11ff" or "\ud7cb" <= before <= "\ud7fb"
    to_vowel = "\u1160" <= after <= "\u11a7"
    to_tail = "\u11a8" <= after <= "\u11ff" or "\ud7cb" <= after <= "\ud7fb"
    if lead:
        return to_vowel or "\u1100" <= after <= "\u115f" or "\uac00" <= after <= "\ud7a3"
    return ((vowel or syllable) and (to_vowel or to_tail)) or (tail and to_tail)
