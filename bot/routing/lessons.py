"""What a model of meaning is taught: the rules' examples and words by topic, their examples by kind and by danger."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.routing.rules import Rules
from bot.routing.spelling import fold_words
from bot.routing.taught import FEW

DANGER, CALM = "danger", "calm"
WORDS_TOGETHER = 8
"""A topic's words are shown so many at a time: alone, a word means too little."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text with its label; `example` is False for words that nobody would write like this."""

    label: str
    text: str
    example: bool = True


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that one version of the rules teaches."""

    digest: str
    topics: tuple[Lesson, ...]
    kinds: tuple[Lesson, ...]
    danger: tuple[Lesson, ...]


def lessons_of(rules: Rules) -> Lessons:
    """The lessons of one version of the rules; every topic's example is one of an idea or an offer too."""
    topics = tuple(_about_topics(rules))
    kinds = [Lesson(kind, text) for kind, block in rules.kinds.items() for text in block.examples]
    for block in rules.topics.values():
        kinds += [Lesson("idea", text) for text in block.examples]
        kinds += [Lesson("offer", text) for text in block.offers]
    danger = [Lesson(DANGER, text) for block in rules.danger.lines.values() for text in block.examples]
    danger += [Lesson(CALM, text) for text in rules.danger.calm_examples]
    danger += [Lesson(CALM, lesson.text) for lesson in kinds]
    return Lessons(rules.digest, topics, tuple(kinds), tuple(danger))


def _about_topics(rules: Rules) -> Iterator[Lesson]:
    few = sum(len(block.texts) for block in rules.topics.values()) < FEW
    for topic, block in rules.topics.items():
        # Where there are few examples, words that they hold would drown them; they are learned where they are said.
        told = {word for text in block.texts for word in fold_words(text)} if few else set()
        for text in block.texts:
            yield Lesson(topic, text)
        yield Lesson(topic, ", ".join(block.name.by_language().values()), example=False)
        for words in (block.words, block.other_languages):
            new = [word for word in words if not told or not told.issuperset(fold_words(word))]
            for at in range(0, len(new), WORDS_TOGETHER):
                yield Lesson(topic, ", ".join(new[at : at + WORDS_TOGETHER]), example=False)
