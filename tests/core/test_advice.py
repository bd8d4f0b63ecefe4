"""Asking a colleague, and notes for the case: internal, both of them, whatever is pressed or swiped afterwards."""

import pytest

from bot.core import desk
from bot.core.effects import Note
from bot.core.world import Move
from tests.core.roster_town import LONE, Roster
from tests.core.test_forms import told
from tests.core.town import AASE, BO, GROUP, METTE, SIGNE, Story, an_idea, for_signe, keys, prompt_of, said, says


def asks(story: Story, text: str, **more: object) -> Move:
    return story.step(desk.on_said, said(METTE, text, command="spoerg", **more), topic=1)


def test_a_colleague_reads_who_asks_about_what_and_the_answer_comes_back_under_their_name() -> None:
    story = Roster(for_signe(1, owner=AASE))
    move = story.says(SIGNE, "1 Lone Kender du haven bag biblioteket?", command="spoerg")
    question, words = says(LONE, move.effects)
    assert "Signe Krag spørger Lone Bach om nr. 1" in told(question.content)
    assert "Kender du haven bag biblioteket?" in told(question.content)
    assert "cyklerne ligger og flyder" in told(words.content), "what it is about"
    assert keys(SIGNE, move.effects) == ["colleague.advice.sent"]
    link = story.deliver(question)
    move = story.step(desk.on_said, said(LONE, "Ja, den er kommunens", chat=LONE), target=link)
    (answer,) = says(SIGNE, move.effects)
    assert "Lone Bach svarer om nr. 1" in told(answer.content)
    assert "Ja, den er kommunens" in told(answer.content)
    again = story.step(desk.on_said, said(SIGNE, "Tak", chat=SIGNE), target=story.deliver(answer))
    assert "Tak" in told(says(LONE, again.effects)[0].content), "and so on, both ways"
    assert says(AASE, story.effects) == []


def test_in_one_and_the_same_topic_the_question_stands_there_and_a_swipe_stays_there() -> None:
    story = Story(an_idea())
    move = asks(story, "Bo Har vi penge?")
    (question,) = says(GROUP, move.effects)
    assert "Mette Holm spørger Bo Lind" in told(question.content)
    link = story.deliver(question)
    move = story.step(desk.on_said, said(BO, "Nej"), topic=1, target=link)
    assert move.effects == []


@pytest.mark.parametrize(("text", "key"), [
    ("", "colleague.advice.how"), ("Bo", "colleague.advice.how"), ("Ukendt hvad siger du", "colleague.advice.how"),
    ("Mette hvad siger du", "colleague.advice.how"),
])  # fmt: skip
def test_without_a_name_or_a_question_nobody_is_asked(text: str, key: str) -> None:
    story = Story(an_idea())
    assert keys(GROUP, asks(story, text).effects) == [key]


def test_the_danish_spelling_is_understood() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, "/spørg Bo Har vi penge?"), topic=1)
    assert keys(GROUP, move.effects) == ["colleague.advice.asked"]


def test_a_note_is_kept_for_staff_and_goes_to_nobody_else() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, "Vej og Park siger ja", command="notat"), topic=1)
    (note,) = [effect for effect in move.effects if isinstance(effect, Note)]
    assert (note.kind, note.actor, note.seen_by, note.data) == (
        "note", "Mette Holm", "staff", {"text": "Vej og Park siger ja"},
    )  # fmt: skip
    assert keys(GROUP, move.effects) == ["desk.case.noted"]
    assert says(AASE, move.effects) == []
    empty = story.step(desk.on_said, said(METTE, command="notat"), topic=1)
    assert keys(GROUP, empty.effects) == ["desk.case.note_how"]


def test_a_note_that_answers_the_bots_question_for_an_answer_is_still_a_note() -> None:
    story = Story(an_idea())
    move = story.step(desk.on_said, said(METTE, "kun til os", command="notat"), topic=1, target=prompt_of(story, METTE))
    assert says(AASE, move.effects) == []
