"""Ninety questions as people ask them: the pages answer sixty, and none of the thirty that they know nothing of.

They were written before anything was tried with them, and the words of asking were mended by every other one only. But
whoever wrote them knew the pages, so a question of somebody else's is answered less often (of 26, ten; none wrongly).
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.index import Index
from bot.knowledge.reader import Page, load
from bot.routing.questions import Questions

HERE = Path(__file__).parent
INDEX = Index(load(HERE.parents[1] / "knowledge").pages, Questions)
ASKED: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
ANSWERED = [one for one in ASKED if one["page"]]
UNKNOWN = [one for one in ASKED if not one["page"]]
FIRST_RIGHT = 0.9
LANGUAGES = ("da", "en", "uk")


def _found(question: str, lang: str) -> str:
    """The page that the bot answers with, in whichever language it finds one."""
    pages: list[Page] = [page for one in (lang, *LANGUAGES) if (page := INDEX.find(question, one)) is not None]
    return pages[0].id if pages else ""


def test_there_are_sixty_that_have_a_page_and_thirty_that_have_none() -> None:
    assert (len(ANSWERED), len(UNKNOWN)) == (60, 30)
    assert {one["page"] for one in ANSWERED} <= {page.id for page in INDEX.pages}
    assert len({one["question"] for one in ASKED}) == 90


@pytest.mark.parametrize("half", [0, 1], ids=["first half", "second half"])
def test_nine_of_ten_questions_find_their_page_in_either_half(half: int) -> None:
    asked = ANSWERED[half::2]
    wrong = [one["question"] for one in asked if _found(one["question"], one["lang"]) != one["page"]]
    assert 1 - len(wrong) / len(asked) >= FIRST_RIGHT, wrong


def test_none_of_the_questions_that_no_page_knows_of_is_answered() -> None:
    found = {one["question"]: _found(one["question"], one["lang"]) for one in UNKNOWN}
    assert {question: page for question, page in found.items() if page} == {}


def test_a_question_is_not_found_among_ideas() -> None:
    """Whatever citizens write, in the words of the routing tests: an idea is no question that a page answers."""
    lines = (HERE.parent / "routing" / "messages.jsonl").read_text(encoding="utf-8").splitlines()
    ideas = [one for one in map(json.loads, lines) if one["kind"] in ("idea", "offer")]
    answered = [one["text"] for one in ideas if one["lang"] in LANGUAGES and _found(one["text"], one["lang"])]
    assert len(ideas) > 100
    assert answered == []


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("Jeg er ny her. Hvad er en sparringsagent?", "sparringsagent"),
        ("hvad er en sparringsagent, og hvad koster den?", "sparringsagent"),
        ("hvad koster en sparringsagent?", ""),
        ("hvad laver opgaveudvalgene lige nu?", ""),
        ("kan jeg komme til et møde i handicaprådet, hvis jeg er under 18?", ""),
        ("Hvad er det for noget med de seks prinsipper?", "de-seks-principper"),
        ("må man være med i et opgave udvalg", "med-i-et-opgaveudvalg"),
    ],
)
def test_what_else_a_question_says_is_heeded(question: str, page: str) -> None:
    assert _found(question, "da") == page
