"""What the shipped rules let the bot say is as plain as its own texts: questions, signposts, emergency lines."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.routing.frame import build_frame
from bot.routing.load import load_rules
from bot.texts import style

Words = dict[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def said() -> tuple[Words, Words]:
    """The questions, and everything else, by where they stand."""
    rules = load_rules((Path(__file__).parents[2] / "routing_rules.yaml").read_bytes()).rules
    assert rules is not None
    frame = build_frame(rules)
    questions = {f"{topic.id}.{q.facet}": q.ask for topic in frame.topics.values() for q in topic.questions}
    questions |= {f"all.{q.facet}": q.ask for q in frame.questions}
    told = {f"signpost.{post.id}": post.sentence for post in frame.signposts.values()}
    told |= {f"emergency.{line.id}": line.sentence for line in frame.emergency_lines.values()}
    return questions, told


def test_every_sentence_of_the_rules_is_plain_and_there_in_every_language(said: tuple[Words, Words]) -> None:
    questions, told = said
    assert {place: slips for place, words in (questions | told).items() if (slips := style.slips(words["da"]))} == {}
    assert [place for place, words in (questions | told).items() if set(words) != {"da", "en", "uk"}] == []


def test_every_emergency_line_says_that_the_bot_cannot_call(said: tuple[Words, Words]) -> None:
    lines = {place: words for place, words in said[1].items() if place.startswith("emergency.")}
    assert [place for place, words in lines.items() if "bot og kan ikke ringe" not in words["da"]] == []
    assert [place for place, words in lines.items() if "bot and cannot call" not in words["en"]] == []
    assert [place for place, words in lines.items() if "бот і не можу" not in words["uk"]] == []


def test_a_question_of_the_rules_is_one_question(said: tuple[Words, Words]) -> None:
    questions, _ = said
    assert len(questions) > 50
    asked = {place: {lang: text.count("?") for lang, text in words.items()} for place, words in questions.items()}
    assert {place: marks for place, marks in asked.items() if marks != {"da": 1, "en": 1, "uk": 1}} == {}
