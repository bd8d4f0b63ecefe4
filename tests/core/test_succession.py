"""An agent or a topic leaves the rules: each open idea goes to somebody by name, same date, quietly told."""

from dataclasses import replace
from datetime import datetime

from bot.core import dialogue, marks
from bot.core.effects import Parts, Recount, Rewrite, Say, To, Words
from bot.core.initiative import Initiative, Stage
from bot.core.people import Person, Talk
from bot.core.rule_news import Difference, RulesInForce
from bot.core.succession import TOPIC_GONE
from bot.core.world import Move, World
from tests.core.town import AASE, FRAME, JONAS, NOW, PETER, SIGNE, an_idea, for_signe, says

WITHOUT_SIGNE = replace(FRAME, agents={name: agent for name, agent in FRAME.agents.items() if name != "signe"})
WITHOUT_METTE = replace(
    FRAME,
    agents={name: agent for name, agent in FRAME.agents.items() if name != "mette"},
    topics={"trafik": replace(FRAME.topics["trafik"], lead="bo")},
)


def in_force(frame: object, *ideas: Initiative, now: datetime = NOW, **more: object) -> Move:
    """Other rules are in force."""
    news = RulesInForce(now, 2, "Ulla", 7, now, Difference(), **more)  # type: ignore[arg-type]
    world = World(
        now=now,
        frame=frame,  # type: ignore[arg-type]
        person=Person(0, ""),
        talk=Talk(),
        initiatives={idea.number: idea for idea in ideas},
    )
    return dialogue.step(world, news)


def test_an_idea_goes_to_who_leads_its_topic_now_with_the_same_step_and_date() -> None:
    before = an_idea()
    move = in_force(WITHOUT_METTE, before)
    [after] = move.changed.values()
    assert (after.responsible, after.responsible_name, after.step.who) == ("bo", "Bo Lind", "Bo Lind")
    assert (after.step.due, after.first_due, after.stage) == (before.step.due, before.first_due, before.stage)
    assert told(AASE, move) == [("lead.moved", "lead.same_date")]


def test_a_chosen_heir_goes_before_the_topic() -> None:
    move = in_force(WITHOUT_METTE, an_idea(), chosen={"mette": "farid"})
    assert move.changed[1].responsible == "farid"
    unknown = in_force(WITHOUT_METTE, an_idea(), chosen={"mette": "hugo"})
    assert unknown.changed[1].responsible == "bo"


def test_the_card_in_the_chat_of_somebody_who_left_is_closed_and_put_up_anew() -> None:
    move = in_force(WITHOUT_SIGNE, for_signe())
    after = move.changed[2]
    assert all(desk.chat != SIGNE for desk in after.desks)
    [closed] = [one for one in move.effects if isinstance(one, Rewrite) and one.target.chat == SIGNE]
    assert closed.buttons == ()
    new = after.desks[0].chat
    assert new != SIGNE
    assert [one.tag.role for one in says(new, move.effects) if one.tag] == ["card", "given"]
    assert Recount(To(new, topic_of=2 if new < 0 else 0), 2) in move.effects, "what was said so far comes along"
    assert told(JONAS, move) == [("lead.moved", "lead.same_date")]
    assert not says(SIGNE, move.effects)


def test_who_stays_keeps_their_ideas_and_what_has_ended_stays_as_it_was() -> None:
    ended = an_idea(3, stage=Stage.DONE)
    assert in_force(FRAME, an_idea(), for_signe(), ended).changed == {}
    assert in_force(WITHOUT_METTE, ended).changed == {}


def test_at_night_the_citizen_is_told_in_the_morning() -> None:
    night = NOW.replace(hour=22)
    [told] = [one for one in in_force(WITHOUT_METTE, an_idea(), now=night).effects if _to(one) == AASE]
    assert isinstance(told, Say)
    assert told.after == night.replace(day=night.day + 1, hour=7, minute=0)


def test_a_topic_that_went_leaves_its_idea_to_the_coordinator_once() -> None:
    gone = replace(FRAME, topics={"natur": FRAME.topics["trafik"]})
    after = in_force(gone, an_idea()).changed[1]
    assert after.responsible == "peter"
    assert marks.value(after, TOPIC_GONE) == "trafik"
    assert any(desk.chat == PETER for desk in after.desks)
    taken_over = replace(after, responsible="mette", responsible_name="Mette Holm")
    assert in_force(gone, taken_over).changed == {}, "whoever has taken it over since keeps it"


def told(chat: int, move: Move) -> list[tuple[str, ...]]:
    """The keys of what is told in a chat, message by message."""
    contents = [one.content for one in says(chat, move.effects)]
    return [
        tuple(part.key for part in one.parts if isinstance(part, Words)) for one in contents if isinstance(one, Parts)
    ]


def _to(effect: object) -> int:
    return getattr(getattr(effect, "to", None), "chat", 0)
