"""How somebody comes to a desk and leaves it: a link for one person and one use, and open work handed over by name."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from bot.core import card, muster, redaction, roster
from bot.core.card import say
from bot.core.effects import Field, Say, To
from bot.core.events import Said
from bot.core.frame import Agent
from bot.core.world import Move

COMMANDS = frozenset({"inviter", "fjern"})
"""What an admin can say here."""
PAYLOAD = "agent_"
"""How the payload of an invitation's link begins; the secret follows."""
DAYS = 7
"""For so many days a link can be used."""


def is_for_admins(move: Move, said: Said) -> bool:
    """Whether an admin says one of these in their own chat."""
    admin = said.sender.id in move.world.frame.admins and not said.sender.anonymous
    # As an answer to a message it takes words out of an idea, for an admin who sits at a desk as for any agent.
    of_words = said.command.casefold() == redaction.COMMAND and said.reply_to is not None
    return admin and said.chat.kind == "private" and said.command.casefold() in COMMANDS and not of_words


def on_said(move: Move, said: Said) -> None:
    """ "/inviter Bo Lind" makes a link, "/fjern Bo Lind" ends an agent's work here."""
    to = To(said.chat.id)
    agent = _named(move, said.text)
    if agent is None:
        names = tuple(one.name for one in move.world.frame.agents.values())
        move.do(Say(to, say("colleague.invite.nobody", names=names)))
    elif said.command.casefold() == "inviter":
        _invite(move, to, agent)
    else:
        _take_away(move, to, agent)


def accepts(move: Move, said: Said) -> bool:
    """Whether somebody has come by an invitation; then they sit at that desk, and the link is used up.

    A link that is used, too old or made up is an ordinary START.
    """
    payload = said.text.strip()
    if said.command != "start" or said.chat.kind != "private" or not payload.startswith(PAYLOAD):
        return False
    mark = _fingerprint(payload.removeprefix(PAYLOAD))
    for agent in move.world.frame.agents.values():
        post = roster.post_of(move, agent.id)
        if post.invitation == mark and move.world.now.date() <= date.fromisoformat(post.invited_until):
            taken = replace(post, telegram=said.sender.id, invitation="", invited_until="", silent="", left=False)
            roster.keep(move, agent.id, taken)
            muster.hold(move)
            fields: dict[str, Field] = {"agent": agent.first_name, "role": agent.title}
            words = (say("colleague.invite.welcome", **fields), say("desk.help_private", **fields))
            move.do(Say(To(said.chat.id), card.stack(*words)))
            return True
    return False


def _invite(move: Move, to: To, agent: Agent) -> None:
    last = move.world.now.date() + timedelta(days=DAYS)
    post = roster.post_of(move, agent.id)
    mark = _fingerprint(move.world.fresh)
    roster.keep(move, agent.id, replace(post, invitation=mark, invited_until=last.isoformat()))
    link = f"https://t.me/{move.world.frame.username}?start={PAYLOAD}{move.world.fresh}"
    until = datetime.combine(last, time(), tzinfo=move.world.now.tzinfo)
    move.do(Say(to, say("colleague.invite.link", agent=agent.name, link=link, until=until)))


def _take_away(move: Move, to: To, agent: Agent) -> None:
    """The agent's open work goes to others by name, the citizens hear of it, and buttons obey them no more."""
    post = roster.post_of(move, agent.id)
    gone = replace(post, left=True, invitation="", invited_until="", away=(), back="", digest="")
    roster.keep(move, agent.id, gone)
    lines = (say("colleague.invite.left", agent=agent.name), *muster.told(muster.hold(move)))
    move.do(Say(to, card.stack(*lines)))


def _named(move: Move, text: str) -> Agent | None:
    """The one agent whose name, first name or id the words are."""
    name = text.strip().casefold()
    agents = move.world.frame.agents.values()
    found = [one for one in agents if name in (one.name.casefold(), one.first_name.casefold(), one.id.casefold())]
    return found[0] if len(found) == 1 else None


def _fingerprint(secret: str) -> str:
    """What is kept of a link: enough to know it again, too little to make it."""
    return sha256(secret.encode()).hexdigest()
