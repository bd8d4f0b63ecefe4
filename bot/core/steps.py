"""The promise that an initiative carries: whose turn it is, by when, and the timers that watch over it."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.core import answers, card, marks, partners, places, titles
from bot.core.card import say
from bot.core.effects import DropTimer, Field, Note, Say, SayFollowers, SetTimer, Tag, To, Words
from bot.core.events import Pressed
from bot.core.initiative import APPOINTMENTS, Initiative, NextStep, Stage, Turn
from bot.core.promise import ASK_AGAIN_WORKING_DAYS, due_after, first_due, reminder_before
from bot.core.world import Move

CITIZEN_VERBS = titles.VERBS | {"ask"}
"""What a citizen's press does here, by the verb of the button."""

STARTING = frozenset({Stage.RECEIVED, Stage.WITH_AGENT})
"""The stages before anybody has answered or moved anything."""
AT_WORK = Stage.DEVELOPING
"""The stage that an answer or a first step leads to."""


def promise_timers(move: Move, initiative: Initiative) -> None:
    """Let the promised date be watched: a reminder at least 24 h before it, and the hour itself."""
    if initiative.stage.closed:
        return
    step, n = initiative.step, initiative.number
    if step.key == "step.offer_asked":
        # Until then another citizen is waited for; what comes of it is told when it comes (see `bridging`).
        return
    if step.turn is Turn.CITIZEN:
        move.do(SetTimer(timer_key("ask_again", n, step.due), "ask_again", step.due, about=n))
        return
    remind = min(reminder_before(step.due, move.world.frame.promises), step.due - timedelta(hours=24))
    if remind > move.world.now and step.key not in APPOINTMENTS:
        move.do(SetTimer(timer_key("promise_remind", n, step.due), "promise_remind", remind, about=n))
    move.do(SetTimer(timer_key("promise_due", n, step.due), "promise_due", step.due, about=n))


def drop_timers(move: Move, initiative: Initiative) -> None:
    """Nothing more falls due for the date that stands now."""
    kinds = ("promise_remind", "promise_due", "promise_tell", "ask_again")
    move.do(*(DropTimer(timer_key(kind, initiative.number, initiative.step.due)) for kind in kinds))


def timer_key(kind: str, number: int, due: datetime) -> str:
    """A timer's key: it holds the promised date, so that each date is watched and told about once."""
    return f"{kind}:{number}:{due:%Y%m%dT%H%M}"


def set_step(move: Move, initiative: Initiative, step: NextStep, **changes: Any) -> Initiative:
    """Save another next step, and let its date be watched instead of the one before.

    `changes` are further fields of the initiative.
    """
    drop_timers(move, initiative)
    changed = replace(initiative, step=step, touched=move.world.now, **changes)
    move.save(changed)
    promise_timers(move, changed)
    if step.due != initiative.step.due:
        # While the citizen has the turn, the day on which they are asked again is nothing that was promised them.
        kind = "their_turn" if step.turn is Turn.CITIZEN else "promised"
        move.do(Note(changed.number, kind, changed.responsible_name, "owner", {"due": step.due}))
    return changed


def put_aside(initiative: Initiative) -> Initiative:
    """Keep the step in a human's words that stands now: it has a date of its own, and an appointment comes before."""
    step = initiative.step
    if not step.what or step.turn is Turn.CITIZEN:
        return initiative
    kept = {"who": step.who, "due": step.due.isoformat(), "turn": step.turn.value, "what": step.what}
    return marks.mark(initiative, **{marks.ASIDE: json.dumps({**kept, "own": step.own_part}, ensure_ascii=False)})


def _stands_again(move: Move, initiative: Initiative) -> NextStep | None:
    """The step that was put aside, where its day is still to come; a trial ends whenever that is seen."""
    written = marks.value(initiative, marks.ASIDE)
    if not written:
        return None
    kept = json.loads(written)
    due = datetime.fromisoformat(kept["due"]).astimezone(move.world.now.tzinfo)
    if due <= move.world.now and initiative.stage is not Stage.TRIAL:
        return None
    return NextStep(kept["who"], due, Turn(kept["turn"]), what=kept["what"], own_part=kept["own"])


def citizen_answered(move: Move, initiative: Initiative) -> Initiative:
    """The citizen has answered: the turn is the agent's, with a promised date that counts from now."""
    if initiative.stage.closed or initiative.step.turn is not Turn.CITIZEN:
        return initiative
    due = first_due(move.world.now, move.world.frame.promises)
    step = NextStep(initiative.responsible_name, due, Turn.AGENT, key="step.answer")
    # A citizen who let it rest before the first answer was promised one anew; after a miss the first date stands.
    rested = initiative.answered is None and initiative.first_due > (marks.moment(initiative, marks.TURNED) or due)
    promised = due if rested else initiative.first_due
    changed = set_step(move, _turn_forgotten(initiative), step, paused=False, first_due=promised)
    card.refresh(move, changed)
    return changed


def answer_arrived(move: Move, initiative: Initiative, origin: str, *, asks: bool = True) -> Initiative:
    """A human's answer has reached the citizen: that alone keeps a promised answer.

    Where the step was the bot's own ("answers you") it is the citizen's turn now; a step that a human has set with a
    date of its own stands until that day. `origin` names the agent's message, see `relay.reply_mark`; `asks` is False
    for a message that itself says what happens next.
    """
    now = move.world.now
    initiative = _no_longer_late(answers.arrived(initiative, now, origin), origin)
    step = initiative.step
    own_date = (bool(step.what) and now.date() < step.due.date()) or step.key in APPOINTMENTS
    if initiative.stage.closed or step.turn is Turn.CITIZEN or own_date or not asks:
        move.save(initiative)
        card.refresh(move, initiative)
        return initiative
    turned = {marks.TURNED: now.isoformat(), marks.TURNED_BY: origin, marks.TURNED_FROM: step.due.isoformat()}
    stage = AT_WORK if initiative.stage in STARTING else initiative.stage
    aside = _stands_again(move, initiative)
    initiative = marks.mark(initiative, **{marks.ASIDE: ""})
    if aside is not None:
        changed = set_step(move, initiative, aside, stage=stage)
    else:
        changed = set_step(move, marks.mark(initiative, **turned), _citizens_turn(move, initiative), stage=stage)
    card.refresh(move, changed)
    return changed


def answer_taken_back(move: Move, initiative: Initiative, origin: str) -> Initiative:
    """The answer is gone from the citizen's chat: what it settled stands open again, with the date it had.

    Where another answer has come there since, that one settles it.
    """
    others = answers.after(initiative, origin)
    left = answers.taken_back(_late_again(initiative, origin), origin)
    due, by = marks.moment(left, marks.TURNED_FROM), marks.value(left, marks.TURNED_BY)
    if by == origin and others:
        left = marks.mark(left, **{marks.TURNED_BY: others[0]})
    if left != initiative:
        move.save(left)
    if by != origin or others or due is None or left.step.turn is not Turn.CITIZEN:
        if marks.value(left, marks.LATE_SINCE) != marks.value(initiative, marks.LATE_SINCE):
            card.refresh(move, left)
        return left
    initiative = left
    if due <= move.world.now:
        due = first_due(move.world.now, move.world.frame.promises)
    key = "step.first_answer" if initiative.answered is None else "step.answer"
    step = NextStep(initiative.responsible_name, due, Turn.AGENT, key=key)
    changed = set_step(move, _turn_forgotten(initiative), step)
    card.refresh(move, changed)
    return changed


def pause_by_citizen(move: Move, initiative: Initiative, working_days: int) -> Initiative:
    """The citizen lets it rest: no date of the agent's passes meanwhile; the agent asks again on a named day."""
    due = due_after(move.world.now, working_days, move.world.frame.promises)
    step = NextStep(initiative.responsible_name, due, Turn.CITIZEN, key="step.paused")
    initiative = marks.mark(initiative, **{marks.TURNED: move.world.now.isoformat(), marks.TURNED_BY: ""})
    changed = set_step(move, initiative, step, paused=True)
    move.do(Note(changed.number, "paused", changed.owner_name, "owner"))
    _tell_desk(move, changed, "desk.paused")
    card.refresh(move, changed)
    return changed


def close_by_citizen(move: Move, stopped: Initiative) -> Initiative:
    """The citizen has taken it back: the desk is told in one line, and nothing falls due for it any more."""
    drop_timers(move, stopped)
    move.save(stopped)
    move.do(Note(stopped.number, "withdrawn", stopped.owner_name, "owner"))
    if stopped.public:
        move.do(SayFollowers(stopped.number, "citizen_step.followers.withdrawn", {"n": stopped.number}, last=True))
    fields: dict[str, Field] = {"n": stopped.number, "title": stopped.title, "agent": stopped.responsible_name}
    partners.tell(move, stopped, Words("bridge.withdrawn", stopped.lang, fields))
    _tell_desk(move, stopped, "desk.withdrawn")
    card.refresh(move, stopped)
    return stopped


def on_citizen_press(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    """A press of the citizen's on what an agent has proposed or answered; the initiative is known to be theirs."""
    if verb == "ask":
        agent = initiative.responsible_name
        words = Words("citizen_step.ask_on", initiative.lang, {"agent": agent, "first": agent.split()[0]})
        move.do(Say(To(initiative.owner), words, tag=Tag("ask", about=initiative.number), prompt=True))
    else:
        titles.on_answer(move, event, initiative, yes=verb == "title_ok", proposed=detail)


def _no_longer_late(initiative: Initiative, origin: str) -> Initiative:
    """An answer ends a delay; what it was is kept, in case that very answer is taken back."""
    since, misses = marks.value(initiative, marks.LATE_SINCE), marks.value(initiative, marks.MISSES)
    before = f"{origin} {since} {misses or 0}" if since else ""
    ended = {marks.LATE_SINCE: "", marks.MISSES: "", marks.TOLD_LATE: ""}
    return marks.mark(initiative, **{**ended, marks.LATE_BEFORE: before})


def _late_again(initiative: Initiative, origin: str) -> Initiative:
    by, since, misses = (*marks.value(initiative, marks.LATE_BEFORE).split(), "", "", "")[:3]
    if by != origin:
        return initiative
    return marks.mark(initiative, **{marks.LATE_SINCE: since, marks.MISSES: misses, marks.LATE_BEFORE: ""})


def _citizens_turn(move: Move, initiative: Initiative) -> NextStep:
    due = due_after(move.world.now, ASK_AGAIN_WORKING_DAYS, move.world.frame.promises)
    return NextStep(initiative.responsible_name, due, Turn.CITIZEN, key="step.your_answer")


def _turn_forgotten(initiative: Initiative) -> Initiative:
    return marks.mark(initiative, **{marks.TURNED: "", marks.TURNED_BY: "", marks.TURNED_FROM: ""})


def _tell_desk(move: Move, initiative: Initiative, key: str) -> None:
    to = places.main_desk(initiative)
    if to is not None:
        words = say(key, name=card.first_name(initiative), n=initiative.number, title=card.short_title(initiative))
        move.do(Say(to, words))
