"""After it is done: three questions, one press each, never before a human has answered, and none twice."""

from dataclasses import replace

from bot.core import desk, dialogue, survey
from bot.core.effects import DropTimer, Effect, Note, Rewrite, SetTimer, Strip
from bot.core.events import Fell
from bot.core.initiative import Initiative, Stage
from bot.core.people import Person, Talk
from bot.core.world import Move, World
from tests.book import BOOK
from tests.core.town import AASE, FRAME, GROUP, NOW, Story, an_idea, keys, pressed, says

DONE = an_idea(stage=Stage.DONE, answered=NOW)
FELL = Fell("survey:1", survey.KIND, 1, 0, NOW, NOW)


def press(idea: Initiative, detail: str) -> Move:
    """Aase presses under the question."""
    aase = Person(AASE, "Aase", noticed=True)
    world = World(now=NOW, frame=FRAME, person=aase, talk=Talk(lang="da"), initiatives={1: idea})
    return dialogue.step(world, pressed(AASE, f"survey:1:{detail}", chat=AASE))


def asked(idea: Initiative) -> list[str]:
    """What is asked when the day has come."""
    effects = Story(idea).step(desk.on_fell, FELL).effects
    return [BOOK.speak(one.content).plain for one in says(AASE, effects)]


def shown(effects: list[Effect]) -> str:
    return "\n".join(BOOK.speak(one.content).plain for one in says(AASE, effects))


def test_it_is_asked_once_and_in_one_question() -> None:
    [question] = asked(DONE)
    assert question.count("?") == 1
    assert "Blev du lyttet til?" in question


def test_nothing_is_asked_before_a_human_has_answered_or_of_what_is_open_again() -> None:
    assert asked(replace(DONE, answered=None)) == []
    assert asked(replace(DONE, stage=Stage.DEVELOPING)) == []


def test_one_press_is_an_answer_and_the_next_question_comes_in_a_new_message_that_is_read_out() -> None:
    first = press(DONE, "0y")
    assert "tydeligt" in shown(first.effects)
    assert not [one for one in first.effects if isinstance(one, Rewrite)], "a screen reader is silent at an edit"
    assert [one.target.message_id for one in first.effects if isinstance(one, Strip)], "one answer to one question"
    assert not says(GROUP, first.effects)
    again = press(first.changed[1], "0n")
    assert again.changed == {}
    assert keys(AASE, again.effects) == ["bridge.survey.known"]
    second = press(first.changed[1], "1p")
    third = press(second.changed[1], "2n")
    assert survey.answers(third.changed[1], AASE) == {"heard": "y", "clear": "p", "own": "n"}
    [told] = says(GROUP, third.effects)
    text = BOOK.speak(told.content).plain
    assert "Blev du lyttet til? Ja, jeg blev lyttet til." in text
    assert "Blev det ved med at være din egen idé? Nej, ikke min egen mere." in text


def test_enough_ends_it_and_what_was_answered_still_reaches_the_responsible() -> None:
    first = press(DONE, "0y")
    ended = press(first.changed[1], "1x")
    assert len(says(GROUP, ended.effects)) == 1
    assert press(ended.changed[1], "2y").changed == {}
    assert not says(GROUP, press(DONE, "0x").effects), "nothing to tell"


def test_a_forged_answer_changes_nothing() -> None:
    for detail in ("1y", "0z", "", "9y"):
        assert press(DONE, detail).changed == {}, detail


def test_what_was_answered_reaches_the_responsible_though_a_question_was_left_open() -> None:
    first = press(DONE, "0y")
    (timer,) = [effect for effect in first.effects if isinstance(effect, SetTimer)]
    story = Story(first.changed[1], now=timer.due)
    fell = Fell(timer.key, timer.kind, 1, 0, timer.due, timer.due)
    [told] = says(GROUP, story.step(desk.on_fell, fell).effects)
    text = BOOK.speak(told.content).plain
    assert "Blev du lyttet til? Ja, jeg blev lyttet til." in text
    assert "tydeligt" not in text
    whole = press(press(first.changed[1], "1p").changed[1], "2n")
    assert DropTimer(timer.key) in whole.effects, "it is told once"
    (noted,) = [effect for effect in whole.effects if isinstance(effect, Note)]
    assert noted.seen_by == "owner", "the answers are in the citizen's own copy"
    opened = Story(replace(first.changed[1], stage=Stage.DEVELOPING)).step(desk.on_fell, fell)
    assert opened.effects == []


def test_each_answer_is_understood_alone_and_tells_its_question() -> None:
    (first,) = says(AASE, Story(DONE).step(desk.on_fell, FELL).effects)
    second = says(AASE, press(DONE, "0y").effects)[0]
    labels = [BOOK.label(button) for one in (first, second) for row in one.buttons for button in row]
    assert labels[:3] == ["Ja, jeg blev lyttet til", "Til dels lyttet til", "Nej, jeg blev ikke hørt"]
    assert labels[4:7] == ["Ja, det var tydeligt", "Til dels tydeligt", "Nej, det var ikke tydeligt"]
