"""What short plain words mean: "send", "ret", "stop", "hvad sker der nu?", in every language, without a command."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.texts.strings import SheetFault, read_sheet

_PHRASES = Path(__file__).parent / "understands.yaml"
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "ґ": "г"})
_APOSTROPHES = re.compile("['’ʼ`]")
_LONGEST = 80
_BEFORE = frozenset({"oeh", "aeh", "aehm", "hmm", "hm", "naa", "ok", "okay", "hej", "well", "so", "ну", "ой"})
_AFTER = frozenset({"tak", "venligst", "please", "thanks", "дякую"})
_NUMBERED = frozenset({"status", "follow", "unfollow", "withdraw"})
_NUMBER = re.compile(r"(?: (?:nr|nummer|no|number|номер))? \d{1,6}$")


def understand(text: str) -> str:
    """The intent of a short phrase ("send", "edit", "status" ...), or "" when it says something of its own.

    A phrase counts only as a whole, after case, punctuation, emoji and the spellings of æøå are folded away; a
    filler before ("øh"), a politeness after ("tak") and, where it makes sense, a number ("status nr. 12") may stand
    beside it. Everything longer is the person's own words and is never taken for a command.
    """
    if len(text) > _LONGEST:
        return ""
    phrases = _phrases()
    said = fold(text)
    if not said:
        return phrases.get(_sign(text), "")
    if said in phrases:
        return phrases[said]
    intent = phrases.get(_trim(said), "")
    if intent:
        return intent
    numbered = phrases.get(_NUMBER.sub("", said), "")
    return numbered if numbered in _NUMBERED else ""


def fold(text: str) -> str:
    """Lower case, æøå as ae oe aa, words only, one space between: what two spellings of a phrase share."""
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    return " ".join(re.sub(r"[^\w]|_", " ", _APOSTROPHES.sub("", lowered)).split())


def _sign(text: str) -> str:
    """A phrase without letters, such as a thumb: its first sign that is not a space, a skin tone or a selector."""
    return next((sign for sign in text if unicodedata.category(sign) in {"So", "Po"}), "")


def _trim(said: str) -> str:
    words = said.split()
    while len(words) > 1 and words[0] in _BEFORE:
        words.pop(0)
    while len(words) > 1 and words[-1] in _AFTER:
        words.pop()
    return " ".join(words)


@cache
def _phrases() -> Mapping[str, str]:
    """Every phrase of the shipped file, folded, with its intent. Raises `SheetFault` for one with two meanings."""
    phrases: dict[str, str] = {}
    for intent, languages in read_sheet(_PHRASES).items():
        if not isinstance(languages, dict):
            raise SheetFault(f"{_PHRASES.name}: `{intent}` must have its phrases by language")
        for written in languages.values():
            for phrase in written:
                key = fold(phrase) or _sign(phrase)
                if phrases.setdefault(key, intent) != intent:
                    raise SheetFault(f"{_PHRASES.name}: “{phrase}” means both `{phrases[key]}` and `{intent}`")
    return phrases
