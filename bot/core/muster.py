"""The muster: every open initiative has a responsible person who is there, today and whatever happens to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from bot.core import lead, looking_back, marks, moving, roster
from bot.core.card import say
from bot.core.effects import SetTimer, Words
from bot.core.events import Fell
from bot.core.frame import Frame
from bot.core.initiative import NOBODY, Initiative
from bot.core.promise import is_working_day
from bot.core.world import Move

KIND = "muster"
"""The kind of the timer that falls due each night, at each start, and with other rules."""


def on_fell(move: Move, event: Fell) -> None:
    """A day begins, or the bot does, or other rules hold: see who is there, and where; come back tomorrow."""
    hold(move)
    moving.settle(move)
    looking_back.set_timer(move)
    midnight = datetime.combine(event.at.date() + timedelta(days=1), time(), tzinfo=event.at.tzinfo)
    move.do(SetTimer(KIND, KIND, midnight))


def hold(move: Move) -> dict[str, list[Initiative]]:
    """Give what waits for somebody who is not there to their stand-in, and back once they are here again.

    Returns:
        What was moved, by the id of the agent who has it now.
    """
    moved: dict[str, list[Initiative]] = {}
    frame = roster.frame_now(move)
    every = move.initiatives
    for number in sorted(every):
        initiative = every[number]
        changed = None if initiative.stage.closed else _see_to(move, frame, initiative)
        if changed is not None:
            moved.setdefault(changed.responsible, []).append(changed)
    return moved


def told(moved: Mapping[str, Sequence[Initiative]]) -> tuple[Words, ...]:
    """Who has what was moved, and whom the citizens hear it from; nothing where nothing was."""
    every = [initiative for some in moved.values() for initiative in some]
    untold = [initiative for initiative in every if initiative.owner == NOBODY]
    lines = (("colleague.away.moved", every), ("colleague.away.by_voice", untold))
    return tuple(
        say(
            key,
            numbers=tuple(f"nr. {initiative.number}" for initiative in some),
            names=tuple(dict.fromkeys(initiative.responsible_name for initiative in some)),
        )
        for key, some in lines
        if some
    )


def _see_to(move: Move, frame: Frame, initiative: Initiative) -> Initiative | None:
    today = move.world.now.date()
    now = initiative.responsible
    home = marks.value(initiative, marks.STANDS_IN)
    if home and home != now and frame.is_there(home, today) and is_working_day(today, frame.promises.closed):
        return lead.give(move, marks.mark(initiative, **{marks.STANDS_IN: ""}), frame.agents[home], lead.BACK)
    if frame.is_there(now, today):
        return None
    known = now in frame.agents and not frame.agents[now].left
    topic = "" if known or not initiative.topics else initiative.topics[0].topic
    chosen = frame.lead_of(topic, now if known else frame.coordinator, today)
    until = frame.away_until(now, today) if known else None
    if chosen == now:
        return None
    if until is None:
        return lead.give(move, marks.mark(initiative, **{marks.STANDS_IN: ""}), frame.agents[chosen], lead.MOVED)
    away = marks.mark(initiative, **{marks.STANDS_IN: home or now})
    return lead.give(move, away, frame.agents[chosen], lead.STANDS_IN, until=until)
