"""Rules tried before they count: what a sentence would meet today, and what a new file would move."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.core.frame import Frame
from bot.core.match import Kind, Match, TopicScore
from bot.core.promise import working_day_after
from bot.routing.live import Accepted

SHOWN = 3
WITHOUT_AGENT = frozenset({"emergency", "noise", "smalltalk", "question", "status"})
"""Kinds that the bot answers by itself; a signpost answers the others that are no ideas."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text to try: `key` says whose it is ("nr. 12", "eksempel"), `topic` what a person says it is about, or ""."""

    key: str
    text: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class TopicLook:
    """One topic a sentence may be about, and who would have it today if the citizen chose it."""

    topic: str
    label: str
    score: float
    because: tuple[str, ...]
    agent: str
    agent_name: str


@dataclass(frozen=True, slots=True)
class Look:
    """What the rules make of one sentence today.

    `agent` and `agent_name` are the responsible if it is sent now; "" when it is no idea and nobody gets it. `asks`
    says that the citizen is first asked which topic; who doesn't know gets `agent`, the coordinator. `due` and `hour`
    are when an answer would be promised. `emergency` is the line's number and `emergency_line` its id, or "";
    `near` is the number that stands above the answer where danger can't be left out.
    `signpost` is the id of where an errand belongs; `rest` the part that is an idea when the words hold both.
    """

    sentence: str
    kind: Kind
    lang: str
    topics: tuple[TopicLook, ...]
    sure: bool
    asks: bool
    agent: str
    agent_name: str
    due: date
    hour: time
    emergency: str
    emergency_line: str
    near: str
    signpost: str
    rest: str
    places: tuple[str, ...]
    rules_hash: str


@dataclass(frozen=True, slots=True)
class Where:
    """Where a text goes: its kind, its first topic ("" for none), whether that is sure, and who gets it by name."""

    kind: Kind
    topic: str
    sure: bool
    agent: str
    agent_name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A text that goes elsewhere under the new rules."""

    sample: Sample
    before: Where
    after: Where

    @property
    def to_another(self) -> bool:
        """Whether another person would get it."""
        return self.before.agent != self.after.agent


@dataclass(frozen=True, slots=True)
class NewLead:
    """A topic that another person leads: names, "" on the side where the topic is not there."""

    topic: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What new rules would do to texts and people.

    `moved` are the texts that change kind, topic or person; `tried` how many were tried. `right_before` and
    `right_after` count those of `told` texts with a known topic that find it. `leads` are topics that come, go or
    change hands; `gone` and `new` the names of agents who leave and come; `without_topic` those who stay and lose
    their last topic.
    """

    tried: int
    moved: tuple[Moved, ...]
    told: int
    right_before: int
    right_after: int
    leads: tuple[NewLead, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    without_topic: tuple[str, ...]

    @property
    def to_others(self) -> tuple[Moved, ...]:
        """The moved texts that another person would get."""
        return tuple(moved for moved in self.moved if moved.to_another)


def examples(accepted: Accepted) -> Iterator[Sample]:
    """The rules' own examples, each with its topic."""
    for topic, block in accepted.router.rules.topics.items():
        for example in block.texts:
            yield Sample("eksempel", example, topic)


def look(accepted: Accepted, sentence: str, today: date) -> Look:
    """What would happen if a citizen wrote and sent the sentence today; nothing is kept and nobody is told."""
    frame = accepted.frame
    first = accepted.router.match(sentence, today=today)
    sent = _as_sent(accepted, sentence, first, today)
    where = _where(frame, first, sent, today)
    line, near = frame.emergency_lines.get(first.emergency), frame.emergency_lines.get(first.near)
    topics = tuple(_look_at(frame, sent, score, today) for score in sent.topics[:SHOWN])
    return Look(
        sentence=sentence,
        kind=first.kind,
        lang=first.lang,
        topics=topics,
        sure=sent.sure,
        asks=bool(where.agent) and not sent.sure and any(score.score > 0 for score in sent.topics),
        agent=where.agent,
        agent_name=where.agent_name,
        due=working_day_after(today, frame.promises.working_days, frame.promises.closed),
        hour=frame.promises.hour,
        emergency=line.number if line else "",
        emergency_line=first.emergency,
        near=near.number if near else "",
        signpost=first.signpost,
        rest=first.rest,
        places=sent.places,
        rules_hash=first.rules_hash,
    )


def compare(old: Accepted, new: Accepted, sentences: Sequence[Sample], today: date) -> Trial:
    """Send every text through the old and the new rules as of today, and tell what differs."""
    moved: list[Moved] = []
    told = right_before = right_after = 0
    for sample in sentences:
        before, after = (_find_place(rules, sample.text, today) for rules in (old, new))
        if before != after:
            moved.append(Moved(sample, before, after))
        told += bool(sample.topic)
        right_before += bool(sample.topic) and before.topic == sample.topic
        right_after += bool(sample.topic) and after.topic == sample.topic
    was, now = old.frame, new.frame
    return Trial(
        tried=len(sentences),
        moved=tuple(moved),
        told=told,
        right_before=right_before,
        right_after=right_after,
        leads=tuple(_new_leads(was, now)),
        gone=tuple(agent.name for id_, agent in was.agents.items() if id_ not in now.agents),
        new=tuple(agent.name for id_, agent in now.agents.items() if id_ not in was.agents),
        without_topic=tuple(
            now.agents[agent].name
            for agent in was.agents
            if agent in now.agents and agent in _leaders(was) - _leaders(now)
        ),
    )


def _as_sent(accepted: Accepted, sentence: str, first: Match, today: date, *, alone: bool = False) -> Match:
    """The match that a draft would be sent by: an errand that stands beside the idea is not part of it."""
    text = (first.rest or sentence).strip()
    return first if text == sentence else accepted.router.match(text, today=today, alone=alone)


def _where(frame: Frame, first: Match, sent: Match, today: date) -> Where:
    topic = sent.topics[0].topic if sent.topics else ""
    is_idea = first.kind in ("idea", "offer")
    if first.kind in WITHOUT_AGENT or (first.signpost and not is_idea):
        agent = ""
    elif sent.sure:
        agent = sent.agent
    else:
        agent = frame.unsure_lead(frame.agents_place(sent.places), today)
    return Where(first.kind, topic, sent.sure, agent, frame.agents[agent].name if agent else "")


def _find_place(accepted: Accepted, text: str, today: date) -> Where:
    # By the rules alone: a model that has learned the old rules only would make every difference its own.
    first = accepted.router.match(text, today=today, alone=True)
    return _where(accepted.frame, first, _as_sent(accepted, text, first, today, alone=True), today)


def _look_at(frame: Frame, sent: Match, score: TopicScore, today: date) -> TopicLook:
    topic = frame.topics[score.topic]
    sure_of_it = sent.sure and score.topic == sent.topics[0].topic
    agent = sent.agent if sure_of_it else frame.reachable_lead(topic.lead, today)
    return TopicLook(score.topic, topic.label["da"], score.score, score.because, agent, frame.agents[agent].name)


def _new_leads(was: Frame, now: Frame) -> Iterator[NewLead]:
    for topic in dict.fromkeys((*was.topics, *now.topics)):
        before, after = (
            frame.agents[frame.topics[topic].lead].name if topic in frame.topics else "" for frame in (was, now)
        )
        if before != after:
            label = (now.topics.get(topic) or was.topics[topic]).label["da"]
            yield NewLead(topic, label, before, after)


def _leaders(frame: Frame) -> set[str]:
    return {topic.lead for topic in frame.topics.values()}
