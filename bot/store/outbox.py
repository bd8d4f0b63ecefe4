"""The outbox: every call that is still to be made, in order, and for two days the fact that it was."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from bot.conversation.ports import Json
from bot.conversation.rows import Leaving, OutboxRow, Rank
from bot.core.effects import Tag
from bot.core.world import Link
from bot.store import records
from bot.store.insertion import insert
from bot.store.tables import DUE, GONE, HELD, LEFT, PARKED, counters, outbox

FAR = 1 << 40
"""The distance between the ranks in `sort`: more rows than will ever be."""

_take = (
    insert(counters)
    .values(name="outbox", value=bindparam("many"))
    .on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + bindparam("many")})
    .returning(counters.c.value)
)
_fields = (
    outbox.c.id, outbox.c.sort, outbox.c.lane, outbox.c.method, outbox.c.params, outbox.c.tag, outbox.c.tell,
    outbox.c.due, outbox.c.tries, outbox.c.error, outbox.c.cause,
)  # fmt: skip
_due = (
    select(*_fields)
    .where(DUE, outbox.c.lane.not_in(bindparam("without", expanding=True)))
    .order_by(outbox.c.sort, outbox.c.id.desc())
    .limit(bindparam("most"))
)
_of_lane = select(*_fields).where(outbox.c.lane == bindparam("which"), LEFT).order_by(outbox.c.sort, outbox.c.id.desc())
_parked = (
    select(*_fields).where(PARKED, outbox.c.lane == bindparam("which")).order_by(outbox.c.sort, outbox.c.id.desc())
)
# One question for each state, since each has an index of its own over few rows.
_carrying = tuple(
    select(outbox.c.id, outbox.c.tag, outbox.c.params, outbox.c.created)
    .where(state, outbox.c.tag.like(bindparam("whose")))
    .order_by(*order)
    for state, order in (
        (PARKED, (outbox.c.id,)), (DUE, (outbox.c.sort, outbox.c.id.desc())), (HELD, (outbox.c.hold,)),
    )
)  # fmt: skip
_row = outbox.c.id == bindparam("row")
_delete = delete(outbox).where(_row)
_unpark = update(outbox).where(_row, PARKED).values(state="due", due=bindparam("when"), tries=0, error="")
# What was said, and to whom, is kept until it is sent and no longer.
_sent = update(outbox).where(_row).values(state="sent", lane="", params="{}", tag=None, error="")
_drop = update(outbox).where(_row).values(state="dropped", lane="", params="{}", tag=None, error=bindparam("why"))
_park = update(outbox).where(_row).values(state="parked", tries=outbox.c.tries + 1, error=bindparam("why"))
_park_lane = (
    update(outbox).where(outbox.c.lane == bindparam("which"), LEFT).values(state="parked", error=bindparam("why"))
)
_again = update(outbox).where(_row).values(due=bindparam("when"), tries=outbox.c.tries + 1, error=bindparam("why"))
_change = update(outbox).where(_row).values(params=bindparam("how"))
_next_hold = select(func.min(outbox.c.hold)).where(HELD)
_release = update(outbox).where(HELD, outbox.c.hold <= bindparam("now")).values(state="due", due=bindparam("real"))


class Outbox:
    """The table `outbox` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def add(self, leaving: Sequence[Leaving], now: float) -> list[int]:
        """Store calls, in this order; their ids. `now` is real time."""
        if not leaving:
            return []
        ids = self._ids(len(leaving))
        self._insert([(one, row, row + one.rank * FAR) for one, row in zip(leaving, ids, strict=True)], now)
        return list(ids)

    def add_before(self, row: OutboxRow, leaving: Sequence[Leaving], now: float) -> None:
        """Store calls that go out, in this order, before a row that is already there."""
        if leaving:
            # Of two rows with the same `sort` the newer goes first.
            ids = reversed(self._ids(len(leaving)))
            self._insert([(one, number, row.sort) for one, number in zip(leaving, ids, strict=True)], now)

    def due(self, limit: int, without: Collection[str]) -> list[OutboxRow]:
        """The first rows to send, leaving out the lanes that must wait."""
        return [_of(row) for row in self._run(_due, {"without": list(without), "most": limit})]

    def next_hold(self) -> float | None:
        """When the next row that is held back may go, in seconds since 1970 of the domain clock."""
        found: float | None = self._run(_next_hold).scalar()
        return found

    def release(self, now: datetime, real: float) -> int:
        """Let go what was held back until now; how many there were."""
        return self._run(_release, [{"now": records.stamp(now), "real": real}]).rowcount

    def sent(self, row: int) -> bool:
        """It was carried out; False when the row was taken away meanwhile."""
        return self._run(_sent, [{"row": row}]).rowcount == 1

    def drop(self, row: int, reason: str) -> None:
        """It is not needed any more."""
        self._run(_drop, [{"row": row, "why": reason}])

    def park(self, row: int, reason: str) -> None:
        """It can't be carried out: a human must look at it."""
        self._run(_park, [{"row": row, "why": reason}])

    def park_lane(self, lane: str, reason: str) -> list[OutboxRow]:
        """Nobody can be reached there: put all that waits for this lane aside, and tell what it was."""
        rows = self.waiting(lane)
        self._run(_park_lane, [{"which": lane, "why": reason}])
        return rows

    def waiting(self, lane: str) -> list[OutboxRow]:
        """What is still to leave for this lane, in the order in which it does."""
        return [_of(row) for row in self._run(_of_lane, {"which": lane})]

    def parked(self, lane: str) -> list[OutboxRow]:
        """What was put aside of this lane, in the order in which it was to leave."""
        return [_of(row) for row in self._run(_parked, {"which": lane})]

    def carrying(self, chat: int, message: int) -> tuple[Link, ...]:
        """The messages that are to carry that one on and are not sent yet; they have no number so far."""
        found: list[Link] = []
        whose = {"whose": f'%"origin_chat":{chat},%'}
        for row in (row for query in _carrying for row in self._run(query, whose)):
            tag = records.load(Tag, row.tag)
            if tag.origin_chat != chat or message not in (tag.origin_message, *tag.parts):
                continue
            where = int(json.loads(row.params).get("chat_id", 0))
            at = records.moment(row.created)
            link = Link(where, 0, tag.role, tag.about, chat, tag.origin_message, tag.by, tag.detail, at)
            found.append(link if message == tag.origin_message else link.by_part(message))
        return tuple(found)

    def withhold(self, chat: int, message: int, roles: Collection[str]) -> None:
        """What is to carry that message on does not leave; one that is on its way right now is taken away again."""
        whose, gone = {"whose": f'%"origin_chat":{chat},%'}, []
        for row in (row for query in _carrying for row in self._run(query, whose)):
            tag = records.load(Tag, row.tag)
            if (tag.origin_chat, tag.origin_message) == (chat, message) and tag.role in roles:
                gone.append({"row": row.id})
        if gone:
            self._run(_delete, gone)

    def unpark(self, row: int, real: float) -> None:
        """Let it be sent after all, now (`real` is real time)."""
        self._run(_unpark, [{"row": row, "when": real}])

    def again(self, row: int, due: float, error: str) -> None:
        """Try it again at that moment of real time."""
        self._run(_again, [{"row": row, "when": due, "why": error}])

    def change(self, row: int, params: Mapping[str, Json]) -> None:
        """Let the call be made with other parameters."""
        self._run(_change, [{"row": row, "how": _json(params)}])

    def forget(self, before: float, limit: int) -> int:
        """Delete rows that were sent or dropped and made before that moment (real time), at most `limit`."""
        old = select(outbox.c.id).where(GONE, outbox.c.created < before).limit(limit)
        return self._run(delete(outbox).where(outbox.c.id.in_(old))).rowcount

    def _ids(self, many: int) -> Sequence[int]:
        """Ids that rise and are never given twice, even when the table was emptied: deliveries are known by them."""
        last: int = self._run(_take, {"many": many}).scalar_one()
        return range(last - many + 1, last + 1)

    def _insert(self, rows: Sequence[tuple[Leaving, int, int]], now: float) -> None:
        self._run(
            outbox.insert(),
            [
                {
                    "id": row,
                    "sort": sort,
                    "lane": one.lane,
                    "method": one.method,
                    "params": _json(one.params),
                    "tag": records.dump(Tag, one.tag) if one.tag else None,
                    "tell": one.tell,
                    "state": "held" if one.hold else "due",
                    "hold": records.stamp(one.hold) if one.hold else None,
                    "due": now,
                    "created": now,
                    "cause": one.cause,
                }
                for one, row, sort in rows
            ],
        )


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _of(row: Row[*tuple[Any, ...]]) -> OutboxRow:
    tag = records.load(Tag, row.tag) if row.tag else None
    params = json.loads(row.params)
    return OutboxRow(
        row.id, row.sort, row.lane, row.method, params, tag, row.tell, row.due, row.tries, row.error,
        Rank(row.sort // FAR), row.cause,
    )  # fmt: skip
