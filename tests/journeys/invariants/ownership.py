"""N4: no wording shown as the citizen's idea changes without the citizen's OK.

A title and a summary are the owner's own words, cut at most; or the very proposal that the owner read and said yes to.
Between two acts of the owner neither of them changes: an agent may only take out what must not stay (REDACT, D-03), and
the owner is told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.journeys import labels
from tests.journeys.invariants.traffic import Call, Traffic, arrived, bare, is_citizen, keys, pressed, texts
from tests.journeys.invariants.views import claims, pattern, quoted
from tests.journeys.person import Act, Person
from tests.journeys.residents import AGENTS

LEADS = "|".join(person.first_name for person in AGENTS.values())
TITLE = re.compile(rf"(?:^|\bNr\. )(\d+) · (?:(?:{LEADS}) · )?([^\n<]+)")
"""A title as it stands on a card or a button, or behind the name of who has it on a topic."""
YES = ("ja", "yes", "так")
REDACTED = "citizen_step.redacted"
MARKS = re.compile(r"\[[^\]\n]{3,40}\]|…")
"""What stands in the place of what was taken out ("[cpr-nummer fjernet]"), or is not for everybody ("…")."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A card's title and words at one moment."""

    title: str
    words: str


def nothing_reworded(traffic: Traffic) -> None:
    """Titles wherever they stand, the words on cards, and what is open for all; and that nobody else changes them."""
    for call in filter(arrived, traffic.new_calls):
        for number, title in _titles(call):
            owner = traffic.owners.get(number)
            if owner is not None and is_citizen(owner.id):
                allowed = own_words(traffic, owner, call["n"])
                assert bare(title) in allowed, f"N4: {title!r} stands for nr. {number}, whose owner said {allowed!r}"
        for text in texts(call):
            _own_summary(traffic, call, text)
    _changed_by_nobody_else(traffic)


def own_words(traffic: Traffic, owner: Person, until: int) -> str:
    """What the owner had written before that call, and the proposals that they had read and said yes to."""
    acts = [act for act in traffic.acts_before(until) if act.person.id == owner.id]
    accepted = [_proposal(traffic, act) for act in acts if _says_yes(act)]
    return bare(" . ".join([*(act.text for act in acts), *accepted, *_without_words()]))


def _says_yes(act: Act) -> bool:
    return pressed(act, labels.TITLE_YES) or act.text.casefold().strip(" .!") in YES


def _proposal(traffic: Traffic, act: Act) -> str:
    """What the owner read last with the button for yes to a title, before that act."""
    for call in reversed(traffic.calls):
        asks = any(labels.is_key(key, labels.TITLE_YES) for key in keys(call))
        if asks and call["n"] <= act.after_call and call["chat_id"] == act.chat:
            return " ".join(re.findall(r"«(.*?)»", " ".join(texts(call))))
    return ""


def _without_words() -> Iterator[str]:
    """What stands as the title of an idea that was sent without words."""
    for key in labels.TITLES_WITHOUT_WORDS:
        yield from labels.all_languages(key)


def _titles(call: Call) -> Iterator[tuple[int, str]]:
    """Every title in a call, with its number."""
    for text in (*texts(call), *(str(key.get("text", "")) for key in keys(call))):
        for number, title in TITLE.findall(text):
            yield int(number), title
        for claim in claims(text):
            if claim.title:
                yield claim.number, claim.title


def _own_summary(traffic: Traffic, call: Call, text: str) -> None:
    """Every line under "Ord fra ..." on a card, or between quotation marks on an open page, is the owner's."""
    page = next((hit for lang in labels.LANGUAGES if (hit := pattern("open.page", lang).match(text))), None)
    words = quoted(text) or " … ".join(re.findall(r"«(.*?)»", text, re.DOTALL)[1:] if page is not None else ())
    number = int(page["n"]) if page is not None else next((claim.number for claim in claims(text)), None)
    owner = traffic.owners.get(number) if number is not None else None
    if not words or owner is None or not is_citizen(owner.id):
        return
    allowed = own_words(traffic, owner, call["n"])
    for line in words.split("\n"):
        for part in MARKS.split(line):
            assert bare(part) in allowed, f"N4: {part!r} stands as words of nr. {number}, whose owner said {allowed!r}"


def _changed_by_nobody_else(traffic: Traffic) -> None:
    """From one rest to the next a card's wording stays, unless its owner did something in between."""
    shown: dict[int, Wording] = {}
    acting: list[Act] = []
    for move in traffic.moves():
        acting.append(move.act)
        for number, wording in _wordings(move.calls):
            before, owner = shown.get(number), traffic.owners.get(number)
            shown[number] = wording
            if before is None or owner is None or move.place < traffic.start.act:
                continue
            if not any(act.person.id == owner.id for act in acting):
                told = f"of nr. {number} after {move.act.kind} {move.act.text!r} of {move.act.person.name}"
                assert wording.title == before.title, f"N4: the title {told}: {before.title!r} became {wording.title!r}"
                late = any(act.kind == "clock" for act in acting) and not wording.words
                assert wording.words == before.words or late or _taken_out(before, wording, owner, move.calls), (
                    f"N4: the words {told}: {before.words!r} became {wording.words!r}"
                )
        if move.rest:
            acting = []


def _wordings(calls: Sequence[Call]) -> Iterator[tuple[int, Wording]]:
    for call in filter(arrived, calls):
        for text in texts(call):
            card = next((claim for claim in claims(text) if claim.where == "card"), None)
            if card is not None:
                yield card.number, Wording(card.title, quoted(text))


def _taken_out(before: Wording, after: Wording, owner: Person, calls: Sequence[Call]) -> bool:
    """Whether some lines are gone and all others stay, and the owner is told of it in the same breath."""
    left = iter(before.words.split("\n"))
    told = "\n".join(text for call in filter(arrived, calls) if call["chat_id"] == owner.id for text in texts(call))
    return all(line in left for line in after.words.split("\n") if line) and any(
        pattern(REDACTED, lang).search(told) for lang in labels.LANGUAGES
    )
