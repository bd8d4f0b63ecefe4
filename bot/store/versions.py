"""The versions of the rules that came in force, and the files that admins sent and have not put in force."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Insert, Row, bindparam, delete, insert, select

from bot.store import records
from bot.store.tables import LARGEST, rules_drafts, rules_versions

_kept = (
    rules_versions.c.id, rules_versions.c.hash, rules_versions.c.text, rules_versions.c.at, rules_versions.c.who,
    rules_versions.c.based_on,
)  # fmt: skip
_list = select(*_kept).order_by(rules_versions.c.id.desc()).limit(bindparam("most"))
_newest_hash = select(rules_versions.c.hash).order_by(rules_versions.c.id.desc()).limit(1)
_get = select(*_kept).where(rules_versions.c.id == bindparam("which"))
_draft = select(
    rules_drafts.c.id, rules_drafts.c.owner, rules_drafts.c.name, rules_drafts.c.text, rules_drafts.c.based_on,
    rules_drafts.c.at,
)  # fmt: skip
_one_draft = _draft.where(rules_drafts.c.id == bindparam("which"))
_newest_draft = _draft.where(rules_drafts.c.owner == bindparam("whose")).order_by(rules_drafts.c.id.desc()).limit(1)
_drop = delete(rules_drafts).where(rules_drafts.c.id == bindparam("which"))
_tidy = delete(rules_drafts).where(rules_drafts.c.owner == bindparam("whose"), rules_drafts.c.id < bindparam("before"))


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """A version of the rules that was put into force: its text, its hash, when, and by whom ("" for the file).

    `based_on` is the version that it was made from, 0 where there was none.
    """

    id: int
    hash: str
    text: str
    at: datetime
    who: str
    based_on: int = 0

    @property
    def data(self) -> bytes:
        """The file's bytes, as they were saved."""
        return self.text.encode("utf-8")


@dataclass(frozen=True, slots=True)
class RulesDraft:
    """A good file that an admin sent: it waits until they say whether it is to hold. `owner` is their Telegram id."""

    id: int
    owner: int
    name: str
    text: str
    based_on: int
    at: datetime

    @property
    def data(self) -> bytes:
        """The file's bytes, as they were sent."""
        return self.text.encode("utf-8")


class Versions:
    """The tables `rules_versions` and `rules_drafts` within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute

    def keep(self, digest: str, text: str, at: datetime, who: str, based_on: int = 0) -> int:
        """These rules are in force from now on; their number. The same rules as the last ones make no new version."""
        last = self.newest()
        if last is not None and last.hash == digest:
            return last.id
        row = {"hash": digest, "text": text, "at": records.stamp(at), "who": who, "based_on": based_on}
        return self._add(insert(rules_versions), row)

    def versions(self, limit: int) -> list[RulesVersion]:
        """The versions, newest first."""
        return [_version(row) for row in self._run(_list, {"most": limit})]

    def newest(self) -> RulesVersion | None:
        """The version that came in force last."""
        return next(iter(self.versions(1)), None)

    def newest_hash(self) -> str:
        """The hash of the version that came in force last, for a look that fetches no text; "" for none."""
        return self._run(_newest_hash).scalar() or ""

    def get(self, number: int) -> RulesVersion | None:
        """The version of that number."""
        row = self._run(_get, {"which": number}).first() if number <= LARGEST else None
        return None if row is None else _version(row)

    def keep_draft(self, owner: int, name: str, text: str, based_on: int, at: datetime) -> int:
        """Let a file wait; its number. Older ones of the same admin are forgotten."""
        row = {"owner": owner, "name": name, "text": text, "based_on": based_on, "at": records.stamp(at)}
        number = self._add(insert(rules_drafts), row)
        self._run(_tidy, {"whose": owner, "before": number})
        return number

    def draft(self, number: int) -> RulesDraft | None:
        """The waiting file of that number."""
        return self._read_draft(self._run(_one_draft, {"which": number}).first())

    def draft_of(self, owner: int) -> RulesDraft | None:
        """The file of an admin's that waits."""
        return self._read_draft(self._run(_newest_draft, {"whose": owner}).first())

    def drop_draft(self, number: int) -> None:
        """It waits no longer."""
        self._run(_drop, {"which": number})

    def _add(self, into: Insert, row: dict[str, Any]) -> int:
        key = self._run(into, row).inserted_primary_key
        return int(key[0]) if key else 0

    @staticmethod
    def _read_draft(row: Row[*tuple[Any, ...]] | None) -> RulesDraft | None:
        if row is None:
            return None
        number, owner, name, text, based_on, at = row
        return RulesDraft(number, owner, name, text, based_on, records.moment(at))


def _version(row: Row[*tuple[Any, ...]]) -> RulesVersion:
    number, digest, text, at, who, based_on = row
    return RulesVersion(number, digest, text, records.moment(at), who, based_on)
