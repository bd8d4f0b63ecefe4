"""Somebody writes faster than anybody can read: they hear once that it is gathered, and are not answered each time."""

from dataclasses import replace
from datetime import timedelta

from bot.core import drafting
from bot.core.effects import Effect, Say, SetTimer
from bot.core.events import Said
from bot.core.world import Move

CALM = timedelta(minutes=1)
"""So long after the last gathered words the citizen is answered as usual."""
KIND = "draft_calm"
"""The timer that shows the draft once the citizen has calmed down; it is one of the citizen's own."""


def calm(move: Move, said: Said) -> None:
    """Say once, kindly, that all of it is gathered; while it goes on, take the words in without an answer each time.

    Whatever the words are for has happened already: they are in the draft or at the desk. Where they are for neither,
    the answer says why, and stands.
    """
    if not said.gathered:
        return
    now, before = move.world.now, move.talk.flooded
    asked_again = move.talk.asking is not None and move.world.talk.asking is not None
    drafted = move.talk.draft is not None and not _is_full(move)
    carried = any(_is_relay(effect) for effect in move.effects)
    if not (drafted or carried or asked_again):
        return
    move.talk = replace(move.talk, flooded=now)
    move.effects = [effect for effect in move.effects if not _is_answer(move, effect)]
    if drafted:
        move.do(SetTimer(f"{KIND}:{move.person.id}", KIND, now + CALM, chat=move.person.id))
    if (drafted or carried) and (before is None or now - before > CALM):
        move.tell(move.words("citizen.gathered.draft" if drafted else "citizen.gathered.talk"))


def over(move: Move) -> None:
    """The flood has passed: show the idea as it stands."""
    if move.talk.draft is not None:
        drafting.summarise(move)


def _is_full(move: Move) -> bool:
    """Whether the draft has no room for what was gathered; the answer says so, and stands."""
    before, after = move.world.talk.draft, move.talk.draft
    return before is not None and after is not None and after.words == before.words and after.media == before.media


def _is_relay(effect: Effect) -> bool:
    tag = getattr(effect, "tag", None)
    return tag is not None and tag.role == "relay"


def _is_answer(move: Move, effect: Effect) -> bool:
    return isinstance(effect, Say) and effect.to.chat == move.person.id
