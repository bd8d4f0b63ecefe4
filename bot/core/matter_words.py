"""What is told of an initiative is told of a call or a question in words of its own: neither is called an idea."""

from collections.abc import Sequence

from bot.core import offering
from bot.core.effects import Effect
from bot.core.face import NO_IDEAS
from bot.core.rewording import with_twins
from bot.core.world import Move

KINDS = NO_IDEAS - {offering.KIND}
"""The kinds of initiatives that somebody began by asking for a call or for an answer."""
TWINS = frozenset(
    {
        "step.first_answer",
        "citizen.regret",
        *(
            f"citizen.status.{name}"
            for name in (
                "received", "moving", "appointment", "your_turn", "waiting", "overdue", "late", "paused", "done",
                "may_not", "can_not",
            )
        ),
        *(
            f"citizen_step.{name}"
            for name in ("taken", "taken_plain", "late", "late_step", "outside_passed", "reopened", "meeting_set")
        ),
        *(
            f"citizen_step.form.{name}"
            for name in ("step", "waiting", "done", "may_not", "can_not", "meeting", "call")
        ),
        *(f"lead.{name}" for name in ("back", "moved", "passed", "stands_in")),
    }
)  # fmt: skip
"""The texts that have a twin for calls and questions, which stands under `matter`."""
FORMS = frozenset({"step", "waiting", "done", "may_not", "can_not", "meeting", "other", "template"})
"""The forms by which an agent moves one: what is tried, shown, realised or given a title is an idea."""


def speak(effects: Sequence[Effect], move: Move) -> list[Effect]:
    """The same effects, with what is told of a call or a question in words that fit it."""
    matters = frozenset(number for number, one in move.initiatives.items() if one.kind in KINDS)
    return with_twins(effects, "matter", TWINS, matters)
