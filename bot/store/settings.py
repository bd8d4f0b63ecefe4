"""Single values that outlive a restart."""

import json
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.store.insertion import insert
from bot.store.tables import settings

_get = select(settings.c.value).where(settings.c.key == bindparam("which"))
_put = insert(settings)
_put = _put.on_conflict_do_update(index_elements=["key"], set_={"value": _put.excluded.value})


class Settings:
    """The table `settings` within one transaction; values are whatever JSON can carry."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def get(self, key: str) -> Any:
        """The value, or None if there is none."""
        stored = self._run(_get, {"which": key}).scalar()
        return None if stored is None else json.loads(stored)

    def put(self, key: str, value: Any) -> None:
        """Keep the value."""
        self._run(_put, {"key": key, "value": json.dumps(value, ensure_ascii=False, separators=(",", ":"))})
