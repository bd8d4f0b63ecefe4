"""Passing an initiative on: a colleague is asked, with a reason; until they say yes, nothing has changed."""

from dataclasses import replace

from bot.core import card, lead, marks, places, roster
from bot.core.card import say
from bot.core.effects import (
    Button,
    Buttons,
    DropTimer,
    Field,
    Note,
    Quote,
    Recount,
    Ref,
    Say,
    SetTimer,
    Strip,
    Tag,
    To,
)
from bot.core.events import Fell, Pressed, Said
from bot.core.frame import Agent
from bot.core.initiative import Initiative
from bot.core.promise import due_after
from bot.core.world import Move

COMMAND = "videre"
PROMPT = "pass:"
"""How the detail of the prompt for the reason begins; the colleague's id follows."""
VERBS = frozenset({"pass", "pass_to", "pass_yes", "pass_no"})
SILENT = "pass_silent"
"""The kind of the timer that falls due when nobody has answered for a working day."""
MOST_NAMES = 5
_LONGEST_ID = 40
_WORDS = 700


def ask_whom(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """Offer the colleagues: those whose topics it touches first."""
    refused = _refused(move, initiative, agent)
    if refused:
        move.answers(event.callback_id, say(refused, agent=initiative.responsible_name), alert=True)
        return
    move.answers(event.callback_id)
    n = initiative.number
    rows: Buttons = tuple(
        (Button("colleague.button.pass_to", f"pass_to:{n}:{one.id}", fields={"agent": card.cut_to(one.name, 24)}),)
        for one in _colleagues(move, initiative)[:MOST_NAMES]
    )
    to = places.in_chat(initiative, event.chat.id)
    words = say("colleague.pass.whom", agent=agent.first_name, n=n)
    move.do(Say(to, words, rows, Tag("menu", about=n), silent=True))


def ask_why(move: Move, chat: int, initiative: Initiative, agent: Agent, colleague: Agent) -> None:
    """Ask for the reason, which only the colleague reads."""
    words = say("colleague.pass.why", agent=agent.first_name, to=colleague.name, n=initiative.number)
    tag = Tag("prompt", initiative.number, by=agent.telegram or 0, detail=f"{PROMPT}{colleague.id}")
    move.do(Say(places.in_chat(initiative, chat), words, tag=tag, prompt=True))


def on_pressed(move: Move, event: Pressed, initiative: Initiative, agent: Agent, verb: str, detail: str) -> None:
    """A colleague's name was pressed, or the colleague has answered."""
    if verb == "pass":
        ask_whom(move, event, initiative, agent)
    elif verb == "pass_to":
        refused = _refused(move, initiative, agent)
        colleague = move.world.frame.agents.get(detail)
        if refused or colleague is None or colleague.left:
            key = refused or "desk.old_button"
            move.answers(event.callback_id, say(key, agent=initiative.responsible_name), alert=True)
            return
        move.answers(event.callback_id)
        ask_why(move, event.chat.id, initiative, agent, colleague)
    elif marks.value(initiative, marks.OFFERED) != agent.id or initiative.stage.closed:
        move.answers(event.callback_id, say("colleague.pass.not_yours"), alert=True)
    elif verb == "pass_yes":
        _accept(move, event, initiative, agent)
    else:
        _decline(move, event, initiative, agent)


def by_command(move: Move, said: Said, agent: Agent, initiative: Initiative | None, text: str) -> None:
    """ "/videre Signe fordi ..." in a topic, "/videre 12 Signe fordi ..." anywhere; what is missing is asked for."""
    to = To(said.chat.id, thread=said.chat.thread)
    if initiative is None:
        move.do(Say(to, say("colleague.pass.which")))
        return
    refused = _refused(move, initiative, agent)
    colleague, reason = named(move, text)
    if refused or colleague is None:
        key = refused or "colleague.pass.nobody"
        names = tuple(one.name for one in _colleagues(move, initiative))
        move.do(Say(to, say(key, agent=initiative.responsible_name, names=names)))
    elif not reason:
        ask_why(move, said.chat.id, initiative, agent, colleague)
    else:
        offer(move, said.chat.id, initiative, agent, colleague, reason)


def offer(move: Move, chat: int, initiative: Initiative, agent: Agent, colleague: Agent, reason: str) -> None:
    """Ask the colleague, who sees what it is, what was said and what is promised; the lead stays until they say yes."""
    here = places.in_chat(initiative, chat)
    fields = _fields(initiative, agent, colleague)
    place = _place_of(initiative, colleague)
    if colleague.id == initiative.responsible or place is None:
        key = "colleague.pass.has_it" if place is not None else "colleague.pass.out_of_reach"
        move.do(Say(here, say(key, **fields)))
        return
    asked = {marks.OFFERED: colleague.id, marks.OFFERED_BY: agent.id, marks.OFFERED_WHY: reason}
    changed = marks.mark(initiative, **asked)
    move.save(changed)
    told: dict[str, Field] = {"from": changed.responsible, "to": colleague.id, "reason": reason}
    move.do(Note(changed.number, "pass_offered", agent.name, "staff", told))
    n = changed.number
    rows: Buttons = (
        (Button("colleague.button.pass_yes", f"pass_yes:{n}"),),
        (Button("colleague.button.pass_no", f"pass_no:{n}"),),
    )
    move.do(Say(place, Quote(reason, say("colleague.pass.asked", **fields)), rows, Tag("passing", about=n)))
    if place.topic_of == 0:
        own = card.cut_to(card.own_words(changed), _WORDS)
        if own:
            move.do(Say(place, Quote(own, say("desk.card.words", name=changed.owner_name)), silent=True))
        move.do(Recount(place, n))
    due = due_after(move.world.now, 1, move.world.frame.promises)
    move.do(SetTimer(timer_key(changed), SILENT, due, about=n))
    move.do(Say(here, say("colleague.pass.waits", **fields), silent=True))
    card.refresh(move, changed)


def on_fell(move: Move, event: Fell) -> None:
    """A working day without an answer: both are reminded once; the lead has it still."""
    initiative = move.initiative(event.about)
    agents = move.world.frame.agents
    colleague = agents.get(marks.value(initiative, marks.OFFERED)) if initiative else None
    if initiative is None or initiative.stage.closed or colleague is None:
        return
    asker = agents.get(marks.value(initiative, marks.OFFERED_BY)) or agents.get(initiative.responsible)
    if asker is None:
        return
    fields = _fields(initiative, asker, colleague)
    place, own = _place_of(initiative, colleague), places.of_agent(initiative, asker)
    if place is not None:
        n = initiative.number
        rows: Buttons = (
            (Button("colleague.button.pass_yes", f"pass_yes:{n}"),),
            (Button("colleague.button.pass_no", f"pass_no:{n}"),),
        )
        move.do(Say(place, say("colleague.pass.still_asked", **fields), rows, Tag("passing", about=n)))
    if own is not None:
        move.do(Say(own, say("colleague.pass.silent", **fields), ((_again_button(initiative),),)))


def timer_key(initiative: Initiative) -> str:
    """The key of the timer that waits for the colleague's answer."""
    return f"{SILENT}:{initiative.number}"


def _accept(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    if not move.world.frame.is_there(agent.id, move.world.now.date()):
        move.answers(event.callback_id, say("colleague.away.cannot"), alert=True)
        return
    move.answers(event.callback_id, say("desk.take.yours"))
    move.do(Strip(Ref(event.chat.id, event.message_id)), DropTimer(timer_key(initiative)))
    # Their yes takes it: none of what they are shown asks them to.
    home = replace(marks.mark(initiative, **{marks.STANDS_IN: ""}), taken=move.world.now)
    card.refresh(move, lead.give(move, home, agent, lead.PASSED))


def _decline(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    asker = move.world.frame.agents.get(marks.value(initiative, marks.OFFERED_BY))
    changed = marks.mark(initiative, **{marks.OFFERED: "", marks.OFFERED_BY: "", marks.OFFERED_WHY: ""})
    move.save(changed)
    move.answers(event.callback_id, say("colleague.pass.declined_by_you"))
    move.do(Strip(Ref(event.chat.id, event.message_id)), DropTimer(timer_key(initiative)))
    move.do(Note(changed.number, "pass_declined", agent.name, "staff"))
    to = places.of_agent(changed, asker) if asker else places.main_desk(changed)
    if to is not None:
        fields = _fields(changed, asker or agent, agent)
        move.do(Say(to, say("colleague.pass.declined", **fields), ((_again_button(changed),),)))
    card.refresh(move, changed)


def _refused(move: Move, initiative: Initiative, agent: Agent) -> str:
    """Why this agent can't pass it on: the key of what to say, or ""."""
    frame = move.world.frame
    if initiative.stage.closed:
        return "desk.take.closed"
    may = agent.id in (initiative.responsible, frame.coordinator, frame.leader)
    return "" if may else "colleague.pass.only_lead"


def _colleagues(move: Move, initiative: Initiative) -> list[Agent]:
    """Everybody else, those whose topics it touches first; who is away can be asked too."""
    frame = roster.frame_now(move)
    leads = [frame.topics[found.topic].lead for found in initiative.topics if found.topic in frame.topics]
    order = {agent: place for place, agent in reversed(list(enumerate([*initiative.helpers, *leads])))}
    others = [
        one for one in frame.agents.values()
        if one.id != initiative.responsible and not one.left and len(one.id.encode()) <= _LONGEST_ID
    ]  # fmt: skip
    return sorted(others, key=lambda one: (order.get(one.id, len(order)), one.name))


def named(move: Move, text: str) -> tuple[Agent | None, str]:
    """The colleague whose name the words begin with, and the words behind; (None, ...) when no one or more fit."""
    words = text.strip()
    for agent in move.world.frame.agents.values():
        for name in (agent.name, agent.first_name, agent.id):
            rest = words[len(name) :]
            if words.casefold().startswith(name.casefold()) and not rest[:1].isalnum() and not agent.left:
                return agent, rest.strip(" :,-–\n")
    return None, words


def _place_of(initiative: Initiative, colleague: Agent) -> To | None:
    """Where the colleague is asked: in private where the bot can, else in the initiative's topic."""
    if colleague.own_chat is not None:
        return To(colleague.own_chat)
    topic = next((desk for desk in initiative.desks if desk.topic), None)
    return places.at_desk(initiative, topic) if topic is not None and colleague.desk != "private" else None


def _fields(initiative: Initiative, agent: Agent, colleague: Agent) -> dict[str, Field]:
    return {
        "agent": agent.name,
        "to": colleague.name,
        "lead": initiative.responsible_name,
        "name": card.first_name(initiative),
        "n": initiative.number,
        "title": card.short_title(initiative),
        "step": card.next_step(initiative),
        "due": initiative.step.due,
    }


def _again_button(initiative: Initiative) -> Button:
    return Button("colleague.button.pass", f"pass:{initiative.number}")
