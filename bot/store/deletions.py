"""Deletions of all that is kept about a person: what is under way, what was taken away, and the emptying itself."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from bot.core.effects import Tag
from bot.core.initiative import NOBODY, WITHOUT_TELEGRAM
from bot.core.people import Talk
from bot.store import records
from bot.store.messages import of_person
from bot.store.people import People
from bot.store.tables import (
    BY_CITIZENS,
    bars,
    deletion_pieces,
    deletions,
    followers,
    inbox,
    initiatives,
    messages,
    offered,
    outbox,
    partners,
    people,
    talks,
    timeline,
    timers,
    topics,
)
from bot.store.timeline import DATA

WAITING = "waiting"
NOTHING = records.dump(DATA, {})
"""What stands in a line of which only kind and moment are kept."""
POINTS_AT = re.compile(r'"(?:about|focus)":(\d+)')
"""Which initiatives a stored talk points at."""
_pieces = deletion_pieces.c
_settle = (
    update(deletion_pieces)
    .where(_pieces.deletion == bindparam("which"), _pieces.piece == bindparam("one"))
    .values(state=bindparam("how"))
)
_waits = select(_pieces.piece).where(_pieces.deletion == bindparam("which"), _pieces.state == WAITING).limit(1)
_unnoted = select(deletions.c.id, deletions.c.person).where(deletions.c.noted.is_(False))


@dataclass(frozen=True, slots=True)
class Piece:
    """One copy that is taken away: in which chat, of which kind, and what became of it."""

    chat: int
    kind: str
    state: str = WAITING


class Deletions:
    """The tables `deletions` and `deletion_pieces` within one transaction, and all others where a person leaves."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._run = connection.execute

    def begin(self, deletion: int, person: int, facts: Mapping[str, Any], copies: Sequence[tuple[int, str]]) -> None:
        """A deletion is under way; `facts` hold nobody's words; the copies count from 0, each a chat and a kind."""
        row = {"id": deletion, "person": person, "body": json.dumps(facts), "noted": False}
        self._run(insert(deletions), row)
        if copies:
            self._run(
                insert(deletion_pieces),
                [
                    {"deletion": deletion, "piece": n, "chat": chat, "kind": kind, "state": WAITING}
                    for n, (chat, kind) in enumerate(copies)
                ],
            )

    def settle(self, deletion: int, piece: int, state: str) -> None:
        """That became of one copy."""
        self._run(_settle, {"which": deletion, "one": piece, "how": state})

    def unnoted(self) -> list[tuple[int, int]]:
        """The deletions that are not yet among the departed, each with its person."""
        return [(row.id, row.person) for row in self._run(_unnoted)]

    def note(self, deletion: int) -> None:
        """It is among the departed."""
        self._run(update(deletions).where(deletions.c.id == deletion).values(noted=True))

    def is_done(self, deletion: int) -> bool:
        """Whether it is among the departed and nothing of it waits any more."""
        noted = self._run(select(deletions.c.noted).where(deletions.c.id == deletion)).scalar()
        return bool(noted) and self._run(_waits, {"which": deletion}).first() is None

    def facts(self, deletion: int) -> tuple[int, dict[str, Any], list[Piece]] | None:
        """Whose deletion it is, what was kept of it, and its pieces; None when it has ended."""
        row = self._run(select(deletions).where(deletions.c.id == deletion)).first()
        if row is None:
            return None
        query = select(_pieces.chat, _pieces.kind, _pieces.state).where(_pieces.deletion == deletion)
        found = self._run(query.order_by(_pieces.piece))
        return row.person, json.loads(row.body), [Piece(one.chat, one.kind, one.state) for one in found]

    def under_way(self) -> int:
        """How many deletions have not ended."""
        found: int = self._run(select(func.count()).select_from(deletions)).scalar_one()
        return found

    def end(self, deletion: int) -> None:
        """Nothing need be known of it any more."""
        self._run(delete(deletion_pieces).where(_pieces.deletion == deletion))
        self._run(delete(deletions).where(deletions.c.id == deletion))

    def people(self) -> set[int]:
        """Everybody of whom anything is kept: by Telegram's id, or as `person_of` those without Telegram."""
        queries = (
            select(people.c.id),
            select(talks.c.person),
            select(bars.c.person),
            select(initiatives.c.owner).distinct(),
            select(followers.c.person).distinct(),
            select(partners.c.person).distinct(),
        )
        found = {int(one) for query in queries for one in self._run(query).scalars() if one > 0}
        absent = self._run(select(initiatives.c.number).where(initiatives.c.owner == NOBODY)).scalars()
        return found | {-(WITHOUT_TELEGRAM + int(number)) for number in absent}

    def forget(
        self, person: int, numbers: Collection[int], shared: Mapping[int, Collection[str]], others: Collection[int] = ()
    ) -> None:
        """Empty every table of this person, of these initiatives, and of what they said in those of others.

        `shared` holds what the person was called in each that they still have a part in: of lines that nobody is known
        to have written, those under that name go too. `others` are initiatives in which they have only asked something.
        For the numbers the ledger keeps its rows.
        """
        these = list(numbers)
        self._forget_calls(person, these)
        self._forget_in_talks(these)
        for query in (
            delete(people).where(people.c.id == person),
            delete(talks).where(talks.c.person == person),
            delete(bars).where(bars.c.person == person),
            delete(offered).where(offered.c.chat == person),
            delete(followers).where(or_(followers.c.person == person, followers.c.about.in_(these))),
            delete(timeline).where(timeline.c.about.in_(these)),
            delete(timeline).where(BY_CITIZENS, timeline.c.person == person),
            delete(initiatives).where(initiatives.c.number.in_(these)),
            delete(partners).where(or_(partners.c.person == person, partners.c.about.in_(these))),
            *(
                delete(timeline).where(
                    timeline.c.about == number, timeline.c.person.is_(None), timeline.c.actor.in_(names)
                )
                for number, names in shared.items()
            ),
            delete(topics).where(topics.c.about.in_(these)),
            delete(timers).where(or_(timers.c.chat == person, timers.c.about.in_(these))),
            delete(inbox).where(inbox.c.lane == str(person), inbox.c.state == "parked"),
            delete(messages).where(messages.c.id.in_(of_person(person, these, [*shared, *others]))),
        ):
            self._run(query)

    def forget_case(self, number: int, *, public: bool) -> None:
        """Empty every table of an initiative; of one that is `public` it stays what happened, and when."""
        self._forget_calls(0, [number])
        self._forget_in_talks([number])
        shown = timeline.c.seen_by == "public"
        for query in (
            delete(timeline).where(timeline.c.about == number, *([~shown] if public else [])),
            # What stands in a line is never shown, and may name somebody.
            update(timeline).where(timeline.c.about == number).values(actor="", data=NOTHING, person=None),
            delete(messages).where(messages.c.about == number),
            delete(topics).where(topics.c.about == number),
            delete(timers).where(timers.c.about == number),
            delete(followers).where(followers.c.about == number),
            delete(partners).where(partners.c.about == number),
        ):
            self._run(query)

    def _forget_calls(self, person: int, numbers: Collection[int]) -> None:
        """What still waits to be sent to the person or about what was theirs."""
        waits = outbox.c.state.in_(("due", "held", "parked"))
        self._run(delete(outbox).where(waits, outbox.c.lane == str(person or None)))
        gone = []
        for row in self._run(select(outbox.c.id, outbox.c.tag).where(waits, outbox.c.tag.is_not(None))).all():
            tag = records.load(Tag, row.tag)
            listed = any(f" {number} " in tag.detail for number in numbers)
            if tag.about in numbers or (person and person in (tag.origin_chat, tag.by)) or listed:
                gone.append({"row": row.id})
        if gone:
            self._run(delete(outbox).where(outbox.c.id == bindparam("row")), gone)

    def _forget_in_talks(self, numbers: Collection[int]) -> None:
        """What staff have begun to write on what was theirs; all talks are read once, also for many numbers."""
        wanted = {str(number) for number in numbers}
        if not wanted:
            return
        query = select(talks.c.key, talks.c.person, talks.c.body)
        if len(wanted) == 1:
            number = next(iter(wanted))
            named = (talks.c.body.contains(f'"{field}":{number},') for field in ("about", "focus"))
            query = query.where(or_(*named))
        found = [row for row in self._run(query) if not wanted.isdisjoint(POINTS_AT.findall(row.body))]
        kept = People(self._connection)
        for row in found:
            kept.save_talk(row.key, row.person, _without(records.load(Talk, row.body), frozenset(numbers)))


def _without(talk: Talk, numbers: Collection[int]) -> Talk:
    return replace(
        talk,
        focus=0 if talk.focus in numbers else talk.focus,
        asking=None if talk.asking is not None and talk.asking.about in numbers else talk.asking,
        form=None if talk.form is not None and talk.form.about in numbers else talk.form,
    )
