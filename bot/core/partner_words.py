"""What is told of an idea is told in words of their own to those who take part in it: it is not theirs alone."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import card, partners
from bot.core.effects import Effect, Words
from bot.core.rewording import reworded
from bot.core.world import Move

TWINS = frozenset(
    {
        *(f"step.{name}" for name in ("first_answer", "answer", "your_answer", "paused", "meeting", "call")),
        *(
            f"citizen.status.{name}"
            for name in (
                "received", "moving", "appointment", "your_turn", "waiting", "overdue", "late", "paused", "done",
                "may_not", "can_not", "withdrawn", "own_part",
            )
        ),
        *(
            f"citizen_step.{name}"
            for name in (
                "taken", "taken_plain", "outside_passed", "reopened", "trial_over", "meeting_set", "call_set",
                "meeting_off", "meeting_remind", "call_remind",
            )
        ),
        *(
            f"citizen_step.form.{name}"
            for name in (
                "own", "step", "trial", "learned", "waiting", "realising", "back", "done", "may_not", "can_not",
                "partly",
            )
        ),
        *(f"lead.{name}" for name in ("back", "moved", "passed", "stands_in")),
        *(f"bridge.{name}" for name in ("survey.own", "button.own_yes", "button.own_partly", "button.own_no")),
    }
)  # fmt: skip
"""The texts that have a twin for those who take part, which stands under `partner`; `name` is who began it."""


def speak(effects: Sequence[Effect], move: Move) -> list[Effect]:
    """The same effects, with what somebody who takes part reads of an idea that another began in words for them."""
    shared = {number: one for number, one in move.initiatives.items() if one.partners}

    def of_another(chat: int, words: Words) -> Words:
        number = words.fields.get("n") if words.key in TWINS else None
        initiative = shared.get(number) if isinstance(number, int) else None
        if initiative is None or partners.of(initiative, chat) is None:
            return words
        return replace(words, key=f"partner.{words.key}", fields={**words.fields, "name": card.first_name(initiative)})

    return [reworded(effect, of_another) for effect in effects] if shared else list(effects)
