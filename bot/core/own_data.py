"""What a citizen can ask of all that is kept about them: to stop, a copy, or all of it gone; never mixed up."""

from dataclasses import replace
from datetime import timedelta

from bot.core import astray, belonging, retention, status
from bot.core.card import say
from bot.core.effects import Button, Buttons, Field, Forget, Note, OwnFile, Parts, SayFollowers
from bot.core.events import Pressed
from bot.core.initiative import Stage
from bot.core.people import Asking, Talk
from bot.core.world import Move

VERBS = frozenset({"own_stop", "own_copy", "own_forget", "own_yes", "own_no"})
"""The verbs of the buttons under the message that keeps the three things apart."""
FORGET = "forget"
"""The kind of the question whether all is really to go."""
ANSWER_DAYS = 28
"""The data-protection contact answers within one month (GDPR, article 12 (3))."""


def tell(move: Move, *, in_full: bool = False) -> None:
    """Stop, a copy, gone: what each of them means, and a button for each; nothing happens before a press.

    `in_full` says first who is responsible, on what basis, how long, and where to read on.
    """
    frame, three = move.world.frame, move.words("citizen.own.three")
    fields = retention.periods(move)
    fields |= {"municipality": frame.municipality, "link": frame.privacy_link, "contact": _contact(move)}
    basis = frame.basis.get(move.talk.lang or "da") or frame.basis.get("da") or move.words("citizen.own.basis")
    told = (move.words("citizen.privacy", basis=basis, **fields), three) if in_full else (three,)
    move.tell(Parts(told), _buttons(move))


def withdraw(move: Move) -> None:
    """The citizen wants to take an idea back: that is one of the three things, and the others stand beside it."""
    if status.open_initiatives(move):
        tell(move)
    else:
        belonging.regret(move)


def on_press(move: Move, event: Pressed, verb: str) -> None:
    """Do what was chosen; a deletion asks once more."""
    move.answers(event.callback_id)
    if verb == "own_stop":
        belonging.regret(move)
    elif verb == "own_copy":
        _copy(move)
    elif verb == "own_forget":
        # Words that wait for an answer wait on: whoever thinks better of it finds all as it was.
        waits = move.talk.asking if belonging.asks_which(move) else None
        move.talk = replace(move.talk, asking=replace(waits, kind=FORGET) if waits is not None else Asking(FORGET))
        yes, no = move.button("citizen.button.own_yes", "own_yes:0"), move.button("citizen.button.own_no", "own_no:0")
        move.tell(move.words("citizen.own.sure"), ((yes,), (no,)))
    elif move.talk.asking is None or move.talk.asking.kind != FORGET:
        move.tell(move.words("citizen.old_button"))
    elif verb == "own_no":
        waited = move.talk.asking
        move.talk = replace(move.talk, asking=replace(waited, kind="which") if waited.message_ids else None)
        move.tell(move.words("citizen.own.kept"))
    else:
        _forget(move)


def _buttons(move: Move) -> Buttons:
    running = [one for one in status.open_initiatives(move) if one.owner == move.person.id]
    rows: list[tuple[Button, ...]] = []
    if len(running) == 1:
        number = running[0].number
        rows.append((move.button("citizen.button.own_stop", f"i_withdraw:{number}", n=number),))
    elif running:
        rows.append((move.button("citizen.button.own_stop_one", "own_stop:0"),))
    rows.append((move.button("citizen.button.own_copy", "own_copy:0"),))
    rows.append((move.button("citizen.button.own_forget", "own_forget:0"),))
    return tuple(rows)


def _copy(move: Move) -> None:
    """One file to read and one for machines; the contact hears that somebody asked, and answers what the bot can't."""
    now, lang = move.world.now, move.talk.lang or "da"
    by = now + timedelta(days=ANSWER_DAYS)
    who = _contact(move)
    read = move.words("citizen.own.file", contact=who, due=by)
    move.do(OwnFile(move.person.id, lang, "html", read, by))
    move.do(OwnFile(move.person.id, lang, "json", move.words("citizen.own.file_machine"), by))
    move.do(Note(0, "data_copied", "citizen"))
    astray.tell_guardian(move, say("desk.own.copy_told", at=now, due=by))


def _forget(move: Move) -> None:
    """All of it goes; the followers of what was public hear that it is taken back, and the contact of the kind."""
    every = (initiative for initiative in status.own_initiatives(move) if initiative.owner == move.person.id)
    own = sorted(every, key=lambda initiative: initiative.number)
    for initiative in own:
        if initiative.public and not initiative.partners and initiative.stage is not Stage.WITHDRAWN:
            move.do(
                SayFollowers(initiative.number, "citizen_step.followers.withdrawn", {"n": initiative.number}, last=True)
            )
    move.tell(move.words("citizen.own.forgetting"))
    numbers = tuple(str(initiative.number) for initiative in own) or ("-",)
    move.do(Note(0, "data_deleted", "citizen"))
    astray.tell_guardian(move, say("desk.own.forget_told", at=move.world.now, numbers=numbers))
    move.do(Forget(move.person.id, move.talk.lang or "da"))
    move.talk, move.person = Talk(), move.world.person


def _contact(move: Move) -> Field:
    guardian = move.world.frame.guardian
    return guardian.name if guardian is not None else move.words("citizen.own.contact")
