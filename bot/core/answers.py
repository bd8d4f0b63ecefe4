"""Which answers of humans have reached the citizen: the first one counts, and the next one where that is taken back."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import marks
from bot.core.initiative import Initiative

MOST = 10
"""Answers after the first that are kept; hardly anybody takes more of them back."""


def arrived(initiative: Initiative, at: datetime, origin: str) -> Initiative:
    """The initiative once a human's answer has reached the citizen; `origin` names the agent's message."""
    if initiative.answered is None:
        return marks.mark(replace(initiative, answered=at), **{marks.ANSWERED_BY: origin})
    later = [one for one in after_the_first(initiative) if one[0] != origin]
    if origin == marks.value(initiative, marks.ANSWERED_BY):
        return initiative
    return _kept(initiative, [*later, (origin, at)][-MOST:])


def taken_back(initiative: Initiative, origin: str) -> Initiative:
    """The initiative once that answer is gone; the one that came next is the first then."""
    later = [one for one in after_the_first(initiative) if one[0] != origin]
    if origin != marks.value(initiative, marks.ANSWERED_BY):
        return _kept(initiative, later)
    (by, at), rest = (later[0], later[1:]) if later else (("", None), [])
    return _kept(marks.mark(replace(initiative, answered=at), **{marks.ANSWERED_BY: by}), rest)


def after_the_first(initiative: Initiative) -> list[tuple[str, datetime]]:
    """The further answers that stand, oldest first: which message, and when it came."""
    written = marks.value(initiative, marks.ANSWERED_TOO)
    zone = initiative.step.due.tzinfo
    return [(by, datetime.fromisoformat(at).astimezone(zone)) for by, at in json.loads(written or "[]")]


def after(initiative: Initiative, origin: str) -> list[str]:
    """The answers that stand and came after that one, oldest first."""
    later = [by for by, _ in after_the_first(initiative)]
    # One that is not among them came before the oldest that is kept.
    return later[later.index(origin) + 1 :] if origin in later else later


def _kept(initiative: Initiative, later: Sequence[tuple[str, datetime]]) -> Initiative:
    written = json.dumps([[by, at.isoformat()] for by, at in later]) if later else ""
    return marks.mark(initiative, **{marks.ANSWERED_TOO: written})
