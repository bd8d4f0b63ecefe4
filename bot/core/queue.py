"""The lists of open initiatives: all by date or by person, what is overdue, what is due today, and an agent's own."""

from collections.abc import Sequence
from datetime import datetime

from bot.core import card, marks
from bot.core.card import say
from bot.core.effects import Button, Buttons, Field, Parts, Ref, Say, Tag, To, Words
from bot.core.events import Pressed, Said
from bot.core.frame import Agent, Frame
from bot.core.initiative import APPOINTMENTS, Initiative, Turn
from bot.core.tally import first_promise
from bot.core.world import Move

LISTS = frozenset({"koe", "mine", "overskredet", "i_dag", "personer"})
"""The commands that show a list."""
OPEN = "vis"
"""The command that shows one initiative by its number."""
VERB, LOOK = "show", "look"
"""The verb of a list's buttons, and the role of the card that they put up: it shows how things stand just then."""
MOST_LINES = 60
MOST_BUTTONS = 5
SECOND = 2
"""So many missed dates in a row are the leader's business."""


def is_of_all(command: str, agent: Agent, frame: Frame) -> bool:
    """Whether a list goes over everybody's initiatives; only the coordinator and the leader have everybody's day."""
    leads = agent.id in (frame.coordinator, frame.leader)
    return command in ("koe", "overskredet", "personer") or (command == "i_dag" and leads)


def tell(move: Move, said: Said, agent: Agent, command: str) -> None:
    """The list that was asked for, the soonest date first; what is late says so in words."""
    to = To(said.chat.id, thread=said.chat.thread)
    every = is_open(move)
    mine = [i for i in every if agent.id in (i.responsible, *i.helpers)]
    if command == "mine":
        _tell(move, to, mine, "desk.queue.mine", "desk.queue.mine_none")
    elif command == "overskredet":
        late = sorted((i for i in every if late_since(move, i)), key=lambda i: late_since(move, i) or i.step.due)
        _tell(move, to, late, "colleague.view.overdue", "colleague.view.overdue_none", above=_again(move, late))
    elif command == "i_dag":
        seen = every if is_of_all(command, agent, move.world.frame) else mine
        _tell(move, to, due_today(move, seen), "colleague.view.today", "colleague.view.today_none")
    elif command == "personer":
        _by_person(move, to, every)
    else:
        _tell(move, to, every, "desk.queue.head", "desk.queue.none")


def is_open(move: Move) -> list[Initiative]:
    """The open initiatives that this step sees, the soonest date first."""
    every = move.initiatives.values()
    running = (initiative for initiative in every if not initiative.stage.closed)
    return sorted(running, key=lambda initiative: (initiative.step.due, initiative.number))


def due_today(move: Move, initiatives: Sequence[Initiative]) -> list[Initiative]:
    """Those that are the municipality's move and have a date of today or before."""
    today = move.world.now.date()
    due = (i for i in initiatives if i.step.turn is not Turn.CITIZEN and not i.out_of_reach)
    return [i for i in due if i.step.due.date() <= today]


def late_since(move: Move, initiative: Initiative) -> datetime | None:
    """Since when the citizen waits for what was promised first; None where nothing is late."""
    if initiative.out_of_reach:
        return None
    late = marks.moment(initiative, marks.LATE_SINCE)
    return late or (initiative.step.due if initiative.overdue(move.world.now) else None)


def lines(move: Move, initiatives: Sequence[Initiative]) -> list[Words]:
    """A line for each, as many as one message should hold."""
    told = [_line(move, initiative) for initiative in initiatives[:MOST_LINES]]
    if len(initiatives) > MOST_LINES:
        told.append(say("desk.queue.more", n=len(initiatives) - MOST_LINES))
    return told


def buttons(initiatives: Sequence[Initiative]) -> Buttons:
    """A button for each of the first ones, which puts its card up."""
    return tuple(
        (Button("desk.button.open", f"{VERB}:{one.number}", fields={"n": one.number, "title": _short(one.title)}),)
        for one in initiatives[:MOST_BUTTONS]
    )


def show(move: Move, event: Pressed, initiative: Initiative, _agent: Agent) -> None:
    """Put the card up where the list was read; the one at its own desk stays what it is."""
    move.answers(event.callback_id)
    target = move.world.target
    thread = To(event.chat.id, topic_of=move.world.topic, thread=event.chat.thread)
    _put_up(move, thread, initiative, Ref(event.chat.id, event.message_id) if target is not None else None)


def by_command(move: Move, said: Said, initiative: Initiative | None) -> None:
    """ "/vis 12" """
    to = To(said.chat.id, topic_of=move.world.topic, thread=said.chat.thread)
    if initiative is None:
        move.do(Say(to, say("desk.unknown_number")))
    else:
        _put_up(move, to, initiative, None)


def _put_up(move: Move, to: To, initiative: Initiative, answers: Ref | None) -> None:
    tag = Tag(LOOK, about=initiative.number)
    move.do(Say(to, card.content(move, initiative, to.chat), card.buttons(initiative), tag, reply_to=answers))


def _short(title: str) -> str:
    """As much of a title as fits on a button of 28 characters beside a number."""
    cut = card.cut_to(title, 17)
    return cut if cut == title else cut.removesuffix(" …") + "…"


def _again(move: Move, late: Sequence[Initiative]) -> tuple[Words, ...]:
    """Those whose date has passed more than once, ahead of the list: they are the leader's business."""
    again = [one for one in late if int(marks.value(one, marks.MISSES) or 0) >= SECOND]
    if not again:
        return ()
    leader = move.world.frame.agents[move.world.frame.leader].name
    numbers = tuple(f"nr. {one.number}" for one in again)
    return (say("colleague.view.again", n=len(again), numbers=numbers, agent=leader),)


def _tell(move: Move, to: To, found: list[Initiative], head: str, none: str, *, above: tuple[Words, ...] = ()) -> None:
    if not found:
        move.do(Say(to, say(none)))
        return
    content = Parts((*above, say(head, n=len(found)), *lines(move, found)))
    move.do(Say(to, content, buttons(found), Tag("list")))


def _by_person(move: Move, to: To, every: list[Initiative]) -> None:
    """Who has how much, how much of it is late, and what it is."""
    if not every:
        move.do(Say(to, say("desk.queue.none")))
        return
    by_name: dict[str, list[Initiative]] = {}
    for initiative in every:
        by_name.setdefault(initiative.responsible_name, []).append(initiative)
    parts: list[Words] = []
    for name, own in sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0])):
        now = move.world.now
        late = sum(late_since(move, one) is not None or first_promise(one, now) == "overdue" for one in own)
        parts.append(say("colleague.view.person", agent=name, n=len(own), late=late))
        parts += lines(move, own)
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
    if initiative.out_of_reach:
        return say("desk.queue.line_out_of_reach", **fields)
    if initiative.overdue(move.world.now):
        return say("desk.queue.line_overdue", **fields)
    if late is not None:
        return say("desk.queue.line_late", **fields)
    if initiative.step.turn is Turn.CITIZEN:
        return say("desk.queue.line_waiting", **fields)
    if initiative.taken is None:
        return say("desk.queue.line_untaken", **fields)
    if initiative.step.key in APPOINTMENTS:
        return say("desk.queue.line_appointment", **fields)
    return say("desk.queue.line", **fields)
