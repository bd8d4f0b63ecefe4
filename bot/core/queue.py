"""The lists of open initiatives: all by date or by person, what is overdue, what is due today, and an agent's own."""

from collections.abc import Sequence
from datetime import datetime

from bot.core import card, marks
from bot.core.card import say
from bot.core.effects import Button, Buttons, Field, Parts, Ref, Say, Tag, To, Words
from bot.core.events import Pressed, Said
from bot.core.face import NO_IDEAS
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
MORE = "list"
"""The verb that goes on with a list; its payload says after which line, and whose list it is."""
A_PAGE = 8
"""So many initiatives stand in one message, each with its button."""
SECOND = 2
"""So many missed dates in a row are the leader's business."""
_HEADS = {
    "koe": ("desk.queue.head", "desk.queue.none"),
    "mine": ("desk.queue.mine", "desk.queue.mine_none"),
    "overskredet": ("colleague.view.overdue", "colleague.view.overdue_none"),
    "i_dag": ("colleague.view.today", "colleague.view.today_none"),
}
"""The words above a list, and those where nothing is on it."""


def is_of_all(command: str, agent: Agent, frame: Frame) -> bool:
    """Whether a list goes over everybody's initiatives; only the coordinator and the leader have everybody's day."""
    leads = agent.id in (frame.coordinator, frame.leader)
    return command in ("koe", "overskredet", "personer") or (command == "i_dag" and leads)


def tell(move: Move, said: Said, agent: Agent, command: str) -> None:
    """The list that was asked for, the soonest date first; what is late says so in words."""
    to = To(said.chat.id, thread=said.chat.thread)
    if command == "personer":
        _by_person(move, to, is_open(move))
        return
    found = _on_list(move, command, agent)
    head, none = _HEADS[command]
    if not found:
        move.do(Say(to, say(none)))
        return
    above = _again(move, found) if command == "overskredet" else ()
    lines, buttons = page(move, found, command, agent)
    move.do(Say(to, Parts((*above, counted(head, found), *lines)), buttons, Tag("list")))


def tell_more(move: Move, event: Pressed, after: int, detail: str) -> None:
    """The list goes on below, from where its last line was; lines that have left it since make none be passed over."""
    command, _, rest = detail.partition("-")
    at, _, name = rest.partition("-")
    agent = move.world.frame.agents.get(name)
    if command not in _HEADS or not (at.isascii() and at.isdigit()) or agent is None:
        move.answers(event.callback_id, say("desk.old_button"), alert=True)
        return
    left = [one for one in _on_list(move, command, agent) if _place(move, command, one) > (int(at), after)]
    if not left:
        move.answers(event.callback_id, say("desk.queue.no_more"), alert=True)
        return
    move.answers(event.callback_id)
    lines, buttons = page(move, left, command, agent)
    to = To(event.chat.id, topic_of=move.world.topic, thread=event.chat.thread)
    head = counted("desk.queue.rest", left) if after else counted("colleague.view.of", left, agent=agent.name)
    move.do(Say(to, Parts((head, *lines)), buttons, Tag("list")))


def counted(head: str, found: Sequence[Initiative], **fields: Field) -> Words:
    """The words above a list with how many there are; where one is a call, a question or an offer, not as ideas."""
    only_ideas = not any(one.kind in NO_IDEAS for one in found)
    key = head if only_ideas else f"desk.queue.mixed.{head.removeprefix('desk.').removeprefix('colleague.')}"
    return say(key, n=len(found), **fields)


def needed(detail: str, frame: Frame) -> tuple[bool, str]:
    """What a list that goes on needs: whether every open initiative, and whose own."""
    command, _, rest = detail.partition("-")
    agent = frame.agents.get(rest.partition("-")[2])
    if command not in _HEADS or agent is None:
        return False, ""
    return is_of_all(command, agent, frame), agent.id


def page(move: Move, found: Sequence[Initiative], command: str, agent: Agent) -> tuple[list[Words], Buttons]:
    """As many as one message should hold, a line and a button for each, and a button for those that are left."""
    shown = found[:A_PAGE]
    told = [_line(move, initiative) for initiative in shown]
    rows: Buttons = tuple(
        (Button("desk.button.open", f"{VERB}:{one.number}", fields={"n": one.number, "title": _short(one.title)}),)
        for one in shown
    )
    if len(found) > A_PAGE:
        at, last = _place(move, command, shown[-1])
        told.append(say("desk.queue.more", n=len(found) - A_PAGE))
        rows += ((Button("desk.button.more_lines", f"{MORE}:{last}:{command}-{at}-{agent.id}"),),)
    return told, rows


def _on_list(move: Move, command: str, agent: Agent) -> list[Initiative]:
    """What stands on that agent's list just now, in its order."""
    every = is_open(move)
    mine = [one for one in every if agent.id in (one.responsible, *one.helpers)]
    if command == "mine":
        found = mine
    elif command == "overskredet":
        found = [one for one in every if late_since(move, one)]
    elif command == "i_dag":
        found = due_today(move, every if is_of_all(command, agent, move.world.frame) else mine)
    else:
        found = every
    return sorted(found, key=lambda one: _place(move, command, one))


def _place(move: Move, command: str, initiative: Initiative) -> tuple[int, int]:
    """What a list is in order by: its moment in seconds, then the number."""
    since = late_since(move, initiative) if command == "overskredet" else None
    return int((since or initiative.step.due).timestamp()), initiative.number


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


def _by_person(move: Move, to: To, every: list[Initiative]) -> None:
    """Who has how much, how much of it is late, and what it is; where it is much, a button for each one's list."""
    if not every:
        move.do(Say(to, say("desk.queue.none")))
        return
    by_name: dict[str, list[Initiative]] = {}
    for initiative in every:
        by_name.setdefault(initiative.responsible_name, []).append(initiative)
    most_first = sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0]))
    short = len(every) <= A_PAGE
    parts: list[Words] = []
    for name, own in most_first:
        now = move.world.now
        late = sum(late_since(move, one) is not None or first_promise(one, now) == "overdue" for one in own)
        parts.append(say("colleague.view.person", agent=name, n=len(own), late=late))
        parts += [_line(move, one) for one in own] if short else []
    of_each = () if short else _each_list(move, [name for name, _ in most_first])
    move.do(Say(to, Parts(tuple(parts)), of_each))


def _each_list(move: Move, names: Sequence[str]) -> Buttons:
    """A button for each person's own list, from its first line."""
    by_name = {one.name: one for one in move.world.frame.agents.values()}
    agents = [by_name[name] for name in names if name in by_name]
    return tuple(
        (Button("desk.button.list_of", f"{MORE}:0:mine-0-{one.id}", fields={"agent": card.cut_to(one.name, 28)}),)
        for one in agents
    )


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
