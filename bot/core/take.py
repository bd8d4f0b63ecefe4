"""Who has an initiative: taking it (exactly one wins), taking it over, and helping."""

from dataclasses import replace

from bot.core import appointment, card, lead, marks, partners, passing, places
from bot.core.card import say
from bot.core.effects import DropTimer, Field, Note, Parts, Quote, Say, Tag, To, Words
from bot.core.events import Pressed
from bot.core.frame import Agent
from bot.core.initiative import Initiative, Stage, Turn
from bot.core.world import Move


def take(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """Take it, if nobody has; whoever comes second is told by name who has it."""
    if initiative.stage.closed:
        move.answers(event.callback_id, say("desk.take.closed"), alert=True)
        card.refresh(move, initiative)
    elif initiative.taken is None and (refused := _not_there(move, agent)):
        move.answers(event.callback_id, say(refused), alert=True)
    elif initiative.taken is None:
        _give(move, event, initiative, agent)
    elif initiative.responsible == agent.id:
        move.answers(event.callback_id, say("desk.take.already_yours"))
    else:
        lost = say("desk.take.lost", agent=initiative.responsible_name)
        move.answers(event.callback_id, lost, alert=True)
        card.refresh(move, initiative)


def take_over(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """The coordinator or the leader takes over what was not answered in time."""
    frame = move.world.frame
    if agent.id not in (frame.coordinator, frame.leader):
        move.answers(event.callback_id, say("desk.take.not_yours"), alert=True)
    elif initiative.stage.closed:
        move.answers(event.callback_id, say("desk.take.closed"), alert=True)
    elif initiative.responsible == agent.id and initiative.taken is not None:
        move.answers(event.callback_id, say("desk.take.already_yours"))
    elif refused := _not_there(move, agent):
        move.answers(event.callback_id, say(refused), alert=True)
    else:
        _give(move, event, initiative, agent)


def _not_there(move: Move, agent: Agent) -> str:
    """Why this agent can't have the lead now: the key of what to say, or ""."""
    frame, today = move.world.frame, move.world.now.date()
    if frame.is_there(agent.id, today):
        return ""
    away = frame.away_until(agent.id, today) is not None
    return "colleague.away.cannot" if away else "colleague.digest.start_first"


def help_out(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """Become a helper, or stop being one; the responsible stays the same."""
    if initiative.responsible == agent.id:
        move.answers(event.callback_id, say("desk.help.yours"), alert=True)
        return
    on = agent.id not in initiative.helpers
    helpers = (*initiative.helpers, agent.id) if on else tuple(h for h in initiative.helpers if h != agent.id)
    changed = replace(initiative, helpers=helpers, touched=move.world.now)
    asked = " ".join(name for name in marks.value(changed, marks.INVITED).split() if name != agent.id)
    changed = marks.mark(changed, **{marks.INVITED: asked})
    move.save(changed)
    move.answers(event.callback_id, say("desk.help.on" if on else "desk.help.off"))
    move.do(Note(changed.number, "helper" if on else "helper_left", agent.name, "owner"))
    to = places.main_desk(changed)
    if to is not None:
        key = "desk.help.told" if on else "desk.help.told_off"
        move.do(Say(to, say(key, agent=agent.name, n=changed.number), silent=True))
    card.refresh(move, changed)


def _give(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """Save who has it now; the promised date stays, and only an answer stops the clock."""
    now = move.world.now
    stage = Stage.WITH_AGENT if initiative.stage is Stage.RECEIVED else initiative.stage
    other = initiative.responsible != agent.id
    stays = marks.mark(initiative, **{marks.STANDS_IN: ""}) if other else initiative
    step = replace(initiative.step, who=agent.name) if not initiative.step.what else initiative.step
    here = places.moved_to(move, stays, agent, event.chat.id)
    changed = lead.given(replace(here, stage=stage, taken=now, step=step, touched=now), agent)
    if other:
        topic = initiative.topics[0].topic if initiative.topics else ""
        told: dict[str, Field] = {"from": initiative.responsible, "to": agent.id, "topic": topic, "how": "taken"}
        move.do(Note(changed.number, "passed", agent.name, "owner", told))
    move.save(changed)
    for desk in changed.desks:
        if desk not in initiative.desks:
            card.put_up(move, changed, desk)
    move.do(DropTimer(passing.timer_key(changed)))
    move.answers(event.callback_id, say("desk.take.yours"))
    _tell_winner(move, event, changed, agent)
    if other:
        appointment.give_file(move, changed)
    move.do(Note(changed.number, "taken", agent.name, "owner"))
    card.refresh(move, changed)
    if other:
        card.name_topics(
            move, replace(changed, desks=tuple(desk for desk in changed.desks if desk in initiative.desks))
        )
    _tell_citizen(move, changed, agent, other=other)


def _tell_winner(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    to = places.in_chat(initiative, event.chat.id)
    fields: dict[str, Field] = {
        "agent": agent.name,
        "name": card.first_name(initiative),
        "n": initiative.number,
        "title": card.short_title(initiative),
        "due": initiative.step.due,
    }
    key = "desk.take.won_topic" if event.chat.kind == "group" else "desk.take.won_private"
    head = say(key, **fields)
    words = card.cut_to(card.own_words(initiative), 700)
    # Under a heading of their own: they would else read as the bot's next line to the agent.
    said = Quote(words, say("desk.card.words", name=initiative.owner_name))
    content = Parts((head, said)) if words else head
    move.do(Say(to, content, ((card.reply_button(initiative),),), Tag("taken", about=initiative.number)))


def _tell_citizen(move: Move, initiative: Initiative, agent: Agent, *, other: bool) -> None:
    step = initiative.step
    promised = step.turn is Turn.AGENT and not step.what and step.due > move.world.now
    key = "citizen_step.taken" if promised else "citizen_step.taken_plain"
    fields: dict[str, Field] = {
        "agent": agent.name,
        "first": agent.first_name,
        "role": agent.title,
        "n": initiative.number,
        "title": initiative.title,
        "due": initiative.step.due,
    }
    words = Words(key, initiative.lang, fields)
    if other:
        appointment.tell_of_another(move, initiative, (words,), "taken")
    else:
        move.do(Say(To(initiative.owner), words, tag=Tag("taken", about=initiative.number)))
        partners.tell(move, initiative, words)
