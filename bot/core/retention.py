"""How long things are kept: what has ended loses its personal data, and what is open for years is asked about."""

from datetime import datetime, timedelta

from bot.core import marks, partners, places
from bot.core.card import say, short_title
from bot.core.effects import Button, Clear, Effect, Field, Forget, Note, Say, SetTimer, Tag, TellHumans, To, Words
from bot.core.events import Fell
from bot.core.frame import Promises
from bot.core.initiative import NOBODY_ANY_MORE, Initiative
from bot.core.people import Talk
from bot.core.promise import awake
from bot.core.world import Move

KIND = "keep"
"""The kind of the timer of an initiative: the day on which its personal data goes, or on which it is asked about."""
IDLE = "citizen_idle"
"""The kind of the timer of a person: the day on which nothing has been heard of them for long."""
WARNING = timedelta(days=14)
"""So long before what has ended loses its personal data its citizens are told."""
ASKED_AGAIN = 12
"""Months between two questions about the same open initiative."""


def ends(initiative: Initiative, promises: Promises) -> datetime:
    """When the personal data of what has ended is deleted: so many months after the last thing that happened."""
    return months_after(initiative.touched, promises.closed_months)


def asked_about(initiative: Initiative, promises: Promises) -> datetime:
    """When the coordinator is first asked whether an open one is still to be open."""
    return months_after(initiative.sent, 12 * promises.ask_years)


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later; the month's last day where there is no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1)


def watch(move: Move) -> list[Effect]:
    """Let the day fall due for each initiative that is new, has ended, or is open again."""
    promises, set_now = move.world.frame.promises, list[Effect]()
    for number, initiative in move.changed.items():
        before = move.world.initiatives.get(number)
        if before is None or before.stage.closed != initiative.stage.closed:
            closed = initiative.stage.closed
            due = ends(initiative, promises) - WARNING if closed else asked_about(initiative, promises)
            set_now.append(SetTimer(key_of(number), KIND, due, about=number))
    return set_now


def key_of(number: int) -> str:
    """The key of an initiative's timer."""
    return f"{KIND}:{number}"


def on_fell(move: Move, event: Fell) -> None:
    """The day of an initiative: look again whether it has really come."""
    initiative = move.initiative(event.about)
    if initiative is None:
        return
    promises, now = move.world.frame.promises, move.world.now
    closed = initiative.stage.closed
    due = ends(initiative, promises) if closed else asked_about(initiative, promises)
    warned = not closed or marks.value(initiative, marks.KEPT_UNTIL) == due.date().isoformat()
    look = due if warned else due - WARNING
    if now < look:
        move.do(SetTimer(key_of(initiative.number), KIND, look, about=initiative.number))
    elif now < due:
        move.do(SetTimer(key_of(initiative.number), KIND, due, about=initiative.number))
        _warn(move, initiative, due)
    elif initiative.stage.closed:
        move.do(Clear(initiative.number), Note(0, "kept_no_longer", "bot"))
    else:
        _ask(move, initiative)


def _warn(move: Move, initiative: Initiative, due: datetime) -> None:
    """Tell those whose it is on which day it goes, while they can still have a copy; nobody is woken for it."""
    move.save(marks.mark(initiative, **{marks.KEPT_UNTIL: due.date().isoformat()}))
    fields: dict[str, Field] = {"n": initiative.number, "title": short_title(initiative), "due": due}
    after = awake(move.world.now, move.world.frame.promises)
    for chat, lang in partners.circle(initiative):
        if chat > 0:
            copy = ((Button("citizen.button.own_copy", "own_copy:0", lang),),)
            tag = Tag("notice", about=initiative.number)
            move.do(Say(To(chat), Words("citizen.own.kept_until", lang, fields), copy, tag, after=after))


def periods(move: Move) -> dict[str, Field]:
    """How long drafts and what has ended are kept, in words: the fields `days` and `months`."""
    promises = move.world.frame.promises
    return {
        "days": move.words("shared.days", n=promises.draft_days),
        "months": move.words("shared.months", n=promises.closed_months),
    }


def begin_with(move: Move) -> None:
    """Somebody is new: one day nothing may have been heard of them for long."""
    due = months_after(move.world.now, move.world.frame.promises.closed_months)
    move.do(SetTimer(f"{IDLE}:{move.person.id}", IDLE, due, chat=move.person.id))


def on_idle(move: Move) -> None:
    """Who has nothing here any more and has not been heard of for long is forgotten; else it is looked at again."""
    talk, promises, now = move.talk, move.world.frame.promises, move.world.now
    quiet = months_after(talk.last, promises.closed_months) if talk.last is not None else now
    owns = any(partners.takes_part(one, move.person.id) for one in move.world.initiatives.values())
    if now < quiet or owns or move.world.followed or talk.draft is not None:
        due = max(quiet, now + timedelta(days=28))
        move.do(SetTimer(f"{IDLE}:{move.person.id}", IDLE, due, chat=move.person.id))
        return
    move.do(Note(0, "kept_no_longer", "bot"), Forget(move.person.id, move.person.lang, asked=False))
    move.talk, move.person = Talk(), move.world.person


def is_cleared(initiative: Initiative) -> bool:
    """Whether its personal data is gone already."""
    return initiative.owner == NOBODY_ANY_MORE


def _ask(move: Move, initiative: Initiative) -> None:
    """The coordinator is asked whether it is still to be open, and again a year later."""
    n, frame = initiative.number, move.world.frame
    again = months_after(move.world.now, ASKED_AGAIN)
    fields: dict[str, Field] = {"n": n, "title": short_title(initiative), "sent": initiative.sent}
    fields |= {"agent": initiative.responsible_name, "due": again}
    to = places.own_chat(frame.agents[frame.reachable_lead(frame.coordinator, move.world.now.date())])
    words = say("desk.keep.ask", **fields)
    move.do(SetTimer(key_of(n), KIND, again, about=n))
    move.do(Say(to, words, tag=Tag("keep", n)) if to is not None else TellHumans(words))
