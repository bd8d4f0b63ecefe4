"""When staff work elsewhere than before (another group, topics on or off, their own chats), open work moves along."""

from dataclasses import replace

from bot.core import card, marks, places, roster
from bot.core.card import say
from bot.core.effects import Field, Note, Recount, Say, Tag
from bot.core.frame import Frame
from bot.core.initiative import Desk, Initiative
from bot.core.world import Move


def settle(move: Move) -> None:
    """Let every open initiative stand where its people work by the rules in force; who stays hears nothing."""
    frame = roster.frame_now(move)
    every = move.initiatives
    for number in sorted(every):
        initiative = every[number]
        if not initiative.stage.closed and initiative.responsible in frame.agents:
            _see_to(move, frame, initiative)


def _see_to(move: Move, frame: Frame, initiative: Initiative) -> None:
    """The talk goes on where the responsible works; where they do already, or took it of their own accord, it stays."""
    topic = initiative.topics[0].topic if initiative.topics else ""
    own = places.desks_of(move, frame.agents[initiative.responsible], topic)
    standing = tuple(desk for desk in initiative.desks if _stands(frame, desk))
    first = initiative.desks[:1]
    if not own or (first and first == standing[:1] and marks.value(initiative, marks.HERE) == str(first[0].chat)):
        lead = standing
    elif first and first == standing[:1] and first[0] in own:
        lead = (*standing, *(desk for desk in own if desk not in standing))
    else:
        lead = (*own, *(desk for desk in standing if desk not in own))
    desks = (*lead, *_of_helpers(move, frame, initiative, topic, lead))
    if desks == initiative.desks or not desks:
        return
    changed = marks.mark(replace(initiative, desks=desks), **{marks.HERE: ""})
    move.save(changed)
    for desk in desks:
        if desk not in initiative.desks:
            card.put_up(move, changed, desk)
    card.refresh(move, replace(changed, desks=tuple(desk for desk in desks if desk in initiative.desks)))
    if desks[:1] != initiative.desks[:1]:
        _tell(move, initiative, changed)


def _tell(move: Move, before: Initiative, initiative: Initiative) -> None:
    """At the new place all that was said, and why it is here now; at the old one, where it stands, where it went."""
    here = places.at_desk(initiative, initiative.desks[0])
    n = initiative.number
    card.post_all_of_it(move, initiative, here)
    move.do(Recount(here, n))
    fields: dict[str, Field] = {"agent": initiative.responsible_name, "n": n, "name": card.first_name(initiative)}
    fields |= {"title": card.short_title(initiative), "due": initiative.step.due}
    rows = ((card.reply_button(initiative),),)
    move.do(Say(here, say("desk.moved.here", **fields), rows, Tag("given", about=n), silent=True))
    if before.desks and before.desks[0] in initiative.desks:
        move.do(Say(places.at_desk(before, before.desks[0]), say("desk.moved.away", **fields), silent=True))
    move.do(Note(n, "moved", initiative.responsible_name, "staff"))


def _stands(frame: Frame, desk: Desk) -> bool:
    """Whether staff can still be found there: in a group of the rules, as it is now, or in an agent's own chat."""
    if desk.chat > 0:
        return frame.agent_of(desk.chat) is not None
    return desk.chat in frame.staff_chats and desk.topic == frame.staff_topics


def _of_helpers(
    move: Move, frame: Frame, initiative: Initiative, topic: str, desks: tuple[Desk, ...]
) -> tuple[Desk, ...]:
    """A desk for each helper who would hear nothing at those that there are."""
    more: list[Desk] = []
    for helper in initiative.helpers:
        own = places.desks_of(move, frame.agents[helper], topic) if helper in frame.agents else ()
        if own and not any(desk in (*desks, *more) for desk in own):
            more.append(own[0])
    return tuple(more)
