"""The versions of the pages that answer questions, and the pages that admins sent and have not put in force."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from bot.store import records
from bot.store.tables import page_versions

_kept = (
    page_versions.c.id, page_versions.c.name, page_versions.c.text, page_versions.c.at, page_versions.c.who,
    page_versions.c.owner,
)  # fmt: skip
_get = select(*_kept).where(page_versions.c.id == bindparam("which"))
_of = (
    select(*_kept)
    .where(page_versions.c.name == bindparam("which"), page_versions.c.owner == 0)
    .order_by(page_versions.c.id.desc())
    .limit(bindparam("most"))
)
_tidy = delete(page_versions).where(page_versions.c.owner == bindparam("whose"))
_drop = delete(page_versions).where(page_versions.c.id == bindparam("which"), page_versions.c.owner != 0)


@dataclass(frozen=True, slots=True)
class PageVersion:
    """A page's file as it was put in force: its name ("da/raadene.md"), its text ("" for none), when, and by whom.

    `who` is "" for the disk. While an admin has only sent it, `owner` is their Telegram id; it is 0 once it held.
    """

    id: int
    name: str
    text: str
    at: datetime
    who: str
    owner: int = 0


class Pages:
    """The table `page_versions` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def keep(self, name: str, text: str, at: datetime, who: str) -> int:
        """This page holds from now on; its number. The same text as the last one makes no new version."""
        last = next(iter(self.versions(name, 1)), None)
        return last.id if last is not None and last.text == text else self._add(name, text, at, who, 0)

    def versions(self, name: str, most: int) -> list[PageVersion]:
        """The versions of a page, newest first."""
        return [_version(row) for row in self._run(_of, {"which": name, "most": most})]

    def get(self, number: int) -> PageVersion | None:
        """The version, or the waiting page, of that number."""
        row = self._run(_get, {"which": number}).first()
        return None if row is None else _version(row)

    def keep_draft(self, owner: int, name: str, text: str, at: datetime) -> int:
        """Let a page wait; its number. Older ones of the same admin are forgotten."""
        self._run(_tidy, {"whose": owner})
        return self._add(name, text, at, "", owner)

    def drop_draft(self, number: int) -> None:
        """It waits no longer."""
        self._run(_drop, {"which": number})

    def _add(self, name: str, text: str, at: datetime, who: str, owner: int) -> int:
        row = {"name": name, "text": text, "at": records.stamp(at), "who": who, "owner": owner}
        key = self._run(insert(page_versions), row).inserted_primary_key
        return int(key[0]) if key else 0


def _version(row: Row[*tuple[Any, ...]]) -> PageVersion:
    number, name, text, at, who, owner = row
    return PageVersion(number, name, text, records.moment(at), who, owner)
