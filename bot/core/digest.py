"""An agent's day in one message each working morning, at the hour that they have chosen."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.core import queue, roster
from bot.core.card import say
from bot.core.effects import DropTimer, Parts, Say, SetTimer, Tag, To
from bot.core.events import Fell, Said
from bot.core.frame import Agent
from bot.core.promise import is_working_day
from bot.core.world import Move

COMMAND = "morgen"
KIND = "digest"
"""The kind of the timer; its `chat` is the agent's."""
_HOUR = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?")
_OFF = frozenset({"fra", "stop", "nej", "slut"})


def choose(move: Move, said: Said, agent: Agent) -> None:
    """ "/morgen 8.30" or "/morgen fra" """
    to = To(said.chat.id, thread=said.chat.thread)
    words = said.text.strip().casefold()
    found = _HOUR.fullmatch(words)
    post = roster.post_of(move, agent.id)
    if agent.own_chat is None:
        move.do(Say(to, say("colleague.digest.start_first")))
    elif words in _OFF:
        roster.keep(move, agent.id, replace(post, digest=""))
        move.do(DropTimer(_key(agent)), Say(to, say("colleague.digest.off")))
    elif found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        move.do(Say(to, say("colleague.digest.how")))
    else:
        hour = time(int(found[1]), int(found[2] or 0))
        roster.keep(move, agent.id, replace(post, digest=hour.strftime("%H:%M")))
        at = _next(move, hour)
        move.do(SetTimer(_key(agent), KIND, at, chat=agent.own_chat), Say(to, say("colleague.digest.on", at=at)))


def on_fell(move: Move, event: Fell) -> None:
    """It is the agent's hour: what is due today or late, where there is any; the coordinator's is everybody's."""
    agent = move.world.frame.agent_of(event.chat)
    if agent is None or not agent.digest or agent.own_chat is None:
        return
    today = event.at.date()
    working = is_working_day(today, move.world.frame.promises.closed)
    due = queue.on_list(move, "i_dag", agent)
    if due.many and working and move.world.frame.is_there(agent.id, today):
        head = queue.counted("colleague.digest.head", due, agent=agent.first_name)
        lines, buttons = queue.page(move, due, "i_dag", agent)
        move.do(Say(To(agent.own_chat), Parts((head, *lines)), buttons, Tag(KIND)))
    move.do(SetTimer(_key(agent), KIND, _next(move, time.fromisoformat(agent.digest)), chat=agent.own_chat))


def _next(move: Move, hour: time) -> datetime:
    """The next moment at which it is that hour here."""
    now = move.world.now
    at = datetime.combine(now.date(), hour, tzinfo=now.tzinfo)
    return at if at > now else datetime.combine(now.date() + timedelta(days=1), hour, tzinfo=now.tzinfo)


def _key(agent: Agent) -> str:
    return f"{KIND}:{agent.id}"
