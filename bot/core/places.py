"""Where staff and citizens are: the chats and forum topics that an initiative's messages go to."""

from dataclasses import replace

from bot.core import marks
from bot.core.effects import To
from bot.core.frame import Agent, Frame
from bot.core.initiative import Desk, Initiative
from bot.core.world import Move


def desks_of(move: Move, agent: Agent, topic: str) -> tuple[Desk, ...]:
    """Where this agent works: the staff group of the topic, their own chat, or both; the first carries the talk.

    An agent who can be reached nowhere is stood in for by the coordinator's places.
    """
    frame = move.world.frame
    chosen = frame.topics.get(topic)
    group = (chosen.staff_chat if chosen and chosen.staff_chat else None) or frame.staff_chat
    desks: list[Desk] = []
    if group is not None and agent.desk in ("group", "both"):
        desks.append(Desk(group, topic=frame.staff_topics))
    if agent.own_chat is not None and agent.desk in ("private", "both"):
        desks.append(Desk(agent.own_chat, topic=False))
    if not desks and group is not None:
        desks.append(Desk(group, topic=frame.staff_topics))
    if not desks:
        spare = frame.agents[frame.coordinator].own_chat or agent.own_chat
        desks += [Desk(spare, topic=False)] if spare is not None else []
    return tuple(desks)


def listening(move: Move, initiative: Initiative) -> tuple[Desk, ...]:
    """Every desk at which somebody follows the talk: the first one, and those of the helpers."""
    agents = move.world.frame.agents
    helping = [agents[helper] for helper in initiative.helpers if helper in agents]
    topic = any(desk.topic or desk.chat < 0 for desk in initiative.desks)
    own = {agent.own_chat for agent in helping if agent.desk == "private" or (agent.desk == "both" and not topic)}
    in_group = any(agent.desk != "private" for agent in helping)
    others = (desk for desk in initiative.desks[1:] if (in_group if desk.chat < 0 else desk.chat in own))
    return (*initiative.desks[:1], *others)


def at_desk(initiative: Initiative, desk: Desk) -> To:
    """The initiative's place at one desk: its topic, or the chat itself."""
    return To(desk.chat, topic_of=initiative.number if desk.topic else 0)


def main_desk(initiative: Initiative) -> To | None:
    """Where the talk is carried; None when the initiative has no desk at all."""
    return at_desk(initiative, initiative.desks[0]) if initiative.desks else None


def in_chat(initiative: Initiative, chat: int) -> To:
    """The initiative's place in a chat; a chat that is not among its desks is written to as it is."""
    for desk in initiative.desks:
        if desk.chat == chat:
            return at_desk(initiative, desk)
    return To(chat)


def of_agent(initiative: Initiative, agent: Agent) -> To | None:
    """Where an agent is told something about the initiative: their own chat if they work there, else in the group."""
    if agent.own_chat is not None and agent.desk in ("private", "both"):
        return To(agent.own_chat)
    in_group = next((at_desk(initiative, desk) for desk in initiative.desks if desk.chat < 0), None)
    return in_group or own_chat(agent) or main_desk(initiative)


def of_responsible(move: Move, initiative: Initiative) -> To | None:
    """Where whoever is responsible is told something; where nobody is known, where the talk is carried."""
    agent = move.world.frame.agents.get(initiative.responsible)
    return of_agent(initiative, agent) if agent else main_desk(initiative)


def own_chat(agent: Agent) -> To | None:
    """The private chat of an agent to whom the bot can write."""
    return To(agent.own_chat) if agent.own_chat is not None else None


def without_group(frame: Frame, initiative: Initiative) -> tuple[int, ...]:
    """Whose own chats take what was meant for a group that the bot can't write in, the nearest first."""
    order = (initiative.responsible, frame.coordinator, frame.leader)
    agents = (frame.agents.get(agent) for agent in dict.fromkeys(order))
    return tuple(agent.own_chat for agent in agents if agent is not None and agent.own_chat is not None)


def moved_to(move: Move, initiative: Initiative, agent: Agent, chat: int) -> Initiative:
    """The initiative as it is carried on for the agent who took it in `chat`.

    Where the talk stands at one of the agent's own desks it stays; else it goes on where it was taken.
    """
    own = desks_of(move, agent, initiative.topics[0].topic if initiative.topics else "")
    if initiative.desks and initiative.desks[0] in own:
        return marks.mark(initiative, **{marks.HERE: ""})
    here = next((desk for desk in (*initiative.desks, *own) if desk.chat == chat), None)
    if here is None:
        return initiative
    taken = replace(initiative, desks=(here, *(desk for desk in initiative.desks if desk != here)))
    return marks.mark(taken, **{marks.HERE: "" if here in own else str(chat)})
