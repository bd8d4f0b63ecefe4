"""A second opinion on a text, from a model of meaning, and how it is weighed beside what the rules say."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from typing import Protocol

from bot.core.match import Kind

TOPIC_WORTH = 1.0
"""How much the opinion counts beside the topics' own evidence."""
KIND_WORTH = 1.5
MOST_DOUBT, MOST_FAITH = -3.0, 4.5
"""Bounds of what the opinion may say against or for one topic or kind, so that the rules are never outvoted by far."""
LEAST = 1e-4
"""The least that a likelihood counts as, so that none is so unlikely that nothing can outweigh it."""
IDEA_DOUBT = 0.5
"""What is taken from the evidence for an idea where an opinion is there: without one, a text is an idea in doubt."""

OFFER_DOUBT = 1.5
"""The same for an offer: many an idea ends in what its writer would do for it, and sounds like an offer there."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely each topic and each kind is (0..1, each group sums to 1), and for topics the example most alike.

    `danger` is how likely it is that somebody is in danger now (0..1).
    """

    topics: Mapping[str, float]
    kinds: Mapping[Kind, float]
    like: Mapping[str, str]
    danger: float


class SecondOpinion(Protocol):
    """Whoever can be asked; must answer at once or not at all."""

    def look(self, digest: str, text: str) -> Opinion | None:
        """The opinion on a text by the rules with this digest, or None when there is none in time."""


def odds(likely: float) -> float:
    """The natural log of the odds of a likelihood: 0 for even, within -9 and 9."""
    likely = min(max(likely, 1e-4), 1 - 1e-4)
    return log(likely / (1 - likely))


def lean(likely: float, choices: int) -> float:
    """What a likelihood says: above 0 when it is more than chance among so many choices."""
    return max(MOST_DOUBT, min(MOST_FAITH, log(max(likely, 1e-6) * choices)))


def lead_of(topic: str, opinion: Opinion) -> float:
    """How far the opinion has the topic before the best of all others, as a natural log; below 0: behind."""
    others = max((likely for other, likely in opinion.topics.items() if other != topic), default=0.0)
    return log(max(opinion.topics.get(topic, 0.0), LEAST)) - log(max(others, LEAST))
