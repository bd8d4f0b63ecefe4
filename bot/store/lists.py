"""The lists of open initiatives: a page of each by an index, and counts; no document is read that is not shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    TextClause,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    tuple_,
    union_all,
)

from bot.core.initiative import Initiative, Turn
from bot.core.lists import Listed, Load, Wanted
from bot.store import records
from bot.store.tables import AGAIN, HELPED, LATE, OPEN, OURS, initiatives, ledger

_number, _due, _late, _ours = (initiatives.c[name] for name in ("number", "due", "late", "ours"))
_now: BindParameter[float] = bindparam("now")
_leads = initiatives.c.responsible == bindparam("whose")
_helps = and_(
    HELPED,
    initiatives.c.helpers.like(bindparam("helping"), escape="\\"),
    initiatives.c.responsible != bindparam("whose"),
)
_by_then = _ours < bindparam("until")


class Half(NamedTuple):
    """A part of a list that an index of its own finds: of two in one question neither would be found by any."""

    which: ColumnElement[Any] | TextClause
    moment: ColumnElement[Any]


_HALVES: Mapping[tuple[str, bool], Sequence[Half]] = {
    ("koe", False): (Half(OPEN, _due),),
    ("mine", True): (Half(and_(OPEN, _leads), _due), Half(_helps, _due)),
    ("overskredet", False): (Half(LATE, _late), Half(and_(OURS, _ours < _now, _late.is_(None)), _ours)),
    ("i_dag", False): (Half(and_(OURS, _by_then), _ours),),
    ("i_dag", True): (Half(and_(OURS, _leads, _by_then), _ours), Half(and_(_helps, _by_then), _due)),
}
"""The lists, by their command and whether they are one agent's own."""


@cache
def _page(name: str, own: bool, on: bool) -> tuple[Select[Any], Select[Any]]:
    """The numbers of a list's next lines, and how many lines there are; with `on` after one of them."""
    lines, counts = [], []
    for half in _HALVES[(name, own)]:
        after = tuple_(half.moment, _number) > tuple_(bindparam("at"), bindparam("last"))
        which = (half.which, after) if on else (half.which,)
        found = select(_number, half.moment.label("moment")).where(*which)
        first = found.order_by(half.moment, _number).limit(bindparam("most")).subquery()
        lines.append(select(first.c.number, first.c.moment))
        counts.append(select(func.count().label("many")).select_from(initiatives).where(*which))
    every, many = union_all(*lines).subquery(), union_all(*counts).subquery()
    page = select(every.c.number).order_by(every.c.moment, every.c.number).limit(bindparam("most"))
    return page, select(func.sum(many.c.many))


_waits_late = or_(_late.is_not(None), _ours < _now)
_first_is_late = and_(ledger.c.answered.is_(None), ledger.c.turn != Turn.CITIZEN.value, ledger.c.first_due < _now)
_loads = (
    select(
        initiatives.c.responsible,
        func.count().label("many"),
        func.sum(case((or_(_waits_late, _first_is_late), 1), else_=0)).label("late"),
        func.max(_number).label("newest"),
    )
    .join_from(initiatives, ledger, ledger.c.number == _number, isouter=True)
    .where(OPEN)
    .group_by(initiatives.c.responsible)
)
_again = select(_number).where(AGAIN, _waits_late)
_first_again = _again.order_by(func.coalesce(_late, _ours), _number).limit(bindparam("most"))
_many_again = select(func.count()).select_from(_again.subquery())
_bodies = select(initiatives.c.body).where(_number.in_(bindparam("numbers", expanding=True)))


class Lists:
    """The lists within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def page(self, wanted: Wanted) -> Listed:
        """The next lines of a list, in its order. Raises `KeyError` for a list that there is none of."""
        page, count = _page(wanted.command, bool(wanted.agent), wanted.after is not None)
        at, last = wanted.after or (0, 0)
        named = {
            "now": records.stamp(wanted.now),
            "until": records.stamp(wanted.until),
            "most": wanted.most,
            "at": float(at),
            "last": last,
            **whose(wanted.agent),
        }
        numbers = list(self._run(page, named).scalars())
        found = self._some(numbers)
        many = self._run(count, named).scalar() or 0
        return Listed(int(many), [found[number] for number in numbers])

    def again(self, now: datetime, most: int) -> tuple[int, Sequence[int]]:
        """How many of the late ones have missed more than one date in a row, and the first of their numbers."""
        named = {"now": records.stamp(now), "most": most}
        return self._run(_many_again, named).scalar() or 0, list(self._run(_first_again, named).scalars())

    def loads(self, now: datetime) -> Sequence[Load]:
        """Who is responsible for how many, whoever has most first; called as on the newest one."""
        rows = self._run(_loads, {"now": records.stamp(now)}).all()
        newest = self._some([row.newest for row in rows])
        loads = (Load(row.responsible, newest[row.newest].responsible_name, row.many, int(row.late)) for row in rows)
        return sorted(loads, key=lambda load: (-load.many, load.name))

    def _some(self, numbers: Sequence[int]) -> dict[int, Initiative]:
        bodies = self._run(_bodies, {"numbers": numbers}).scalars() if numbers else ()
        found = (records.load(Initiative, body) for body in bodies)
        return {initiative.number: initiative for initiative in found}


def whose(agent: str) -> dict[str, str]:
    """How an agent is looked for, as the responsible and among the helpers."""
    plain = "".join(f"\\{sign}" if sign in "\\%_" else sign for sign in agent)
    return {"whose": agent, "helping": f"% {plain} %"}
