"""Keeps the rules in force: watches the file, takes over what is good, remembers each version, and tells of it."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

import structlog

from bot.conversation.rule_rows import arrival
from bot.conversation.staff import ROSTER
from bot.conversation.storage import StoreUnavailable
from bot.core.roster import staffed
from bot.core.rule_news import Difference, Fault, RuleNews, RulesInForce, RulesMended, RulesRefused
from bot.keeper.opening import MOST_TOLD, FileState, Opening
from bot.keeper.thought import think
from bot.keeper.trial import count_examples, lost_lines, nearest, told, weigh
from bot.keeper.weekly import Weekly
from bot.routing.apart import GivenUp
from bot.routing.live import Accepted, LiveRules, Refused
from bot.routing.load import digest
from bot.store.database import Database
from bot.store.transaction import Transaction
from bot.store.versions import RulesVersion

LOOK_SECONDS = 0.5
STORE_SECONDS = 1.0
MOST_COMPARED = 10
"""Versions back to which a file is looked for what it was made from."""

log = structlog.get_logger(__name__)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Saved:
    """Who put rules into force and how: by name and Telegram id in a chat, or "" and 0 for the file on the disk.

    `based_on` is the version they were made from, `restored` the older version that they are; `draft` the waiting
    file that this was; `unwritten` says that the file could not be written; `chosen` see `RulesInForce`.
    """

    who: str = ""
    by: int = 0
    based_on: int = 0
    restored: int = 0
    draft: int = 0
    unwritten: bool = False
    chosen: Mapping[str, str] | None = None


class Keeper:
    """The rules in force and their versions. What it finds out goes to the dialogue by the inbox, never past it."""

    def __init__(self, live: LiveRules, store: Database, clock: Callable[[], datetime], opening: Opening) -> None:
        self.live = live
        self.store = store
        self.clock = clock
        self.lock = asyncio.Lock()
        """Held while the rules in force may change."""
        self._opening = opening
        self._weekly = Weekly(live, store, clock)
        self._stop = asyncio.Event()
        self._followed = False
        """Whether another process has kept the rules since this one began."""
        self._known: tuple[Accepted, str] | None = None
        """The rules in force, and the digest of the version that they stand for."""
        self._counted: tuple[tuple[str, str, date], Difference] | None = None
        """What goes elsewhere of the examples between the two versions that were compared last."""

    async def begin(self) -> None:
        """Write down with what the bot starts; called before anything is handled."""
        if self._opening.file.broken:
            faults = [f"linje {line}, tegn {column}: {what}" for line, column, what, _ in self._opening.faults]
            log.error("rules_of_last_version", reason=self._opening.file.state, problems=faults)
        first = await self.store.read(lambda transaction: transaction.rules.newest() is None)
        if first:
            await self._write(self._first_version)

    def _first_version(self, transaction: Transaction) -> None:
        accepted = self.live.current
        transaction.rules.keep(digest(accepted.data), accepted.data.decode("utf-8"), self.clock(), "")
        self._opening.file.write(transaction)

    async def watch(self, stop: asyncio.Event) -> None:
        """Tell how the file was met at the start, then take up what is saved, until `stop`."""
        self._stop = stop
        # What is not yet judged, compared or told by then, the next start finds.
        with contextlib.suppress(GivenUp):
            await self._watch(stop)

    async def _watch(self, stop: asyncio.Event) -> None:
        async with self.lock:
            if self._followed:
                await self._take_over()
            else:
                await self._tell_of_opening()
            self._followed = True
        while not stop.is_set():
            async with self.lock:
                before = self.live.current
                outcome = await self.think(self.live.poll, time.monotonic())
                if outcome is not None:
                    await self._on_saved(before, outcome)
            await self._propose()
            await self._rest(LOOK_SECONDS)

    async def follow(self) -> bool:
        """Take up what another process has put into force, and whether there was anything.

        While another process leads, rules come from the database alone: only that one looks at the file.
        """
        async with self.lock:
            self._followed = True
            found = await self.store.read(lambda transaction: transaction.rules.newest_hash())
            if found in ("", self._in_force()):
                return False
            newest = await self.newest()
            if newest is None:
                return False
            outcome = await think(None, self.live.judge, newest.data)
            if isinstance(outcome, Refused):
                # Another release of the program put it in force; this one goes on with what it has.
                log.error("rules_of_last_version", problems=[str(problem) for problem in outcome.problems[:20]])
                self._known = (self.live.current, newest.hash)
                return False
            self.live.take(outcome, self.live.on_disk)
            log.info("rules_followed", version=newest.id, digest=newest.hash)
            return True

    def _in_force(self) -> str:
        """The digest of the version in force, worked out once."""
        if self._known is None or self._known[0] is not self.live.current:
            self._known = (self.live.current, digest(self.live.current.data))
        return self._known[1]

    async def _take_over(self) -> None:
        """Another process kept the file until now: what it saw there is not told again."""
        state = await self.store.read(FileState.read)
        self.live.meet(state.digest, broken=state.broken)

    async def _propose(self) -> None:
        """A week's proposals can wait for the next look, on a full disk say."""
        try:
            await self._weekly.look(self._stop)
        except StoreUnavailable as error:
            log.error("store_unavailable", reason=str(error))

    async def put_in_force(
        self, before: Accepted, accepted: Accepted, saved: Saved, change: Difference | None = None
    ) -> None:
        """Keep the version that is in force now, and let the dialogue hear of it, all in one transaction.

        The caller holds the lock and has taken `accepted` into use.
        """
        change = change or await self.change(before, accepted, saved.chosen)
        newest = await self.newest()
        lost: tuple[str, ...] = ()
        if not saved.by and newest is not None:
            lost, saved = await self._based_on(newest, accepted, saved)
        known = {warning.what for warning in before.warnings}
        warnings = told([one for one in accepted.warnings if one.what not in known], MOST_TOLD)
        await self._write(self._keep, accepted, saved, change, lost, warnings)

    async def change(self, before: Accepted, after: Accepted, chosen: Mapping[str, str] | None = None) -> Difference:
        """What differs between two versions, today; `chosen` as in `Saved`.

        Raises:
            GivenUp: the bot ends before all examples are tried.
        """
        today = self.clock().date()
        running = await self.store.read(lambda transaction: transaction.initiatives.open())
        sides = (await self.staffed(before), await self.staffed(after))
        change = await self.think(weigh, *sides, running, today, chosen or {})
        pair = (digest(before.data), digest(after.data), today)
        if self._counted is None or self._counted[0] != pair:
            self._counted = (pair, await self.think(count_examples, before, after, today))
        counted = self._counted[1]
        return replace(change, examples=counted.examples, tried=counted.tried, moved=counted.moved)

    async def think(self, work: Callable[..., Found], *asked: object) -> Found:
        """What `work` finds out beside everything else.

        Raises:
            GivenUp: the bot ends, or this process no longer leads, before that.
        """
        return await think(self._stop, work, *asked)

    async def staffed(self, accepted: Accepted) -> Accepted:
        """The version with what is kept of each agent besides the rules: who is away, out of reach, or invited."""
        kept = await self.store.read(lambda transaction: transaction.settings.get(ROSTER))
        return replace(accepted, frame=staffed(accepted.frame, kept)) if kept else accepted

    async def newest(self) -> RulesVersion | None:
        """The version that came in force last."""
        return await self.store.read(lambda transaction: transaction.rules.newest())

    async def recent(self) -> list[RulesVersion]:
        """The versions that a file may have been made from, newest first."""
        return await self.store.read(lambda transaction: transaction.rules.versions(MOST_COMPARED))

    def _keep(
        self,
        transaction: Transaction,
        accepted: Accepted,
        saved: Saved,
        change: Difference,
        lost: tuple[str, ...],
        warnings: tuple[Fault, ...],
    ) -> None:
        found, now, file = digest(accepted.data), self.clock(), FileState.read(transaction)
        text = accepted.data.decode("utf-8")
        number = transaction.rules.keep(found, text, now, saved.who, saved.based_on)
        if saved.draft:
            transaction.rules.drop_draft(saved.draft)
        state = FileState(file.digest, "unwritten") if saved.unwritten else FileState(found)
        state.write(transaction)
        news = RulesInForce(
            at=now,
            version=number,
            who=saved.who,
            by=saved.by,
            since=now,
            change=change,
            restored=saved.restored,
            mended=file.broken and not saved.unwritten,
            unwritten=saved.unwritten,
            lost=lost,
            warnings=warnings,
            chosen=saved.chosen or {},
        )
        transaction.inbox.add([arrival(news, f"version:{number}")], time.time())
        log.info("rules_in_force", version=number, who=saved.who or "filen", digest=found)

    async def _based_on(self, newest: RulesVersion, accepted: Accepted, saved: Saved) -> tuple[tuple[str, ...], Saved]:
        """For a file on the disk: the version that it was made from, and what of the newest one it overwrote."""
        base = nearest(accepted.data, await self.recent()) or newest
        saved = Saved(based_on=base.id)
        return (() if base.id == newest.id else lost_lines(base.data, newest.data, accepted.data)), saved

    async def _on_saved(self, before: Accepted, outcome: Accepted | Refused) -> None:
        if isinstance(outcome, Refused):
            problems = [str(problem) for problem in outcome.problems]
            log.error("rules_refused", who="filen", problems=problems[:20])
            await self._write(self._refuse, outcome)
        elif outcome is before:
            log.info("rules_mended", digest=digest(outcome.data))
            await self._write(self._mend)
        else:
            await self.put_in_force(before, outcome, Saved())

    def _refuse(self, transaction: Transaction, refused: Refused) -> None:
        now, gone = self.clock(), not refused.digest
        news = RulesRefused(
            at=now,
            file=self.live.path.name,
            why="gone" if gone else "faults",
            faults=() if gone else told(refused.problems, MOST_TOLD),
            more=max(0, len(refused.problems) - MOST_TOLD),
        )
        FileState(refused.digest, "gone" if gone else "refused").write(transaction)
        self._tell(transaction, news)

    def _mend(self, transaction: Transaction) -> None:
        newest = transaction.rules.newest()
        FileState(digest(self.live.current.data)).write(transaction)
        self._tell(transaction, RulesMended(self.clock(), newest.id if newest else 0))

    @staticmethod
    def _tell(transaction: Transaction, news: RuleNews) -> None:
        transaction.inbox.add([arrival(news, f"file:{time.time_ns()}")], time.time())

    async def _tell_of_opening(self) -> None:
        """What happened to the file while the bot did not run."""
        opening, newest = self._opening, await self.newest()
        before = await self.store.read(FileState.read)
        if opening.file.state == "unwritten":
            return
        if opening.file.broken:
            await self._write(self._started_with_last, opening)
        elif newest is not None and newest.hash != digest(opening.accepted.data):
            old = await self.think(self.live.judge, newest.data)
            await self.put_in_force(old if isinstance(old, Accepted) else opening.accepted, opening.accepted, Saved())
        elif before.broken:
            await self._write(self._mend)

    def _started_with_last(self, transaction: Transaction, opening: Opening) -> None:
        newest = transaction.rules.newest()
        opening.file.write(transaction)
        number = newest.id if newest else 0
        news = RulesRefused(self.clock(), self.live.path.name, "started", opening.faults, opening.more, number)
        # Once for each such file: a bot that is started again and again says it no more often.
        transaction.inbox.add([arrival(news, f"started:{number}:{opening.file.digest}")], time.time())

    async def _write(self, work: Callable[..., None], *asked: object) -> None:
        """Run a transaction, however long the disk is full; what is not written at the end, the next start finds."""
        while True:
            try:
                return await self.store.write(work, *asked)
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=str(error))
            if self._stop.is_set():
                return None
            await self._rest(STORE_SECONDS)

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)
