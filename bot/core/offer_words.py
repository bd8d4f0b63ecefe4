"""What is told of an initiative is told of an offer in words of its own: an offer is never called an idea."""

from collections.abc import Sequence

from bot.core.effects import Effect
from bot.core.offering import KIND
from bot.core.rewording import with_twins
from bot.core.world import Move

TWINS = frozenset(
    {
        *(
            f"citizen.status.{name}"
            for name in (
                "received", "moving", "appointment", "your_turn", "waiting", "overdue", "late", "done", "can_not",
                "joined",
            )
        ),
        *(
            f"citizen_step.{name}"
            for name in (
                "taken", "taken_plain", "late", "late_step", "outside_passed", "reopened", "meeting_set",
            )
        ),
        *(f"citizen_step.form.{name}" for name in ("step", "waiting", "done", "can_not", "meeting", "call")),
        *(f"lead.{name}" for name in ("back", "moved", "passed", "stands_in")),
    }
)  # fmt: skip
"""The texts that have a twin for offers, which stands under `offer`."""
FORMS = frozenset({"step", "waiting", "done", "can_not", "meeting", "other", "template"})
"""The forms by which an agent moves an offer: what is tried, shown or given a title is an idea."""


def speak(effects: Sequence[Effect], move: Move) -> list[Effect]:
    """The same effects, with what is told of an offer in an offer's words."""
    offers = frozenset(number for number, one in move.initiatives.items() if one.kind == KIND)
    return with_twins(effects, "offer", TWINS, offers)
