"""Who goes on with an idea when its agent or its topic is no longer in the rules: by name, with the same date."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.core import card, marks, places
from bot.core.card import say
from bot.core.effects import Field, Note, Ref, Rewrite, Say, Tag, To, Words
from bot.core.frame import Agent, Frame
from bot.core.initiative import Desk, Initiative
from bot.core.promise import awake
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
    topic = _topic(initiative)
    lead = frame.topics[topic].lead if topic in frame.topics else frame.coordinator
    return frame.reachable_lead(lead, today)


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
    """Same idea, same step, same date, another name; the card stands where the new agent works."""
    before = initiative.responsible_name
    wanted = places.desks_of(move, heir, _topic(initiative))
    kept = tuple(desk for desk in initiative.desks if desk not in wanted and not _left(move, desk))
    changed = replace(
        initiative,
        responsible=heir.id,
        responsible_name=heir.name,
        responsible_title=heir.title,
        helpers=tuple(one for one in initiative.helpers if one != heir.id and one in move.world.frame.agents),
        step=replace(initiative.step, who=heir.name if initiative.step.who == before else initiative.step.who),
        desks=wanted + kept,
        touched=move.world.now,
    )
    move.save(changed)
    move.do(Note(changed.number, "handed_on", heir.name, "owner", {"before": before}))
    _show(move, initiative, changed)
    fields: dict[str, Field] = {"n": changed.number, "title": card.short_title(changed), "agent": heir.name}
    fields |= {"old": before, "name": card.first_name(changed), "due": changed.step.due}
    to = places.main_desk(changed)
    if to is not None:
        row = ((card.reply_button(changed),),)
        move.do(Say(to, say("rulebook.heir", **fields), row, Tag("heir", about=changed.number)))
    told = Words(
        "citizen_step.new_agent",
        changed.lang,
        {**fields, "title": changed.title, "first": heir.first_name, "role": heir.title},
    )
    after = awake(move.world.now, move.world.frame.promises)
    move.do(Say(To(changed.owner), told, tag=Tag("heir", about=changed.number), after=after))


def _show(move: Move, before: Initiative, changed: Initiative) -> None:
    """The card anew where it stood, put up where it did not, and closed in the chat of somebody who left."""
    fresh = tuple(desk for desk in changed.desks if desk not in before.desks)
    for desk in before.desks:
        if desk not in changed.desks:
            gone = say("rulebook.gone_card", n=changed.number, agent=changed.responsible_name)
            move.do(Rewrite(Ref(desk.chat, role="card", about=changed.number), gone))
    if fresh:
        card.post(move, replace(changed, desks=fresh))
    card.refresh(move, replace(changed, desks=tuple(desk for desk in changed.desks if desk not in fresh)))


def _left(move: Move, desk: Desk) -> bool:
    """Whether it is the own chat of somebody who is no agent any more."""
    return desk.chat > 0 and move.world.frame.agent_of(desk.chat) is None


def _topic(initiative: Initiative) -> str:
    return initiative.topics[0].topic if initiative.topics else ""


def _topic_gone(frame: Frame, initiative: Initiative) -> bool:
    topic = _topic(initiative)
    return bool(topic) and topic not in frame.topics and marks.value(initiative, TOPIC_GONE) != topic
