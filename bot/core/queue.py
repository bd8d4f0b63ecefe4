"""The lists of open initiatives: the whole one, and an agent's own, soonest date first."""

from bot.core import card, marks
from bot.core.card import say
from bot.core.effects import Field, Parts, Say, To, Words
from bot.core.events import Said
from bot.core.frame import Agent
from bot.core.initiative import Initiative, Turn
from bot.core.world import Move

MOST_LINES = 60


def tell_all(move: Move, said: Said) -> None:
    """The coordinator's list: every open initiative with who, step and date; what is late says so in words."""
    _tell(move, said, _open(move), "desk.queue.head", "desk.queue.none")


def tell_own(move: Move, said: Said, agent: Agent) -> None:
    """The initiatives that one agent leads or helps with."""
    mine = [i for i in _open(move) if i.responsible == agent.id or agent.id in i.helpers]
    _tell(move, said, mine, "desk.queue.mine", "desk.queue.mine_none")


def _tell(move: Move, said: Said, found: list[Initiative], head: str, none: str) -> None:
    to = To(said.chat.id, thread=said.chat.thread)
    if not found:
        move.do(Say(to, say(none)))
        return
    parts: list[Words] = [say(head, n=len(found))]
    parts += [_line(move, initiative) for initiative in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        parts.append(say("desk.queue.more", n=len(found) - MOST_LINES))
    move.do(Say(to, Parts(tuple(parts))))


def _line(move: Move, initiative: Initiative) -> Words:
    late = marks.moment(initiative, marks.LATE_SINCE)
    fields: dict[str, Field] = {
        "n": initiative.number,
        "title": card.cut_to(initiative.title, 60),
        "agent": initiative.responsible_name,
        "step": card.next_step(initiative),
        "due": initiative.step.due,
        "stage": card.stage(initiative),
        "name": card.first_name(initiative),
        "since": late or initiative.step.due,
    }
    if initiative.overdue(move.world.now):
        return say("desk.queue.line_overdue", **fields)
    if late is not None:
        return say("desk.queue.line_late", **fields)
    if initiative.step.turn is Turn.CITIZEN:
        return say("desk.queue.line_waiting", **fields)
    if initiative.taken is None:
        return say("desk.queue.line_untaken", **fields)
    return say("desk.queue.line", **fields)


def _open(move: Move) -> list[Initiative]:
    every = {**move.world.initiatives, **move.changed}.values()
    running = (initiative for initiative in every if not initiative.stage.closed)
    return sorted(running, key=lambda initiative: (initiative.step.due, initiative.number))
