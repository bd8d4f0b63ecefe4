"""Which initiatives a message to staff is about, so that it can be found and taken away when its citizen is deleted."""

from collections.abc import Iterator
from dataclasses import replace

from bot.core.effects import (
    Buttons,
    Content,
    Effect,
    Parts,
    Quote,
    Say,
    SendMedia,
    SendPlace,
    Tag,
    TellHumans,
    Words,
)
from bot.core.world import Move

ABOUT = "about"
"""The role of a message of which nothing else need be known than what it is about."""
NUMBERS = ("n", "number")
"""The fields of a text that hold an initiative's number; they may hold another count, and are looked up."""


def told_apart(move: Move) -> list[Effect]:
    """The step's effects, with each message to somebody else than the citizen marked by what it is about."""
    return [_marked(move, effect) for effect in move.effects]


def numbers_of(detail: str) -> tuple[int, ...]:
    """The initiatives that a list tells of, by the detail of its tag."""
    return tuple(int(number) for number in detail.split() if number.isdigit()) if detail.startswith(" ") else ()


def detail_of(numbers: tuple[int, ...]) -> str:
    """The detail of a list's tag: each number between spaces, so that one can be found."""
    return f" {' '.join(map(str, numbers))} "


def _marked(move: Move, effect: Effect) -> Effect:
    match effect:
        case TellHumans(words=content, buttons=buttons, tag=None):
            tag = _tag(move, 0, 0, None, content, buttons)
            return replace(effect, tag=tag) if tag is not None else effect
        case Say(to=to, tag=tag, content=content, buttons=buttons):
            found = _tag(move, to.chat, to.topic_of, tag, content, buttons)
        case SendMedia(to=to, tag=tag, caption=caption):
            found = _tag(move, to.chat, to.topic_of, tag, caption, ())
        case SendPlace(to=to, tag=tag):
            found = _tag(move, to.chat, to.topic_of, tag, None, ())
        case _:
            return effect
    return replace(effect, tag=found) if found != effect.tag else effect


def _tag(move: Move, chat: int, topic: int, tag: Tag | None, content: Content | None, buttons: Buttons) -> Tag | None:
    # An agent's own chat keeps what it reads of others; a citizen's holds nothing but their own.
    own = chat == move.person.id and move.world.frame.agent_of(chat) is None
    if own or (tag is not None and (tag.about or tag.detail)):
        return tag
    named = (topic,) if topic else _named(move, content, buttons)
    numbers = tuple(number for number in dict.fromkeys(named) if _of_another(move, number, chat))
    if not numbers:
        return tag
    if len(numbers) == 1:
        return replace(tag, about=numbers[0]) if tag is not None else Tag(ABOUT, numbers[0])
    return replace(tag or Tag(ABOUT), detail=detail_of(numbers))


def _of_another(move: Move, number: int, chat: int) -> bool:
    """Whether there is such an initiative, and the message does not go to its own citizen."""
    initiative = move.initiative(number)
    return initiative is not None and initiative.owner != chat


def _named(move: Move, content: Content | None, buttons: Buttons) -> tuple[int, ...]:
    """The numbers that a message holds in its words or on its buttons; else the only initiative of this step."""
    found = [*_in_content(content)]
    for row in buttons:
        for button in row:
            number = button.data.partition(":")[2].partition(":")[0]
            found += [int(number)] if number.isascii() and number.isdigit() else []
    known = tuple(number for number in found if move.initiative(number) is not None)
    return known or (tuple(move.changed) if len(move.changed) == 1 else ())


def _in_content(content: Content | None) -> Iterator[int]:
    match content:
        case Parts(parts=parts):
            for part in parts:
                yield from _in_content(part)
        case Quote(heading=heading):
            yield from _in_content(heading)
        case Words(fields=fields):
            for name, value in fields.items():
                if isinstance(value, Words):
                    yield from _in_content(value)
                elif name in NUMBERS and isinstance(value, int):
                    yield value
