"""A citizen without Telegram hears nothing of the bot's: what staff read of them says who tells them."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.core.effects import Button, Effect, Say
from bot.core.initiative import NOBODY
from bot.core.rewording import with_twins
from bot.core.typed import pressed
from bot.core.world import Move

TWINS = frozenset(
    {
        *(f"desk.take.{name}" for name in ("won_topic", "won_private")),
        *(f"desk.promise.{name}" for name in ("passed", "passed_coordinator", "passed_leader")),
        *(f"desk.form.{name}" for name in ("preview", "title_asked", "corrected")),
        *(f"desk.form.which_{menu}" for menu in ("next", "more", "other")),
        *(f"colleague.given.{name}" for name in ("stands_in", "back", "moved", "passed")),
        "desk.meeting.call_set",
        "desk.template.preview",
        "desk.trial.over",
        "desk.undo.nothing",
        "colleague.with.wrote",
    }
)
"""The texts that would say that the citizen hears or reads it; their twins stand under `by_voice`."""
BUTTONS = frozenset({"desk.button.form_ok", "desk.button.out", "desk.button.fix_sent"})
"""The labels that would say that something is sent."""


def speak(effects: Sequence[Effect], move: Move) -> list[Effect]:
    """The same effects, with what staff read of a citizen without Telegram in words that hold for them."""
    untold = frozenset(number for number, one in move.initiatives.items() if one.owner == NOBODY)
    if not untold:
        return list(effects)
    return [_labelled(effect, untold) for effect in with_twins(effects, "by_voice", TWINS, untold)]


def _labelled(effect: Effect, untold: Collection[int]) -> Effect:
    if not isinstance(effect, Say):
        return effect
    rows = tuple(tuple(_label(button, untold) for button in row) for row in effect.buttons)
    return replace(effect, buttons=rows) if rows != effect.buttons else effect


def _label(button: Button, untold: Collection[int]) -> Button:
    _, number, _ = pressed(button.data)
    return replace(button, key=f"by_voice.{button.key}") if button.key in BUTTONS and number in untold else button
