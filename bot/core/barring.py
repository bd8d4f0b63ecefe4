"""A coordinator or an admin bars whoever harasses staff: with a reason and an end, lifted by a press."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from bot.core import places, typed
from bot.core.bars import COMMAND, KIND, Bar, KeepBar, LiftBar, over, timer
from bot.core.card import say, stack
from bot.core.effects import Button, Buttons, DropTimer, Field, Note, Ref, Say, SetTimer, Strip, Tag, To, Words
from bot.core.events import Event, Pressed, Said
from bot.core.frame import Frame
from bot.core.initiative import NOBODY, Initiative
from bot.core.people import Form, Talk
from bot.core.world import Move, Needs

YES, NO, LIFT = "bar_yes", "bar_no", "bar_lift"
VERBS = frozenset({YES, NO, LIFT})
"""The verbs of the buttons: whom, after all not, and the end of it."""
FORM = "bar"
"""The form that is filled while the one question stands: days, reason, and who is meant by which button."""
MOST_DAYS = 90
LONGEST_REASON = 200
"""Letters; the citizen reads it, and a bar is no judgement."""
A_PAGE = 20
"""Bars on one list."""


def concerns(event: Event, frame: Frame) -> bool:
    """Whether somebody at a desk, or an admin in their own chat, bars somebody or looks at who is barred."""
    if not isinstance(event, Said | Pressed) or event.sender.anonymous:
        return False
    if isinstance(event, Said) and (event.cpr or typed.command_of(event)[0] != COMMAND):
        return False
    if isinstance(event, Pressed) and typed.pressed(event.data)[0] not in VERBS:
        return False
    staff = frame.agent_of(event.sender.id) is not None or event.sender.id in frame.admins
    return staff and (event.chat.kind == "private" or event.chat.id in frame.staff_chats)


def bar_needs(event: Said | Pressed, talk: Talk, topic: int) -> Needs:
    """The initiative that is named, or whose topic it is."""
    number = typed.pressed(event.data)[1] if isinstance(event, Pressed) else typed.command_of(event)[1]
    return Needs(initiatives=frozenset({number, topic, talk.form.about if talk.form else 0} - {0}))


def on_event(move: Move, event: Said | Pressed) -> None:
    """Only the coordinator, the leader and admins bar anybody; an agent hears whom to ask."""
    allowed = _may(move, event.sender.id)
    if isinstance(event, Said):
        _commanded(move, event) if allowed else move.do(Say(_here(move, event), _not_yours(move)))
        return
    verb, number, detail = typed.pressed(event.data)
    if not allowed:
        move.answers(event.callback_id, _not_yours(move), alert=True)
    elif verb == LIFT:
        _lift(move, event, number, detail)
    elif verb == YES:
        _bar(move, event, number, detail)
    else:
        _leave_be(move, event)
    move.answers(event.callback_id)


def _commanded(move: Move, said: Said) -> None:
    """ "/spaer 12 14 why": the citizen of nr. 12 for 14 days; in its topic without the number; alone, the list."""
    _, number, text = typed.command_of(said)
    to = _here(move, said)
    if not number and not text:
        _list(move, to)
        return
    initiative = move.initiative(number or move.world.topic)
    days, reason = _read(text.removeprefix(f"{move.world.topic} ") if _names_the_topic(move, text) else text)
    if initiative is None or not days or not reason:
        move.do(Say(to, stack(say("desk.bar.how"), say("desk.bar.limits", days=MOST_DAYS, n=LONGEST_REASON))))
        return
    people = _people(initiative)
    if not people:
        move.do(Say(to, say("desk.bar.nobody", n=initiative.number)))
        return
    named = tuple((str(place), _known_by(initiative, person)) for place, (person, _, _) in enumerate(people))
    filled = (("days", str(days)), ("reason", reason), *named)
    move.talk = replace(move.talk, form=Form(FORM, initiative.number, filled))
    n = initiative.number
    rows: Buttons = tuple(
        (Button("desk.button.bar_yes", f"{YES}:{n}:{place}", fields={"name": name}),)
        for place, (_, name, _) in enumerate(people)
    )
    until = move.world.now + timedelta(days=days)
    asked = say("desk.bar.sure", n=n, until=until, reason=reason)
    move.do(Say(to, asked, (*rows, (Button("desk.button.bar_no", f"{NO}:{n}"),)), Tag("notice", about=n)))


def _bar(move: Move, event: Pressed, number: int, detail: str) -> None:
    initiative, form = move.initiative(number), move.talk.form
    if initiative is None or form is None or (form.kind, form.about) != (FORM, number):
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    filled = dict(form.filled)
    found = next((one for one in _people(initiative) if _known_by(initiative, one[0]) == filled.get(detail)), None)
    if found is None:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    person, name, lang = found
    now = move.world.now
    until = now + timedelta(days=int(filled["days"]))
    bar = Bar(person, name, number, _name(move, event), filled["reason"], now, until, lang)
    move.talk = replace(move.talk, form=None)
    move.do(Strip(Ref(event.chat.id, event.message_id)), KeepBar(bar))
    move.do(SetTimer(timer(person), KIND, until, about=number, chat=person), Note(0, "barred", "staff"))
    move.do(Say(To(person), _told(move, bar)))
    done = say("desk.bar.done", name=name, n=number, until=until, agent=bar.by, reason=bar.reason)
    _tell_desks(move, event, initiative, done, ((_lift_button(bar),),))


def _leave_be(move: Move, event: Pressed) -> None:
    if move.talk.form is not None and move.talk.form.kind == FORM:
        move.talk = replace(move.talk, form=None)
    move.do(Strip(Ref(event.chat.id, event.message_id)), Say(_here(move, event), say("desk.bar.left_be")))


def _lift(move: Move, event: Pressed, number: int, mark: str) -> None:
    bar = next((one for one in move.world.bars() if one.about == number and one.mark == mark), None)
    if bar is None:
        move.answers(event.callback_id, say("desk.bar.gone"), alert=True)
        return
    move.do(LiftBar(bar.person), DropTimer(timer(bar.person)), Note(0, "bar_lifted", "staff"))
    move.do(Say(To(bar.person), over(bar)))
    lifted = say("desk.bar.lifted", name=bar.name, n=number, agent=_name(move, event))
    _tell_desks(move, event, move.initiative(number), lifted)


def _list(move: Move, to: To) -> None:
    """Who is barred now, whoever is free first first, each with a button that lifts it."""
    bars = sorted((one for one in move.world.bars() if one.until > move.world.now), key=lambda one: one.until)
    if not bars:
        move.do(Say(to, stack(say("desk.bar.none"), say("desk.bar.how"))))
        return
    lines = [
        say("desk.bar.line", n=one.about, name=one.name, until=one.until, agent=one.by, reason=one.reason)
        for one in bars[:A_PAGE]
    ]
    rows: Buttons = tuple((_lift_button(one),) for one in bars[:A_PAGE])
    move.do(Say(to, stack(say("desk.bar.list", n=len(bars)), *lines), rows, Tag("list")))


def _told(move: Move, bar: Bar) -> Words:
    """What the citizen hears: until when, why, who answers for it, and how to reach a human all the same."""
    frame = move.world.frame
    coordinator = frame.agents[frame.coordinator].name
    fields: dict[str, Field] = {
        "until": bar.until,
        "reason": bar.reason,
        "agent": coordinator,
        "phone": frame.contact.phone,
    }
    return Words("citizen.bar.told", bar.lang, fields)


def _tell_desks(move: Move, event: Pressed, initiative: Initiative | None, told: Words, rows: Buttons = ()) -> None:
    """Where it was pressed, and where the initiative is worked with, so that everybody there sees it."""
    here = _here(move, event)
    tag = Tag("notice", about=initiative.number) if initiative is not None else None
    move.do(Say(here, told, rows, tag))
    desk = places.main_desk(initiative) if initiative is not None else None
    if desk is not None and (desk.chat, desk.topic_of) != (here.chat, here.topic_of):
        move.do(Say(desk, told, rows, tag))


def _lift_button(bar: Bar) -> Button:
    return Button("desk.button.bar_lift", f"{LIFT}:{bar.about}:{bar.mark}", fields={"name": bar.name, "n": bar.about})


def _people(initiative: Initiative) -> list[tuple[int, str, str]]:
    """Whoever writes to staff about it by the bot: whose it is, and who takes part; id, name, language."""
    own = [(initiative.owner, initiative.owner_name, initiative.lang)] if initiative.owner > NOBODY else []
    return [*own, *((one.person, one.name, one.lang) for one in initiative.partners)]


def _known_by(initiative: Initiative, person: int) -> str:
    """Who is meant by a button, so that nobody's id is left in staff's talk when they are deleted."""
    return sha256(f"{initiative.number}:{person}".encode()).hexdigest()[:16]


def _names_the_topic(move: Move, text: str) -> bool:
    """Whether its own number stands before the days, as it must elsewhere."""
    first, _, rest = text.partition(" ")
    return first == str(move.world.topic) and rest.strip().partition(" ")[0].isdigit()


def _read(text: str) -> tuple[int, str]:
    """The days and the reason; 0 or "" for what can't be meant."""
    days, _, reason = text.partition(" ")
    first, _, rest = reason.strip().partition(" ")
    reason = rest if first.casefold() in ("dag", "dage") else reason
    reason = " ".join(reason.split())
    if reason.partition(" ")[0].isdigit():
        # Two numbers before the reason where one is enough: another initiative may be meant.
        return 0, ""
    found = int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0
    return found if found <= MOST_DAYS else 0, reason if len(reason) <= LONGEST_REASON else ""


def _may(move: Move, sender: int) -> bool:
    frame = move.world.frame
    agent = frame.agent_of(sender)
    return sender in frame.admins or (agent is not None and agent.id in (frame.coordinator, frame.leader))


def _name(move: Move, event: Pressed) -> str:
    agent = move.world.frame.agent_of(event.sender.id)
    return agent.name if agent is not None else event.sender.name


def _not_yours(move: Move) -> Words:
    frame = move.world.frame
    return say("desk.bar.not_yours", agent=frame.agents[frame.coordinator].name)


def _here(move: Move, event: Said | Pressed) -> To:
    return To(event.chat.id, topic_of=move.world.topic, thread=event.chat.thread)
