"""Those who help with an initiative that others lead: asked by its topics, named to all, and heard under one roof."""

from dataclasses import replace

from bot.core import card, marks, places
from bot.core.card import say
from bot.core.effects import Button, Field, Note, Say, SetTimer, Tag
from bot.core.events import Fell
from bot.core.frame import Agent
from bot.core.initiative import Desk, Initiative
from bot.core.promise import due_after
from bot.core.world import Move

ASKED_AGAIN = "helper_remind"
"""The kind of the timer that reminds those who were asked to help and have not answered."""
AFTER_WORKING_DAYS = 2
STRONG = 70.0
"""What a topic scores at least to be a part of what the idea is about."""
DEPARTMENTS = 3
"""An idea crosses departments when its topics belong to so many agents; two topics that meet are everyday."""
MOST_ASKED = 2


def ask(move: Move, initiative: Initiative) -> Initiative:
    """Ask the agents of the other topics to help, where an idea crosses departments; the lead is one all the same."""
    asked = _agents_beside(move, initiative)
    if not asked:
        return initiative
    desks: list[Desk] = list(initiative.desks)
    for agent, topic in asked.items():
        desks += [desk for desk in places.desks_of(move, agent, topic) if desk not in desks]
    names = " ".join(agent.id for agent in asked)
    changed = marks.mark(replace(initiative, desks=tuple(desks)), **{marks.INVITED: names})
    move.save(changed)
    due = due_after(move.world.now, AFTER_WORKING_DAYS, move.world.frame.promises)
    move.do(SetTimer(f"{ASKED_AGAIN}:{changed.number}", ASKED_AGAIN, due, about=changed.number))
    return changed


def on_fell(move: Move, event: Fell) -> None:
    """Who has said nothing is reminded once."""
    initiative = move.initiative(event.about)
    if initiative is None or initiative.stage.closed:
        return
    for agent in invited(move, initiative):
        to = places.of_agent(initiative, agent)
        if to is not None:
            fields: dict[str, Field] = {"agent": agent.name, "lead": initiative.responsible_name}
            fields |= {"n": initiative.number, "title": card.short_title(initiative)}
            row = ((Button("desk.button.help", f"help:{initiative.number}"),),)
            move.do(Say(to, say("colleague.with.reminded", **fields), row, Tag("promise", about=initiative.number)))


def invited(move: Move, initiative: Initiative) -> list[Agent]:
    """Those who were asked and have not yet said that they help."""
    agents = move.world.frame.agents
    names = marks.value(initiative, marks.INVITED).split()
    beside = (name for name in names if name not in (*initiative.helpers, initiative.responsible))
    return [agents[name] for name in beside if name in agents]


def joined(move: Move, initiative: Initiative, agent: Agent) -> Initiative:
    """Whoever writes to the citizen without having the lead is a helper from then on, and is told who has it."""
    if agent.id == initiative.responsible or agent.id in initiative.helpers or initiative.stage.closed:
        return initiative
    alone = Desk(agent.own_chat, topic=False) if agent.own_chat is not None and agent.desk == "private" else None
    desks = initiative.desks if alone is None or alone in initiative.desks else (*initiative.desks, alone)
    changed = replace(initiative, helpers=(*initiative.helpers, agent.id), desks=desks)
    move.save(changed)
    move.do(Note(changed.number, "helper", agent.name, "owner"))
    to = places.main_desk(changed)
    if to is not None:
        told = say("colleague.with.joined", agent=agent.name, lead=changed.responsible_name, n=changed.number)
        move.do(Say(to, told, silent=True))
    card.refresh(move, changed)
    return changed


def _agents_beside(move: Move, initiative: Initiative) -> dict[Agent, str]:
    """Those whom the rules name as helpers, then the agents of its other topics, each with the topic."""
    frame, today = move.world.frame, move.world.now.date()
    beside: dict[str, str] = {}
    own = frame.topics.get(initiative.topics[0].topic) if initiative.topics else None
    for found in initiative.topics[1:]:
        if found.topic in frame.topics and found.score >= STRONG:
            beside.setdefault(frame.topics[found.topic].lead, found.topic)
    beside.pop(own.lead if own else "", None)
    if len(beside) + 1 < DEPARTMENTS:
        beside = {}
    asked = {**dict.fromkeys(own.helpers if own else (), own.id if own else ""), **beside}
    there = [agent for agent in asked if agent != initiative.responsible and frame.is_there(agent, today)]
    return {frame.agents[agent]: asked[agent] for agent in there[:MOST_ASKED]}
