"""Initiatives as documents, with columns for what they are asked by, who follows and who takes part in them."""

import secrets
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Text, bindparam, cast, delete, func, literal, or_, select, union

from bot.core.initiative import Initiative
from bot.core.lists import standing
from bot.store import records
from bot.store.insertion import insert
from bot.store.ledger import Ledger, highest
from bot.store.lists import whose
from bot.store.tables import HELPED, OPEN, PUBLIC, counters, followers, initiatives, partners, timers

STAMP_BITS = 40
"""So that the sum over millions of stamps still is a whole number of 64 bits."""

_body = select(initiatives.c.body)
_some = _body.where(initiatives.c.number.in_(bindparam("numbers", expanding=True)))
_open = _body.where(OPEN).order_by(initiatives.c.due)
_number = select(initiatives.c.number)
_leads = _number.where(OPEN, initiatives.c.responsible == bindparam("whose"))
_helps = _number.where(HELPED, initiatives.c.helpers.like(bindparam("helping"), escape="\\"))


def _lately(*, since: bool) -> Select[tuple[str]]:
    """The newest of what an agent leads and of what they help with, or all that moved since a moment."""
    halves: list[Select[tuple[int]]] = []
    for half in (_leads, _helps):
        if since:
            halves.append(half.where(initiatives.c.touched >= bindparam("since")))
        else:
            newest = half.order_by(initiatives.c.touched.desc()).limit(bindparam("most")).subquery()
            halves.append(select(newest.c.number))
    return _body.where(initiatives.c.number.in_(union(*halves)))


_latest, _since = _lately(since=False), _lately(since=True)
_public = _body.where(PUBLIC).order_by(initiatives.c.number)
_newest = _body.order_by(initiatives.c.number.desc()).limit(bindparam("most"))
_last = select(func.max(initiatives.c.number))
FIRST = "initiatives"
"""The counter below which no number is given, since it may stand on receipts that a restored database does not know."""
_first = select(counters.c.value).where(counters.c.name == FIRST)
_begin = insert(counters).values(name=FIRST, value=bindparam("number"))
_begin = _begin.on_conflict_do_update(index_elements=["name"], set_={"value": _begin.excluded.value})
_taking_part = select(partners.c.about).where(partners.c.person == bindparam("whose"))
_mark = select(func.count(), func.sum(initiatives.c.shown)).where(PUBLIC)
_stamps = select(initiatives.c.number, initiatives.c.shown).where(PUBLIC)
_join = insert(partners).on_conflict_do_nothing()
_leave = delete(partners).where(partners.c.about == bindparam("which"), partners.c.person == bindparam("whose"))
_save = insert(initiatives)
_save = _save.on_conflict_do_update(
    index_elements=["number"],
    set_={column.name: _save.excluded[column.name] for column in initiatives.c if not column.primary_key},
)
_follow = insert(followers).on_conflict_do_nothing()
_unfollow = delete(followers).where(followers.c.about == bindparam("which"), followers.c.person == bindparam("whose"))
_followers = select(followers.c.person).where(followers.c.about == bindparam("which")).order_by(followers.c.person)
_owned = _body.where(or_(initiatives.c.owner == bindparam("whose"), initiatives.c.number.in_(_taking_part))).order_by(
    initiatives.c.number
)
_followed = select(followers.c.about).where(followers.c.person == bindparam("whose"))
_counts = (
    select(followers.c.about, func.count())
    .where(followers.c.about.in_(bindparam("numbers", expanding=True)))
    .group_by(followers.c.about)
)


class Initiatives:
    """The tables `initiatives` and `followers` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._run = connection.execute

    def some(self, numbers: Collection[int]) -> dict[int, Initiative]:
        """Those of these numbers that there are."""
        return self._read(_some, {"numbers": list(numbers)}) if numbers else {}

    def owned_by(self, owner: int) -> dict[int, Initiative]:
        """All that a citizen has begun or takes part in, oldest first."""
        return self._read(_owned, {"whose": owner})

    def open(self) -> dict[int, Initiative]:
        """All that have not ended, the most urgent first."""
        return self._read(_open, {})

    def lately_of(self, agent: str, most: int, since: datetime | None) -> dict[int, Initiative]:
        """Of the open ones that an agent leads or helps with at least the `most` that moved last.

        With `since` also all that have moved since then, however many they are.
        """
        found = self._read(_latest, {**whose(agent), "most": most})
        if since is not None:
            found |= self._read(_since, {**whose(agent), "since": records.stamp(since)})
        return found

    def all(self) -> Iterator[Initiative]:
        """Every one, oldest first, read as they are asked for."""
        for body in self._run(_body.order_by(initiatives.c.number)).scalars():
            yield records.load(Initiative, body)

    def public(self) -> dict[int, Initiative]:
        """All that everybody may see, oldest first."""
        return self._read(_public, {})

    def public_mark(self) -> tuple[int, int]:
        """Another value whenever anything that the public sees has changed, by whatever process."""
        count, stamps = self._run(_mark).one()
        return int(count), int(stamps or 0)

    def public_stamps(self) -> dict[int, int | None]:
        """The numbers of all that are public, each with the stamp of its last change."""
        return dict(tuple(row) for row in self._run(_stamps))

    def newest(self, limit: int) -> dict[int, Initiative]:
        """The last ones that were sent, newest first, ended ones too."""
        return self._read(_newest, {"most": limit})

    def next_number(self) -> int:
        """The number of the next initiative; that of a deleted one is never given again."""
        newest = max(self._run(_last).scalar() or 0, highest(self._connection))
        return max(newest + 1, self._run(_first).scalar() or 0)

    def unwatched(self, before: str) -> list[int]:
        """The numbers for which no timer of the key `before` and number stands; those without a citizen need none."""
        key = literal(before).concat(cast(initiatives.c.number, Text))
        there = select(timers.c.key).where(timers.c.key == key).exists()
        return list(self._run(select(initiatives.c.number).where(initiatives.c.owner >= 0, ~there)).scalars())

    def begin_at(self, number: int) -> None:
        """Give no number below this one from now on."""
        self._run(_begin, {"number": number})

    def save(self, initiative: Initiative) -> None:
        """Keep the initiative as it is now, and how it counts in the numbers."""
        body = records.dump(Initiative, initiative)
        Ledger(self._connection).keep(initiative, body)
        self._run(
            _save,
            {
                "number": initiative.number,
                "owner": initiative.owner,
                "stage": initiative.stage.value,
                "closed": initiative.stage.closed,
                "responsible": initiative.responsible,
                "helpers": f" {' '.join(initiative.helpers)} " if initiative.helpers else "",
                "due": records.stamp(initiative.step.due),
                "public": initiative.public,
                "shown": secrets.randbits(STAMP_BITS) if initiative.public else None,
                "touched": records.stamp(initiative.touched),
                **on_lists(initiative),
                "body": body,
            },
        )

    def follow(self, person: int, about: int, on: bool) -> None:
        """A person follows an initiative from now on, or no longer; saying it twice changes nothing."""
        if on:
            self._run(_follow, {"about": about, "person": person})
        else:
            self._run(_unfollow, {"which": about, "whose": person})

    def take_part(self, person: int, about: int, on: bool) -> None:
        """A person takes part in what another has begun from now on, or no longer."""
        if on:
            self._run(_join, {"about": about, "person": person})
        else:
            self._run(_leave, {"which": about, "whose": person})

    def followers(self, about: int) -> list[int]:
        """Who follows it."""
        return list(self._run(_followers, {"which": about}).scalars())

    def counts(self, numbers: Collection[int]) -> dict[int, int]:
        """How many follow each of them; those whom nobody follows are left out."""
        return dict(tuple(row) for row in self._run(_counts, {"numbers": list(numbers)})) if numbers else {}

    def followed_by(self, person: int) -> frozenset[int]:
        """The numbers that a person follows."""
        return frozenset(self._run(_followed, {"whose": person}).scalars())

    def _read(self, query: Select[Any], values: Mapping[str, Any]) -> dict[int, Initiative]:
        found = (records.load(Initiative, body) for body in self._run(query, values).scalars())
        return {initiative.number: initiative for initiative in found}


def on_lists(initiative: Initiative) -> dict[str, float | int | None]:
    """The columns by which the lists find it."""
    ours, late, misses = standing(initiative)
    moments = {"ours": ours, "late": late}
    return {name: None if one is None else records.stamp(one) for name, one in moments.items()} | {"misses": misses}
