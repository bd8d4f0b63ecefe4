"""With which rules the bot starts: the file's, or the last good version when the file can't be used."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.core.rule_news import Fault
from bot.keeper.thought import think
from bot.keeper.trial import told
from bot.routing.live import Accepted, Refused
from bot.routing.load import digest
from bot.store.database import Database
from bot.store.transaction import Transaction

MOST_TRIED = 5
"""Older versions that are tried when the newest one can't be used any more, by a newer program say."""
MOST_TOLD = 20
"""Faults of a file that are told at once: whoever mends them by phone wants them all, and hardly a file has more."""
FILE = "rules_file"
"""The setting that says how the file on the disk stood when it was last looked at."""


class NoRules(Exception):
    """There are no rules to start with; `lines` say what is wrong with the file, one fault each."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


@dataclass(frozen=True, slots=True)
class FileState:
    """How the file on the disk stood: its digest ("" for none), and "good", "refused", "gone" or "unwritten".

    It is "unwritten" when it could be read and not changed, so that a version of an admin's holds instead.
    """

    digest: str = ""
    state: str = "good"

    @classmethod
    def read(cls, transaction: Transaction) -> "FileState":
        """As it was last written down."""
        found = transaction.settings.get(FILE)
        return cls(found["digest"], found["state"]) if isinstance(found, dict) else cls()

    def write(self, transaction: Transaction) -> None:
        """Write it down."""
        transaction.settings.put(FILE, {"digest": self.digest, "state": self.state})

    @property
    def broken(self) -> bool:
        """Whether the file could not be used."""
        return self.state in ("refused", "gone")


@dataclass(frozen=True, slots=True)
class Opening:
    """The rules to start with, how the file stands, and what is wrong with it (`faults`, and how many `more`)."""

    accepted: Accepted
    file: FileState
    faults: tuple[Fault, ...] = ()
    more: int = 0


async def open_rules(
    path: Path, judge: Callable[[bytes], Accepted | Refused], store: Database, ended: asyncio.Event | None = None
) -> Opening:
    """Find the rules to start with; `judge` may take seconds, and is done beside everything else.

    Raises:
        GivenUp: the bot is to end (`ended`) before they are learned.
        NoRules: the file can't be used, and no version was ever in force.
    """
    versions = await store.read(lambda transaction: transaction.rules.versions(MOST_TRIED))
    before = await store.read(FileState.read)
    data, reason = _read(path)
    found = "" if data is None else digest(data)
    unwritten = bool(versions) and before == FileState(found, "unwritten")
    outcome = await think(ended, judge, data) if data is not None and not unwritten else None
    if isinstance(outcome, Accepted):
        return Opening(outcome, FileState(found))
    for version in versions:
        good = await think(ended, judge, version.data)
        if isinstance(good, Accepted):
            problems = outcome.problems if outcome else ()
            state = "unwritten" if unwritten else "gone" if data is None else "refused"
            more = max(0, len(problems) - MOST_TOLD)
            return Opening(good, FileState(found, state), told(problems, MOST_TOLD), more)
    if outcome is None:
        raise NoRules(f"{path}: kan ikke læses ({reason}). Sæt SKAB_RULES til reglernes fil.")
    raise NoRules(*(f"{path}: {problem}" for problem in outcome.problems))


def _read(path: Path) -> tuple[bytes | None, str]:
    """The file's bytes, or None and why."""
    try:
        return path.read_bytes(), ""
    except OSError as error:
        return None, error.strerror or type(error).__name__
