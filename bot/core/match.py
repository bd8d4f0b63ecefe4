"""What routing makes of a citizen's words: a kind, topics with their reasons, and whether it is sure."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "idea",
    "offer",
    "question",
    "status",
    "service_request",
    "personal_case",
    "complaint",
    "other_authority",
    "emergency",
    "smalltalk",
    "noise",
]


@dataclass(frozen=True, slots=True)
class TopicScore:
    """One topic that the words may be about.

    `score` is 0..100; `because` holds the citizen's own words that matched, with the rules' word where they differ
    ("cykelpakering ≈ cykelparkering").
    """

    topic: str
    score: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Routing's whole opinion of one text, with what it needs to be explained and audited later.

    `agent` is the id of the sparring agent who would lead it. `emergency` names the emergency line (an id in the
    rules, such as "112" or "livslinien") when `kind` is "emergency". `signpost` names the rules' signpost for a kind
    that is not an idea. `facets` are the open questions that the words already answer (ids of the rules' questions).
    `places` are the names of the municipality's places that were mentioned. `rest` is the part of the words that is
    an idea when the message holds both an errand and an idea, else "". `lang_told` says whether the words themselves
    tell the language: a number or a name does not, and then `lang` is Danish for want of any other.

    Where `kind` is "emergency", `certain` says that nobody need be asked whether it is, and `calm` is the same text
    judged without danger (None where no rules could judge it). Where it is not, `near` names the emergency line of a
    danger that can't be left out, else "". Not `readable` are signs and letters that no language
    would put together.
    """

    kind: Kind
    topics: tuple[TopicScore, ...]
    sure: bool
    agent: str
    lang: str
    rules_hash: str
    emergency: str = ""
    signpost: str = ""
    facets: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    rest: str = ""
    certain: bool = False
    calm: "Match | None" = None
    near: str = ""
    readable: bool = True
    lang_told: bool = True
