"""What happens when a promised date draws near or passes: nobody learns of it too late, and never in silence."""

from datetime import datetime

from bot.core import appointment, card, marks, meetings, partners, places, steps, trial
from bot.core.card import say
from bot.core.effects import Button, Field, Note, Say, SetTimer, Tag, TellHumans, To, Words
from bot.core.events import Fell
from bot.core.initiative import Initiative, NextStep, Turn
from bot.core.promise import NEW_DATE_WORKING_DAYS, awake, due_after
from bot.core.world import Move

KINDS = frozenset({"promise_remind", "promise_due", "promise_tell", "ask_again"})
"""The kinds of timers that fall due here."""


def on_fell(move: Move, event: Fell) -> None:
    """A timer fell due; one for a date that no longer stands does nothing."""
    initiative = move.initiative(event.about)
    if initiative is None or initiative.stage.closed or initiative.out_of_reach:
        return
    if event.key != steps.timer_key(event.kind, initiative.number, initiative.step.due):
        return
    citizens = initiative.step.turn is Turn.CITIZEN
    if event.kind == "ask_again" and citizens:
        _ask_again(move, initiative)
    elif citizens:
        return
    elif event.kind == "promise_remind" and initiative.step.due > move.world.now:
        # The end of a trial, or of a wait, is a date to keep in mind and nothing that the agent has promised to do.
        of_others = initiative.step.turn is Turn.OUTSIDE or trial.standing(initiative)
        _to_responsible(move, initiative, "desk.promise.near" if of_others else "desk.promise.soon")
    elif event.kind == "promise_due" and appointment.standing(initiative):
        meetings.held(move, initiative)
    elif event.kind == "promise_due" and trial.standing(initiative):
        trial.ended(move, initiative)
    elif event.kind in ("promise_due", "promise_tell"):
        _passed(move, initiative)


def _passed(move: Move, initiative: Initiative) -> None:
    """The date has passed: staff hear of it at the hour, the citizen at once or when the quiet hours are over."""
    now, promises = move.world.now, move.world.frame.promises
    stamp = initiative.step.due.isoformat()
    if marks.value(initiative, marks.TOLD_LATE) != stamp:
        initiative = _tell_staff(move, initiative, stamp)
    wakes = awake(now, promises)
    if wakes > now:
        key = steps.timer_key("promise_tell", initiative.number, initiative.step.due)
        move.do(SetTimer(key, "promise_tell", wakes, about=initiative.number))
        card.refresh(move, initiative)
        return
    _tell_citizen(move, initiative)


def _tell_staff(move: Move, initiative: Initiative, stamp: str) -> Initiative:
    outside = initiative.step.turn is Turn.OUTSIDE
    misses = int(marks.value(initiative, marks.MISSES) or 0) + (not outside)
    since = marks.value(initiative, marks.LATE_SINCE) or ("" if outside else stamp)
    changes = {marks.TOLD_LATE: stamp, marks.MISSES: str(misses) if misses else "", marks.LATE_SINCE: since}
    changed = marks.mark(initiative, **changes)
    move.save(changed)
    if outside:
        _to_responsible(move, changed, "desk.promise.outside")
        return changed
    frame = move.world.frame
    # Whoever stands in for the coordinator or the leader today hears of it in their place.
    today = move.world.now.date()
    coordinator, leader = (frame.reachable_lead(agent, today) for agent in (frame.coordinator, frame.leader))
    told = {coordinator: "desk.promise.passed_coordinator"} if misses < 2 or coordinator != leader else {}
    told |= {leader: "desk.promise.passed_leader"} if misses > 1 else {}
    # Whoever leads it and leads the others too hears of it once, and has nothing to take from anybody.
    _to_responsible(move, changed, "desk.promise.passed", new_date=told.pop(changed.responsible, "") != "")
    for agent, key in told.items():
        _to_lead(move, changed, agent, key)
    move.do(Note(changed.number, "late", changed.responsible_name, "public", {"due": changed.step.due}))
    return changed


def _tell_citizen(move: Move, initiative: Initiative) -> None:
    """One honest message: what was promised, sorry, who has it now, and the new date."""
    step = initiative.step
    due = _new_date(move)
    agent = initiative.responsible_name
    key = "outside_passed" if step.turn is Turn.OUTSIDE else "late_step" if step.what else "late"
    fields: dict[str, Field] = {"n": initiative.number, "title": initiative.title, "agent": agent}
    fields |= {"first": agent.split()[0], "what": step.what, "promised": step.due, "due": due}
    words = Words(f"citizen_step.{key}", initiative.lang, fields)
    move.do(Say(To(initiative.owner), words, tag=Tag("late", about=initiative.number)))
    # Whoever came to it later was not promised this; they hear what passed, and the new date.
    others = words if step.turn is Turn.OUTSIDE else Words("bridge.late", initiative.lang, fields)
    partners.tell(move, initiative, others)
    again = "citizen_step.next.after_late" if not step.what else "citizen_step.next.after_date"
    changed = steps.set_step(move, initiative, NextStep(agent, due, Turn.AGENT, key=again))
    card.refresh(move, changed)


def _ask_again(move: Move, initiative: Initiative) -> None:
    """The citizen has been silent for long: it is the agent's turn to ask, with a date."""
    _to_responsible(move, initiative, "desk.promise.silent")
    step = NextStep(initiative.responsible_name, _new_date(move), Turn.AGENT, key="citizen_step.next.asks_again")
    changed = steps.set_step(move, initiative, step, paused=False)
    card.refresh(move, changed)


def _new_date(move: Move) -> datetime:
    return due_after(move.world.now, NEW_DATE_WORKING_DAYS, move.world.frame.promises)


def _to_responsible(move: Move, initiative: Initiative, key: str, *, new_date: bool = False) -> None:
    to = places.of_responsible(move, initiative)
    words = _late_words(initiative, key)
    if to is None:
        move.do(TellHumans(words))
        return
    date = Button("colleague.button.new_date", f"form:{initiative.number}:step")
    forward = date if new_date else Button("desk.button.next", f"next:{initiative.number}")
    rows = ((card.reply_button(initiative),), (forward,))
    move.do(Say(to, words, rows, Tag("promise", about=initiative.number)))


def _to_lead(move: Move, initiative: Initiative, agent_id: str, key: str) -> None:
    """Tell the coordinator or the leader in their own chat; where that is not known, those who mend things."""
    agent = move.world.frame.agents.get(agent_id)
    to = places.own_chat(agent) if agent else None
    words = _late_words(initiative, key)
    if to is None:
        move.do(TellHumans(words))
        return
    n = initiative.number
    rows = (
        (Button("desk.button.over", f"over:{n}"),),
        (card.reply_button(initiative),),
        (Button("colleague.button.new_date", f"form:{n}:step"),),
    )
    move.do(Say(to, words, rows, Tag("promise", about=initiative.number)))


def _late_words(initiative: Initiative, key: str) -> Words:
    return say(
        key,
        n=initiative.number,
        title=card.short_title(initiative),
        agent=initiative.responsible_name,
        name=card.first_name(initiative),
        step=card.next_step(initiative),
        due=initiative.step.due,
        since=marks.moment(initiative, marks.TURNED) or initiative.touched,
    )
