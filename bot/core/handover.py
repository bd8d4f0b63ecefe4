"""The moment an idea is sent: it gets a number, one responsible person, one next step and one date."""

from dataclasses import replace

from bot.core import card, companions, drafting, false_alarm, places, steps, why, wording
from bot.core.effects import Note, Parts, Tag
from bot.core.frame import Agent
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from bot.core.people import Draft, Held, Talk
from bot.core.promise import first_due
from bot.core.world import Move


def send(move: Move, draft: Draft, *, topic: str = "", lead: str = "", told: bool = True) -> Initiative:
    """Make the draft an initiative, hand it over, and give the citizen a receipt with number, name, step and date.

    `topic` is what the citizen chose where routing was not sure ("" for what routing found or, unsure, nothing).
    `lead` is an agent's id where it is known who has it; `told` is False where the caller gives the receipt.
    """
    frame, today = move.world.frame, move.world.now.date()
    agent = frame.agents[frame.reachable_lead(lead, today) if lead else _lead(move, draft, topic)]
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
        desks=places.desks_of(move, agent, topic or (draft.topics[0].topic if draft.topics else "")),
        kind=draft.kind,
        media=draft.media,
        place=draft.place,
        rules_hash=draft.rules_hash,
        extra=why.marks_at_sending(
            frame, draft.topics, agent, sure=draft.sure, chosen=topic, place=move.place_in(draft.text)
        ),
    )
    move.save(initiative)
    if draft.kind == "idea":
        initiative = companions.ask(move, initiative)
    drafting.stop_timers(move)
    held = false_alarm.unseen(move)
    move.talk = _talk_after(move.talk, initiative, held)
    words_of_topics = tuple(f"{found.topic} {found.score:.0f}" for found in draft.topics[:3])
    move.do(Note(initiative.number, "sent", move.person.name, "owner", {"topics": words_of_topics}))
    if told:
        _receipt(move, initiative, agent)
    card.post(move, initiative)
    steps.promise_timers(move, initiative)
    return initiative


def _talk_after(talk: Talk, sent: Initiative, held: tuple[Held, ...]) -> Talk:
    """What of the talk goes on once the draft is an initiative; the rest was the draft's."""
    kept = replace(Talk(), lang=talk.lang, lang_written=talk.lang_written, aside=talk.aside, plenty=talk.plenty)
    return replace(kept, focus=sent.number, last=sent.touched, held=held)


def _lead(move: Move, draft: Draft, topic: str) -> str:
    """Who leads it today: whoever the topic has, or their stand-in; where nobody is sure its place, or nobody's."""
    frame, today = move.world.frame, move.world.now.date()
    if topic in frame.topics:
        return frame.lead_of(topic, frame.coordinator, today)
    if draft.sure:
        return frame.reachable_lead(drafting.lead_of(move, draft), today)
    return frame.unsure_lead(move.place_in(draft.text), today)


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
    meet = move.button("citizen_step.button.meet_wish", f"meet_wish:{initiative.number}")
    tag = Tag("receipt", about=initiative.number)
    move.tell(Parts((told,)), ((status,), (meet,), (human,)), tag)


def _title_without_words(move: Move, draft: Draft) -> str:
    voice = any(item.kind == "voice" for item in draft.media)
    shown = "voice" if voice else "pictures" if draft.media else "place"
    return move.world.spoken(move.words(f"citizen.title.{shown}"))


def withdraw(move: Move, initiative: Initiative) -> None:
    """The citizen's own act: it stops; the agent and those who follow are told in one line, without a reason."""
    stopped = replace(initiative, stage=Stage.WITHDRAWN, touched=move.world.now)
    steps.close_by_citizen(move, stopped)
