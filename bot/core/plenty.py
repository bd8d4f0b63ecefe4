"""How much one person sends within a day: the next one waits with them, kindly told, so that people can read it all."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core import status, traces
from bot.core.card import say
from bot.core.effects import Say, SetTimer, Tag, To
from bot.core.people import Draft
from bot.core.world import Move

MOST = 25
"""Ideas, offers, calls and questions of one person within a day; somebody has promised to answer each of them."""
A_DAY = timedelta(days=1)
REMIND = "draft_remind"
"""The draft's own reminder tells when there is room again."""


def waits(move: Move, draft: Draft) -> bool:
    """Whether the draft has to wait; it stays whole, takes more words in, and can be sent once there is room."""
    room = _room(move)
    if room is None:
        return False
    move.tell(move.words("citizen.plenty", n=MOST, until=room, phone=move.world.frame.contact.phone))
    move.talk = replace(move.talk, draft=replace(draft, reminded=False), asking=None)
    move.do(SetTimer(f"{REMIND}:{move.person.id}", REMIND, room, chat=move.person.id))
    _tell_staff(move, room)
    return True


def turns_away(move: Move) -> bool:
    """Whether no more may be asked of staff today: neither to be called nor about another's idea; and it was said."""
    room = _room(move)
    if room is None:
        return False
    move.talk = replace(move.talk, asking=None)
    move.tell(move.words("citizen.plenty_asked", n=MOST, until=room, phone=move.world.frame.contact.phone))
    _tell_staff(move, room)
    return True


def _room(move: Move) -> datetime | None:
    """When there is room again; None while there is."""
    now = move.world.now
    since = sorted(one.sent for one in status.own_initiatives(move) if one.owner == move.person.id)
    lately = [sent for sent in since if now - sent < A_DAY]
    return lately[-MOST] + A_DAY if len(lately) >= MOST else None


def _tell_staff(move: Move, room: datetime) -> None:
    """The coordinator hears of it once a day: what came, and that more waits; what is in the draft is nobody's yet."""
    frame, told = move.world.frame, move.talk.plenty
    if told is not None and move.world.now - told < A_DAY:
        return
    move.talk = replace(move.talk, plenty=move.world.now)
    own = (one for one in status.own_initiatives(move) if one.owner == move.person.id)
    numbers = sorted(one.number for one in own if move.world.now - one.sent < A_DAY)
    agent = frame.agents[frame.reachable_lead(frame.coordinator, move.world.now.date())]
    chat = agent.own_chat if agent.own_chat is not None else frame.staff_chat
    if chat is None:
        return
    named = tuple(f"nr. {number}" for number in numbers)
    words = say("desk.plenty", name=move.person.name, n=len(numbers), numbers=named, until=room)
    move.do(Say(To(chat), words, tag=Tag("list", detail=traces.detail_of(tuple(numbers)))))
