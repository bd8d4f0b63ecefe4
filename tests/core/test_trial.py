"""A trial at its end: nobody is late, both are asked what it showed, and both answers are kept."""

from datetime import timedelta
from typing import Any

from bot.core import belonging, desk
from bot.core.effects import Note, Say
from bot.core.events import Fell, Said
from bot.core.initiative import Stage, Turn
from bot.core.world import Move
from tests.core.test_forms import FILLED, accept, carried_out, fill, told
from tests.core.town import AASE, GROUP, Story, an_idea, keys, said, says


def at_its_end(story: Story) -> Move:
    """The last day of the trial that stands has come."""
    step = story.initiatives[1].step
    story.now = step.due
    key = f"promise_due:1:{step.due:%Y%m%dT%H%M}"
    return story.step(desk.on_fell, Fell(key, "promise_due", 1, 0, step.due, step.due))


def in_trial() -> Story:
    story = Story(an_idea())
    carried_out(story, "trial")
    return story


def test_before_its_end_the_agent_is_reminded_of_a_date_and_of_no_promise() -> None:
    story = in_trial()
    due = story.initiatives[1].step.due
    kind = "promise_remind"
    move = story.step(desk.on_fell, Fell(f"{kind}:1:{due:%Y%m%dT%H%M}", kind, 1, 0, due, due))
    (reminded,) = says(GROUP, move.effects)
    assert told(reminded.content).endswith(": 10 stativer. Datoen er lørdag den 12. december kl. 16.")


def test_the_end_of_a_trial_asks_agent_and_citizen_and_is_no_missed_promise() -> None:
    story = in_trial()
    move = at_its_end(story)
    (asked,) = says(AASE, move.effects)
    text = told(asked.content)
    assert "om der er plads" in text, "what we looked for"
    assert "Mette Holm" in text
    assert "Undskyld" not in text
    (to_mette,) = says(GROUP, move.effects)
    assert "lærte" in told(to_mette.content)
    assert [row[0].data for row in to_mette.buttons] == ["form:1:learned", "reply:1"]
    step = story.initiatives[1].step
    assert (step.who, step.turn, step.due > story.now) == ("Mette Holm", Turn.AGENT, True)
    assert story.initiatives[1].stage is Stage.TRIAL


def by_citizen(story: Story, words: str) -> Move:
    def act(move: Move, event: Said) -> None:
        idea = move.initiative(1)
        assert idea is not None
        belonging.carry_on(move, idea, event)

    return story.step(act, said(AASE, words, chat=AASE))


def notes(move: Move, kind: str) -> list[Any]:
    return [effect for effect in move.effects if isinstance(effect, Note) and effect.kind == kind]


def test_what_the_citizen_saw_reaches_the_desk_and_the_timeline_once() -> None:
    story = in_trial()
    at_its_end(story)
    move = by_citizen(story, "gangen var fri hver dag")
    assert any("gangen var fri" in told(one.content) for one in says(GROUP, move.effects))
    assert [note.data["text"] for note in notes(move, "trial_seen")] == ["gangen var fri hver dag"]
    assert keys(AASE, move.effects) == ["citizen_step.trial_heard"]
    assert notes(by_citizen(story, "og en ting til"), "trial_seen") == []


def test_what_was_learned_is_told_and_leads_on_to_a_step_with_a_person_and_a_date() -> None:
    story = in_trial()
    at_its_end(story)
    message, _ = fill(story, "learned", FILLED["learned"].replace("20/11", "20. december"))
    (sent,) = says(AASE, accept(story, message).effects)
    assert "der var plads til alle" in told(sent.content)
    idea = story.initiatives[1]
    assert (idea.stage, idea.step.what, idea.step.who) == (Stage.DEVELOPING, "flere stativer", "Mette Holm")


def test_a_later_step_within_a_trial_that_passes_is_a_missed_promise_like_any_other() -> None:
    story = in_trial()
    carried_out(story, "step")
    assert keys(AASE, at_its_end(story).effects) == ["citizen_step.late_step"]


def test_an_end_that_falls_at_night_wakes_nobody() -> None:
    story = in_trial()
    step = story.initiatives[1].step
    story.now = step.due + timedelta(hours=8)
    fell = Fell(f"promise_due:1:{step.due:%Y%m%dT%H%M}", "promise_due", 1, 0, step.due, story.now)
    (asked,) = [one for one in story.step(desk.on_fell, fell).effects if isinstance(one, Say) and one.to.chat == AASE]
    assert asked.after is not None
    assert asked.after.hour == 7
