"""Single values that outlive a restart, and the versions of the rules."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from bot.store import records
from bot.store.tables import rules_versions, settings

_get = select(settings.c.value).where(settings.c.key == bindparam("which"))
_put = insert(settings)
_put = _put.on_conflict_do_update(index_elements=["key"], set_={"value": _put.excluded.value})
_versions = select(
    rules_versions.c.id, rules_versions.c.hash, rules_versions.c.text, rules_versions.c.at, rules_versions.c.who
).order_by(rules_versions.c.id.desc())


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


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """A version of the rules that was put into force: its text, its hash, when, and by whom."""

    id: int
    hash: str
    text: str
    at: datetime
    who: str


class Rules:
    """The table `rules_versions` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def keep(self, digest: str, text: str, at: datetime, who: str) -> None:
        """These rules are in force from now on; the same rules as the last ones make no new version."""
        last = self.versions(1)
        if not last or last[0].hash != digest:
            self._run(rules_versions.insert(), {"hash": digest, "text": text, "at": records.stamp(at), "who": who})

    def versions(self, limit: int) -> list[RulesVersion]:
        """The versions, newest first."""
        return [
            RulesVersion(row.id, row.hash, row.text, records.moment(row.at), row.who)
            for row in self._run(_versions.limit(limit))
        ]
