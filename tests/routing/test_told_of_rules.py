"""What is told of a change to rules that otherwise never change, and what is like what: as it was approved.

`APPROVE=1 pytest tests/routing/test_told_of_rules.py` writes the file anew; the difference is for a person to read.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.routing import difference, lab
from bot.routing.lab import Sample
from bot.routing.lab_words import tell_look, tell_trial
from bot.routing.likeness import Likeness
from bot.routing.live import Accepted, accept

TOLD = Path(__file__).parent / "told"
TODAY = date(2026, 11, 2)
OLD = (TOLD / "rules.yaml").read_text("utf-8")
EDITS = (
    ("  natur:\n    navn:\n      da: Natur og grønne områder\n", "  natur:\n    navn:\n      da: Natur og haver\n"),
    ("    ansvarlig: bo\n    kle:\n    - '01.05'\n", "    ansvarlig: signe\n    kle:\n    - '01.06'\n"),
    ("    - natur\n    - park\n", "    - park\n    - skov\n    - bænke\n    - eng\n    - krat\n    - sø\n    - kær\n"),
    ("    - ikke slå\n", "    - aldrig slå\n"),
    ("    - Lad græsset stå i parken, så der kommer blomster og sommerfugle\n", ""),
    ("koordinator: peter\n", "koordinator: karen\n"),
    ("admins: []\n", "admins: [77]\n"),
    ("  karen:\n", "  ida:\n    navn: Ida Friis\n    titel: sparringsagent\n    svarer_i: privat\n  karen:\n"),
    ("arbejdsdage: '2'", "arbejdsdage: '3'"),
    ("    ansvarlig: lone\n", "    ansvarlig: ida\n"),
)  # fmt: skip
SENTENCES = (
    "flere cykelstativer ved Ordrup Station",
    "lampen på vores vej virker ikke. Kan vi lave en fælles grillplads på torvet sammen?",
    "det brænder i vores opgang, der er røg overalt",
    "hvordan sender jeg en idé ind?",
    "jeg har en god ide",
    "en lampe ved stien",
    "skoven og engen skal gro vildt",
    "bænke ved mosen",
    "Kunne der komme redekasser op til svaler og flagermus? Og så en meget lang fortælling om, hvad der kom før.",
)
HELD = {
    1: ("Cykelparkering ved Ordrup Station", "Cyklerne ligger og flyder, der mangler stativer", ("trafik",)),
    2: ("Vilde blomster i vejkanten", "bier og sommerfugle", ("natur",)),
    3: ("Et bytteskab til bøger", "i Vangede ved biblioteket", ("kultur", "klima")),
    4: ("Bænke på torvet", "så man kan hvile sig", ("byrum",)),
    5: ("Skur til vinterbadere", "ved Hellerup Strand, med sauna", ("kyst",)),
    6: ("Fællesspisning", "for ensomme gamle, en gang om ugen", ("senior",)),
    7: ("Cykelsti til skolen", "så børnene kan cykle sikkert", ("trafik", "skole")),
    8: ("Blomsterkasser på torvet", "med blomster og bænke og blomster og et stativ til cykler og planter", ()),
}
ASKED = (
    "cykelstativer ved stationen",
    "en boghylde hvor man bytter bøger",
    "flere benke",
    "vinterbaderskur",
    "spise sammen med gamle der er ensomme",
    "blomster",
    "ordrup station",
    "noget helt andet om padel",
)


@pytest.fixture(scope="module")
def both() -> tuple[Accepted, Accepted]:
    """The rules before and after the edits, learned here and now."""
    new = OLD
    for before, after in EDITS:
        assert new.count(before) >= 1, before
        new = new.replace(before, after, 1)
    old, edited = accept(OLD.encode(), {"mette": 1, "bo": 2}, -5), accept(new.encode())
    assert isinstance(old, Accepted), old.problems
    assert isinstance(edited, Accepted), edited.problems
    return old, edited


def of_changes(old: bytes, new: bytes) -> Iterator[str]:
    """What changed, in both languages, with the lines."""
    for change in difference.between(old, new):
        yield f"{change.da} | {change.en} | {list(change.lines)} {list(change.gone)}"
    for line in difference.lines(old, new):
        yield f"{'-' if line.gone else '+'} {line.number}: {line.text}"


def of_trials(old: Accepted, new: Accepted) -> Iterator[str]:
    """What a sentence meets under either, and what would move."""
    for sentence in SENTENCES:
        for rules in (old, new):
            for lang in ("da", "en"):
                yield tell_look(lab.look(rules, sentence, TODAY), TODAY, lang)
    samples = [*lab.examples(old), *(Sample(f"nr. {n}", text, "") for n, text in enumerate(SENTENCES))]
    for lang in ("da", "en"):
        yield tell_trial(lab.compare(old, new, samples, TODAY), lang)


def of_likeness(rules: Accepted | None) -> Iterator[str]:
    """How like each held text is to what is asked."""
    index = Likeness(rules.router if rules is not None else None)
    for number, (title, words, topics) in HELD.items():
        index.put(number, title, words, topics)
    index.put(9, "Cykelstativer", "ved stationen", ("trafik",))
    index.drop(9)
    for text in ASKED:
        topics = rules.router.match(text, today=TODAY).topics if rules is not None else ()
        for among in (None, {1, 4, 7, 8}):
            ranked = ", ".join(f"{number}: {likeness:.3f}" for likeness, number in index.rank(text, topics, among))
            yield f"{text}{'' if among is None else ' (among some)'} -> {ranked}"


def approved(name: str, told: list[str]) -> None:
    """Compare with what a person has approved."""
    file, lines = TOLD / name, "\n".join(told).splitlines()
    if os.environ.get("APPROVE") == "1":
        file.write_text("\n".join([*lines, ""]), "utf-8")
    assert lines == file.read_text("utf-8").splitlines()


def test_what_changed_is_told_as_it_was_approved(both: tuple[Accepted, Accepted]) -> None:
    old, new = (rules.data for rules in both)
    approved("changes.txt", [*of_changes(old, new), "# and back", *of_changes(new, old)])


def test_what_would_move_is_told_as_it_was_approved(both: tuple[Accepted, Accepted]) -> None:
    approved("trials.txt", list(of_trials(*both)))


def test_what_is_like_what_is_as_it_was_approved(both: tuple[Accepted, Accepted]) -> None:
    approved("likeness.txt", ["# by the rules", *of_likeness(both[0]), "# without rules", *of_likeness(None)])
