"""A citizen without Telegram hears nothing of the bot's: what staff read of them says who tells them."""

from collections.abc import Sequence

from bot.core.effects import Effect
from bot.core.initiative import NOBODY
from bot.core.rewording import with_twins
from bot.core.world import Move

TWINS = frozenset(
    {
        *(f"desk.take.{name}" for name in ("won_topic", "won_private")),
        *(f"desk.promise.{name}" for name in ("passed", "passed_coordinator", "passed_leader")),
        *(f"desk.form.{name}" for name in ("preview", "title_asked")),
        *(f"colleague.given.{name}" for name in ("stands_in", "back", "moved", "passed")),
        "desk.meeting.call_set",
        "desk.template.preview",
        "desk.trial.over",
        "colleague.with.wrote",
    }
)
"""The texts that would say that the citizen hears or reads it; their twins stand under `by_voice`."""


def speak(effects: Sequence[Effect], move: Move) -> list[Effect]:
    """The same effects, with what staff read of a citizen without Telegram in words that hold for them."""
    untold = frozenset(number for number, one in move.initiatives.items() if one.owner == NOBODY)
    return with_twins(effects, "by_voice", TWINS, untold)
