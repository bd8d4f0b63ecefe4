"""Who goes on with an idea when its agent or its topic is no longer in the rules: by name, with the same date."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.core import lead, marks
from bot.core.card import say
from bot.core.effects import Ref, Rewrite
from bot.core.frame import Agent, Frame
from bot.core.initiative import Desk, Initiative
from bot.core.world import Move

TOPIC_GONE = "topic_gone"
"""The topic that went out of the rules while the idea stood there: it is passed on for that once."""


def orphaned(frame: Frame, initiative: Initiative) -> bool:
    """Whether an open idea's agent, or the topic that it stands under, is not in the rules any more."""
    if initiative.stage.closed:
        return False
    return initiative.responsible not in frame.agents or _topic_gone(frame, initiative)


def heir_of(frame: Frame, initiative: Initiative, today: date, chosen: Mapping[str, str]) -> str:
    """The id of the agent who gets it: the one who leads its topic today; without a topic the coordinator.

    `chosen` holds, by a leaver's id, whom an admin chose for their ideas.
    """
    wish = chosen.get(initiative.responsible, "")
    if wish in frame.agents and initiative.responsible not in frame.agents:
        return wish
    return frame.lead_of(_topic(initiative), frame.coordinator, today)


def hand_over_orphans(move: Move, chosen: Mapping[str, str]) -> None:
    """Let every idea without agent or topic go to somebody by name; `chosen` as in `heir_of`."""
    frame = move.world.frame
    orphans = [initiative for initiative in move.world.initiatives.values() if orphaned(frame, initiative)]
    for orphan in orphans:
        heir = heir_of(frame, orphan, move.world.now.date(), chosen)
        gone = _topic(orphan) if _topic_gone(frame, orphan) else marks.value(orphan, TOPIC_GONE)
        initiative = marks.mark(orphan, **{TOPIC_GONE: gone})
        if heir == initiative.responsible:
            move.save(initiative)
        else:
            _hand_over(move, initiative, frame.agents[heir])


def _hand_over(move: Move, initiative: Initiative, heir: Agent) -> None:
    """Same idea, same step, same date, another name; the card in the own chat of somebody who left is closed."""
    shut = tuple(desk for desk in initiative.desks if _left(move, desk))
    for desk in shut:
        gone = say("rulebook.gone_card", n=initiative.number, agent=heir.name)
        move.do(Rewrite(Ref(desk.chat, role="card", about=initiative.number), gone))
    standing = replace(initiative, desks=tuple(desk for desk in initiative.desks if desk not in shut))
    lead.give(move, marks.mark(standing, **{marks.STANDS_IN: ""}), heir, lead.MOVED)


def _left(move: Move, desk: Desk) -> bool:
    """Whether it is the own chat of somebody who is no agent any more."""
    return desk.chat > 0 and move.world.frame.agent_of(desk.chat) is None


def _topic(initiative: Initiative) -> str:
    return initiative.topics[0].topic if initiative.topics else ""


def _topic_gone(frame: Frame, initiative: Initiative) -> bool:
    topic = _topic(initiative)
    return bool(topic) and topic not in frame.topics and marks.value(initiative, TOPIC_GONE) != topic
