"""The staff as it is now: the rules' agents, and what is kept of them besides (away, out of reach, invited)."""

from collections.abc import Mapping

from bot.conversation.rooms import Rooms
from bot.conversation.rows import Timer
from bot.conversation.storage import Transaction
from bot.core.frame import Frame
from bot.core.muster import KIND as MUSTER
from bot.core.roster import staffed

ROSTER = "roster"


def frame_in_force(transaction: Transaction, rooms: Rooms) -> Frame:
    """The frame by the rules in force, with what is kept of each agent."""
    kept = transaction.settings.get(ROSTER)
    return staffed(rooms.frame(), kept) if kept else rooms.frame()


def own_chats(transaction: Transaction, rooms: Rooms) -> frozenset[int]:
    """The private chats of the agents to whom the bot can write, also of those who came by an invitation."""
    agents = frame_in_force(transaction, rooms).agents.values()
    return frozenset(agent.own_chat for agent in agents if agent.own_chat is not None)


def call_muster(transaction: Transaction, started: Mapping[int, bool], rooms: Rooms) -> None:
    """Let it fall due now who can be written to, where that is news, and the muster after it."""
    now = rooms.clock()
    frame = frame_in_force(transaction, rooms)
    for chat, may_write in started.items():
        agent = frame.agent_of(chat)
        if agent is not None and may_write != (not agent.silent):
            kind = "agent_started" if may_write else "agent_unstarted"
            transaction.timers.set(Timer(f"reach:{chat}", kind, now, chat=chat))
    transaction.timers.set(Timer(MUSTER, MUSTER, now))


def keep_post(transaction: Transaction, agent: str, post: Mapping[str, object]) -> None:
    """Keep what is known of an agent; nothing known leaves no trace."""
    kept = dict(transaction.settings.get(ROSTER) or {})
    kept.pop(agent, None)
    transaction.settings.put(ROSTER, {**kept, agent: dict(post)} if post else kept)
