"""Giving an initiative to another agent: one responsible before and after, the same date, and all are told by name."""

from dataclasses import replace
from datetime import date, datetime, time

from bot.core import appointment, card, marks, places, roster
from bot.core.card import say
from bot.core.effects import Button, Field, Note, Recount, Say, Tag, Words
from bot.core.frame import Agent
from bot.core.initiative import Desk, Initiative, Turn
from bot.core.promise import awake, is_working_day
from bot.core.world import Move

STANDS_IN = "stands_in"
BACK = "back"
MOVED = "moved"
PASSED = "passed"
"""Why it is given: somebody is away for a while, is here again, can't be responsible any more, or has asked for it."""


def give(move: Move, initiative: Initiative, agent: Agent, how: str, *, until: date | None = None) -> Initiative:
    """Let this agent be responsible from now on. The date stays; the citizen is told once, outside the quiet hours.

    `until` is the last day of an absence.
    """
    former = initiative.responsible_name
    topic = initiative.topics[0].topic if initiative.topics else ""
    own = places.desks_of(move, agent, topic)
    others = tuple(desk for desk in initiative.desks if desk not in own and not _is_shut(move, desk))
    changed = replace(
        given(initiative, agent, helper=initiative.responsible if how == PASSED else ""),
        desks=(*own, *others),
        touched=move.world.now,
    )
    move.save(changed)
    told: dict[str, Field] = {"from": initiative.responsible, "to": agent.id, "topic": topic, "how": how}
    move.do(Note(changed.number, "passed", former, "owner", told))
    fields = _fields(move, changed, former, until)
    _tell_new(move, initiative, changed, how, fields)
    _tell_old(move, initiative, changed)
    appointment.give_file(move, changed)
    standing = tuple(desk for desk in changed.desks if desk in initiative.desks)
    card.refresh(move, replace(changed, desks=standing))
    card.name_topics(move, replace(changed, desks=standing))
    words: tuple[Words, ...] = (Words(f"lead.{how}", changed.lang, fields),)
    waits = changed.step.turn is Turn.CITIZEN
    if changed.step.due > move.world.now and not waits and not appointment.standing(changed):
        words += (Words("lead.same_date", changed.lang, fields),)
    appointment.tell_of_another(move, changed, words, "lead", awake(move.world.now, move.world.frame.promises))
    return changed


def given(initiative: Initiative, agent: Agent, *, helper: str = "") -> Initiative:
    """The initiative with this agent as its responsible; `helper` is the id of who stays on to help, or ""."""
    helpers = (*(h for h in initiative.helpers if h not in (agent.id, helper)), *((helper,) if helper else ()))
    step = initiative.step
    who = agent.name if step.who == initiative.responsible_name else step.who
    own = appointment.with_another(initiative) if agent.id != initiative.responsible else initiative
    without = marks.mark(own, **{marks.OFFERED: "", marks.OFFERED_BY: "", marks.OFFERED_WHY: ""})
    return replace(
        without,
        responsible=agent.id,
        responsible_name=agent.name,
        responsible_title=agent.title,
        helpers=helpers,
        step=replace(step, who=who),
    )


def first_day_back(move: Move, last: date) -> datetime:
    """The first working day after an absence, as a moment."""
    day = last.fromordinal(last.toordinal() + 1)
    while not is_working_day(day, move.world.frame.promises.closed):
        day = day.fromordinal(day.toordinal() + 1)
    return datetime.combine(day, time(), tzinfo=move.world.now.tzinfo)


def _fields(move: Move, initiative: Initiative, former: str, until: date | None) -> dict[str, Field]:
    return {
        "agent": initiative.responsible_name,
        "first": initiative.responsible_name.split()[0],
        "role": initiative.responsible_title,
        "former": former,
        "until": first_day_back(move, until) if until else move.world.now,
        "name": card.first_name(initiative),
        "n": initiative.number,
        "title": card.short_title(initiative),
        "due": initiative.step.due,
    }


def _tell_new(move: Move, before: Initiative, initiative: Initiative, how: str, fields: dict[str, Field]) -> None:
    """One line, the card, and what was said so far: in a chat of their own anew, in a topic where it stands already."""
    for desk in initiative.desks:
        if desk not in before.desks:
            card.put_up(move, initiative, desk)
    to = places.main_desk(initiative)
    if to is None:
        return
    rows: tuple[tuple[Button, ...], ...] = ((card.reply_button(initiative),),)
    if initiative.taken is None:
        rows = ((Button("desk.button.take", f"take:{initiative.number}"),), *rows)
    move.do(Say(to, say(f"colleague.given.{how}", **fields), rows, Tag("given", about=initiative.number)))
    if before.desks[:1] != initiative.desks[:1]:
        move.do(Recount(to, initiative.number))


def _tell_old(move: Move, before: Initiative, initiative: Initiative) -> None:
    old, new = places.main_desk(before), places.main_desk(initiative)
    if old is not None and old != new and any(desk.chat == old.chat for desk in initiative.desks):
        fields: dict[str, Field] = {"n": initiative.number, "title": card.short_title(initiative)}
        words = say("colleague.gone_to", agent=initiative.responsible_name, **fields)
        move.do(Say(old, words, silent=True))


def _is_shut(move: Move, desk: Desk) -> bool:
    """Whether it is the own chat of somebody to whom nothing can be written."""
    agents = roster.frame_now(move).agents.values()
    return any(agent.telegram == desk.chat and agent.own_chat is None for agent in agents)
