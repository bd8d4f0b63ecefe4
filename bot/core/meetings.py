"""From chat to people: an agent proposes times for a meeting or a call, the citizen presses one, both are reminded."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import appointment, card, marks, partners, places, relay, steps
from bot.core.appointment import Proposal, facts
from bot.core.card import say
from bot.core.effects import (
    Button,
    Buttons,
    Content,
    Field,
    Note,
    Parts,
    Ref,
    Say,
    SetTimer,
    Strip,
    Tag,
    TellHumans,
    To,
    Words,
)
from bot.core.events import Delivery, Fell, Pressed
from bot.core.frame import Agent
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from bot.core.promise import NEW_DATE_WORKING_DAYS, awake, due_after, first_due
from bot.core.world import Move

VERBS = frozenset({"meet", "meet_no", "meet_off", "meet_wish", "access_no"})
"""The verbs of a citizen's buttons here."""
REMIND, WISH = "meeting_remind", "meeting_wish"
"""The kinds of the timers, and how their keys begin."""
KINDS = frozenset({REMIND, WISH})
ROLE = "meeting"
"""The role of the message that proposes times."""
DAY_BEFORE, SHORTLY_BEFORE = timedelta(hours=24), timedelta(hours=2)


def asks(initiative: Initiative, agent: Agent, filled: Mapping[str, str], lang: str) -> Words:
    """What the citizen reads: who wants to meet, where, and when it could be."""
    proposal = Proposal(0, _times(filled["times"]), filled["where"], agent.id)
    fields = facts(initiative, agent.name, proposal.where)
    listed = [Words("citizen_step.time", lang, {"due": one}) for one in proposal.times]
    times = listed[-1]
    for one in reversed(listed[:-1]):
        times = Words("citizen_step.times", lang, {"above": one, "below": times})
    return Words(f"citizen_step.form.{proposal.kind}", lang, {**fields, "role": agent.title, "times": times})


def propose(
    move: Move, initiative: Initiative, agent: Agent, filled: Mapping[str, str], origin: tuple[int, int]
) -> None:
    """Ask the citizen with a button for each time; what was proposed before is void."""
    before = appointment.of(initiative)
    times = _times(filled["times"])
    version, given = (before.version + 1, before.given) if before else (1, 0)
    proposal = Proposal(version, times, filled["where"], agent.id, given=given)
    proposed = marks.mark(replace(initiative, touched=move.world.now), **{marks.WISHED: ""})
    changed = appointment.kept(proposed, proposal)
    move.save(changed)
    n, lang = changed.number, changed.lang
    rows: Buttons = tuple(
        (Button("citizen_step.button.time", f"meet:{n}:{proposal.version}.{at}", lang, {"due": one}),)
        for at, one in enumerate(times)
    )
    none = Button("citizen_step.button.no_time", f"meet_no:{n}:{proposal.version}", lang)
    tag = Tag(ROLE, n, *origin, agent.telegram or 0)
    move.do(Say(To(changed.owner), asks(changed, agent, filled, lang), (*rows, (none,)), tag, tell=True))
    move.do(Note(n, "meeting_proposed", agent.name, "owner", dict(filled)))
    card.refresh(move, changed)


def on_delivery(move: Move, event: Delivery) -> None:
    """A proposal that arrived, of a meeting or of a showing, is a human's answer; then it is the citizen's turn."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    if event.outcome == "delivered":
        steps.answer_arrived(move, initiative, relay.reply_mark(event.origin_chat, event.origin_message))
        relay.reported(move, event, "desk.form.sent")
    else:
        relay.reported(move, event, f"desk.reply.{event.outcome}")


def on_press(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    """A citizen's press, on their own initiative; one on what no longer stands changes nothing."""
    if verb == "access_no":
        move.do(Strip(Ref(event.chat.id, event.message_id)))
        move.tell(Words("citizen_step.access_noted", initiative.lang))
    elif verb == "meet_wish":
        _wish(move, event, initiative)
    else:
        _on_proposal(move, event, initiative, verb, detail)


def _on_proposal(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    proposal = appointment.of(initiative)
    version, _, place = detail.partition(".")
    if proposal is None or initiative.stage.closed or version != str(proposal.version):
        move.answers(event.callback_id, Words("citizen_step.meeting_old", initiative.lang))
    elif verb == "meet" and place.isdigit() and int(place) < len(proposal.times):
        _choose(move, event, initiative, proposal, proposal.times[int(place)])
    elif verb == "meet_no" and proposal.chosen is None:
        _none_fits(move, event, initiative, proposal)
    elif verb == "meet_off" and proposal.chosen is not None and appointment.standing(initiative):
        _call_off(move, event, initiative, proposal)
    else:
        move.answers(event.callback_id, Words("citizen_step.meeting_old", initiative.lang))


def held(move: Move, initiative: Initiative) -> None:
    """The hour of the appointment has come: the agent is asked for what came of it, with a date."""
    due = due_after(move.world.now, NEW_DATE_WORKING_DAYS, move.world.frame.promises)
    step = NextStep(initiative.responsible_name, due, Turn.AGENT, key="step.after_meeting")
    met = initiative.step.due
    changed = steps.set_step(move, initiative, step)
    fields = facts(changed, changed.responsible_name, "") | {"at": met, "due": due}
    forward = Button("desk.button.next", f"next:{changed.number}")
    _tell_agent(move, changed, say("desk.meeting.held", **fields), ((card.reply_button(changed),), (forward,)))
    move.do(Note(changed.number, "meeting", changed.responsible_name, "owner", {"at": met}))
    card.refresh(move, changed)


def on_fell(move: Move, event: Fell) -> None:
    """The day before both are reminded, unless it was called off or moved; a wish that waits still is told again."""
    initiative = move.initiative(event.about)
    if event.kind == WISH:
        if initiative is not None and not initiative.stage.closed and marks.value(initiative, marks.WISHED):
            _ask_for_times(move, initiative, event.due)
        return
    proposal = appointment.of(initiative) if initiative is not None else None
    if initiative is None or proposal is None or proposal.chosen is None or not appointment.standing(initiative):
        return
    if initiative.stage.closed or event.key != _timer(initiative, proposal) or proposal.chosen <= move.world.now:
        return
    fields = facts(initiative, initiative.responsible_name, proposal.where) | {"due": proposal.chosen}
    words = Words(f"citizen_step.{proposal.kind}_remind", initiative.lang, fields)
    move.do(Say(To(initiative.owner), words, _off_button(initiative, proposal), Tag("remind", about=initiative.number)))
    partners.tell(move, initiative, words)
    _tell_agent(move, initiative, say("desk.meeting.remind", **fields), ((card.reply_button(initiative),),))


def _choose(move: Move, event: Pressed, initiative: Initiative, proposal: Proposal, at: datetime) -> None:
    if at <= move.world.now:
        move.answers(event.callback_id, Words("citizen_step.meeting_past", initiative.lang), alert=True)
        return
    if proposal.chosen == at and appointment.standing(initiative):
        move.answers(event.callback_id)
        return
    move.answers(event.callback_id)
    chosen = replace(proposal, chosen=at)
    agent = initiative.responsible_name
    step = NextStep(agent, at, Turn.AGENT, key=f"step.{chosen.kind}")
    before = initiative.step
    gives_way = before.what and before.turn is not Turn.CITIZEN and before.due < at
    # A trial is asked about at its end, or as soon as the meeting is over; any other step that comes first gives way.
    overtaken = before if gives_way and initiative.stage is not Stage.TRIAL else None
    standing_by = initiative if overtaken is not None else steps.put_aside(initiative)
    changed = steps.set_step(move, appointment.kept(standing_by, chosen), step, paused=False)
    remind = awake(at - DAY_BEFORE, move.world.frame.promises)
    if remind <= move.world.now:
        remind = at - SHORTLY_BEFORE
    if remind > move.world.now:
        move.do(SetTimer(_timer(changed, chosen), REMIND, remind, about=changed.number))
    _tell_both(move, changed, chosen, overtaken)
    move.do(Note(changed.number, "meeting_set", changed.owner_name, "owner", {"at": at, "where": chosen.where}))
    card.refresh(move, changed)


def _tell_both(move: Move, initiative: Initiative, chosen: Proposal, overtaken: NextStep | None) -> None:
    """The appointment; a step whose date comes before it gives way, and neither side is left to think it stands."""
    lang, n = initiative.lang, initiative.number
    fields = facts(initiative, initiative.responsible_name, chosen.where) | {"due": initiative.step.due}
    instead: dict[str, Field] = (
        {"what": overtaken.what, "due": overtaken.due, "who": overtaken.who} if overtaken is not None else {}
    )
    beside = (Words("citizen_step.meeting_instead", lang, instead),) if instead else ()
    parts = [Words(f"citizen_step.{chosen.kind}_set", lang, fields), *beside]
    if initiative.partners:
        parts.append(Words("bridge.told_too", lang, {"names": partners.names(initiative)}))
    rows = _off_button(initiative, chosen)
    if not chosen.by_phone and not marks.value(initiative, marks.ACCESS_ASKED):
        move.save(marks.mark(initiative, **{marks.ACCESS_ASKED: move.world.now.isoformat()}))
        parts.append(Words("citizen_step.access", lang))
        rows = ((Button("citizen_step.button.access_no", f"access_no:{n}", lang),), *rows)
    content: Content = Parts(tuple(parts)) if len(parts) > 1 else parts[0]
    move.do(Say(To(initiative.owner), content, rows, Tag("meeting_set", about=n)))
    title = Words(f"citizen_step.{chosen.kind}_title", lang)
    move.do(appointment.invite(move, initiative, chosen, To(initiative.owner), title))
    for partner in initiative.partners:
        appointment.to_partner(move, initiative, partner, *beside)
    told = say(f"desk.meeting.{chosen.kind}_set", **fields)
    told = card.stack(told, say("desk.meeting.instead", **instead)) if instead else told
    if initiative.partners:
        told = card.stack(told, say("bridge.told_too", names=partners.names(initiative)))
    _tell_agent(move, initiative, told, ((card.reply_button(initiative),),))
    appointment.give_file(move, initiative)


def _none_fits(move: Move, event: Pressed, initiative: Initiative, proposal: Proposal) -> None:
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    answered = _back_to_agent(move, appointment.kept(initiative, replace(proposal, times=())))
    _tell_off(move, answered, "none", answered.step.due)


def _call_off(move: Move, event: Pressed, initiative: Initiative, proposal: Proposal) -> None:
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    at = proposal.chosen or initiative.step.due
    answered = _back_to_agent(move, appointment.kept(initiative, replace(proposal, times=(), chosen=None)))
    _tell_off(move, answered, "off", at)
    move.do(Note(answered.number, "meeting_off", answered.owner_name, "owner", {"at": at}))


def _tell_off(move: Move, initiative: Initiative, which: str, at: datetime) -> None:
    agent = initiative.responsible_name
    fields = facts(initiative, agent, "") | {"due": initiative.step.due, "at": at}
    words = Words(f"citizen_step.meeting_{which}", initiative.lang, fields)
    move.do(Say(To(initiative.owner), words, tag=Tag("notice", about=initiative.number)))
    if which == "off":
        # Of times that were only proposed they have heard nothing.
        partners.tell(move, initiative, words)
    again = Button("desk.form.button.meeting", f"form:{initiative.number}:meeting")
    _tell_agent(move, initiative, say(f"desk.meeting.{which}", **fields), ((again,), (card.reply_button(initiative),)))
    card.refresh(move, initiative)


def _wish(move: Move, event: Pressed, initiative: Initiative) -> None:
    """The citizen would rather meet or be called: the responsible person is asked for times, by the promised date."""
    if initiative.stage.closed:
        move.answers(event.callback_id, Words("citizen_step.meeting_old", initiative.lang))
        return
    if marks.value(initiative, marks.WISHED):
        first = initiative.responsible_name.split()[0]
        move.answers(event.callback_id, Words("citizen_step.on_said", initiative.lang, {"first": first}))
        return
    move.answers(event.callback_id)
    wished = marks.mark(initiative, **{marks.WISHED: move.world.now.isoformat()})
    move.save(wished)
    asked = steps.citizen_answered(move, wished)
    # A step far ahead is no date for an answer to a wish; that one is watched by a timer of its own.
    due = min(asked.step.due, first_due(move.world.now, move.world.frame.promises))
    move.tell(Words("citizen_step.meeting_wish", asked.lang, facts(asked, asked.responsible_name, "") | {"due": due}))
    _ask_for_times(move, asked, due)
    move.do(SetTimer(f"{WISH}:{asked.number}", WISH, due, about=asked.number))
    move.do(Note(asked.number, "meeting_wish", asked.owner_name, "owner"))


def _ask_for_times(move: Move, initiative: Initiative, due: datetime) -> None:
    fields = facts(initiative, initiative.responsible_name, "") | {"due": due}
    times = Button("desk.form.button.meeting", f"form:{initiative.number}:meeting")
    words = say("desk.meeting.wish", **fields)
    _tell_agent(move, initiative, words, ((times,), (card.reply_button(initiative),)))


def _back_to_agent(move: Move, initiative: Initiative) -> Initiative:
    """The agent's turn with a date to answer by; a step of their own that comes sooner is that date."""
    due = first_due(move.world.now, move.world.frame.promises)
    if initiative.step.what and initiative.step.turn is Turn.AGENT and initiative.step.due <= due:
        move.save(initiative)
        return initiative
    step = NextStep(initiative.responsible_name, due, Turn.AGENT, key="step.answer")
    return steps.set_step(move, steps.put_aside(initiative), step)


def _tell_agent(move: Move, initiative: Initiative, words: Words, rows: Buttons) -> None:
    to = places.of_responsible(move, initiative)
    if to is None:
        move.do(TellHumans(words))
    else:
        move.do(Say(to, words, rows, Tag("promise", about=initiative.number)))


def _off_button(initiative: Initiative, proposal: Proposal) -> Buttons:
    off = Button("citizen_step.button.meeting_off", f"meet_off:{initiative.number}:{proposal.version}", initiative.lang)
    return ((off,),)


def _timer(initiative: Initiative, proposal: Proposal) -> str:
    at = proposal.chosen or initiative.step.due
    return f"{REMIND}:{initiative.number}:{proposal.version}:{at:%Y%m%dT%H%M}"


def _times(written: str) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(one) for one in written.split())
