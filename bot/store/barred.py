"""Who can't write to staff for a while: one row each, and no row once it has ended."""

from sqlalchemy import Connection, bindparam, delete, select

from bot.core.bars import Bar
from bot.store import records
from bot.store.insertion import insert
from bot.store.tables import bars

_one = select(bars.c.body).where(bars.c.person == bindparam("who"))
_keep = insert(bars)
_keep = _keep.on_conflict_do_update(index_elements=["person"], set_={"body": _keep.excluded.body})
_lift = delete(bars).where(bars.c.person == bindparam("who"))


class Barred:
    """The table `bars` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def of(self, person: int) -> Bar | None:
        """The bar of this person, or None."""
        body = self._run(_one, {"who": person}).scalar()
        return None if body is None else records.load(Bar, body)

    def all(self) -> list[Bar]:
        """Everybody's."""
        return [records.load(Bar, body) for body in self._run(select(bars.c.body)).scalars()]

    def keep(self, bar: Bar) -> None:
        """The person is barred from now on, by this bar alone."""
        self._run(_keep, {"person": bar.person, "body": records.dump(Bar, bar)})

    def lift(self, person: int) -> None:
        """The person is barred no more; nothing of it is left."""
        self._run(_lift, {"who": person})
