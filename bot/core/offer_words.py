"""What is told of an initiative is told of an offer in words of its own: an offer is never called an idea."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.effects import Content, Effect, Invite, Parts, Quote, Rewrite, Say, Words
from bot.core.offering import KIND
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
    every = move.initiatives
    offers = frozenset(number for number, one in every.items() if one.kind == KIND)
    if not offers:
        return list(effects)
    return [_effect(effect, offers) for effect in effects]


def _effect(effect: Effect, offers: frozenset[int]) -> Effect:
    match effect:
        case Say() | Rewrite():
            return replace(effect, content=_content(effect.content, offers))
        case Invite():
            return replace(effect, caption=_content(effect.caption, offers))
    return effect


def _content(content: Content, offers: frozenset[int]) -> Content:
    match content:
        case Words():
            return _words(content, offers)
        case Quote(heading=Words() as heading):
            return replace(content, heading=_words(heading, offers))
        case Parts(parts=parts):
            return Parts(tuple(one for one in (_content(part, offers) for part in parts) if not isinstance(one, Parts)))
    return content


def _words(words: Words, offers: frozenset[int]) -> Words:
    fields = {name: _words(one, offers) if isinstance(one, Words) else one for name, one in words.fields.items()}
    if words.key in TWINS and words.fields.get("n") in offers:
        return replace(words, key=f"offer.{words.key}", fields=fields)
    return replace(words, fields=fields)
