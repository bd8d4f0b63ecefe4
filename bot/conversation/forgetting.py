"""Carries a deletion out: empties the tables in one transaction, and takes the copies in chats away by the outbox."""

import secrets
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.ports import Json, Outcome, Rejected, Sent, TopicGone, Unreachable
from bot.conversation.rows import FORGOTTEN, Arrival, OutboxRow, Timer
from bot.conversation.storage import Transaction
from bot.core import marks
from bot.core.absent import ROLE as ABSENT
from bot.core.authors import called
from bot.core.bridges import without
from bot.core.effects import DropTopic, Effect, EndForgetting, Erase, Forget, Ref, Tag, Words
from bot.core.erasure import RECEIPT, TAKEN_AWAY, emptied, without_person
from bot.core.events import Forgotten, Left
from bot.core.initiative import NOBODY, NOBODY_ANY_MORE, Initiative, number_of, person_of
from bot.core.relay import OF_CITIZENS
from bot.core.retention import KIND as KEEP
from bot.core.world import Link

APPLIED = "deletions"
"""The setting that holds the numbers of the deletions that this database has been through."""
INSTEAD = Words("desk.own.instead")
TIME_IS_UP = Words("desk.keep.instead")
CAPTIONED = frozenset({"photo", "video", "voice", "document", "audio", "animation"})
LARGEST = 1 << 52
"""Deletions are numbered by chance: a backup that was put back must not give a number twice."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy in a chat: a message of that id, or for the kind "topic" a thread."""

    chat: int
    kind: str
    number: int


def carry_out(transaction: Transaction, effect: Forget, now: datetime, title: Callable[[str], str]) -> list[Effect]:
    """Empty the tables of the person; what is left to do is to take away the copies in chats.

    What others take part in goes on with them; `title` words what it is called then, in a language.
    """
    person = effect.person
    every = _of(transaction, person)
    own = {number: one for number, one in every.items() if person_of(one) == person and not one.partners}
    shared = {number: one for number, one in every.items() if number not in own}
    elsewhere = transaction.initiatives.some(set(transaction.timeline.numbers_of(person)) - every.keys())
    deletion = secrets.randbelow(LARGEST) + 1
    links = transaction.messages.of_person(person, own, [*shared, *elsewhere])
    copies = list(dict.fromkeys([*_topics(transaction, own.values()), *_messages(links, person, own)]))
    facts: dict[str, Json] = {
        "lang": effect.lang,
        "asked": effect.asked,
        "told": effect.told,
        "public": any(one.public for one in every.values() if person_of(one) == person),
        "cases": [[number, one.responsible] for number, one in own.items()],
        "shared": [[number, person_of(one) == person] for number, one in shared.items()],
    }
    transaction.deletions.begin(deletion, person, facts, [(copy.chat, copy.kind) for copy in copies])
    names = {number: {name for who, name in called(one) if who == person} for number, one in shared.items()}
    transaction.deletions.forget(person, own, names, elsewhere)
    for one in shared.values():
        heir = one.partners[0].lang if person_of(one) == person else ""
        transaction.initiatives.save(without_person(one, person, title(heir) if heir else one.title, now))
    for one in elsewhere.values():
        if (left := without(one, person)) != one:
            transaction.initiatives.save(left)
    _under_the_other_name(transaction, person, every.values())
    return [_taken_away(copy, deletion, piece, _for(transaction, copy)) for piece, copy in enumerate(copies)]


def _of(transaction: Transaction, person: int) -> dict[int, Initiative]:
    """What the person has begun or takes part in; of one without Telegram the one initiative that is meant."""
    number = number_of(person)
    if not number:
        return dict(transaction.initiatives.owned_by(person))
    found = transaction.initiatives.some([number])
    return {number: one for number, one in found.items() if person_of(one) == person}


def _under_the_other_name(transaction: Transaction, person: int, every: Iterable[Initiative]) -> None:
    """What an agent entered for them before they had Telegram: in an older copy it stands under another name."""
    for one in every:
        before = person_of(replace(one, owner=NOBODY))
        if one.owner == person and before != person and marks.value(one, marks.SOURCE):
            facts = {"lang": "da", "asked": False, "public": False, "cases": [], "shared": []}
            transaction.deletions.begin(secrets.randbelow(LARGEST) + 1, before, facts, [])


def clear(transaction: Transaction, number: int, now: datetime) -> list[Effect]:
    """Take the personal data out of an initiative whose time is up; what everybody could see of it stays."""
    initiative = transaction.initiatives.some([number]).get(number)
    if initiative is None or not initiative.stage.closed:
        return []
    deletion = secrets.randbelow(LARGEST) + 1
    citizens = {initiative.owner, *(partner.person for partner in initiative.partners)}
    links = [link for link in transaction.messages.of_person(NOBODY_ANY_MORE, [number]) if link.about == number]
    found = (_Copy(link.chat, link.kind or "text", link.message_id) for link in links if link.chat not in citizens)
    copies = list(dict.fromkeys([*_topics(transaction, [initiative]), *found]))
    facts: dict[str, Json] = {"lang": "da", "asked": False, "public": False, "cases": [], "shared": []}
    transaction.deletions.begin(deletion, 0, facts, [(copy.chat, copy.kind) for copy in copies])
    transaction.deletions.note(deletion)
    transaction.deletions.forget_case(number, public=initiative.public)
    transaction.initiatives.save(emptied(initiative, now))
    return [
        _taken_away(copy, deletion, piece, _for(transaction, copy, TIME_IS_UP)) for piece, copy in enumerate(copies)
    ] or [EndForgetting(deletion)]


def let_go(transaction: Transaction, chat: int, message: int) -> None:
    """Nothing of that message is held any more in the talk with whoever wrote it, nor on its way to anybody."""
    transaction.outbox.withhold(chat, message, OF_CITIZENS)
    talk = transaction.people.talk(str(chat))
    if talk is None:
        return
    kept = tuple(held for held in talk.held if message not in held.said.message_ids)
    if kept != talk.held:
        transaction.people.save_talk(str(chat), chat, replace(talk, held=kept))


def settle(transaction: Transaction, row: OutboxRow, outcome: Outcome, real: float) -> bool:
    """Write down what became of a copy, or that the receipt is sent; True when a copy was the last one."""
    tag = row.tag
    if tag is not None and tag.role == RECEIPT and isinstance(outcome, Sent | Rejected | Unreachable):
        transaction.deletions.end(tag.about)
    if tag is None or not takes_away(row):
        return False
    match outcome:
        case Sent(result=result):
            over = isinstance(result, Mapping) and bool(result.get("overwritten"))
            state = "deleted" if not over else "beneath" if tag.detail in CAPTIONED else "overwritten"
        case Rejected(harmless=True) | TopicGone():
            state = "deleted"
        case Rejected() | Unreachable():
            state = "kept"
        case _:
            return False
    transaction.deletions.settle(tag.about, tag.origin_message, state)
    return finish(transaction, tag.about, real)


def overtake(transaction: Transaction, wanted: Iterable[int], passed: Iterable[int]) -> list[Forget]:
    """What an older backup brought back is to be forgotten again: these people, by these deletions."""
    applied = transaction.settings.get(APPLIED) or []
    transaction.settings.put(APPLIED, [*applied, *passed])
    return [Forget(person, "da", asked=False) for person in sorted(wanted)]


def takes_away(row: OutboxRow) -> bool:
    """Whether a call takes a copy away."""
    return row.tag is not None and row.tag.role == TAKEN_AWAY


def watch_all(transaction: Transaction, now: datetime) -> None:
    """Let the day be looked at for initiatives that were kept before there were such days."""
    for number in transaction.initiatives.unwatched(f"{KEEP}:"):
        transaction.timers.set(Timer(f"{KEEP}:{number}", KEEP, now, number))


def finish(transaction: Transaction, deletion: int, real: float) -> bool:
    """Once it is among the departed and no copy waits any more: let the receipt be written."""
    if not transaction.deletions.is_done(deletion):
        return False
    return transaction.inbox.add([Arrival(FORGOTTEN, str(deletion), FORGOTTEN, {"id": deletion})], real) > 0


def note(transaction: Transaction, deletion: int, real: float) -> bool:
    """It stands among the departed: this database has been through it; True when nothing else is left to do."""
    applied = transaction.settings.get(APPLIED) or []
    transaction.settings.put(APPLIED, [*applied, deletion])
    transaction.deletions.note(deletion)
    return finish(transaction, deletion, real)


def forgotten(transaction: Transaction, deletion: int, now: datetime) -> Forgotten | None:
    """What came of a deletion, as an event; None when its receipt is written already."""
    found = transaction.deletions.facts(deletion)
    if found is None:
        return None
    person, facts, copies = found
    return Forgotten(
        deletion=deletion,
        person=person,
        lang=facts["lang"],
        cases=tuple((number, responsible) for number, responsible in facts["cases"]),
        deleted=sum(copy.state == "deleted" and copy.kind != "topic" for copy in copies),
        overwritten=sum(copy.state == "overwritten" for copy in copies),
        left=tuple(
            Left(copy.chat, copy.kind, "beneath" if copy.state == "beneath" else "kept")
            for copy in copies
            if copy.state in ("beneath", "kept")
        ),
        public=facts["public"],
        shared=tuple((number, passed_on) for number, passed_on in facts["shared"]),
        asked=facts["asked"],
        at=now,
        told=facts.get("told", 0),
    )


def _topics(transaction: Transaction, owned: Iterable[Initiative]) -> Iterator[_Copy]:
    """The forum topics, whole: with what staff have said there among themselves."""
    for initiative in owned:
        for desk in initiative.desks:
            thread = transaction.topics.thread(desk.chat, initiative.number) if desk.topic else None
            if thread is not None:
                yield _Copy(desk.chat, "topic", thread)


def _messages(links: Iterable[Link], person: int, own: Container[int]) -> Iterator[_Copy]:
    """The bot's messages to others, and the agents' own that it carried to the citizen of what is theirs alone."""
    for link in links:
        if link.chat != person:
            yield _Copy(link.chat, link.kind or "text", link.message_id)
        told = link.chat == person or link.role == ABSENT
        if told and link.origin_message and link.origin_chat != person and link.about in own:
            yield _Copy(link.origin_chat, "own", link.origin_message)


def _for(transaction: Transaction, copy: _Copy, words: Words = INSTEAD) -> Words:
    """What stands in a message's place, in the language of whoever reads it: staff read Danish, citizens their own."""
    reader = transaction.people.person(copy.chat) if copy.chat > 0 else None
    return words if reader is None else replace(words, lang=reader.lang)


def _taken_away(copy: _Copy, deletion: int, piece: int, words: Words) -> Effect:
    tag = Tag(TAKEN_AWAY, deletion, origin_message=piece, detail=copy.kind)
    if copy.kind == "topic":
        return DropTopic(copy.chat, copy.number, tag)
    beneath = copy.kind in CAPTIONED
    instead = words if beneath or copy.kind == "text" else None
    return Erase(Ref(copy.chat, copy.number), instead, tag, beneath=beneath)
