"""What a filled form does: the stage, the step and the date change, and the citizen is told in a message of its own."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.core import afterwards, card, marks, meetings, merging, places, seeking, showing, steps, survey, titles
from bot.core.card import say
from bot.core.effects import (
    Button,
    Buttons,
    Field,
    MendFollowers,
    Note,
    Parts,
    Ref,
    Rewrite,
    Say,
    SayFollowers,
    Tag,
    To,
    Words,
)
from bot.core.face import NO_IDEAS, careful, who_for_all
from bot.core.forms import FormKind
from bot.core.frame import Agent
from bot.core.initiative import ENDINGS, Ending, Initiative, NextStep
from bot.core.world import Move

Filled = Mapping[str, str]
STEP = "step"
"""The role of what the citizen is told of a step."""
PARTNER_STEP = "partner_step"
"""The role of what those who take part are told of a step."""
NEWS = "news"
"""The role of what followers are told of a step."""


class Standing(NamedTuple):
    """A form that was sent: its kind, its lines, and the agent's messages that filled it: the last one, and the first.

    The two differ once the step was mended by the button: then it is filled anew. `first` is a chat and a message, `at`
    is when it was sent. What an earlier release wrote has neither.
    """

    kind: str
    filled: dict[str, str]
    message: int
    first: tuple[int, int] | None
    at: datetime | None = None

    @property
    def messages(self) -> frozenset[int]:
        """The agent's messages that are this step."""
        return frozenset({self.message, self.first[1]} if self.first else {self.message})


def carry_out(
    move: Move, initiative: Initiative, agent: Agent, form: FormKind, filled: Filled, origin: tuple[int, int]
) -> None:
    """Save what the form says and tell the citizen, those who follow, and the desk.

    `origin` is the (chat, message) in which the agent filled the form.
    """
    if form.name == "title":
        titles.propose(move, initiative, agent, filled["title"])
        return
    if form.name == merging.FORM:
        merging.propose(move, initiative, agent, filled["with"], origin[0])
        return
    if form.name == seeking.FORM:
        seeking.propose(move, initiative, filled[seeking.FORM], agent)
        return
    if form.name == "meeting":
        meetings.propose(move, initiative, agent, filled, origin)
        return
    if form.name == "show":
        showing.propose(move, initiative, agent, filled, origin)
        return
    sent = Standing(form.name, {}, origin[1], origin, move.world.now)
    changed = _moved(move, initiative, agent, form, filled, origin, sent)
    content = for_citizen(changed, agent, form, filled, changed.lang)
    tag = Tag(STEP, changed.number, *origin, agent.telegram or 0, form.name)
    move.do(Say(To(changed.owner), content, _buttons(changed, form), tag, tell=True))
    for partner in changed.partners:
        shown = for_citizen(changed, agent, form, filled, partner.lang)
        move.do(Say(To(partner.person), shown, tag=Tag(PARTNER_STEP, changed.number)))
    if form.name == "done" and changed.kind not in NO_IDEAS:
        survey.plan(move, changed)
    if changed.public:
        move.do(_news(changed, agent, form, filled, origin))
    move.do(Note(changed.number, f"form_{form.name}", agent.name, "public", dict(filled)))
    card.refresh(move, changed)


def correct(
    move: Move,
    initiative: Initiative,
    agent: Agent,
    form: FormKind,
    filled: Filled,
    message_id: int,
    origin: tuple[int, int],
) -> None:
    """Mend what the citizen was told, in the very message and without a new alert, and what followers read of it.

    `message_id` is that message, or 0 for the newest step that the citizen was told.
    """
    stands = standing(initiative)
    first = stands.first or origin
    changed = _moved(move, initiative, agent, form, filled, origin, stands._replace(first=first))
    content = for_citizen(changed, agent, form, filled, changed.lang)
    there = Ref(changed.owner, message_id) if message_id else Ref(changed.owner, role=STEP, about=changed.number)
    move.do(Rewrite(there, content, _buttons(changed, form)))
    for partner in changed.partners:
        shown = for_citizen(changed, agent, form, filled, partner.lang)
        move.do(Rewrite(Ref(partner.person, role=PARTNER_STEP, about=changed.number), shown))
    if changed.public:
        was = _fields(changed, agent, _for_all(changed, stands.filled))
        move.do(MendFollowers(_news(changed, agent, form, filled, first), was))
    move.do(Note(changed.number, f"form_{form.name}_corrected", agent.name, "public", dict(filled)))
    card.refresh(move, changed)
    told = say("desk.form.corrected", name=card.first_name(changed), n=changed.number)
    move.do(Say(places.in_chat(changed, origin[0]), told, silent=True))


def for_citizen(initiative: Initiative, agent: Agent, form: FormKind, filled: Filled, lang: str) -> Parts:
    """What the citizen reads: who, what and when first; then their own part, if they have one."""
    if form.name == seeking.FORM:
        return seeking.asks(initiative, filled[seeking.FORM], lang, agent)
    if form.name == "meeting":
        return Parts((meetings.asks(initiative, agent, filled, lang),))
    if form.name == "show":
        return Parts(showing.asks(initiative, agent, filled, lang))
    parts = [Words(f"citizen_step.form.{form.name}", lang, _fields(initiative, agent, filled))]
    if filled.get("own"):
        parts.append(Words("citizen_step.form.own", lang, {"own": filled["own"], "n": initiative.number}))
    if filled.get("who", agent.name) != agent.name and form.name != "partly":
        # Whoever takes the step is named; so is who writes, where that is somebody else.
        parts.append(Words("citizen_step.form.writer", lang, {"agent": agent.name, "role": agent.title}))
    return Parts(tuple(parts))


def standing(initiative: Initiative) -> Standing:
    """The form that set the step which stands now; an empty one where none did."""
    written = marks.value(initiative, marks.FORM)
    if not written:
        return Standing("", {}, 0, None)
    kept = json.loads(written)
    first, at = kept.get("first"), kept.get("at")
    sent = datetime.fromisoformat(at) if at else None
    return Standing(kept["kind"], dict(kept["filled"]), kept["message"], (first[0], first[1]) if first else None, sent)


def _news(
    initiative: Initiative, agent: Agent, form: FormKind, filled: Filled, origin: tuple[int, int]
) -> SayFollowers:
    """What followers read of it. The number stays off its tag: it is public, and stays theirs when the talk goes."""
    fields = _fields(initiative, agent, _for_all(initiative, filled))
    # What is done is what followers can judge: their word on it is one press away.
    ask = initiative.responsible_name.split()[0] if form.name == "done" else ""
    tag = Tag(NEWS, origin_chat=origin[0], origin_message=origin[1])
    return SayFollowers(initiative.number, f"citizen_step.followers.{form.name}", fields, tag, ask=ask)


def _moved(
    move: Move,
    initiative: Initiative,
    agent: Agent,
    form: FormKind,
    filled: Filled,
    origin: tuple[int, int],
    sent: Standing,
) -> Initiative:
    """The initiative with the stage, step, ending and date of the form, saved and watched over."""
    now = move.world.now
    kept = {"kind": form.name, "filled": dict(filled), "message": origin[1], "first": sent.first}
    kept |= {"at": sent.at.isoformat()} if sent.at else {}
    initiative = marks.mark(initiative, **{marks.FORM: json.dumps(kept, ensure_ascii=False), marks.ASIDE: ""})
    stage = form.stage or (steps.AT_WORK if initiative.stage in steps.STARTING else initiative.stage)
    took = initiative.taken or (now if initiative.responsible == agent.id else None)
    if stage in ENDINGS:
        steps.drop_timers(move, initiative)
        what = filled.get("what") or filled.get("came_of", "")
        ending = Ending(what, filled.get("why", ""), filled.get("instead", ""), agent.name)
        ended = replace(initiative, stage=stage, ending=ending, touched=now, taken=took, paused=False)
        move.save(ended)
        return ended
    step = NextStep(
        who=filled["who"],
        due=datetime.fromisoformat(filled["when"]).astimezone(now.tzinfo),
        turn=form.turn,
        what=filled["what"],
        own_part=filled.get("own", ""),
    )
    return steps.set_step(move, initiative, step, stage=stage, taken=took, paused=False)


def _buttons(initiative: Initiative, form: FormKind) -> Buttons:
    """Whoever gets a no can ask the very person who answered, or change the idea; what is done can be opened again."""
    if form.name == "done":
        return () if initiative.kind in NO_IDEAS else afterwards.buttons(initiative)
    if form.name not in ("may_not", "can_not", "partly"):
        return ()
    first = initiative.responsible_name.split()[0]
    n, lang = initiative.number, initiative.lang
    change = Button("citizen.button.edit_sent", f"i_edit:{n}", lang)
    return ((Button("citizen_step.button.ask", f"ask:{n}", lang, {"first": first}),), (change,))


def _for_all(initiative: Initiative, filled: Filled) -> Filled:
    """The lines as everybody may read them: without a citizen's name, and without what is the citizen's own part."""
    told = {name: careful(initiative, words) for name, words in filled.items() if name != "own"}
    told |= {"when": filled["when"]} if "when" in filled else {}
    return told | ({"who": who_for_all(initiative, filled["who"])} if "who" in filled else {})


def _fields(initiative: Initiative, agent: Agent, filled: Filled) -> dict[str, Field]:
    fields: dict[str, Field] = {name: value for name, value in filled.items() if name != "when"}
    fields |= {"n": initiative.number, "title": initiative.title, "agent": agent.name, "role": agent.title}
    if "when" in filled:
        fields["due"] = datetime.fromisoformat(filled["when"]).astimezone(initiative.step.due.tzinfo)
    return fields
