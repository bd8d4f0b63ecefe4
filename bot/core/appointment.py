"""What was agreed on, a meeting or a call: how it is kept, and how it comes into the calendars of all it concerns."""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import card, marks, partners, places
from bot.core.card import say
from bot.core.effects import Field, Invite, Parts, Say, Tag, To, Words
from bot.core.initiative import APPOINTMENTS, NOBODY, Initiative, Partner
from bot.core.world import Move

LASTS = 60
"""Minutes that an appointment takes in the calendar."""
_CALLS = ("telefon", "tlf", "ring", "opkald")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was proposed: the times, the place as the agent wrote it, by whom, and the one that was chosen, if any.

    `version` counts an initiative's proposals, so that a button of an older one chooses nothing. `given` counts how
    often an appointment has been handed to another person.
    """

    version: int
    times: tuple[datetime, ...]
    where: str
    agent: str
    chosen: datetime | None = None
    given: int = 0

    @property
    def by_phone(self) -> bool:
        """Whether the agent calls, and nobody goes anywhere."""
        return self.where.casefold().startswith(_CALLS)

    @property
    def kind(self) -> str:
        """How the texts are named: "meeting" or "call"."""
        return "call" if self.by_phone else "meeting"


def of(initiative: Initiative) -> Proposal | None:
    """The proposal that stands, or None."""
    written = marks.value(initiative, marks.MEETING)
    if not written:
        return None
    kept = json.loads(written)
    zone = initiative.step.due.tzinfo
    times = tuple(datetime.fromisoformat(one).astimezone(zone) for one in kept["times"])
    chosen = datetime.fromisoformat(kept["chosen"]).astimezone(zone) if kept["chosen"] else None
    return Proposal(kept["version"], times, kept["where"], kept["agent"], chosen, kept.get("given", 0))


def kept(initiative: Initiative, proposal: Proposal) -> Initiative:
    """The initiative with this as what was proposed last."""
    written = {
        "version": proposal.version,
        "times": [one.isoformat() for one in proposal.times],
        "where": proposal.where,
        "agent": proposal.agent,
        "chosen": proposal.chosen.isoformat() if proposal.chosen else "",
        "given": proposal.given,
    }
    return marks.mark(initiative, **{marks.MEETING: json.dumps(written, ensure_ascii=False)})


def standing(initiative: Initiative) -> bool:
    """Whether the step that stands is an appointment: then its hour is no promise that can be missed."""
    return initiative.step.key in APPOINTMENTS


def facts(initiative: Initiative, agent: str, where: str) -> dict[str, Field]:
    """What the texts of a meeting or call are filled with."""
    fields: dict[str, Field] = {"n": initiative.number, "title": card.short_title(initiative), "where": where}
    return fields | {"agent": agent, "first": agent.split()[0], "name": card.first_name(initiative)}


def give_file(move: Move, initiative: Initiative) -> None:
    """The appointment that stands for the calendar of whoever is responsible: there it is with the citizen."""
    chosen = of(initiative) if standing(initiative) else None
    desk = places.of_responsible(move, initiative)
    if desk is not None and chosen is not None:
        move.do(invite(move, initiative, chosen, desk, say(f"desk.meeting.{chosen.kind}_title")))


def with_another(initiative: Initiative) -> Initiative:
    """The initiative as it goes to another person: an appointment that stands is another one in every calendar."""
    chosen = of(initiative) if standing(initiative) else None
    return kept(initiative, replace(chosen, given=chosen.given + 1)) if chosen is not None else initiative


def to_partner(move: Move, initiative: Initiative, partner: Partner, *beside: Words) -> None:
    """The appointment that stands for somebody who takes part, with the file for their calendar, in one message."""
    chosen = of(initiative) if standing(initiative) else None
    if chosen is None or chosen.chosen is None:
        return
    fields = facts(initiative, initiative.responsible_name, chosen.where) | {"due": chosen.chosen}
    agreed = Words(f"citizen_step.{chosen.kind}_set", partner.lang, fields)
    told = (agreed, *(replace(one, lang=partner.lang) for one in beside))
    title = Words(f"citizen_step.{chosen.kind}_title", partner.lang)
    file = invite(move, initiative, chosen, To(partner.person), title)
    move.do(replace(file, caption=Parts(told), tag=Tag("meeting_set", about=initiative.number)))


def tell_of_another(
    move: Move, initiative: Initiative, words: tuple[Words, ...], role: str, after: datetime | None = None
) -> None:
    """Tell the citizens who has it now; where an appointment stands, in one message with the file that renews it."""
    to, tag = To(initiative.owner), Tag(role, about=initiative.number)
    chosen = of(initiative) if standing(initiative) else None
    if chosen is None or chosen.chosen is None:
        partners.tell(move, initiative, *words, after=after)
        move.do(Say(to, Parts(words) if len(words) > 1 else words[0], tag=tag, after=after))
        return
    due: dict[str, Field] = {"due": chosen.chosen}
    if initiative.owner == NOBODY:
        move.do(Say(to, Parts((*words, Words("lead.same_hour", initiative.lang, due))), tag=tag, after=after))
        return
    for chat, lang in partners.circle(initiative):
        told = tuple(replace(one, lang=lang) for one in words)
        renewed = invite(move, initiative, chosen, To(chat), Words(f"citizen_step.{chosen.kind}_title", lang))
        caption = Parts((*told, Words("lead.same_meeting", lang, due)))
        move.do(replace(renewed, caption=caption, tag=tag, after=after))


def invite(move: Move, initiative: Initiative, chosen: Proposal, to: To, title: Words) -> Invite:
    """The appointment as a file for the calendar of whoever reads `title`."""
    fields = facts(initiative, initiative.responsible_name, chosen.where)
    return Invite(
        to=to,
        about=initiative.number,
        at=initiative.step.due,
        minutes=LASTS,
        title=replace(title, fields=fields),
        where=chosen.where,
        caption=Words("citizen_step.invite", title.lang, {"due": initiative.step.due}),
        made=move.world.now,
        sequence=chosen.version + chosen.given,
    )
