"""The moment an idea is sent: it gets a number, one responsible person, one next step and one date."""

from dataclasses import replace

from bot.core import card, drafting, steps, wording
from bot.core.effects import Note, Parts, Tag
from bot.core.frame import Agent
from bot.core.initiative import Desk, Initiative, NextStep, Stage, Turn
from bot.core.people import Draft, Talk
from bot.core.promise import first_due
from bot.core.world import Move


def send(move: Move, draft: Draft, *, topic: str = "") -> Initiative:
    """Make the draft an initiative, hand it over, and give the citizen a receipt with number, name, step and date.

    `topic` is what the citizen chose where routing was not sure ("" for what routing found or, unsure, nothing).
    """
    frame = move.world.frame
    agent = frame.agents[_lead(move, draft, topic)]
    due = first_due(move.world.now, frame.promises)
    own = "\n".join(said.text for said in draft.standing)
    initiative = Initiative(
        number=move.world.next_number,
        owner=move.person.id,
        owner_name=move.person.name,
        lang=move.talk.lang or "da",
        title=wording.title(own) or _title_without_words(move, draft),
        words=draft.words,
        topics=tuple(sorted(draft.topics, key=lambda found: found.topic != topic)),
        stage=Stage.RECEIVED,
        responsible=agent.id,
        responsible_name=agent.name,
        responsible_title=agent.title,
        step=NextStep(who=agent.name, due=due, turn=Turn.AGENT, key="step.first_answer"),
        sent=move.world.now,
        first_due=due,
        touched=move.world.now,
        desks=desks_of(move, agent, topic or (draft.topics[0].topic if draft.topics else "")),
        kind=draft.kind,
        media=draft.media,
        place=draft.place,
        rules_hash=draft.rules_hash,
    )
    move.save(initiative)
    drafting.stop_timers(move)
    move.talk = Talk(lang=move.talk.lang, focus=initiative.number, last=move.world.now)
    words_of_topics = tuple(f"{found.topic} {found.score:.0f}" for found in draft.topics[:3])
    move.do(Note(initiative.number, "sent", move.person.name, "owner", {"topics": words_of_topics}))
    _receipt(move, initiative, agent)
    card.post(move, initiative)
    steps.promise_timers(move, initiative)
    return initiative


def desks_of(move: Move, agent: Agent, topic: str) -> tuple[Desk, ...]:
    """Where this agent works: the staff group of the topic, their own chat, or both; the first carries the talk.

    An agent who can be reached nowhere is stood in for by the coordinator's places.
    """
    frame = move.world.frame
    chosen = frame.topics.get(topic)
    group = (chosen.staff_chat if chosen and chosen.staff_chat else None) or frame.staff_chat
    places: list[Desk] = []
    if group is not None and agent.desk in ("group", "both"):
        places.append(Desk(group, topic=frame.staff_topics))
    if agent.telegram is not None and agent.desk in ("private", "both"):
        places.append(Desk(agent.telegram, topic=False))
    if not places and group is not None:
        places.append(Desk(group, topic=frame.staff_topics))
    if not places:
        spare = frame.agents[frame.coordinator].telegram or agent.telegram
        places += [Desk(spare, topic=False)] if spare is not None else []
    return tuple(places)


def _lead(move: Move, draft: Draft, topic: str) -> str:
    frame = move.world.frame
    if topic in frame.topics:
        route = move.world.route
        own = "\n".join(said.text for said in draft.standing)
        match = route(own) if route and own else None
        if match and match.topics and match.topics[0].topic == topic and match.sure:
            return match.agent
        return frame.reachable_lead(frame.topics[topic].lead, move.world.now.date())
    if draft.sure and draft.agent in frame.agents:
        return draft.agent
    return frame.reachable_lead(frame.coordinator, move.world.now.date())


def _receipt(move: Move, initiative: Initiative, agent: Agent) -> None:
    told = move.words(
        "citizen.receipt",
        n=initiative.number,
        title=initiative.title,
        agent=agent.name,
        first=agent.first_name,
        role=agent.title,
        due=initiative.step.due,
    )
    status = move.button("citizen.button.status", f"i_status:{initiative.number}")
    human = move.button("citizen.button.human", "human:0")
    tag = Tag("receipt", about=initiative.number)
    move.tell(Parts((told,)), ((status,), (human,)), tag)


def _title_without_words(move: Move, draft: Draft) -> str:
    voice = any(item.kind == "voice" for item in draft.media)
    shown = "voice" if voice else "pictures" if draft.media else "place"
    return move.world.spoken(move.words(f"citizen.title.{shown}"))


def withdraw(move: Move, initiative: Initiative) -> None:
    """The citizen's own act: it stops; the agent is told in one line, without a reason."""
    stopped = replace(initiative, stage=Stage.WITHDRAWN, touched=move.world.now)
    steps.close_by_citizen(move, stopped)
