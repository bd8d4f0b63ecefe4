"""Takes a whole copy of the database while the bot writes to it, and looks whether a copy is whole."""

import json
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.store.faults import StoreError
from bot.store.migrations import STEPS

TAKEN = "backup_taken"
"""The setting of a copy that says when it was taken, in seconds since 1970 of the domain clock."""
HEAD = b"SQLite format 3\0"
"""How every file of SQLite's begins (SQLite, "Database File Format")."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that is whole: when it was taken (domain clock, seconds since 1970), and what it holds."""

    path: Path
    taken: float
    initiatives: int
    open: int
    size: int


def back_up(database: Path, target: Path, now: float) -> Copy:
    """Write a copy of the database to `target`; it is there whole, or not at all. The bot may run meanwhile.

    Raises:
        StoreError: there is nothing to copy, it can't be written, or the copy is not whole.
    """
    if not database.exists():
        raise StoreError(f"{database} er der ikke. Der er intet at kopiere. (There is no database to copy.)")
    if target.resolve() == database.resolve():
        raise StoreError(f"{target} er databasen selv. Vælg et andet navn. (That is the database itself.)")
    if not target.absolute().parent.is_dir():
        raise StoreError(f"Mappen {target.parent} er der ikke. Lav den først. (There is no such folder.)")
    if target.exists() and not _is_a_database(target):
        raise StoreError(
            f"{target} er der i forvejen og er ikke en kopi fra skab. Vælg et andet navn. "
            "(It is there already and is no copy of ours.)"
        )
    part = target.with_name(f"{target.name}.part")
    try:
        _copy(database, part)
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            # One file by itself: a copy that is taken along must not need another beside it.
            copy.execute("PRAGMA journal_mode = DELETE").close()
            copy.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (TAKEN, json.dumps(now))).close()
        found = look_at(part)
        _keep(part, target)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{target}: kopien blev ikke til noget: {error}. (The copy failed.)") from error
    finally:
        part.unlink(missing_ok=True)
    return Copy(target, found.taken, found.initiatives, found.open, target.stat().st_size)


def look_at(path: Path) -> Copy:
    """What a copy holds.

    Raises:
        StoreError: it is no copy of ours, it is not whole, or a newer version has written it.
    """
    if not path.is_file():
        raise StoreError(f"{path} er der ikke. (There is no such file.)")
    try:
        with closing(sqlite3.connect(_to_read(path), uri=True)) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone()
            if whole != ("ok",):
                raise StoreError(f"{path} er ikke hel: {whole[0]}. Brug en anden kopi. (The copy is damaged.)")
            version = copy.execute("SELECT version FROM schema_version").fetchone()[0]
            if version > 1 + len(STEPS):
                raise StoreError(
                    f"{path} er skrevet af en nyere version af skab. Start den version. "
                    f"(Schema {version}, this one knows {1 + len(STEPS)}.)"
                )
            counted = copy.execute("SELECT count(*), coalesce(sum(NOT closed), 0) FROM initiatives").fetchone()
            taken = copy.execute("SELECT value FROM settings WHERE key = ?", (TAKEN,)).fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{path} er ikke en kopi fra skab: {error}. (That is no copy of ours.)") from error
    at = float(json.loads(taken[0])) if taken else path.stat().st_mtime
    return Copy(path, at, counted[0], counted[1], path.stat().st_size)


def _to_read(path: Path) -> str:
    """The address by which SQLite opens a file only to read it, whatever signs stand in its name."""
    return f"{path.absolute().as_uri()}?mode=ro"


def _is_a_database(path: Path) -> bool:
    """Whether it is a file of SQLite's: only such a one may be written over, and neither rules nor settings."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD
    except OSError:
        return False


def _copy(source: Path, target: Path) -> None:
    """SQLite's own copy, in one step: others go on writing, and the copy is one moment."""
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    with (
        closing(sqlite3.connect(_to_read(source), uri=True, timeout=30)) as origin,
        closing(sqlite3.connect(target)) as copy,
    ):
        origin.backup(copy, pages=-1)


def _keep(part: Path, target: Path) -> None:
    """Give the copy its name once it is on the disk."""
    for path, flags in ((part, os.O_RDWR), (target.absolute().parent, os.O_RDONLY)):
        if path != part:
            os.replace(part, target)
        handle = os.open(path, flags | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put_back(copy: Path, database: Path) -> Path | None:
    """Put a copy in the database's place; where the database that was there lies now, or None if there was none.

    Raises:
        StoreError: it is no copy, or can't be written; what was there stands as before.
    """
    if copy.resolve() == database.resolve():
        raise StoreError(f"{copy} er databasen selv. Vælg en kopi, som skab backup har taget. (That is the database.)")
    part, aside = database.with_name(f"{database.name}.part"), None
    try:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(copy, part)
        if database.exists():
            aside = database.with_name(f"{database.name}.before-{time.strftime('%Y%m%d-%H%M%S')}")
            _fold(database)
            os.replace(database, aside)
        for beside in ("-wal", "-shm"):
            database.with_name(database.name + beside).unlink(missing_ok=True)
        _keep(part, database)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{database}: kopien kunne ikke lægges tilbage: {error}. (It can't be restored.)") from error
    finally:
        part.unlink(missing_ok=True)
    return aside


def _fold(database: Path) -> None:
    """Let the file hold all that was written, so that nothing of it is in a file beside it; a damaged one stays so."""
    try:
        with closing(sqlite3.connect(database, isolation_level=None)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    except sqlite3.DatabaseError:
        return


def numbers(database: Path) -> frozenset[int]:
    """The numbers of all initiatives in a database; none where it can't be read."""
    if not database.exists():
        return frozenset()
    try:
        with closing(sqlite3.connect(_to_read(database), uri=True)) as old:
            return frozenset(row[0] for row in old.execute("SELECT number FROM initiatives"))
    except sqlite3.Error:
        return frozenset()
