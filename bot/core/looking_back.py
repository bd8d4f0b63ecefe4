"""Tells the coordinator once a month how the month before looks in the mirror, a paragraph for each principle."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.core.effects import Field, Parts, Say, SetTimer, Tag, To, Words
from bot.core.events import Fell
from bot.core.frame import Frame
from bot.core.mirror import Mirror, last_month, next_month
from bot.core.numbers import FEW
from bot.core.promise import is_working_day
from bot.core.world import Move

KIND = "mirror"
"""The kind of the timer by which the coordinator gets last month's."""
HOUR = time(9)
LONG = 48
"""Hours from which a span is told in days."""


def set_timer(move: Move) -> None:
    """Let the mirror of this month come to the coordinator on the first working day of the next."""
    frame, now = move.world.frame, move.world.now
    day = first = next_month(now.date())
    while not is_working_day(day, frame.promises.closed):
        day += timedelta(days=1)
    move.do(SetTimer(f"{KIND}:{first:%Y-%m}", KIND, datetime.combine(day, HOUR, tzinfo=now.tzinfo)))


def on_fell(move: Move, event: Fell) -> None:
    """It is the first working day: last month's mirror, to whoever coordinates today."""
    frame = move.world.frame
    agent = frame.agents[frame.reachable_lead(frame.coordinator, event.at.date())]
    if move.world.mirror is None or agent.own_chat is None:
        return
    month = last_month(event.at.date())
    told = tell(move.world.mirror(month), frame, datetime.combine(month, HOUR, tzinfo=event.at.tzinfo))
    move.do(Say(To(agent.own_chat), told, tag=Tag(KIND)))


def tell(mirror: Mirror, frame: Frame, at: datetime, lang: str = "da") -> Parts:
    """The mirror in words, a paragraph for each principle; `at` is a moment of its first day."""
    labels = (frame.topics[topic].label for topic in mirror.silent_topics if topic in frame.topics)
    topics = tuple(label.get(lang, label["da"]) for label in labels)
    told = [
        Words("mirror.head", lang, {"at": at, "many": few(mirror.sent, lang)}),
        _first_answer(mirror, lang),
        Words("mirror.bridges", lang, {"contacts": few(mirror.contacts, lang), "meetings": few(mirror.meetings, lang)}),
        _progress(mirror, lang),
        Words("mirror.easy", lang, {"topics": _named(topics, lang), "places": _named(mirror.silent_places, lang)}),
        Words("mirror.drive", lang, {"goes_on": few(mirror.goes_on, lang), "withdrawn": few(mirror.withdrawn, lang)}),
        share("mirror.frame", mirror.helped, mirror.noes, lang),
    ]
    return Parts(tuple(told))


def few(many: int, lang: str) -> Field:
    """A number as it is told; 1 and 2 are not counted out."""
    return Words("numbers.few", lang) if 0 < many < FEW else str(many)


def share(key: str, part: int, whole: int, lang: str) -> Words:
    """So many of so many; where there are too few to say, that is said. The key has `none` and `few` beside `some`."""
    if not whole:
        return Words(f"{key}.none", lang)
    if whole < FEW or 0 < part < FEW or 0 < whole - part < FEW:
        return Words(f"{key}.few", lang)
    return Words(f"{key}.some", lang, {"part": str(part), "whole": str(whole)})


def _first_answer(mirror: Mirror, lang: str) -> Words:
    if mirror.hours is None:
        return Words("mirror.listens.none", lang)
    if mirror.answered < FEW:
        return Words("mirror.listens.few", lang)
    hours = round(mirror.hours)
    span = Words("mirror.hours", lang, {"n": hours}) if hours < LONG else Words("shared.days", lang, {"n": hours // 24})
    return Words("mirror.listens.some", lang, {"span": span, "many": str(mirror.answered)})


def _progress(mirror: Mirror, lang: str) -> Words:
    """The promises that were kept, and how often each stage was reached where one was."""
    kept = share("mirror.progress", mirror.kept, mirror.promised, lang)
    told: Words | None = None
    for stage, many in reversed(list(mirror.stages.items())):
        fields: dict[str, Field] = {"stage": Words(f"board.stage.{stage.value}", lang), "many": few(many, lang)}
        one = Words("mirror.stage", lang, fields)
        told = one if told is None else Words("mirror.and_stage", lang, {"above": one, "below": told})
    return kept if told is None else Words("mirror.stages", lang, {"above": kept, "told": told})


def _named(names: Sequence[str], lang: str) -> Field:
    return tuple(names) if names else Words("mirror.nothing", lang)
