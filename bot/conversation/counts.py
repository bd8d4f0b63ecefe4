"""What this process has done since it started, as plain numbers, for whoever watches over it."""

from collections import Counter
from dataclasses import dataclass, field

OUTCOMES = ("sent", "retry", "unreachable", "topic_gone", "moved", "rejected")
"""How a call can end, as it is counted; always shown, so that a graph begins at nought."""


@dataclass(slots=True)
class Counts:
    """`acts` is how many rows of the inbox were handled; `calls` how many calls ended in which way."""

    acts: int = 0
    calls: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(OUTCOMES, 0)))


def name_of(outcome: object) -> str:
    """An outcome as it is counted: `TopicGone` is "topic_gone"."""
    return {"TopicGone": "topic_gone"}.get(type(outcome).__name__, type(outcome).__name__.lower())
