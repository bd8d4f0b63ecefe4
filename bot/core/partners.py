"""Those who take part in an initiative that another began: they read and write in the same talk, and can leave it."""

from dataclasses import replace
from datetime import datetime

from bot.core import card, places
from bot.core.card import say
from bot.core.effects import Follow, Note, Parts, Say, Tag, TakePart, To, Words
from bot.core.initiative import Initiative, Partner
from bot.core.world import Move

LEAVE = "i_leave"
VERBS = frozenset({"i_status", "i_erase", LEAVE})
"""What a partner may press, besides the answers to the questions at the end; all else is the initiator's."""


def takes_part(initiative: Initiative, person: int) -> bool:
    """Whether the person began it or takes part in it."""
    return initiative.owner == person or of(initiative, person) is not None


def of(initiative: Initiative, person: int) -> Partner | None:
    """The person as a partner, or None."""
    return next((partner for partner in initiative.partners if partner.person == person), None)


def name_of(initiative: Initiative, person: int) -> str:
    """What somebody who takes part is called; the initiator's first name for anybody else."""
    partner = of(initiative, person)
    return partner.name if partner is not None else card.first_name(initiative)


def rename(initiative: Initiative, person: int, name: str) -> Initiative:
    """The initiative with what one citizen in it is called from now on; nobody else is called anything else."""
    if initiative.owner == person:
        return replace(initiative, owner_name=name)
    first = name.split()[0]
    renamed = tuple(replace(one, name=first) if one.person == person else one for one in initiative.partners)
    return replace(initiative, partners=renamed)


def circle(initiative: Initiative) -> tuple[tuple[int, str], ...]:
    """The chats and languages of all citizens in the talk, the initiator first."""
    return ((initiative.owner, initiative.lang), *((one.person, one.lang) for one in initiative.partners))


def names(initiative: Initiative) -> tuple[str, ...]:
    """The first names of those who take part besides the initiator."""
    return tuple(partner.name for partner in initiative.partners)


def join(move: Move, initiative: Initiative, partner: Partner) -> Initiative:
    """Take somebody in; the initiator stays the initiator."""
    changed = replace(initiative, partners=(*initiative.partners, partner), touched=move.world.now)
    move.save(changed)
    move.do(TakePart(partner.person, changed.number), Follow(partner.person, changed.number, on=False))
    move.do(Note(changed.number, "joined_in", partner.name, "owner"))
    card.refresh(move, changed)
    return changed


def tell(move: Move, initiative: Initiative, *words: Words, after: datetime | None = None) -> None:
    """What the initiator hears, or something like it, for all who take part besides: each in their own language."""
    for partner in initiative.partners:
        told = tuple(replace(one, lang=partner.lang) for one in words)
        content = Parts(told) if len(told) > 1 else told[0]
        move.do(Say(To(partner.person), content, tag=Tag("notice", about=initiative.number), after=after))


def leave(move: Move, initiative: Initiative) -> None:
    """A partner goes out again, with one press and without a reason; the others and the desk hear of it."""
    partner = of(initiative, move.person.id)
    if partner is None:
        move.tell(move.words("citizen.old_button"))
        return
    left = tuple(one for one in initiative.partners if one != partner)
    changed = replace(initiative, partners=left, touched=move.world.now)
    move.save(changed)
    move.do(TakePart(partner.person, changed.number, on=False), Note(changed.number, "left", partner.name, "owner"))
    if move.talk.focus == changed.number:
        move.talk = replace(move.talk, focus=0)
    move.tell(move.words("bridge.left", n=changed.number, title=changed.title))
    for chat, lang in circle(changed):
        move.do(Say(To(chat), Words("bridge.has_left", lang, {"name": partner.name, "n": changed.number})))
    to = places.main_desk(changed)
    if to is not None:
        move.do(Say(to, say("desk.bridge.left", name=partner.name, n=changed.number), silent=True))
    card.refresh(move, changed)
