"""Sows the thirty ideas into a sandbox's store, in the very form in which the bot keeps them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.core import marks
from bot.core.display import passages
from bot.core.effects import Note
from bot.core.frame import Frame
from bot.core.initiative import Ending, Initiative, NextStep, Passed, Stage, Turn
from bot.core.match import TopicScore
from bot.core.people import Person, Utterance
from bot.core.promise import first_due, is_working_day
from bot.demo.seeds import Seed, read_seeds

FIRST_OWNER = 880_000_001
"""Where the ids of the people begin who never had a phone in the sandbox."""
NAMES = (
    "Ingrid", "Poul", "Sara", "Mikkel", "Hanne", "Yusuf", "Anna", "Viggo", "Lise", "Omar", "Kirsten", "Emil", "Nadia",
    "Jens", "Freja", "Torben",
)  # fmt: skip
SOWN = "sown"
"""The mark of an idea that was sown."""
STAGES = frozenset(Stage)
BREATH = timedelta(minutes=20)
"""How long after what went before something happens at the earliest."""


def sow(frame: Frame, now: datetime, first: int) -> list[tuple[Person, Initiative, list[tuple[Note, datetime]]]]:
    """The ideas as they stand at `now`, oldest first, numbered from `first`, each with its owner and its timeline."""
    return [_grown(frame, now, seed, first + place, place) for place, seed in enumerate(read_seeds())]


def _grown(
    frame: Frame, now: datetime, seed: Seed, number: int, place: int
) -> tuple[Person, Initiative, list[tuple[Note, datetime]]]:
    owner = Person(FIRST_OWNER + place, NAMES[place % len(NAMES)], lang=seed.lang, reachable=False)
    closed = frame.promises.closed
    sent = _at(now, closed, seed.sent, 9 + place % 8, 7 * place % 60)
    agent = frame.agents[seed.agent]
    moves: list[tuple[str, datetime]] = []
    for kind, days in seed.moves:
        before = moves[-1][1] if moves else sent
        moves.append((kind, max(_at(now, closed, days, 11, 12 + place), before + BREATH)))
    taken = next((at for kind, at in moves if kind == "taken"), None)
    late = next((_at(now, closed, days, 16, 0) for kind, days in reversed(seed.moves) if kind == "late"), None)
    due = _at(now, closed, -seed.due, 16, 0)
    promised = first_due(sent, frame.promises)
    answered = None if seed.answered is None else max(_at(now, closed, seed.answered, 10, 40), (taken or sent) + BREATH)
    waits = seed.answered is None and not seed.stage.closed
    late_now = (due if waits and due < now else None) or (late if seed.due < 0 else None)
    initiative = Initiative(
        number=number,
        owner=owner.id,
        owner_name=owner.name,
        lang=seed.lang,
        title=seed.title,
        words=(Utterance(seed.words, 1, sent),),
        topics=(TopicScore(seed.topic, 90.0, ()),),
        stage=seed.stage,
        responsible=agent.id,
        responsible_name=agent.name,
        responsible_title=agent.title,
        step=_step(seed, agent.name, due),
        sent=sent,
        first_due=due if waits else promised,
        touched=moves[-1][1] if moves else sent,
        taken=taken,
        answered=answered,
        public=seed.shown,
        public_words=seed.words if seed.shown else "",
        ending=Ending(seed.what, seed.why, seed.instead, agent.name) if seed.what else None,
        extra={SOWN: "1"}
        | ({marks.LATE_SINCE: late_now.isoformat()} if late_now else {})
        | ({marks.SEEKS: seed.seeks} if seed.seeks else {}),
    )
    way = (passed for passed in passages(initiative, moves) if passed.what in STAGES)
    initiative = replace(initiative, stages=tuple(Passed(Stage(passed.what), passed.at) for passed in way))
    told = [(Note(number, "sent", owner.name, "owner"), sent)]
    told += [(Note(number, kind, _actor(kind, agent.name, owner.name), _seen_by(kind)), at) for kind, at in moves]
    return owner, initiative, told


def _step(seed: Seed, agent: str, due: datetime) -> NextStep:
    if seed.citizens_turn:
        return NextStep(agent, due, Turn.CITIZEN, key="step.your_answer")
    if seed.stage is Stage.WAITING:
        return NextStep(agent, due, Turn.OUTSIDE, what=seed.step)
    return NextStep(agent, due, Turn.AGENT, what=seed.step, key="" if seed.step else "step.first_answer")


def _actor(kind: str, agent: str, owner: str) -> str:
    return owner if kind == "withdrawn" else agent


def _seen_by(kind: str) -> str:
    seen: Mapping[str, str] = {"taken": "owner", "withdrawn": "owner"}
    return seen.get(kind, "public")


def _at(now: datetime, closed: Collection[date], days_ago: int, hour: int, minute: int) -> datetime:
    """So many days before today, at that hour here; never after now for what has happened.

    Nobody works and nothing falls due on a closed day: what is past lies on the last working day before it, what is to
    come on the next one after it.
    """
    then = (now - timedelta(days=days_ago)).replace(hour=hour, minute=minute, second=0, microsecond=0)
    while not is_working_day(then.date(), closed):
        then += timedelta(days=1 if days_ago < 0 else -1)
    return min(then, now) if days_ago >= 0 else then
