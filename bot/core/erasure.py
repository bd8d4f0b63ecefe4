"""What is left of an initiative without its citizen, and who is told what could not be taken away."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from bot.core import bridges, card, marks, partners, places
from bot.core.card import say
from bot.core.effects import EndForgetting, NameTopic, Parts, Say, Tag, To, Words
from bot.core.events import Forgotten, Left
from bot.core.face import ending_for_all
from bot.core.initiative import NOBODY_ANY_MORE, Initiative, NextStep, Turn, person_of
from bot.core.world import Move

TAKEN_AWAY = "taken_away"
"""The role of a call that takes a copy away; its `about` is the deletion, its `origin_message` the piece."""
RECEIPT = "forgotten"
"""The role of the receipt: the last message to somebody of whom nothing is kept."""
COUNTED = (marks.SENT_TO, marks.STOOD_FOR, marks.LATE_SINCE, marks.MISSES)
"""What stays besides the dates, so that the numbers stay true: staff's names and what was late."""
PERSONAL = frozenset(
    {
        marks.SHOW,
        marks.SEEKS,
        marks.SEEKS_ASKED,
        marks.SENT_BY_PLACE,
        marks.REACH,
        marks.SOURCE,
        marks.LINK,
        marks.LINK_UNTIL,
        marks.MEETING,
        marks.FORM,
        marks.SURVEY,
    }
)
"""What an initiative carries along that may hold words of or about its citizen."""
KINDS = frozenset({"text", "photo", "video", "voice", "place", "topic", "own"})
"""The kinds of messages that are told apart; everything else is a file."""


def emptied(initiative: Initiative, at: datetime) -> Initiative:
    """What has ended, without anybody: a number and dates, and what everybody could see of it."""
    step = NextStep(initiative.responsible_name, initiative.step.due, Turn.OUTSIDE, key="step.first_answer")
    return replace(
        initiative,
        owner=NOBODY_ANY_MORE,
        owner_name="",
        words=(),
        topics=tuple(replace(found, because=()) for found in initiative.topics),
        step=step,
        touched=at,
        partners=(),
        desks=(),
        media=(),
        place=None,
        proposed_title="",
        title=initiative.title if initiative.public else "",
        paused=False,
        # With the name gone, nobody could tell any more which words of staff's hold it.
        ending=ending_for_all(initiative) if initiative.public else None,
        extra={name: value for name, value in initiative.extra.items() if name in COUNTED},
    )


def without_person(initiative: Initiative, person: int, title: str, at: datetime) -> Initiative:
    """The initiative as it goes on with those who are left; the first of them has it where the person began it.

    What they have said stays; the words, files and title of the one who is deleted don't.
    """
    initiative = bridges.without(initiative, person)
    left = tuple(one for one in initiative.partners if one.person != person)
    if person_of(initiative) != person or not left:
        return replace(initiative, partners=left, touched=at)
    heir = left[0]
    spared = {name: value for name, value in initiative.extra.items() if name not in PERSONAL}
    return replace(
        initiative,
        owner=heir.person,
        owner_name=heir.name,
        lang=heir.lang,
        title=title,
        partners=left[1:],
        words=(),
        topics=tuple(replace(found, because=()) for found in initiative.topics),
        media=(),
        place=None,
        proposed_title="",
        public=False,
        public_words="",
        touched=at,
        extra=spared,
    )


def on_forgotten(move: Move, event: Forgotten) -> None:
    """The receipt, as true as it can be; whoever has something left that only they can delete is asked to."""
    if not event.asked:
        move.do(EndForgetting(event.deletion))
    else:
        to, tag = To(event.told or event.person), Tag(RECEIPT, event.deletion)
        receipt = _receipt(move, event)
        if event.told:
            theirs = tuple(str(number) for number, _ in (*event.cases, *event.shared))
            receipt.insert(0, say("desk.on_behalf.done", numbers=theirs))
        move.do(Say(to, Parts(tuple(receipt)), tag=tag))
    for number, passed_on in event.shared:
        _goes_on(move, number, passed_on)
    by_chat: dict[int, list[Left]] = {}
    for left in event.left:
        by_chat.setdefault(left.chat, []).append(left)
    for chat, numbers in _whom_to_tell(move, event, by_chat).items():
        lines = [say("desk.own.gone", numbers=tuple(str(number) for number in numbers))] if numbers else []
        if chat in by_chat:
            lines.append(_asked_to_delete(move, event, chat, by_chat[chat]))
        move.do(Say(To(chat), Parts(tuple(lines))))


def _goes_on(move: Move, number: int, passed_on: bool) -> None:
    """Its card has no word of the one who left; whoever has it now hears so, and the desk."""
    initiative = move.initiative(number)
    if initiative is None:
        return
    card.refresh(move, initiative)
    if not passed_on:
        return
    words = Words("citizen.own.passed_on", initiative.lang, {"n": number, "agent": initiative.responsible_name})
    move.do(Say(To(initiative.owner), words, tag=Tag("notice", about=number)))
    for desk in initiative.desks:
        if desk.topic:
            move.do(NameTopic(desk.chat, number, card.topic_name(initiative)))
    to = places.main_desk(initiative)
    if to is not None:
        move.do(
            Say(to, say("desk.own.passed_on", n=number, name=card.first_name(initiative)), tag=Tag("about", number))
        )


def kind_of(kind: str) -> str:
    """The kind of message under which something is counted."""
    return kind if kind in KINDS else "file"


def _receipt(move: Move, event: Forgotten) -> list[Words]:
    frame, lang = move.world.frame, event.lang
    told = [Words("citizen.own.gone", lang, {"n": event.deleted})]
    if event.overwritten:
        told.append(Words("citizen.own.overwritten", lang, {"n": event.overwritten}))
    if event.left:
        told.append(Words("citizen.own.left", lang))
        chats = dict.fromkeys(left.chat for left in event.left)
        for chat in chats:
            agent = frame.agent_of(chat)
            named = agent.name if agent is not None else None
            where = named or Words("citizen.own.elsewhere" if chat > 0 else "citizen.own.group", lang)
            what = _counted(move, [left for left in event.left if left.chat == chat], lang)
            told.append(Words("citizen.own.left_at", lang, {"where": where, "what": what}))
    if event.public:
        told.append(Words("citizen.own.was_public", lang))
    contact = frame.guardian.name if frame.guardian is not None else Words("citizen.own.contact", lang)
    told.append(Words("citizen.own.archive", lang, {"contact": contact, "link": frame.privacy_link}))
    return told


def _asked_to_delete(move: Move, event: Forgotten, chat: int, left: list[Left]) -> Words:
    """What only they can delete: staff's own words for staff, and for another citizen theirs, in their language."""
    if chat < 0 or move.world.frame.agent_of(chat) is not None:
        return say("desk.own.left", what=_counted(move, left, "da"))
    shared = (move.initiative(number) for number, _ in event.shared)
    spoken = dict(one for initiative in shared if initiative is not None for one in partners.circle(initiative))
    lang = spoken.get(chat, "da")
    return Words("citizen.own.left_with_you", lang, {"what": _counted(move, left, lang)})


def _whom_to_tell(move: Move, event: Forgotten, left: dict[int, list[Left]]) -> dict[int, list[int]]:
    """The chats that hear of it, each with the numbers that were theirs."""
    frame = move.world.frame
    told: dict[int, list[int]] = {chat: [] for chat in left}
    for number, responsible in event.cases:
        agent = frame.agents.get(responsible)
        chat = agent.own_chat if agent is not None else None
        chat = chat if chat is not None else frame.staff_chat
        if chat is not None:
            told.setdefault(chat, []).append(number)
    return told


def _counted(move: Move, left: list[Left], lang: str) -> tuple[str, ...]:
    """How many there are of each kind, in words."""
    counted = sorted(Counter(kind_of(one.kind) for one in left).items())
    return tuple(move.world.spoken(Words(f"shared.kind.{kind}", lang, {"n": n})) for kind, n in counted)
