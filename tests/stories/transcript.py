"""A play as it is told in a file: what each act changed and what followed, by the keys of texts, not their words."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from bot.core.effects import Button, Parts, Quote, Words
from bot.core.initiative import Initiative
from bot.core.people import Draft
from bot.core.world import Move

LEFT_OUT = {"now", "at", "sent", "touched", "last", "began", "deletion"}
"""When things happened stands above the act; the number of a deletion is drawn by lot."""
JUDGED = {"score", "topics", "match", "routed", "extra_topics", "rules_hash", "margin"}
"""What routing makes of words is tried elsewhere, and changes with the rules."""
OF_ROUTING = re.compile(r"\b(?:which_topic|why\.(?:topic|kind|cause|rules)|card\.topic|button\.topic)\w*")
"""Keys of texts that tell what routing made of words."""


def lines(move: Move) -> Iterator[str]:
    """What a step changed and what follows, a line each."""
    for name in move.talk.__dataclass_fields__:
        before, after = getattr(move.world.talk, name), getattr(move.talk, name)
        if before != after and name not in LEFT_OUT:
            yield f"talk.{name} = {shown(after)}"
    for number, after in sorted(move.changed.items()):
        yield from _changes(move.world.initiatives.get(number), after, move.world.now)
    for effect in move.effects:
        yield shown(effect)


def _changes(before: Initiative | None, after: Initiative, now: datetime) -> Iterator[str]:
    """That something was touched is told where it was not: it is kept the longer for it."""
    if before is None:
        yield f"nr. {after.number} is new: {shown(after)}"
        return
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new and field.name not in LEFT_OUT | JUDGED:
            yield f"nr. {after.number}.{field.name} = {_difference(old, new)}"
    if after != before and after.touched != now:
        yield f"nr. {after.number} counts as untouched"


def _difference(old: Any, new: Any) -> str:
    """Of what grows, only what came to it; of what is named, only what changed."""
    if isinstance(new, tuple) and isinstance(old, tuple) and new[: len(old)] == old:
        return "+ " + shown(new[len(old) :])
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        changed = {key: new.get(key, "") for key in sorted(new.keys() | old.keys()) if old.get(key) != new.get(key)}
        return shown(changed)
    return shown(new)


def shown(value: Any) -> str:
    """One value on one line."""
    match value:
        case Words(fields={"above": Words(key=above), "below": below}) if OF_ROUTING.search(above):
            # How many topics are named is routing's too.
            return shown(below)
        case Words() | Button() if OF_ROUTING.search(value.key):
            return f"{value.key}(…)"
        case Draft():
            return shown_fields(value, LEFT_OUT | JUDGED | {"agent"})
        case Words():
            inside = ", ".join(f"{name}={shown(of)}" for name, of in value.fields.items())
            return value.key + (f"({inside})" if inside else "") + _foreign(value.lang)
        case Button():
            inside = "".join(f", {name}={shown(of)}" for name, of in value.fields.items())
            return f"[{value.key} -> {value.data}{inside}]{_foreign(value.lang)}"
        case Quote():
            return f"{shown(value.heading) if value.heading else ''}«{value.text}»"
        case Parts():
            return " / ".join(map(shown, value.parts))
        case datetime():
            return f"{value:%a %d.%m. %H:%M}"
        case date() | time():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case Mapping():
            inside = ", ".join(f"{key}: {shown(of)}" for key, of in value.items() if key not in JUDGED)
            return "{" + inside + "}"
        case tuple() | list():
            return "(" + ", ".join(map(shown, value)) + ")"
        case set() | frozenset():
            return "{" + ", ".join(sorted(map(shown, value))) + "}"
        case _ if is_dataclass(value):
            return shown_fields(value, LEFT_OUT | JUDGED)
        case _:
            return repr(value)


def _foreign(lang: str) -> str:
    """Danish goes without saying."""
    return "" if lang == "da" else f" [{lang}]"


def shown_fields(value: Any, hidden: Set[str]) -> str:
    """What a value holds besides what it would hold anyway, and what is `hidden`."""
    told = [one for one in fields(value) if one.name not in hidden and _tells(one, getattr(value, one.name))]
    inside = ", ".join(f"{one.name}={shown(getattr(value, one.name))}" for one in told)
    return f"{type(value).__name__}({inside})"


def _tells(field: "Field[Any]", value: Any) -> bool:
    if field.default is not MISSING:
        return bool(value != field.default)
    return not (field.default_factory is not MISSING and value == field.default_factory())
