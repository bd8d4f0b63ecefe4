"""What people's corrections teach: words and examples that an admin may add; nothing changes by itself."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.routing.difference import lines
from bot.routing.insertion import add_items
from bot.routing.live import Accepted, Refused, accept
from bot.routing.match import Router
from bot.routing.spelling import split_sentences
from bot.routing.unmatched import unknown_words, usual_form

FEWEST = 2
"""A word is proposed when it stands in this many corrected ideas of one topic, so that no single citizen is quoted."""
LONGEST_EXAMPLE = 20
"""Words at most in an example that is proposed."""
MOST_EXAMPLES = 5
"""Examples at most that are proposed for one topic at a time."""
_PRIVATE = re.compile(r"\d|@|https?:|www\.", re.IGNORECASE)
"""Signs of a number, an address or a name on the net: such a sentence is nobody's example."""


@dataclass(frozen=True, slots=True)
class Observation:
    """An idea that a person sent elsewhere than routing did.

    `how`: the citizen "chose" the `topic`, or staff "passed" it on to `agent` (an id), whose topic it is then.
    """

    number: int
    text: str
    how: Literal["chose", "passed"]
    topic: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """An item that might be added to a topic's list (`field`: ord or eksempler), and the ideas that speak for it."""

    topic: str
    field: Literal["ord", "eksempler"]
    item: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rules file with additions that passed every check, for an admin to look at; `data` is the whole file."""

    data: bytes
    additions: tuple[Addition, ...]
    observed: int

    def diff(self, before: bytes) -> str:
        """The lines that would come and go."""
        return "\n".join(f"{'-' if line.gone else '+'} {line.number}: {line.text}" for line in lines(before, self.data))


def propose(
    current: Accepted,
    observations: Sequence[Observation],
    today: date,
    judge: Callable[[bytes], Accepted | Refused] = accept,
) -> Proposal:
    """What the observations speak for adding to the rules in force.

    Every addition has passed the loader's checks, which `judge` makes.
    """
    by_topic = _by_topic(current, observations, today)
    router = current.router
    wanted = [
        addition
        for topic, corrected in by_topic.items()
        for addition in (*_words(router, topic, corrected), *_examples(router, topic, corrected))
    ]
    data, kept = _add_what_passes(current.data, wanted, judge)
    return Proposal(data, kept, sum(map(len, by_topic.values())))


def propose_words(current: Accepted, observations: Sequence[Observation], today: date) -> Proposal:
    """The words alone, for a file that whoever asked judges: no single citizen's sentence is in it."""
    by_topic = _by_topic(current, observations, today)
    data, found = current.data, []
    for topic, corrected in by_topic.items():
        for addition in _words(current.router, topic, corrected):
            data = add_items(data, topic, addition.field, [addition.item])
            found.append(addition)
    return Proposal(data, tuple(found), sum(map(len, by_topic.values())))


def _by_topic(current: Accepted, observations: Sequence[Observation], today: date) -> dict[str, list[Observation]]:
    """The observations by the topic that they speak for."""
    found: dict[str, list[Observation]] = {}
    for observation in observations:
        if topic := _topic_of(current, observation, today):
            found.setdefault(topic, []).append(observation)
    return found


def _add_what_passes(
    data: bytes, wanted: Sequence[Addition], judge: Callable[[bytes], Accepted | Refused]
) -> tuple[bytes, tuple[Addition, ...]]:
    """The file with all of them, or where they don't pass together, with those that pass one after the other."""
    if not wanted:
        return data, ()
    together = data
    for addition in wanted:
        together = add_items(together, addition.topic, addition.field, [addition.item])
    if isinstance(judge(together), Accepted):
        return together, tuple(wanted)
    kept = []
    for addition in wanted if len(wanted) > 1 else ():
        tried = add_items(data, addition.topic, addition.field, [addition.item])
        if isinstance(judge(tried), Accepted):
            data = tried
            kept.append(addition)
    return data, tuple(kept)


def _topic_of(current: Accepted, observation: Observation, today: date) -> str:
    """The topic that the idea should have found: the citizen's, or the likeliest of the new agent's."""
    topics = current.frame.topics
    if observation.how == "chose":
        return observation.topic if observation.topic in topics else ""
    own = [topic for topic, block in topics.items() if block.lead == observation.agent]
    if len(own) == 1:
        return own[0]
    scores = current.router.match(observation.text, today=today).topics
    return next((score.topic for score in scores if score.topic in own), "")


def _words(router: Router, topic: str, corrected: Sequence[Observation]) -> Iterator[Addition]:
    """The words that several of the ideas share, in whatever form, and that no rule knows."""
    numbers: dict[str, set[int]] = {}
    written: dict[str, Counter[str]] = {}
    for observation in corrected:
        reading = router.read(observation.text)
        for token, root in unknown_words(router, reading):
            numbers.setdefault(root, set()).add(observation.number)
            written.setdefault(root, Counter())[token.text.lower()] += 1
    for root, seen in sorted(numbers.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(seen) >= FEWEST:
            yield Addition(topic, "ord", usual_form(written[root]), tuple(sorted(seen)))


def _examples(router: Router, topic: str, corrected: Sequence[Observation]) -> Iterator[Addition]:
    """The ideas' own first sentences, where routing still takes them for another topic."""
    found: dict[str, Addition] = {}
    known = set(router.rules.topics[topic].examples)
    for observation in corrected:
        sentence = next(iter(split_sentences(observation.text)), "").strip()
        fits = 3 <= len(sentence.split()) <= LONGEST_EXAMPLE and not _PRIVATE.search(sentence)
        if fits and sentence not in known and router.first_topic(sentence) != topic:
            found.setdefault(sentence, Addition(topic, "eksempler", sentence, (observation.number,)))
    yield from list(found.values())[:MOST_EXAMPLES]
