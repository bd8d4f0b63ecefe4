"""Whom the bot can write to: learned when somebody blocks it, presses START, or a message is refused."""

from dataclasses import replace

from bot.core import muster, roster
from bot.core.card import say
from bot.core.effects import Say, TellHumans, To
from bot.core.events import Fell, Membership
from bot.core.frame import Agent
from bot.core.world import Move

BLOCKED, UNSTARTED = "blocked", "unstarted"
KINDS = {"agent_blocked": BLOCKED, "agent_unstarted": UNSTARTED, "agent_started": ""}
"""What the shell has found out, by the kind of the timer that says so; its `chat` is the agent's."""


def on_fell(move: Move, event: Fell) -> None:
    """The shell has found out how things stand with an agent."""
    agent = move.world.frame.agent_of(event.chat)
    if agent is not None:
        learn(move, agent, KINDS[event.kind])


def on_membership(move: Move, event: Membership) -> None:
    """An agent has blocked the bot in their own chat, or let it in again."""
    agent = move.world.frame.agent_of(event.chat.id) if event.chat.kind == "private" else None
    if agent is not None:
        move.person = replace(move.person, reachable=event.status == "member")
        learn(move, agent, "" if event.status == "member" else BLOCKED)


def learn(move: Move, agent: Agent, silent: str) -> None:
    """Know why an agent can't be written to, or "" that they can; the admins hear of a change, once."""
    post = roster.post_of(move, agent.id)
    if post.silent == silent:
        return
    roster.keep(move, agent.id, replace(post, silent=silent))
    if post.silent and silent:
        # They were out of reach before; why that is has become clearer, and nothing follows from it.
        return
    moved = [initiative for some in muster.hold(move).values() for initiative in some]
    if not silent:
        move.do(Say(To(agent.telegram or 0), say("colleague.reach.again", agent=agent.first_name)))
        return
    frame = roster.frame_now(move)
    today = move.world.now.date()
    if frame.is_there(agent.id, today) or frame.away_until(agent.id, today) is not None:
        move.do(TellHumans(say(f"admin.agent_{silent}_here", name=agent.name)))
        return
    instead = frame.agents[frame.reachable_lead(agent.id, today)].name
    told = say(f"admin.agent_{silent}", name=agent.name, agent=instead, n=len(moved))
    move.do(TellHumans(told))
