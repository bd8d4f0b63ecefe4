"""The lists of open initiatives: all by date or by person, what is overdue, what is due today, and an agent's own."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.core import card, lists, marks
from bot.core.card import say
from bot.core.effects import Button, Buttons, Field, Parts, Ref, Say, Tag, To, Words
from bot.core.events import Pressed, Said
from bot.core.face import NO_IDEAS
from bot.core.frame import Agent, Frame
from bot.core.initiative import APPOINTMENTS, Initiative, Turn
from bot.core.lists import Listed, Load, Wanted
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
        _by_person(move, to)
        return
    found = on_list(move, command, agent)
    head, none = _HEADS[command]
    if not found.many:
        move.do(Say(to, say(none)))
        return
    above = _again(move) if command == "overskredet" else ()
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
    left = on_list(move, command, agent, (int(at), after))
    if not left.many:
        move.answers(event.callback_id, say("desk.queue.no_more"), alert=True)
        return
    move.answers(event.callback_id)
    lines, buttons = page(move, left, command, agent)
    to = To(event.chat.id, topic_of=move.world.topic, thread=event.chat.thread)
    head = counted("desk.queue.rest", left) if after else counted("colleague.view.of", left, agent=agent.name)
    move.do(Say(to, Parts((head, *lines)), buttons, Tag("list")))


def counted(head: str, found: Listed, **fields: Field) -> Words:
    """The words above a list with how many there are: as ideas only where all are shown, and none is a call or such."""
    only_ideas = found.many == len(found.shown) and not any(one.kind in NO_IDEAS for one in found.shown)
    key = head if only_ideas else f"desk.queue.mixed.{head.removeprefix('desk.').removeprefix('colleague.')}"
    return say(key, n=found.many, **fields)


def page(move: Move, found: Listed, command: str, agent: Agent) -> tuple[list[Words], Buttons]:
    """A line and a button for each that is shown, and a button for those that are left."""
    told = [_line(move, initiative) for initiative in found.shown]
    rows: Buttons = tuple(
        (Button("desk.button.open", f"{VERB}:{one.number}", fields={"n": one.number, "title": _short(one.title)}),)
        for one in found.shown
    )
    if found.many > len(found.shown):
        at, last = lists.place(_wanted(move, command, agent), found.shown[-1])
        told.append(say("desk.queue.more", n=found.many - len(found.shown)))
        rows += ((Button("desk.button.more_lines", f"{MORE}:{last}:{command}-{at}-{agent.id}"),),)
    return told, rows


def on_list(move: Move, command: str, agent: Agent, after: tuple[int, int] | None = None) -> Listed:
    """The next lines of that agent's list, as many as one message should hold."""
    return move.page(_wanted(move, command, agent)._replace(after=after))


def _wanted(move: Move, command: str, agent: Agent) -> Wanted:
    now = move.world.now
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=now.tzinfo)
    whose = "" if is_of_all(command, agent, move.world.frame) else agent.id
    return Wanted(command, whose, now, tomorrow, A_PAGE)


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
        move.do(Say(to, say("desk.queue.which")))
    else:
        _put_up(move, to, initiative, None)


def _put_up(move: Move, to: To, initiative: Initiative, answers: Ref | None) -> None:
    tag = Tag(LOOK, about=initiative.number)
    move.do(Say(to, card.content(move, initiative, to.chat), card.buttons(initiative), tag, reply_to=answers))


def _short(title: str) -> str:
    """As much of a title as fits on a button of 28 characters beside a number."""
    cut = card.cut_to(title, 17)
    return cut if cut == title else cut.removesuffix(" …") + "…"


def _again(move: Move) -> tuple[Words, ...]:
    """Those whose date has passed more than once, ahead of the list: they are the leader's business."""
    count, first = move.world.lists.again(move.world.now, A_PAGE)
    if not count:
        return ()
    leader = move.world.frame.agents[move.world.frame.leader].name
    rest = (f"{count - len(first)} til",) if count > len(first) else ()
    numbers = (*(f"nr. {number}" for number in first), *rest)
    return (say("colleague.view.again", n=count, numbers=numbers, agent=leader),)


def _by_person(move: Move, to: To) -> None:
    """Who has how much, how much of it is late, and what it is; where it is much, a button for each one's list."""
    loads = move.world.lists.loads(move.world.now)
    if not loads:
        move.do(Say(to, say("desk.queue.none")))
        return
    short = sum(load.many for load in loads) <= A_PAGE
    every = move.page(Wanted("koe", "", move.world.now, move.world.now, A_PAGE)).shown if short else ()
    parts: list[Words] = []
    for load in loads:
        parts.append(say("colleague.view.person", agent=load.name, n=load.many, late=load.late))
        parts += [_line(move, one) for one in every if one.responsible == load.agent]
    move.do(Say(to, Parts(tuple(parts)), () if short else _each_list(move, loads)))


def _each_list(move: Move, loads: Sequence[Load]) -> Buttons:
    """A button for each person's own list, from its first line."""
    agents = [move.world.frame.agents[load.agent] for load in loads if load.agent in move.world.frame.agents]
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
