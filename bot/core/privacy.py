"""What follows when somebody wrote a CPR number: it is gone before anything is kept, and they are told so calmly."""

from dataclasses import replace

from bot.core.effects import Content, Effect, Erase, Note, Parts, Quote, Ref, Say, To, Words
from bot.core.events import Edited, Said
from bot.core.world import Move

MOST_ANSWERS = 2
"""Messages that one act of a citizen may give (N6)."""


def calm(move: Move, event: Said | Edited) -> None:
    """Tell the citizen that the number is gone, before whatever else is answered; their own message goes too."""
    if not event.cpr:
        return
    _forget(move, event, "citizen")
    left_out = isinstance(event, Said) and event.left_out
    told = move.words(f"citizen.cpr{'_file' if left_out else ''}")
    if isinstance(event, Said) and event.other == "cpr_file":
        # The general word on files that can't be used says less than this one.
        move.effects = [effect for effect in move.effects if not _is_told(move, effect)]
    tell_first(move, told)


def tell_first(move: Move, told: Words) -> None:
    """Say this before whatever else is answered, without a message too many."""
    answers = [place for place, effect in enumerate(move.effects) if _is_told(move, effect)]
    if len(answers) < MOST_ANSWERS:
        move.effects.insert(answers[0] if answers else len(move.effects), Say(To(move.person.id), told))
        return
    tell_with(move, told)


def tell_with(move: Move, told: Words) -> None:
    """Say this in one message with what is answered first."""
    for place, effect in enumerate(move.effects):
        if isinstance(effect, Say) and _is_told(move, effect):
            move.effects[place] = replace(effect, content=Parts((told, *_parts(effect.content))))
            return
    move.tell(told)


def stop_staff(move: Move, event: Said | Edited) -> None:
    """What staff wrote with a CPR number in it goes nowhere: it is deleted where it stands, and they are told."""
    _forget(move, event, "staff")
    move.do(Say(To(event.chat.id, thread=event.chat.thread), Words("desk.cpr", "da", {"name": event.sender.name})))


def _forget(move: Move, event: Said | Edited, who: str) -> None:
    """Delete the message on the phone, and count it for the data-protection officer: when, whose, how many."""
    messages = event.message_ids if isinstance(event, Said) else (event.message_id,)
    move.do(*(Erase(Ref(event.chat.id, message), None) for message in messages))
    move.do(Note(0, "cpr_removed", who, data={"n": event.cpr}))


def _is_told(move: Move, effect: Effect) -> bool:
    return isinstance(effect, Say) and effect.to.chat == move.person.id


def _parts(content: Content) -> tuple[Words | Quote, ...]:
    return content.parts if isinstance(content, Parts) else (content,)
