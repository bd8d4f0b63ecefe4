"""Where staff work: what agents write, press and edit in the staff group's topics and in their own chats."""

from collections.abc import Callable
from dataclasses import replace

from bot.core import (
    absent,
    accounting,
    advice,
    astray,
    away,
    bridges,
    bridging,
    card,
    casework,
    companions,
    digest,
    filling,
    kept_offers,
    looking_back,
    meetings,
    merging,
    muster,
    new_number,
    on_behalf,
    out_of_reach,
    passing,
    places,
    poster,
    queue,
    reach,
    redaction,
    relay,
    reopening,
    reply,
    retention,
    sent_before,
    showing,
    strangers,
    survey,
    take,
    templates,
    traces,
    typed,
    watch,
    why,
)
from bot.core.card import say
from bot.core.effects import Button, Ref, Say, TellPosters, To
from bot.core.events import Delivery, Edited, Event, Fell, Membership, Pressed, Said, TopicChanged
from bot.core.frame import Agent, Frame
from bot.core.initiative import Initiative
from bot.core.people import Talk
from bot.core.world import Link, Move, Needs

_PRESSES: dict[str, Callable[[Move, Pressed, Initiative, Agent], None]] = {
    "take": take.take,
    "over": take.take_over,
    "help": take.help_out,
    "reply": reply.ask_for,
    "next": filling.offer_next,
    "more": filling.offer_more,
    reopening.VERB: reopening.by_agent,
    queue.VERB: queue.show,
}
_FALLS: dict[str, Callable[[Move, Fell], None]] = {
    muster.KIND: muster.on_fell,
    looking_back.KIND: looking_back.on_fell,
    digest.KIND: digest.on_fell,
    passing.SILENT: passing.on_fell,
    new_number.KIND: new_number.on_fell,
    companions.ASKED_AGAIN: companions.on_fell,
    bridges.SILENT: bridging.on_fell,
    retention.KIND: retention.on_fell,
    survey.KIND: survey.on_fell,
    survey.REST: survey.on_rest,
    kept_offers.KIND: kept_offers.on_fell,
    **dict.fromkeys(reach.KINDS, reach.on_fell),
    **dict.fromkeys(watch.KINDS, watch.on_fell),
    **dict.fromkeys(meetings.KINDS, meetings.on_fell),
    showing.KIND: showing.on_fell,
}
_DELIVERIES: dict[str, Callable[[Move, Delivery], None]] = {
    "reply": reply.on_delivery,
    "step": filling.on_delivery,
    "undone": reply.on_taken_back,
    meetings.ROLE: meetings.on_delivery,
    showing.ROLE: meetings.on_delivery,
    astray.ROLE: astray.on_delivery,
    redaction.ROLE: redaction.on_delivery,
    "erased": relay.erased_for_citizen,
}
_OF_ALL = frozenset({muster.KIND, new_number.KIND, kept_offers.KIND, *reach.KINDS})
"""The timers that concern every open initiative."""
_OF_FORMS = frozenset({"form_ok", "form_fix", "form_drop"})
DESK_VERBS = frozenset(
    {*_PRESSES, *_OF_FORMS, *passing.VERBS, "form", "fix", "out", "in", "undo"}
    | {astray.ROLE, absent.TOLD, absent.UNTOLD, queue.MORE, *absent.BY_VOICE, templates.VERB, *on_behalf.VERBS}
)  # fmt: skip
"""The verbs of all buttons that staff press."""


def desk_needs(event: Event, talk: Talk, target: Link | None, topic: int, frame: Frame) -> Needs:
    """What must be loaded: the initiatives that the event, the topic or the talk point at; all where people change."""
    numbers = {topic, talk.focus, target.about if target else 0, talk.form.about if talk.form else 0}
    numbers.add(talk.asking.about if talk.asking else 0)
    if talk.form is not None and talk.form.kind == merging.FORM:
        numbers.add(merging.number_in(dict(talk.form.filled).get("with", "")))
    sender = getattr(event, "sender", None)
    queued, copies, heard, lately = False, 0, 0, ""
    agent = frame.agent_of(sender.id if sender is not None else event.chat if isinstance(event, Fell) else 0)
    match event:
        case Pressed():
            verb, number, _ = typed.pressed(event.data)
            numbers.add(number)
            queued = agent is not None and verb in away.VERBS
            if verb in ("undo", astray.ROLE) and target is not None:
                copies = target.origin_message
        case Fell() | Delivery():
            numbers.add(event.about)
            if isinstance(event, Fell) and event.kind == bridges.SILENT:
                asked, _, own = bridges.of_timer(event.key)
                numbers |= {asked, own}
            queued = isinstance(event, Fell) and event.kind in _OF_ALL
        case Membership():
            queued = agent is not None
        case Said():
            command, number, text = typed.command_of(event)
            if target is not None and target.detail == f"{filling.PROMPT}{merging.FORM}":
                numbers.add(merging.number_in(text))
            numbers.add(number or (why.named(text) if command in why.COMMANDS else 0))
            numbers.add(reply.named_first(text) if command == reply.COMMAND else 0)
            if agent is not None:
                queued = command in (away.AWAY, away.BACK, "start")
                if event.chat.kind == "private":
                    heard, lately = event.chat.id, agent.id
        case _:
            queued = False
    since = reply.chosen_since(talk, event.at) if lately else None
    needed = Needs(frozenset(numbers - {0}), queue=queued, copies_of=copies, heard_in=heard)
    return replace(needed, lately_of=lately, since=since)


def on_said(move: Move, event: Said) -> None:
    """Words at a desk are internal unless the agent has chosen the citizen as their receiver."""
    agent = _agent(move, event)
    if agent is None:
        strangers.on_said(move, event)
        return
    command, number, text = typed.command_of(event)
    if command:
        _commanded(move, replace(event, text=text), agent, command, number)
    elif _answers_own_prompt(move, event):
        _to_prompt(move, event, agent)
    elif advice.answers(move, event):
        advice.answer(move, event, agent)
    elif event.chat.kind == "private":
        _in_private(move, event, agent)
    else:
        _in_group(move, event)


def on_pressed(move: Move, event: Pressed) -> None:
    """Every press is answered; only agents move anything, and only what is there."""
    agent = _agent(move, event)
    verb, number, detail = typed.pressed(event.data)
    if agent is None:
        strangers.on_pressed(move, event, number)
        return
    if verb in ("out", "in"):
        reply.decide(move, event, agent, number, detail, out=verb == "out")
        return
    if verb in away.VERBS:
        away.on_pressed(move, event, agent, verb, detail)
        return
    if verb == queue.MORE:
        queue.tell_more(move, event, number, detail)
        return
    if verb == accounting.VERB:
        accounting.tell_part(move, To(event.chat.id, thread=event.chat.thread), "da", detail)
        return
    initiative = move.initiative(number)
    if verb not in DESK_VERBS or initiative is None:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
    elif verb == "undo":
        reply.take_back(move, event, initiative, detail)
    elif verb == templates.VERB:
        templates.fill(move, event, initiative, agent, detail)
    elif verb in on_behalf.VERBS:
        on_behalf.on_pressed(move, event, initiative, agent, verb)
    elif verb == absent.TOLD:
        absent.told(move, event, initiative, agent, detail)
    elif verb == absent.UNTOLD:
        absent.untold(move, event, initiative, agent, detail)
    elif verb in absent.BY_VOICE:
        absent.by_voice(move, event, initiative, verb, detail)
    elif verb == astray.ROLE:
        astray.take_away(move, event, initiative, agent, detail)
    elif verb == "form":
        filling.begin(move, event, initiative, agent, detail)
    elif verb == "fix":
        filling.begin_correction(move, event, initiative, agent, detail)
    elif verb in passing.VERBS:
        passing.on_pressed(move, event, initiative, agent, verb, detail)
    elif verb in _OF_FORMS:
        filling.decide(move, event, initiative, agent, verb, detail)
    else:
        _PRESSES[verb](move, event, initiative, agent)


def on_edited(move: Move, event: Edited) -> None:
    """An edit changes at the citizen only what has reached the citizen."""
    agent = _agent(move, event)
    told = next((link for link in reversed(move.world.copies) if link.role == "step"), None)
    initiative = move.initiative(told.about) if told is not None else None
    if agent is not None and told is not None and initiative is not None:
        filling.on_edited(move, event, initiative, agent, told)
    elif agent is not None:
        reply.on_edited(move, event, agent)


def on_topic_changed(move: Move, event: TopicChanged) -> None:
    """A topic that a person closes ends nothing: one question to the responsible; the citizen is told nothing."""
    initiative = move.initiative(move.world.topic)
    if initiative is None or initiative.stage.closed or event.change != "closed":
        return
    words = say("desk.topic_closed", agent=initiative.responsible_name, n=initiative.number, due=initiative.step.due)
    agent = move.world.frame.agents.get(initiative.responsible)
    own = places.own_chat(agent) if agent else None
    move.do(Say(own or To(event.chat.id), words, card.buttons(initiative)))


def on_delivery(move: Move, event: Delivery) -> None:
    """What became of a message that staff wait to hear about."""
    out_of_reach.on_delivery(move, event)
    if event.outcome == "left_out":
        relay.left_out(move, event)
    elif event.role in _DELIVERIES:
        _DELIVERIES[event.role](move, event)


def on_fell(move: Move, event: Fell) -> None:
    """A promised date draws near or has passed, a day begins, or something about a colleague has become known."""
    if event.kind in _FALLS:
        _FALLS[event.kind](move, event)


def _commanded(move: Move, event: Said, agent: Agent, command: str, number: int) -> None:
    if number and move.initiative(number) is None:
        move.do(Say(To(event.chat.id, thread=event.chat.thread), say("desk.unknown_number")))
    elif command == reply.COMMAND:
        _reply_by_command(move, event, agent, number)
    elif command == sent_before.COMMAND:
        about = number or _meant(move, event)
        sent_before.by_command(move, event, move.initiative(about), named=bool(about))
    elif command == templates.COMMAND:
        templates.by_command(move, event, number)
    elif command in casework.COMMANDS:
        casework.on_command(move, event, agent, command, number)
    elif command == advice.COMMAND:
        advice.ask(move, event, agent, move.initiative(number or move.world.topic))
    elif command == absent.COMMAND:
        absent.begin(move, event, agent)
    elif command == absent.CODE:
        absent.renew_link(move, event, agent, move.initiative(number or move.world.topic))
    elif command == on_behalf.COMMAND:
        on_behalf.by_command(move, event, agent, move.initiative(number or move.world.topic))
    elif command == passing.COMMAND:
        passing.by_command(move, event, agent, move.initiative(number or move.world.topic), event.text)
    elif command == poster.MAKE:
        poster.make(move, event, agent)
    elif command == poster.COUNTS:
        move.do(TellPosters(To(event.chat.id, topic_of=move.world.topic, thread=event.chat.thread)))
    elif command == accounting.COMMAND:
        accounting.tell(move, To(event.chat.id, thread=event.chat.thread), "da")
    elif command == queue.OPEN:
        queue.by_command(move, event, move.initiative(number or move.world.topic))
    elif command in queue.LISTS:
        queue.tell(move, event, agent, command)
    elif command == away.AWAY:
        away.on_said(move, event, agent, event.text)
    elif command == away.BACK:
        away.come_back(move, To(event.chat.id, thread=event.chat.thread), agent)
    elif command == digest.COMMAND:
        digest.choose(move, event, agent)
    elif command in why.COMMANDS:
        why.tell_staff(move, event, why.named(event.text))
    elif command in ("hjaelp", "help", "start"):
        _help(move, event, agent, command)
    else:
        move.do(Say(To(event.chat.id, thread=event.chat.thread), say("desk.unknown_command"), silent=True))


def _help(move: Move, event: Said, agent: Agent, command: str) -> None:
    private = event.chat.kind == "private"
    if private and command == "start":
        reach.learn(move, agent, "")
    key = "desk.help_private" if private else "desk.help_group"
    words = card.stack(say(key, agent=agent.first_name), say("colleague.help"))
    rows = ((Button("colleague.button.away", "away:0:ask"),),)
    move.do(Say(To(event.chat.id, thread=event.chat.thread), words, rows))


def _reply_by_command(move: Move, event: Said, agent: Agent, number: int) -> None:
    """ "/svar tekst" in a topic, on a swipe, or "/svar 12 tekst" anywhere; without words it opens the answer field."""
    target = move.world.target
    # What only tells of an initiative is no message of its citizen's: a count in it may be taken for its number.
    swiped = target.about if target is not None and target.role not in (traces.ABOUT, "whom") else 0
    about = number or move.world.topic or swiped
    if not about and event.chat.kind == "private":
        about = reply.chosen(move)
    initiative = move.initiative(about)
    if initiative is None:
        if event.chat.kind == "private" and event.text.strip() and not number:
            reply.ask_whom(move, event, agent)
            return
        key = "desk.unknown_number" if about else "desk.reply.which"
        move.do(Say(To(event.chat.id, thread=event.chat.thread), say(key)))
    elif not number and (named := move.initiative(reply.named_first(event.text))) and named.number != about:
        reply.ask_which(move, event, initiative, named)
    elif event.text.strip() or event.media or event.place is not None:
        reply.send(move, initiative, agent, event, by_command=True)
    else:
        reply.open_field(move, event.chat.id, initiative, agent)


def _meant(move: Move, event: Said) -> int:
    """The initiative of the topic, of the message that is answered, or of the citizen chosen in an own chat; or 0."""
    target = move.world.target
    carried = next((link.about for link in reversed(move.world.copies) if link.about), 0)
    about = move.world.topic or (target.about if target else 0) or carried
    return about or (reply.chosen(move) if event.chat.kind == "private" else 0)


def _answers_own_prompt(move: Move, event: Said) -> bool:
    target = move.world.target
    return target is not None and target.role == "prompt" and target.by == event.sender.id


def _to_prompt(move: Move, event: Said, agent: Agent) -> None:
    target = move.world.target
    if target is not None and target.detail == absent.PROMPT:
        absent.answer(move, event, agent)
        return
    initiative = move.initiative(target.about) if target else None
    if target is None or initiative is None:
        return
    if event.other:
        _cannot_carry(move, event, initiative)
    elif target.detail == "reply":
        reply.send(move, initiative, agent, event)
    elif target.detail.startswith(passing.PROMPT):
        colleague = move.world.frame.agents.get(target.detail.removeprefix(passing.PROMPT))
        if colleague is not None and event.text.strip():
            passing.offer(move, event.chat.id, initiative, agent, colleague, event.text.strip())
    elif target.detail.startswith(filling.PROMPT):
        filling.answer(move, event, initiative, agent, target.detail.removeprefix(filling.PROMPT))


def _in_private(move: Move, event: Said, agent: Agent) -> None:
    """In an agent's own chat a swipe on a citizen's message, or a choice made shortly before, names the receiver."""
    target = move.world.target
    swiped = target is not None and target.role == "relay" and target.about
    initiative = move.initiative(target.about if target is not None and swiped else reply.chosen(move))
    if target is not None and not swiped and target.role != traces.ABOUT:
        initiative = None
    if event.other:
        _cannot_carry(move, event, initiative)
    elif initiative is not None:
        reply.send(move, initiative, agent, event)
    else:
        reply.ask_whom(move, event, agent)


def _in_group(move: Move, event: Said) -> None:
    """In a group all is internal; only a swipe on what stands for the citizen asks which it is.

    What can't be carried at all is told there: silence would look as if it had gone out.
    """
    target = move.world.target
    initiative = move.initiative(target.about) if target is not None else None
    if target is None or initiative is None or target.role not in ("relay", "card", queue.LOOK, "prompt"):
        return
    if event.other:
        _cannot_carry(move, event, initiative)
    else:
        reply.hold(move, initiative, event)


def _cannot_carry(move: Move, event: Said, initiative: Initiative | None) -> None:
    to = places.in_chat(initiative, event.chat.id) if initiative else To(event.chat.id)
    move.do(Say(to, say("desk.cannot_carry"), reply_to=Ref(event.chat.id, event.message_ids[0])))


def _agent(move: Move, event: Said | Pressed | Edited) -> Agent | None:
    return None if event.sender.anonymous else move.world.frame.agent_of(event.sender.id)
