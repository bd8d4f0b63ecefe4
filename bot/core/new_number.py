"""A staff group with a new number: its cards are put up again, a few at a time, so that newer words need not wait."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import card
from bot.core.card import say
from bot.core.effects import Say, SetTimer, To
from bot.core.events import Fell, Migrated
from bot.core.world import Move

KIND = "new_number"
"""The kind of the timer at which the next cards are put up, and how its key begins."""
AT_ONCE = 8
"""Cards a minute: a group takes 20 messages (Bot API FAQ), and the others are for what people say meanwhile."""
PAUSE = timedelta(minutes=1)


def on_migrated(move: Move, event: Migrated) -> None:
    """The old messages can't be answered in the new group: everything open is at home there, the newest cards first.

    Of those that come at once the newest stands lowest, as in any chat.
    """
    moved = False
    for initiative in move.world.initiatives.values():
        desks = tuple(replace(one, chat=event.new) if one.chat == event.old else one for one in initiative.desks)
        if desks != initiative.desks:
            move.save(replace(initiative, desks=desks))
            moved = True
    # Where a refused call told of the number first, they stand there already.
    if moved:
        _put_up_some(move, event.new, max(move.world.initiatives, default=0) + 1)
        _tell_of_buttons(move, event.new)


def put_up(chat: int, below: int, now: datetime) -> SetTimer:
    """Let the open cards below that number be put up in the group from now on, the newest first."""
    return SetTimer(f"{KIND}:{chat}:{below}", KIND, now)


def on_fell(move: Move, event: Fell) -> None:
    """The next ones, as they stand now."""
    _, chat, below = event.key.split(":")
    _put_up_some(move, int(chat), int(below))
    if int(below) > max(move.initiatives, default=0):
        _tell_of_buttons(move, int(chat))


def _tell_of_buttons(move: Move, chat: int) -> None:
    """Beneath the first cards: what the dead buttons of before did, and how it is done from now on."""
    move.do(Say(To(chat), say("desk.standing.anew")))


def _put_up_some(move: Move, chat: int, below: int) -> None:
    every = move.initiatives
    there = [
        (number, desk)
        for number in sorted(every, reverse=True)
        for desk in every[number].desks
        if number < below and desk.chat == chat and not every[number].stage.closed
    ]
    for number, desk in reversed(there[:AT_ONCE]):
        card.put_up(move, every[number], desk)
    if len(there) > AT_ONCE:
        last, _ = there[AT_ONCE - 1]
        move.do(put_up(chat, last, move.world.now + PAUSE))
