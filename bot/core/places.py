"""Where staff and citizens are: the chats and forum topics that an initiative's messages go to."""

from dataclasses import replace

from bot.core.effects import To
from bot.core.frame import Agent, Frame
from bot.core.initiative import Desk, Initiative


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
    """Where an agent is told something about the initiative: their own chat if they work there, else its desk."""
    if agent.telegram is not None and agent.desk in ("private", "both"):
        return To(agent.telegram)
    return main_desk(initiative)


def own_chat(agent: Agent) -> To | None:
    """The private chat of an agent whose Telegram id is known."""
    return To(agent.telegram) if agent.telegram is not None else None


def without_group(frame: Frame, initiative: Initiative) -> tuple[int, ...]:
    """Whose own chats take what was meant for a group that the bot can't write in, the nearest first."""
    order = (initiative.responsible, frame.coordinator, frame.leader)
    agents = (frame.agents.get(agent) for agent in dict.fromkeys(order))
    return tuple(agent.telegram for agent in agents if agent is not None and agent.telegram is not None)


def moved_to(initiative: Initiative, agent: Agent, chat: int) -> Initiative:
    """The initiative as it is carried on for the agent who took it in `chat`.

    Who works in private alone gets the talk there; anybody else leaves it where it is.
    """
    if agent.desk != "private" or agent.telegram is None or chat != agent.telegram:
        return initiative
    others = tuple(desk for desk in initiative.desks if desk.chat != chat)
    return replace(initiative, desks=(Desk(chat, topic=False), *others))
