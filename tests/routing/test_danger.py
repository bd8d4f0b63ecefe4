"""Acute danger is found before everything else, and alarming words in ideas are not mistaken for it."""

import json
from copy import copy
from datetime import date
from pathlib import Path

import pytest

from bot.routing.last_lines import LAST_LINES, emergency_without_rules
from bot.routing.match import Router
from bot.routing.second import Opinion
from tests.routing.dangers import CALM, IN_DANGER
from tests.routing.replies import ORDINARY

TODAY = date(2026, 11, 2)
NAMED = ("jeg har talt med naboen og han er med", "jeg kan ikke overskue det lige nu")
"""Replies that raised an alarm once: they tell of people and of now, and of nothing else."""
MISREAD = ("det brænder vi alle for i opgangen", "børnene kravler ud ad vinduet og leger")
"""Harmless, and still taken for danger that is only likely."""
POLITE = (
    "Hej, vil du være sød at ringe 112 for mig, der er nogle unge der er ved at drukne ude ved broen, tak",
    "kan du ikke lige ringe 112 for mig? de unge dernede er ved at drukne",
)
"""Plain danger in many kind words, and as a question."""
LINES = ("112", "112", "livslinien", "112", "114", "112", "112", "112")


@pytest.mark.parametrize("text", IN_DANGER)
def test_a_person_in_danger_is_found(router: Router, text: str) -> None:
    assert router.emergency(text)
    assert router.match(text, today=TODAY).kind == "emergency"


@pytest.mark.parametrize("text", POLITE)
def test_kind_words_around_plain_danger_do_not_drown_it(router: Router, text: str) -> None:
    assert router.match(text, today=TODAY).certain
    assert router.emergency(text) == "112"


@pytest.mark.parametrize(("text", "line"), list(zip(IN_DANGER, LINES, strict=False)))
def test_the_right_number_comes(router: Router, text: str, line: str) -> None:
    assert router.emergency(text) == line
    assert router.match(text, today=TODAY).emergency == line


@pytest.mark.parametrize("text", CALM)
def test_alarming_words_in_a_calm_text_raise_no_alarm(router: Router, text: str) -> None:
    assert router.emergency(text) == ""
    assert router.match(text, today=TODAY).kind != "emergency"


def test_no_example_of_the_rules_raises_an_alarm(router: Router) -> None:
    examples = [text for block in router.rules.topics.values() for text in block.examples]
    examples += [text for block in router.rules.kinds.values() for text in block.examples]
    assert [text for text in examples if router.emergency(text)] == []


def test_few_calm_messages_raise_an_alarm(router: Router) -> None:
    lines = Path(__file__).with_name("messages.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["text"] for row in rows if row["kind"] != "emergency" and router.emergency(row["text"])] == []


def test_people_who_answer_in_the_middle_of_a_talk_are_not_told_to_ring(router: Router) -> None:
    assert [text for text in NAMED if router.emergency(text)] == []
    alarms = [text for text in ORDINARY if router.emergency(text)]
    assert len(alarms) <= len(ORDINARY) * 0.02, alarms


@pytest.mark.parametrize("text", IN_DANGER[: len(LINES)])
def test_where_cues_and_examples_agree_danger_is_certain(router: Router, text: str) -> None:
    assert router.match(text, today=TODAY).certain


@pytest.mark.parametrize("text", MISREAD)
def test_what_may_be_misread_is_judged_without_danger_too(router: Router, text: str) -> None:
    match = router.match(text, today=TODAY)
    assert (match.kind, match.certain) == ("emergency", False), "it is heard now: take another one here"
    assert match.calm is not None
    assert (match.calm.kind, match.calm.emergency, match.calm.certain) == ("idea", "", False)
    assert (match.topics, match.places) == (match.calm.topics, match.calm.places)


def test_a_text_without_danger_has_no_second_judgement(router: Router) -> None:
    assert router.match("flere bænke på torvet", today=TODAY).calm is None


def test_an_alarm_holds_in_the_middle_of_a_dialogue(router: Router) -> None:
    match = router.match("jeg orker ikke at leve mere", today=TODAY, in_dialogue=True)
    assert (match.kind, match.emergency, match.rest, match.signpost) == ("emergency", "livslinien", "", "")


@pytest.mark.parametrize(("text", "line"), list(zip(IN_DANGER, LINES, strict=False)))
def test_the_lines_of_last_resort_need_no_rules(text: str, line: str) -> None:
    assert emergency_without_rules(text) == line


def test_the_last_resort_keeps_calm_about_ideas() -> None:
    assert emergency_without_rules("flere bænke i parken") == ""
    assert emergency_without_rules("") == ""


def test_every_line_of_last_resort_says_the_number_and_that_the_bot_cannot_call() -> None:
    for line in LAST_LINES.values():
        assert set(line.sentence) == {"da", "en", "uk"}
        assert "Jeg er en bot" in line.sentence["da"]


def test_the_shipped_sentences_are_calm_and_ask_nothing(router: Router) -> None:
    for line in router.rules.danger.lines.values():
        texts = line.sentence.by_language()
        assert set(texts) == {"da", "en", "uk"}
        assert all("?" not in text and "!" not in text for text in texts.values())
        assert "Jeg er en bot" in texts["da"]


def test_of_what_others_wrote_of_danger_few_are_missed_and_few_calm_ones_raise_an_alarm(router: Router) -> None:
    frightened, calm = (
        Path(__file__).with_name(name).read_text("utf-8").splitlines() for name in ("danger_now.txt", "danger_none.txt")
    )
    found = sum(bool(router.emergency(text)) for text in frightened)
    alarmed = sum(bool(router.emergency(text)) for text in calm)
    assert (len(frightened), len(calm)) == (217, 339)
    assert (found >= 180, alarmed <= 13) == (True, True), f"{found} found, {alarmed} false alarms"


def test_where_an_alarm_is_only_just_missed_the_number_is_named_and_rarely_to_people_in_no_danger(
    router: Router,
) -> None:
    frightened, calm = (
        Path(__file__).with_name(name).read_text("utf-8").splitlines() for name in ("danger_now.txt", "danger_none.txt")
    )
    named = [
        sum(bool(router.match(text, today=TODAY).near) for text in texts if not router.emergency(text))
        for texts in (frightened, calm)
    ]
    assert (named[0] >= 4, named[1] <= 6) == (True, True), f"{named} of those without an alarm"
    for line in ("112", "livslinien"):
        assert line in router.rules.danger.lines
    missed = (
        "jeg skulle hente noget i bilen og døren smækkede, den lille på 11 måneder sidder i badekarret og vandet løber"
    )
    assert router.match(missed, today=TODAY).near == "112" or router.emergency(missed) == "112"
    assert not router.match("Flere bænke ved søen, med ryglæn", today=TODAY).near


class Soothing:
    """A second opinion that sees no danger anywhere."""

    def look(self, _digest: str, _text: str) -> Opinion:
        return Opinion(topics={}, kinds={}, like={}, danger=0.0001)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Alle får det nemmere, når jeg ikke er her mere. Jeg går derned i aften", "livslinien"),
        ("Midtbyen bløder, butikkerne lukker én efter én", ""),
    ],
)
def test_nobody_talks_the_rules_out_of_a_cue_that_is_enough(router: Router, text: str, heard: str) -> None:
    asked = copy(router)
    asked.second = Soothing()
    assert router.emergency(text)
    assert asked.match(text, today=TODAY).emergency == heard


@pytest.mark.parametrize(
    "text",
    [
        "I can't do this anymore, I have the rope ready",
        "someone is following me and I am scared, I'm at Hellerup harbour",
    ],
)
def test_danger_in_words_that_look_like_misspelled_danish_is_heard(router: Router, text: str) -> None:
    assert any(router.read(text).guesses)
    assert router.emergency(text)
