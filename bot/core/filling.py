"""How an agent fills a form: one prompt, lines in answer, what is missing by name, a preview, and then OK."""

from dataclasses import replace

from bot.core import (
    card,
    forms,
    matter_words,
    merging,
    offer_words,
    offering,
    outcomes,
    places,
    relay,
    seeking,
    showing,
    steps,
    templates,
)
from bot.core.card import say
from bot.core.effects import Button, Buttons, Parts, Quote, Ref, Say, Strip, Tag, Words
from bot.core.events import Delivery, Edited, Pressed, Said
from bot.core.face import NO_IDEAS
from bot.core.forms import FORMS, FormKind, Reading
from bot.core.frame import Agent
from bot.core.initiative import NOBODY, Initiative, Stage
from bot.core.people import Form
from bot.core.promise import CORRECTION
from bot.core.world import Link, Move

PROMPT = "form:"
"""How the detail of a form's prompt begins; the form's name follows."""
CORRECTS = "corrects"
"""Which of the citizen's messages a form mends, kept beside its lines; 0 is the newest that told of a step."""
MENU = "menu"
"""The role of a message that offers what can be done next."""


def offer_next(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """Show what the next step can be."""
    kinds = forms.NEXT_IN_TRIAL if initiative.stage is Stage.TRIAL else forms.NEXT
    stands = outcomes.standing(initiative)
    fresh = stands.at is not None and move.world.now - stands.at <= CORRECTION
    mend = (Button("desk.button.fix_sent", f"fix:{initiative.number}:0"),)
    above = (mend,) if fresh and _stands_elsewhere(stands, initiative, event.chat.id) else ()
    _offer(move, event, initiative, agent, kinds, "desk.form.which_next", above)


def offer_more(move: Move, event: Pressed, initiative: Initiative, agent: Agent) -> None:
    """Show how it can end, and what else can be proposed."""
    _offer(move, event, initiative, agent, forms.MORE, "desk.form.which_more")


def begin(move: Move, event: Pressed, initiative: Initiative, agent: Agent, kind: str) -> None:
    """Ask for the lines of a form in one prompt; "other" is a further menu."""
    if kind == "other":
        _offer(move, event, initiative, agent, forms.OTHER, "desk.form.which_other")
        return
    if kind == forms.TEMPLATE:
        move.answers(event.callback_id)
        templates.offer(move, event.chat.id, initiative)
        return
    if kind not in FORMS or initiative.stage.closed or not _fits(initiative, kind):
        over = "desk.take.closed" if kind in FORMS and initiative.stage.closed else "desk.old_button"
        move.answers(event.callback_id, say(over), alert=True)
        return
    move.answers(event.callback_id)
    move.talk = replace(move.talk, form=Form(kind, initiative.number))
    _prompt(move, event.chat.id, initiative, agent, kind)


def answer(move: Move, said: Said, initiative: Initiative, agent: Agent, kind: str) -> None:
    """Read the agent's lines: what is missing is named; a whole form is shown as the citizen would read it."""
    form = FORMS.get(kind)
    if form is None or initiative.stage.closed:
        move.do(Say(places.in_chat(initiative, said.chat.id), say("desk.take.closed")))
        return
    before = _filled(move, initiative, kind)
    reading = _read(move, form, said.text, before, agent)
    kept = Form(kind, initiative.number, tuple(reading.filled.items()), said.message_ids[0])
    move.talk = replace(move.talk, form=kept)
    if not reading.whole:
        _tell_faults(move, said.chat.id, initiative, agent, form, reading)
        return
    _preview(move, said.chat.id, initiative, agent, form, reading, said.message_ids[0])


def decide(move: Move, event: Pressed, initiative: Initiative, agent: Agent, verb: str, detail: str) -> None:
    """OK, mend or drop beneath a preview; only its own writer's newest one counts."""
    kept = move.talk.form
    if kept is None or kept.about != initiative.number or kept.kind not in FORMS or str(kept.source_message) != detail:
        move.answers(event.callback_id, say("desk.form.not_open"), alert=True)
        return
    form = FORMS[kept.kind]
    move.answers(event.callback_id)
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    if verb == "form_drop":
        move.talk = replace(move.talk, form=None)
        move.do(Say(places.in_chat(initiative, event.chat.id), say("desk.form.dropped"), silent=True))
    elif verb == "form_fix":
        _prompt(move, event.chat.id, initiative, agent, form.name, fix=True)
    else:
        _accept(move, event, initiative, agent, form, kept)


def _accept(move: Move, event: Pressed, initiative: Initiative, agent: Agent, form: FormKind, kept: Form) -> None:
    filled = dict(kept.filled)
    mends = filled.pop(CORRECTS, "")
    missing = tuple(line.name for line in form.lines if line.needed and line.name not in filled)
    past = forms.past(filled, move.world.now)
    if missing or past:
        # A date can pass between preview and OK; an OK without a whole form beneath it is no button of ours.
        left = {name: value for name, value in filled.items() if name != past}
        move.talk = replace(move.talk, form=replace(kept, filled=tuple(left.items())))
        faults = ((past, "past"),) if past else ()
        _tell_faults(move, event.chat.id, initiative, agent, form, Reading(left, missing, faults))
        return
    move.talk = replace(move.talk, form=None)
    origin = (event.chat.id, kept.source_message)
    if mends.isdigit():
        outcomes.correct(move, initiative, agent, form, filled, int(mends), origin)
    elif initiative.stage.closed:
        move.do(Say(places.in_chat(initiative, event.chat.id), say("desk.take.closed")))
    else:
        outcomes.carry_out(move, initiative, agent, form, filled, origin)
        if form.name in ("title", seeking.FORM, merging.FORM):
            asked = say("desk.form.title_asked", name=card.first_name(initiative), n=initiative.number)
            move.do(Say(places.in_chat(initiative, event.chat.id), asked, silent=True))


def begin_correction(move: Move, event: Pressed, initiative: Initiative, agent: Agent, detail: str) -> None:
    """Open the form again that set the step which stands, to mend it within 48 h.

    Where the line that tells of it stands in another chat, the menu of next steps has the button; where the group has
    got another number since, the line no longer knows of which message it tells.
    """
    stands = outcomes.standing(initiative)
    line = move.world.target
    elsewhere = _stands_elsewhere(stands, initiative, event.chat.id)
    anywhere = line is not None and line.about == initiative.number and elsewhere
    by_menu = anywhere and line is not None and (line.role == MENU or not line.origin_message)
    fits = line is not None and line.role == "sent" and line.about == initiative.number
    same = by_menu or (fits and line is not None and line.origin_message in stands.messages)
    sent = stands.at if by_menu else line.at if line is not None else None
    if sent is None or not detail.isdigit() or stands.kind not in FORMS or not same:
        move.answers(event.callback_id, say("desk.form.newer_step"), alert=True)
    elif move.world.now - sent > CORRECTION:
        move.answers(event.callback_id, say("desk.form.too_late"), alert=True)
    else:
        move.answers(event.callback_id)
        detail = "0" if by_menu else detail
        kept = Form(stands.kind, initiative.number, (*stands.filled.items(), (CORRECTS, detail)))
        move.talk = replace(move.talk, form=kept)
        _prompt(move, event.chat.id, initiative, agent, stands.kind, fix=True)


def on_edited(move: Move, event: Edited, initiative: Initiative, agent: Agent, told: Link) -> None:
    """The agent edits the message in which the form was filled: what the citizen was told changes with it."""
    kind, before, message, *_ = outcomes.standing(initiative)
    to = places.in_chat(initiative, event.chat.id)
    origin = Ref(event.chat.id, event.message_id)
    if message != event.message_id or kind not in FORMS:
        move.do(Say(to, say("desk.form.newer_step"), reply_to=origin))
        return
    if move.world.now - told.at > CORRECTION:
        move.do(Say(to, say("desk.form.too_late"), reply_to=origin))
        return
    form = FORMS[kind]
    alone = _read(move, form, event.text, {}, agent)
    reading = alone if alone.whole else _read(move, form, event.text, before, agent)
    if not reading.whole:
        lines = [say("desk.form.not_corrected"), *_faults(form, reading)]
        move.do(Say(to, card.stack(*lines), reply_to=origin))
    elif dict(reading.filled) != before:
        at = (event.chat.id, event.message_id)
        outcomes.correct(move, initiative, agent, form, reading.filled, told.message_id, at)


def on_delivery(move: Move, event: Delivery) -> None:
    """What became of the message that told the citizen; a step in a human's words is an answer."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    if event.outcome == "delivered":
        steps.answer_arrived(move, initiative, relay.reply_mark(event.origin_chat, event.origin_message), asks=False)
        fix = Button("desk.button.fix", f"fix:{event.about}:{event.message_id or 0}")
        relay.reported(move, event, "desk.form.sent", fix)
    else:
        relay.reported(move, event, f"desk.reply.{event.outcome}")


def _stands_elsewhere(stands: outcomes.Standing, initiative: Initiative, chat: int) -> bool:
    """Whether no line here that tells of the step can be pressed: it was sent from another chat, or told by voice."""
    return stands.first is not None and (stands.first[0] != chat or initiative.owner == NOBODY)


def _offer(
    move: Move,
    event: Pressed,
    initiative: Initiative,
    agent: Agent,
    kinds: tuple[str, ...],
    key: str,
    above: Buttons = (),
) -> None:
    if initiative.stage.closed:
        move.answers(event.callback_id, say("desk.take.closed"), alert=True)
        return
    move.answers(event.callback_id)
    n = initiative.number
    fit = [kind for kind in kinds if _fits(initiative, kind)]
    rows: Buttons = tuple((Button(f"desk.form.button.{kind}", f"form:{n}:{kind}"),) for kind in fit)
    to = places.in_chat(initiative, event.chat.id)
    move.do(Say(to, say(key, agent=agent.first_name, n=n), above + rows, Tag(MENU, about=n), silent=True))


def _fits(initiative: Initiative, kind: str) -> bool:
    """Whether this form is one for what the citizen has brought."""
    if kind == seeking.FORM:
        return initiative.public
    if kind == merging.FORM:
        return initiative.kind not in NO_IDEAS and bool(initiative.owner)
    if initiative.kind in matter_words.KINDS:
        return kind in matter_words.FORMS
    return initiative.kind != offering.KIND or kind in offer_words.FORMS


def _prompt(move: Move, chat: int, initiative: Initiative, agent: Agent, kind: str, *, fix: bool = False) -> None:
    fields = {"agent": agent.first_name, "name": card.first_name(initiative)}
    ask = say(f"desk.form.prompt.{kind}", n=initiative.number, **fields)
    words = card.stack(say("desk.form.fix"), ask) if fix else ask
    if kind == showing.FORM and (fitting := showing.fitting(move, initiative)):
        words = card.stack(words, *fitting)
    tag = Tag("prompt", initiative.number, by=agent.telegram or 0, detail=f"{PROMPT}{kind}")
    move.do(Say(places.in_chat(initiative, chat), words, tag=tag, prompt=True))


def _preview(
    move: Move, chat: int, initiative: Initiative, agent: Agent, form: FormKind, reading: Reading, source: int
) -> None:
    n = initiative.number
    head = say("desk.form.preview", name=card.first_name(initiative), n=n)
    if form.name == "title":
        fields = {"agent": agent.name, "old": initiative.title, "new": reading.filled["title"]}
        body: tuple[Words | Quote, ...] = (say("citizen_step.title_ask", n=n, **fields),)
    elif form.name == merging.FORM:
        body = merging.asks(move, initiative, agent, reading.filled["with"], "da").parts
    else:
        shown = outcomes.for_citizen(initiative, agent, form, reading.filled, "da")
        body = shown.parts
    shut = forms.day_off(reading.filled, move.world.frame.promises.closed)
    if shut is not None:
        head = card.stack(say("desk.form.day_off", due=shut.astimezone(move.world.now.tzinfo)), head)
    rows = (
        (Button("desk.button.form_ok", f"form_ok:{n}:{source}"),),
        (
            Button("desk.button.form_fix", f"form_fix:{n}:{source}"),
            Button("desk.button.form_drop", f"form_drop:{n}:{source}"),
        ),
    )
    move.do(Say(places.in_chat(initiative, chat), Parts((head, *body)), rows, Tag("preview", about=n)))


def _tell_faults(move: Move, chat: int, initiative: Initiative, agent: Agent, form: FormKind, reading: Reading) -> None:
    words = card.stack(say("desk.form.not_sent", agent=agent.first_name), *_faults(form, reading))
    tag = Tag("prompt", initiative.number, by=agent.telegram or 0, detail=f"{PROMPT}{form.name}")
    move.do(Say(places.in_chat(initiative, chat), words, tag=tag, prompt=True))


def _faults(form: FormKind, reading: Reading) -> list[Words]:
    lines = [say("desk.form.missing", part=say(f"desk.form.part.{name}")) for name in reading.missing]
    for name, fault in reading.faults:
        line = form.line(name)
        part = say(f"desk.form.part.{name}")
        limits = {"most": line.limit, "sentences": line.most_sentences, "words": form.most_words}
        lines.append(say(f"desk.form.fault.{fault}", part=part, **limits))
    return lines


def _read(move: Move, form: FormKind, text: str, before: dict[str, str], agent: Agent) -> Reading:
    frame = move.world.frame
    agents = forms.Agents(agent, tuple(frame.agents.values()))
    return forms.read(form, text, before, move.world.now, frame.promises.hour, agents)


def _filled(move: Move, initiative: Initiative, kind: str) -> dict[str, str]:
    kept = move.talk.form
    return dict(kept.filled) if kept and kept.kind == kind and kept.about == initiative.number else {}
