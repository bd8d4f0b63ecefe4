"""Builds the world that one step may see, with as few looks into the store as the event needs."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.comeback import waiting
from bot.conversation.mirroring import mirror
from bot.conversation.rooms import Rooms
from bot.conversation.showcase import Look
from bot.conversation.staff import frame_in_force
from bot.conversation.storage import Transaction
from bot.core import redaction, relay, reply
from bot.core.events import (
    Chat,
    Delivery,
    Edited,
    Event,
    Fell,
    Forgotten,
    Joined,
    Membership,
    Migrated,
    Pressed,
    Said,
    Sender,
    TopicChanged,
    Unknown,
)
from bot.core.initiative import Initiative
from bot.core.match import Match
from bot.core.numbers import Account, count
from bot.core.outcomes import NEWS
from bot.core.people import Person, Talk
from bot.core.world import Known, Link, Needs, World

RELAYED = relay.OF_CITIZENS | {"reply"}
"""The roles of messages that carry words on just as they were written."""
COUNTED = 200
"""Initiatives at most whose followers are counted for one step; a step that sees more shows a list of titles."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose event it is: the person, and the key of the talk that they have in that chat ("" for nobody's).

    `known` says that the person is in the store already.
    """

    person: int
    key: str
    name: str = ""
    private: bool = False
    known: bool = False


def load(transaction: Transaction, rooms: Rooms, event: Event, now: datetime) -> tuple[World, Seat]:
    """The world of this event at `now`, and whose talk it is."""
    frame = frame_in_force(transaction, rooms)
    seat = seat_of(event)
    person = transaction.people.person(seat.person) if seat.person else None
    talk = transaction.people.talk(seat.key) if seat.key else None
    known = person is not None
    person, talk = person or Person(seat.person, seat.name), talk or Talk()
    target = _target(transaction, event)
    topic = _topic(transaction, event)
    needs = rooms.needs(event, talk, target, topic, frame)
    copies = _copies(transaction, event, target, needs)
    initiatives = _initiatives(transaction, needs, copies)
    words = _words(event)
    private = seat.private and frame.agent_of(seat.person) is None
    world = World(
        now=now,
        frame=frame,
        person=person,
        talk=talk,
        match=_match(rooms, event, words) if private else None,
        intent=_intent(rooms, event, words),
        initiatives=initiatives,
        people=_people(transaction, person, initiatives),
        target=target,
        copies=copies,
        topic=topic,
        next_number=transaction.initiatives.next_number(),
        followed=transaction.initiatives.followed_by(seat.person) if seat.person else frozenset(),
        followers=transaction.initiatives.counts(list(initiatives)[:COUNTED]),
        answer=rooms.answer(words, talk.lang or person.lang) if private and words else None,
        route=rooms.route,
        spoken=lambda words: rooms.speak(words).plain,
        fresh=secrets.token_urlsafe(12),
        gatherings=rooms.gatherings,
        waiting=_waiting(transaction, seat.person) if private and isinstance(event, Said | Pressed) else 0,
        public=Look(rooms.showcase, transaction),
        forums=rooms.forums,
        lists=transaction.lists,
        account=lambda: _account(transaction, now),
        mirror=lambda month: mirror(transaction, frame, now, month, rooms.places, rooms.districts()),
        places=rooms.places,
        bar=transaction.barred.of(seat.person) if private else None,
        bars=transaction.barred.all,
        recall=lambda said: _known(transaction, rooms, said, talk.lang or person.lang),
    )
    return world, replace(seat, known=known)


def _waiting(transaction: Transaction, person: int) -> int:
    """How many messages by people are parked because the person could not be written to."""
    return len(set(waiting(transaction, transaction.outbox.parked(str(person))).values()))


def seat_of(event: Event) -> Seat:
    """The person whose event it is and the key of their talk: the private chat's id, or "group:person"."""
    match event:
        case Migrated() | Forgotten():
            return Seat(0, "")
        case Fell(chat=chat) | Delivery(chat=chat):
            return Seat(chat, str(chat), private=True) if chat > 0 else Seat(0, "")
        case Said() | Edited() | Pressed() | Membership() | Joined() | TopicChanged() | Unknown():
            return _seat_in(event.chat, event.sender)
        case _:
            return Seat(event.chat, str(event.chat), private=True) if event.chat else Seat(0, "")


def _seat_in(chat: Chat | None, sender: Sender | None) -> Seat:
    if chat is None or sender is None:
        return Seat(0, "")
    if chat.kind == "private":
        return Seat(chat.id, str(chat.id), sender.name, private=True)
    return Seat(sender.id, f"{chat.id}:{sender.id}", sender.name)


def _target(transaction: Transaction, event: Event) -> Link | None:
    found: Link | None = None
    match event:
        case Said(reply_to=int(message)) | Pressed(message_id=message) | Edited(message_id=message):
            found = transaction.messages.at(event.chat.id, message)
        case Delivery(message_id=int(message)):
            found = transaction.messages.at(event.chat, message)
    # News is known only so that it can be mended: what answers it is no part of anybody's talk.
    return found if found is None or found.role != NEWS else None


def _topic(transaction: Transaction, event: Event) -> int:
    match event:
        case Said() | Edited() | Pressed() | TopicChanged() if event.chat.thread is not None:
            return transaction.topics.number(event.chat.id, event.chat.thread)
    return 0


def _copies(transaction: Transaction, event: Event, target: Link | None, needs: Needs) -> tuple[Link, ...]:
    """What carries on the message that the event is about; for the press of a button, what its message is about."""
    match event:
        case Said(command=redaction.COMMAND) if target is not None and target.origin_message:
            return transaction.messages.copies(target.origin_chat, target.origin_message)
        case Pressed(chat=chat) if needs.copies_of:
            return _carried(transaction, chat.id, needs.copies_of, relay.OF_CITIZENS)
        case Said() | Edited() if needs.copies_of:
            return transaction.messages.copies(event.chat.id, needs.copies_of)
        case Edited(chat=chat, message_id=message):
            return _carried(transaction, chat.id, message, RELAYED)
        case Said(chat=chat, reply_to=int(message)):
            return transaction.messages.copies(chat.id, message)
        case Pressed() if target is not None and target.origin_message:
            return transaction.messages.copies(target.origin_chat, target.origin_message)
        case Delivery() if event.origin_message:
            return transaction.messages.copies(event.origin_chat, event.origin_message)
    return ()


def _carried(transaction: Transaction, chat: int, message: int, roles: Collection[str]) -> tuple[Link, ...]:
    """What carries that message on, and what will: of what is changed at once some may not have left yet."""
    leaving = (link for link in transaction.outbox.carrying(chat, message) if link.role in roles)
    return (*transaction.messages.copies(chat, message), *leaving)


def _initiatives(transaction: Transaction, needs: Needs, copies: tuple[Link, ...]) -> dict[int, Initiative]:
    """What was asked for, and what the message's copies are about: an edit does not say so itself."""
    found: dict[int, Initiative] = {}
    if needs.queue:
        found |= transaction.initiatives.open()
    if needs.lately_of:
        # One more than can be named: whether there are more is said too.
        found |= transaction.initiatives.lately_of(needs.lately_of, reply.MOST_NAMES + 1, needs.since)
    if needs.owned_by:
        found |= transaction.initiatives.owned_by(needs.owned_by)
    heard = transaction.messages.lately(needs.heard_in, "relay") if needs.heard_in else set()
    named = needs.initiatives | {link.about for link in copies} | heard
    missing = [number for number in named if number and number not in found]
    return found | transaction.initiatives.some(missing) if missing else found


def _account(transaction: Transaction, now: datetime) -> Account:
    """The numbers as they stand now, and the public ones that wait for an answer."""
    numbers = count(transaction.ledger.rows(), now)
    return Account(numbers, transaction.initiatives.some([late.number for late in numbers.overdue]))


def _people(transaction: Transaction, person: Person, initiatives: dict[int, Initiative]) -> dict[int, Person]:
    owners = {initiative.owner for initiative in initiatives.values()} - {person.id}
    return transaction.people.some(owners) | {person.id: person}


def _known(transaction: Transaction, rooms: Rooms, said: Said, lang: str) -> Known:
    """What is known of words that were held, as if they came now."""
    words = _words(said)
    answer = rooms.answer(words, lang) if words else None
    return Known(_match(rooms, said, words), answer, _target(transaction, said))


def _words(event: Event) -> str:
    return event.text.strip() if isinstance(event, Said | Edited) else ""


def _match(rooms: Rooms, event: Event, words: str) -> Match | None:
    return rooms.route(words) if words and not (isinstance(event, Said) and event.command) else None


def _intent(rooms: Rooms, event: Event, words: str) -> str:
    if not isinstance(event, Said):
        return ""
    if event.command:
        return rooms.intent(event.command)
    return rooms.intent(words) if words else ""
