"""Opening an initiative again that has ended: by its citizen, or by an agent, with a person and a date at once."""

from dataclasses import replace

from bot.core import card, marks, partners, places, steps, survey
from bot.core.card import say
from bot.core.effects import Field, NameTopic, Note, Say, SayFollowers, Tag, To, Words
from bot.core.events import Pressed
from bot.core.frame import Agent
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from bot.core.promise import first_due
from bot.core.world import Move

VERB = "reopen"
"""The verb of the agents' button; the citizen's is "i_reopen"."""
CITIZENS_OWN = frozenset({Stage.WITHDRAWN, Stage.JOINED})
"""Endings that no agent may undo: they were the citizen's own act."""


def may_agents(initiative: Initiative) -> bool:
    """Whether an agent may open it again."""
    return initiative.stage.closed and initiative.stage not in CITIZENS_OWN


def by_citizen(move: Move, initiative: Initiative) -> None:
    """It is not over for the citizen; one that is open, or is part of another, stays as it is."""
    if not initiative.stage.closed or initiative.stage is Stage.JOINED:
        move.tell(move.words("citizen.old_button"))
        return
    changed = _open(move, initiative, initiative.owner_name)
    to = places.main_desk(changed)
    if to is not None:
        fields: dict[str, Field] = {"name": card.first_name(changed), "agent": changed.responsible_name}
        fields |= {"n": changed.number, "title": card.short_title(changed), "due": changed.step.due}
        move.do(
            Say(to, say("desk.reopened", **fields), ((card.reply_button(changed),),), Tag("promise", changed.number))
        )


def by_agent(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """An agent sees that it is not over; the citizen is told at once, with a name and a date."""
    if not may_agents(initiative):
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    move.answers(event.callback_id)
    _open(move, initiative, agent.name)


def _open(move: Move, initiative: Initiative, actor: str) -> Initiative:
    frame, now = move.world.frame, move.world.now
    wanted = initiative.responsible if initiative.responsible in frame.agents else frame.coordinator
    agent = frame.agents[frame.reachable_lead(wanted, now.date())]
    step = NextStep(agent.name, first_due(now, frame.promises), Turn.AGENT, key="step.answer")
    ended = initiative.ending
    over = (marks.FORM, marks.LATE_SINCE, marks.MISSES, marks.TOLD_LATE, marks.LEARN_ASKED, marks.GOES_ON)
    again = replace(
        marks.mark(survey.without_answers(initiative), **dict.fromkeys(over, "")),
        responsible=agent.id,
        responsible_name=agent.name,
        responsible_title=agent.title,
        ending=None,
    )
    changed = steps.set_step(move, again, step, stage=steps.AT_WORK, paused=False)
    fields: dict[str, Field] = {"n": changed.number, "title": changed.title, "agent": agent.name, "due": step.due}
    words = Words("citizen_step.reopened", changed.lang, fields)
    move.do(Say(To(changed.owner), words, tag=Tag("reopened", about=changed.number)))
    partners.tell(move, changed, words)
    if changed.public:
        move.do(SayFollowers(changed.number, "citizen_step.followers.reopened", fields))
    before = {"stage": initiative.stage.value, "what": ended.what if ended else "", "why": ended.why if ended else ""}
    move.do(Note(changed.number, "reopened", actor, "public", before))
    for desk in changed.desks:
        if desk.topic:
            move.do(NameTopic(desk.chat, changed.number, closed=False))
    card.refresh(move, changed)
    return changed
