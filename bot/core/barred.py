"""Somebody who is barred: danger is answered and their data is theirs as ever; what is for staff goes no further."""

from bot.core import accounting, gatherings, out_of_reach, own_data, places, public
from bot.core.bars import Bar, LiftBar, over
from bot.core.card import say
from bot.core.effects import Note, Say, Tag
from bot.core.events import Said
from bot.core.world import Move

INTENTS = frozenset({"status", "privacy", "own_data", "public", "regret", "withdraw", "delete_last", "drop", "stop"})
"""What can be asked for all the same: nothing of it brings words to staff."""
VERBS = own_data.VERBS | public.VERBS | {accounting.VERB, gatherings.VERB} | {
    "i_status", "i_regret", "i_withdraw", "i_pause", "i_hide", "i_erase", "i_seek_off", "d_drop",
    out_of_reach.READ,
}  # fmt: skip
"""The buttons that can be pressed all the same."""


def turned_away(move: Move, said: Said) -> bool:
    """Whether the words go no further, and why was told: that is better than words that nobody reads."""
    bar = in_force(move)
    if bar is None or (move.world.intent in INTENTS and not said.media):
        return False
    _tell(move, bar)
    return True


def press_turned_away(move: Move, verb: str) -> bool:
    """Whether the button is one of those that bring something to somebody else."""
    bar = in_force(move)
    if bar is None or verb in VERBS:
        return False
    _tell(move, bar)
    return True


def edit_turned_away(move: Move) -> bool:
    """Whether an edit would have been carried on."""
    bar = in_force(move)
    if bar is not None:
        _tell(move, bar)
    return bar is not None


def on_fell(move: Move) -> None:
    """It has ended by itself: the citizen hears so, and so does the desk."""
    bar = move.world.bar
    if bar is None or bar.until > move.world.now:
        return
    move.do(LiftBar(bar.person), Note(0, "bar_ended", "bot"))
    move.tell(over(bar))
    initiative = move.initiative(bar.about)
    desk = places.main_desk(initiative) if initiative is not None else None
    if desk is not None:
        move.do(Say(desk, say("desk.bar.ended", name=bar.name, n=bar.about), tag=Tag("notice", about=bar.about)))


def in_force(move: Move) -> Bar | None:
    """The bar that the person is under now; one whose time is up counts no more, whatever the timer."""
    bar = move.world.bar
    return bar if bar is not None and bar.until > move.world.now else None


def _tell(move: Move, bar: Bar) -> None:
    contact, lang = move.world.frame.contact, move.talk.lang or "da"
    hours = contact.hours.get(lang) or contact.hours["da"]
    move.tell(move.words("citizen.bar.not_passed_on", until=bar.until, phone=contact.phone, hours=hours))
