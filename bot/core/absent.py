"""A citizen without Telegram: an agent enters the idea, tells the answers by phone, and a link can hand it over."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

from bot.core import (
    afterwards,
    appointment,
    card,
    forms,
    marks,
    meetings,
    opening,
    places,
    showing,
    status,
    steps,
    titles,
    why,
    wording,
)
from bot.core.card import say
from bot.core.effects import (
    Button,
    Buttons,
    Effect,
    Field,
    Note,
    Parts,
    Quote,
    Ref,
    Rewrite,
    Say,
    SendCode,
    SendMedia,
    Strip,
    Tag,
    To,
    Words,
)
from bot.core.events import Pressed, Said
from bot.core.forms import FormKind, Line
from bot.core.frame import Agent
from bot.core.initiative import NOBODY as NOBODY
from bot.core.initiative import Initiative, Stage
from bot.core.people import Form, Utterance
from bot.core.promise import CORRECTION
from bot.core.world import Move

COMMAND, CODE = "opret", "kode"
"""The commands that enter an idea, and that make a new link for one that was entered."""
PROMPT = "absent"
"""The detail of the prompt for the lines, and the kind of the form that is being filled."""
ROLE = "absent"
"""The role of what the agents read instead of the citizen, and of what tells them that it is entered."""
TOLD, UNTOLD = "told", "untold"
"""The verbs of the buttons by which an agent says that the citizen has heard it, and that this was a mistake."""
BY_VOICE = frozenset({"meet", "meet_no", "meet_off", *titles.VERBS, *showing.VERBS, *afterwards.VERBS})
"""The verbs of a citizen's buttons that an agent presses for a citizen without Telegram: what was agreed by voice."""
START = "min_"
"""How the payload of the link begins; number and secret follow."""
LINK_DAYS = 30
FORM = FormKind(
    PROMPT,
    (
        Line("name", ("navn",), limit=60),
        Line("source", ("fra", "kom fra", "hvor"), limit=80),
        Line("reach", ("svar", "besked", "får svar"), limit=200),
        Line("idea", ("idé", "ide", "idéen"), limit=3000),
    ),
)


def begin(move: Move, said: Said, agent: Agent) -> None:
    """Ask for the lines, or read those that came with the command."""
    if said.text.strip():
        answer(move, said, agent)
        return
    move.talk = replace(move.talk, form=Form(PROMPT, 0))
    _prompt(move, said, agent, say("desk.absent.prompt", agent=agent.first_name))


def answer(move: Move, said: Said, agent: Agent) -> None:
    """Read the lines; a whole form becomes an initiative like the others."""
    kept = move.talk.form
    before = dict(kept.filled) if kept is not None and kept.kind == PROMPT else {}
    frame = move.world.frame
    agents = forms.Agents(agent, tuple(frame.agents.values()))
    reading = forms.read(FORM, said.text, before, move.world.now, frame.promises.hour, agents)
    if not reading.whole:
        first = kept.source_message if kept is not None and kept.kind == PROMPT else 0
        form = Form(PROMPT, 0, tuple(reading.filled.items()), first or said.message_ids[0])
        move.talk = replace(move.talk, form=form)
        lines = [say("desk.form.missing", part=say(f"desk.absent.part.{name}")) for name in reading.missing]
        for name, _ in reading.faults:
            most = FORM.line(name).limit
            lines.append(say("desk.form.fault.long", part=say(f"desk.absent.part.{name}"), most=most))
        _prompt(move, said, agent, card.stack(say("desk.form.not_sent", agent=agent.first_name), *lines))
        return
    move.talk = replace(move.talk, form=None)
    first = kept.source_message if kept is not None and kept.kind == PROMPT else 0
    # Where the lines stand, so that they can be deleted there too.
    there = Tag(ROLE, 0, said.chat.id, said.message_ids[0], parts=(first,) if first else ())
    _enter(move, said, agent, dict(reading.filled), there)


def _enter(move: Move, said: Said, agent: Agent, filled: dict[str, str], there: Tag) -> None:
    frame, now = move.world.frame, move.world.now
    match = move.world.route(filled["idea"]) if move.world.route is not None else None
    sure = match is not None and match.sure and match.agent in frame.agents
    place = "" if sure else move.place_in(filled["idea"])
    lead = frame.reachable_lead(match.agent, now.date()) if match and sure else frame.unsure_lead(place, now.date())
    responsible = frame.agents[lead]
    until = now.date() + timedelta(days=LINK_DAYS)
    extra = {marks.REACH: filled["reach"], marks.SOURCE: filled["source"], marks.LINK_UNTIL: until.isoformat()}
    extra[marks.LINK] = fingerprint(move.world.fresh)
    topics = match.topics if match is not None else ()
    extra |= why.marks_at_sending(frame, topics, responsible, sure=sure, place=place)
    idea = filled["idea"]
    case = opening.opened(
        move,
        responsible,
        (NOBODY, filled["name"]),
        Utterance(idea, said.message_ids[0], now),
        wording.title(idea) or idea[:60],
        kind="idea",
        topics=topics,
        extra=extra,
    )
    fields: dict[str, Field] = {"n": case.number, "title": card.short_title(case), "name": card.first_name(case)}
    fields |= {"agent": responsible.name, "due": case.step.due}
    to = To(said.chat.id, thread=said.chat.thread)
    lines = (say("desk.absent.made", **fields), say("desk.absent.meeting", **fields))
    _give_link(move, to, case, *lines, tag=replace(there, about=case.number))
    move.do(Note(case.number, "entered", agent.name, "staff", {"source": filled["source"]}))


def renew_link(move: Move, said: Said, agent: Agent, initiative: Initiative | None) -> None:
    """ "/kode 12": another link and code, for whoever lost the first or let it grow old; the one before ends."""
    to = To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    if initiative is None or not move.world.frame.username:
        move.do(Say(to, say("desk.absent.code_how")))
    elif initiative.owner != NOBODY or initiative.stage.closed:
        move.do(Say(to, say("desk.absent.code_none", n=initiative.number)))
    else:
        until = move.world.now.date() + timedelta(days=LINK_DAYS)
        links = {marks.LINK: fingerprint(move.world.fresh), marks.LINK_UNTIL: until.isoformat()}
        changed = marks.mark(initiative, **links)
        move.save(changed)
        _give_link(move, to, changed)
        move.do(Note(changed.number, "link_renewed", agent.name, "staff"))


def _give_link(move: Move, to: To, initiative: Initiative, *lines: Words, tag: Tag | None = None) -> None:
    """The link in words and as a code; without the bot's name there is none to give."""
    n, name, username = initiative.number, card.first_name(initiative), move.world.frame.username
    link = f"https://t.me/{username}?start={START}{n}_{move.world.fresh}" if username else ""
    told = (*lines, say("desk.absent.link", link=link, name=name, n=LINK_DAYS)) if link else lines
    move.do(Say(to, card.stack(*told), tag=tag or Tag(ROLE, about=n)))
    if link:
        move.do(SendCode(to, n, link, say("desk.absent.code", name=name, n=n)))


def speak_for(effects: list[Effect], move: Move) -> list[Effect]:
    """What was meant for a citizen without Telegram stands at the desk instead, for an agent to tell."""
    if not any(_chat(effect) == NOBODY for effect in effects):
        return effects
    every = move.initiatives.values()
    absent = {initiative.number: initiative for initiative in every if initiative.owner == NOBODY}
    led: list[Effect] = []
    for effect in effects:
        if _chat(effect) != NOBODY or not absent:
            led.append(effect)
        elif isinstance(effect, Rewrite) and effect.target.about in absent:
            # Nobody has it on a phone, where it could be mended: it is told anew.
            mended = Say(To(NOBODY), effect.content, effect.buttons, Tag(effect.target.role), tell=True)
            led += _at_the_desk(mended, absent[effect.target.about])
        elif isinstance(effect, Say | SendMedia):
            about = effect.tag.about if effect.tag is not None else 0
            led += _at_the_desk(_told_of(effect), absent.get(about) or next(iter(absent.values())))
    return led


def told(move: Move, event: Pressed, initiative: Initiative, agent: Agent, detail: str) -> None:
    """The agent has told the citizen: that, and no message of the bot's, is the answer that reached them."""
    if initiative.owner != NOBODY:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    move.answers(event.callback_id)
    if detail not in (meetings.ROLE, showing.ROLE) and initiative.stage is not Stage.DONE:
        # What the citizen is asked stays where it is: the answer may be heard later.
        move.do(Strip(Ref(event.chat.id, event.message_id)))
    current = steps.answer_arrived(move, initiative, f"{event.chat.id}:{event.message_id}", asks=detail == "reply")
    move.do(Note(current.number, "told", agent.name, "owner"))
    n = current.number
    noted = say("desk.absent.noted", agent=agent.name, name=card.first_name(current), n=n)
    undo = Button("desk.button.undo", f"{UNTOLD}:{n}:{event.message_id}.{detail}")
    tag = Tag(ROLE, n, event.chat.id, event.message_id)
    move.do(Say(places.in_chat(current, event.chat.id), noted, ((undo,),), tag, silent=True))


def untold(move: Move, event: Pressed, initiative: Initiative, agent: Agent, detail: str) -> None:
    """It was not told after all: what that settled stands open again, and the button that says so is there anew."""
    line = move.world.target
    message, _, role = detail.partition(".")
    ours = line is not None and line.role == ROLE and line.about == initiative.number and message.isdigit()
    if line is None or not ours or initiative.owner != NOBODY:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    name, n = card.first_name(initiative), initiative.number
    move.do(Strip(Ref(event.chat.id, event.message_id)))
    if move.world.now - line.at > CORRECTION:
        move.answers(event.callback_id, say("desk.absent.too_late", name=name), alert=True)
        return
    move.answers(event.callback_id)
    current = steps.answer_taken_back(move, initiative, f"{event.chat.id}:{message}")
    move.do(Note(n, "untold", agent.name, "owner"))
    words = say("desk.absent.unnoted", agent=agent.first_name, name=name, n=n)
    heard = Button("desk.button.told", f"{TOLD}:{n}:{role}")
    tag = Tag(ROLE, n, event.chat.id, int(message))
    where = places.in_chat(current, event.chat.id)
    move.do(Say(where, words, ((heard,),), tag, reply_to=Ref(event.chat.id, int(message))))


def by_voice(move: Move, event: Pressed, initiative: Initiative, verb: str, detail: str) -> None:
    """What was agreed by voice: a time that was chosen has reached the citizen, as an answer does."""
    if initiative.owner != NOBODY:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    if verb in showing.VERBS:
        showing.on_press(move, event, initiative, verb, detail)
    elif verb in afterwards.VERBS:
        afterwards.on_press(move, event, initiative, verb)
    elif verb in titles.VERBS:
        titles.on_answer(move, event, initiative, yes=verb == "title_ok", proposed=detail)
    else:
        meetings.on_press(move, event, initiative, verb, detail)
    changed = move.changed.get(initiative.number)
    if verb == "meet" and changed is not None and appointment.standing(changed):
        steps.answer_arrived(move, changed, f"{event.chat.id}:{event.message_id}")


def take_over(move: Move, payload: str) -> None:
    """The link is pressed: the initiative is the citizen's own from now on; the link works once."""
    number, _, secret = payload.removeprefix(START).partition("_")
    initiative = move.initiative(int(number)) if number.isdigit() else None
    until = marks.value(initiative, marks.LINK_UNTIL) if initiative is not None else ""
    fits = initiative is not None and marks.value(initiative, marks.LINK) == fingerprint(secret) and bool(secret)
    if (
        initiative is None
        or not fits
        or initiative.owner != NOBODY
        or move.world.now.date() > date.fromisoformat(until)
    ):
        move.tell(move.words("citizen.link_old", phone=move.world.frame.contact.phone))
        return
    lang = move.talk.lang or "da"
    own = marks.mark(
        replace(initiative, owner=move.person.id, lang=lang, touched=move.world.now),
        **{marks.LINK: "", marks.LINK_UNTIL: "", marks.REACH: ""},
    )
    move.save(own)
    move.talk = replace(move.talk, focus=own.number)
    move.tell(Parts((move.words("citizen.taken_over", n=own.number), status.one(move, own))))
    desk = places.main_desk(own)
    if desk is not None:
        move.do(Say(desk, say("desk.absent.here", name=card.first_name(own), n=own.number)))
    move.do(Note(own.number, "taken_over", own.owner_name, "owner"))
    card.refresh(move, own)


def fingerprint(secret: str) -> str:
    """What is kept of a link, so that nobody who reads the store can use it."""
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def _at_the_desk(effect: Say, initiative: Initiative) -> list[Effect]:
    to = places.main_desk(initiative)
    if to is None:
        return []
    name = card.first_name(initiative)
    reach = marks.value(initiative, marks.REACH)
    head = say("desk.absent.tell", agent=initiative.responsible_name, name=name, n=initiative.number, reach=reach)
    content = effect.content
    parts: tuple[Words | Quote, ...] = content.parts if isinstance(content, Parts) else (content,)
    role = effect.tag.role if effect.tag is not None else ""
    heard = Button("desk.button.told", f"{TOLD}:{initiative.number}:{role}")
    agreed: Buttons = tuple(row for row in effect.buttons if row[0].data.partition(":")[0] in BY_VOICE)
    rows: Buttons = (*agreed, (heard,)) if effect.tell else agreed
    tag = effect.tag or Tag("")
    there = Tag(ROLE, initiative.number, tag.origin_chat, tag.origin_message)
    return [Say(to, Parts((head, *parts)), rows, there)]


def _told_of(effect: Say | SendMedia) -> Say:
    """What an agent has to tell: of files the words beneath them, and that there are any."""
    if isinstance(effect, Say):
        return effect
    files = say("desk.absent.files", n=len(effect.media))
    shown = effect.caption.parts if isinstance(effect.caption, Parts) else (effect.caption,) if effect.caption else ()
    return Say(effect.to, Parts((*shown, files)), tag=effect.tag, tell=effect.tell)


def _chat(effect: Effect) -> int | None:
    where = getattr(effect, "to", None) or getattr(effect, "target", None)
    return where.chat if where is not None else None


def _prompt(move: Move, said: Said, agent: Agent, words: Words) -> None:
    tag = Tag("prompt", by=agent.telegram or 0, detail=PROMPT)
    move.do(Say(To(said.chat.id, thread=said.chat.thread), words, tag=tag, prompt=True))
