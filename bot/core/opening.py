"""An initiative that begins without a draft: one responsible person, one step and one date from its first moment."""

from bot.core import card, places, steps
from bot.core.effects import Note
from bot.core.events import Media
from bot.core.frame import Agent
from bot.core.initiative import Initiative, NextStep, Stage, Turn
from bot.core.match import TopicScore
from bot.core.people import Utterance
from bot.core.promise import first_due
from bot.core.world import Move


def opened(
    move: Move,
    agent: Agent,
    owner: tuple[int, str],
    words: Utterance,
    title: str,
    *,
    kind: str,
    media: tuple[Media, ...] = (),
    topics: tuple[TopicScore, ...] = (),
    extra: dict[str, str] | None = None,
    step: str = "step.first_answer",
) -> Initiative:
    """Save it, watch over its first promise and put its card up.

    `owner` is a Telegram id (or 0) and a name; `step` is what the agent does first, as a key of the texts.
    """
    frame, now = move.world.frame, move.world.now
    due = first_due(now, frame.promises)
    initiative = Initiative(
        number=move.world.next_number,
        owner=owner[0],
        owner_name=owner[1],
        lang=move.talk.lang or "da" if owner[0] else "da",
        title=title,
        words=(words,) if words.text else (),
        topics=topics,
        stage=Stage.RECEIVED,
        responsible=agent.id,
        responsible_name=agent.name,
        responsible_title=agent.title,
        step=NextStep(who=agent.name, due=due, turn=Turn.AGENT, key=step),
        sent=now,
        first_due=due,
        touched=now,
        desks=places.desks_of(move, agent, topics[0].topic if topics else ""),
        kind=kind,
        media=media,
        rules_hash=frame.rules_hash,
        extra=extra or {},
    )
    move.save(initiative)
    move.do(Note(initiative.number, "sent", initiative.owner_name, "owner", {"kind": kind}))
    card.post(move, initiative)
    steps.promise_timers(move, initiative)
    return initiative
