"""The same effects with some of their texts in other words: an offer is no idea, and not everybody began one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from bot.core.effects import Content, Effect, Invite, Parts, Quote, Rewrite, Say, Words

Reword = Callable[[int, Words], Words]
"""What is said instead of a text in a chat; the text itself where nothing is."""


def reworded(effect: Effect, reword: Reword) -> Effect:
    """The effect with each text that it tells, also those that fill another, as `reword` has it."""
    match effect:
        case Say():
            return replace(effect, content=_content(effect.content, effect.to.chat, reword))
        case Rewrite():
            return replace(effect, content=_content(effect.content, effect.target.chat, reword))
        case Invite():
            return replace(effect, caption=_content(effect.caption, effect.to.chat, reword))
    return effect


def with_twins(
    effects: Sequence[Effect], section: str, twins: Collection[str], numbers: Collection[int]
) -> list[Effect]:
    """The same effects, where a text of `twins` on one of these initiatives is told by its twin under `section`."""

    def by_twin(_: int, words: Words) -> Words:
        has_one = words.key in twins and words.fields.get("n") in numbers
        return replace(words, key=f"{section}.{words.key}") if has_one else words

    return [reworded(effect, by_twin) for effect in effects] if numbers else list(effects)


def _content(content: Content, chat: int, reword: Reword) -> Content:
    match content:
        case Words():
            return _words(content, chat, reword)
        case Quote(heading=Words() as heading):
            return replace(content, heading=_words(heading, chat, reword))
        case Parts(parts=parts):
            told = (_content(part, chat, reword) for part in parts)
            return Parts(tuple(one for one in told if not isinstance(one, Parts)))
    return content


def _words(words: Words, chat: int, reword: Reword) -> Words:
    fields = {name: _words(one, chat, reword) if isinstance(one, Words) else one for name, one in words.fields.items()}
    return reword(chat, replace(words, fields=fields))
