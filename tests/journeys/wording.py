"""How a text is judged: the promise pattern, question marks, words, dates and names of acceptance 1.2 and 1.6."""

import re
from dataclasses import dataclass

from babel.dates import get_month_names

PROMISE = re.compile(
    r"garanter|(vi|jeg) lover(?! ikke)|bliver (gennemført|bygget|godkendt|til virkelighed)"
    r"|vil blive (gennemført|bygget|godkendt|imødekommet)|skal nok (komme|lykkes|blive)"
    r"|vi (bygger(?! (bro|på))|etablerer|betaler|overtager)|det klarer vi"
    r"|kommunen (sørger for|ordner|overtager|finder pengene)",
    re.IGNORECASE,
)
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
DATE = re.compile(rf"\b(?P<day>\d{{1,2}})\.\s*(?P<month>{'|'.join(MONTHS)}|{'|'.join(m[:3] for m in MONTHS)})\b", re.I)
UKRAINIAN = tuple(get_month_names("wide", locale="uk").values())
"""The months as they stand beside a day: "4 листопада"."""
UKRAINIAN_DATE = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(UKRAINIAN)})\b")
WEEKDAY = re.compile(r"\b(mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)\b", re.IGNORECASE)
HOUR = re.compile(r"\bkl\. ?\d{1,2}(?:[.:]\d\d)?\b", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def promises(text: str) -> list[str]:
    """The hits of the promise pattern; a hit with "ikke" within the three words before does not count."""
    hits = []
    for hit in PROMISE.finditer(text):
        before = WORD.findall(text[: hit.start()].lower())[-3:]
        if "ikke" not in before:
            hits.append(hit.group(0))
    return hits


def words(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


def dates(text: str) -> list[tuple[int, int]]:
    """The (day, month) pairs that a text names, in order."""
    found = []
    for hit in DATE.finditer(text):
        month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(hit["month"].lower()[:3]))
        found.append((int(hit["day"]), month))
    found += [(int(hit["day"]), UKRAINIAN.index(hit["month"]) + 1) for hit in UKRAINIAN_DATE.finditer(text)]
    return found


def without(text: str, spoken: list[str]) -> str:
    """A text without the words that people wrote themselves, so that only the bot's own are left."""
    for words_of_a_person in sorted({part for one in spoken for part in pieces(one)}, key=len, reverse=True):
        text = text.replace(words_of_a_person, " ")
    return text


def pieces(text: str) -> list[str]:
    """A person's text, its lines and its sentences, as the bot may quote them."""
    parts = [text.strip(), *re.split(r"\n+", text), *re.split(r"(?<=[.!?])\s+", text)]
    return [part.strip(" .") for part in parts if len(part.strip(" .")) >= 4]


@dataclass(frozen=True, slots=True)
class View:
    """What one of the four views says of an initiative: who, what next, and by when."""

    where: str
    text: str
    names: tuple[str, ...]
    dates: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, where: str, text: str, agents: list[str]) -> "View":
        """Read a view; names stand in the order of the text."""
        found = sorted((text.find(name), name) for name in agents if name in text)
        return cls(where, text, tuple(name for _, name in found), tuple(dates(text)))
