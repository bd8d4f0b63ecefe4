"""Showing an initiative to a council or an open meeting: only the very text that the citizen has said yes to."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.core import card, marks, partners, places, steps
from bot.core.card import say
from bot.core.effects import Button, Field, Note, Quote, Ref, Say, SayFollowers, SetTimer, Strip, Tag, To, Words
from bot.core.events import Fell, Pressed
from bot.core.face import careful
from bot.core.frame import Agent
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from bot.core.promise import NEW_DATE_WORKING_DAYS, due_after
from bot.core.world import Move

VERBS = frozenset({"show_ok", "show_no"})
"""The verbs of the citizen's buttons."""
FORM = "show"
KIND = "show_held"
"""The kind of the timer of the day on which it is shown."""
MOST_FITTING = 3
ROLE = "show"
"""The role of the message that asks."""


def asks(initiative: Initiative, agent: Agent, filled: Mapping[str, str], lang: str) -> tuple[Words, ...]:
    """What the citizen reads: where, when, the very text, and that a no changes nothing."""
    fields = _fields(initiative, filled) | {"agent": agent.name, "first": agent.first_name}
    return Words("citizen_step.form.show", lang, fields), Words("citizen_step.show_ask", lang, fields)


def fitting(move: Move, initiative: Initiative) -> tuple[Words, ...]:
    """Whom it may be worth showing to, a line each with why; an agent chooses, and nobody is asked by this."""
    topics = tuple(found.topic for found in initiative.topics[:3])
    found = move.world.forums(topics)[:MOST_FITTING]
    lines = []
    for title, what, topic in found:
        known = move.world.frame.topics.get(topic)
        label = known.label["da"] if known is not None else topic
        lines.append(say("desk.bridge.forum", title=title, what=what, topic=label))
    return (say("desk.bridge.forums"), *lines) if lines else ()


def propose(
    move: Move, initiative: Initiative, agent: Agent, filled: Mapping[str, str], origin: tuple[int, int]
) -> None:
    """Ask the citizen; nobody sees anything meanwhile, and an earlier question is void."""
    version = str(int(_kept(initiative).get("version", "0")) + 1)
    kept = json.dumps({"version": version, "agent": agent.id, **filled}, ensure_ascii=False)
    changed = marks.mark(replace(initiative, touched=move.world.now), **{marks.SHOW: kept})
    move.save(changed)
    n, lang = changed.number, changed.lang
    rows = (
        (Button("citizen_step.button.show_ok", f"show_ok:{n}:{version}", lang),),
        (Button("citizen_step.button.show_no", f"show_no:{n}:{version}", lang),),
    )
    tag = Tag(ROLE, n, *origin, agent.telegram or 0)
    head, foot = asks(changed, agent, filled, lang)
    words = Words("citizen_step.times", lang, {"above": head, "below": foot})
    move.do(Say(To(changed.owner), words, rows, tag, tell=True))
    move.do(Note(n, "show_proposed", agent.name, "owner", dict(filled)))


def on_press(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    """The citizen's yes or no, once; the responsible person stays the same either way."""
    kept = _kept(initiative)
    if not kept or kept["version"] != detail or kept.get("said") or initiative.stage.closed:
        move.answers(event.callback_id, Words("citizen_step.meeting_old", initiative.lang))
        return
    yes = verb == "show_ok"
    said = json.dumps({**kept, "said": "yes" if yes else "no"}, ensure_ascii=False)
    changed = marks.mark(replace(initiative, touched=move.world.now), **{marks.SHOW: said})
    move.save(changed)
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    fields = _fields(changed, kept) | {"agent": changed.responsible_name, "name": card.first_name(changed)}
    fields["first"] = changed.responsible_name.split()[0]
    answer = Words(f"citizen_step.{verb}", changed.lang, fields)
    move.do(Say(To(changed.owner), answer, tag=Tag("notice", about=changed.number)))
    if yes:
        partners.tell(move, changed, Words("bridge.shown", changed.lang, fields))
    told = say(f"desk.{verb}", **fields)
    to = places.main_desk(changed)
    if to is not None:
        move.do(Say(to, Quote(kept["text"], told) if yes else told))
    move.do(Note(changed.number, verb, changed.owner_name, "owner", {"council": kept["council"], "text": kept["text"]}))
    _turn_back(move, changed, kept, yes=yes)


def _turn_back(move: Move, initiative: Initiative, kept: Mapping[str, str], *, yes: bool) -> None:
    """Where the citizen had the turn, it goes on: to the day of the showing, or to the agent.

    Else the step stands as it was, and the day of the showing is watched beside it: telling of it was promised.
    """
    due = datetime.fromisoformat(kept["when"]).astimezone(move.world.now.tzinfo)
    if initiative.step.turn is not Turn.CITIZEN:
        if yes and due > move.world.now:
            move.do(SetTimer(f"{KIND}:{initiative.number}:{kept['version']}", KIND, due, about=initiative.number))
        card.refresh(move, initiative)
        return
    if not yes or due <= move.world.now:
        steps.citizen_answered(move, initiative)
        return
    step = NextStep(initiative.responsible_name, due, Turn.OUTSIDE, what=kept["council"])
    waits = steps.set_step(move, initiative, step, stage=Stage.WAITING, paused=False)
    if waits.public:
        told: dict[str, Field] = {"n": waits.number, "title": waits.title, "who": step.who, "due": due}
        told["what"] = careful(waits, step.what)
        move.do(SayFollowers(waits.number, "citizen_step.followers.waiting", told))
    card.refresh(move, waits)


def on_fell(move: Move, event: Fell) -> None:
    """It has been shown: the agent is asked to tell the citizen, with a date that holds where none comes sooner."""
    initiative = move.initiative(event.about)
    kept = _kept(initiative) if initiative is not None else {}
    if initiative is None or initiative.stage.closed or event.key != f"{KIND}:{event.about}:{kept.get('version')}":
        return
    due = due_after(move.world.now, NEW_DATE_WORKING_DAYS, move.world.frame.promises)
    if initiative.step.turn is Turn.CITIZEN:
        step = NextStep(initiative.responsible_name, due, Turn.AGENT, key="citizen_step.next.after_date")
        initiative = steps.set_step(move, initiative, step, paused=False)
        card.refresh(move, initiative)
    fields = _fields(initiative, kept) | {"agent": initiative.responsible_name, "name": card.first_name(initiative)}
    fields["due"] = min(due, initiative.step.due) if initiative.step.due > move.world.now else due
    to = places.of_responsible(move, initiative)
    if to is not None:
        row = ((card.reply_button(initiative),),)
        move.do(Say(to, say("desk.show_held", **fields), row, Tag("promise", about=initiative.number)))


def _kept(initiative: Initiative) -> dict[str, str]:
    written = marks.value(initiative, marks.SHOW)
    return dict(json.loads(written)) if written else {}


def _fields(initiative: Initiative, filled: Mapping[str, str]) -> dict[str, Field]:
    due = datetime.fromisoformat(filled["when"]).astimezone(initiative.step.due.tzinfo)
    fields: dict[str, Field] = {"n": initiative.number, "title": card.short_title(initiative), "due": due}
    return fields | {"council": filled["council"], "text": filled["text"]}
