"""The imperative shell: the loops that take in, handle, send and let fall due, and their start and end."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import structlog

from bot.conversation import forgetting
from bot.conversation.compose import Composer
from bot.conversation.counts import Counts
from bot.conversation.deliver import POLL, Sender, ring
from bot.conversation.flood import Flood
from bot.conversation.handle import LISTENING, Handler, place_of
from bot.conversation.intake import OFFSET, take_in
from bot.conversation.lifeline import Lifeline
from bot.conversation.outage import CALM, Outage, be_seen, look_back
from bot.conversation.pace import Limits
from bot.conversation.ports import Clock, Json
from bot.conversation.rooms import Rooms
from bot.conversation.staff import call_muster, own_chats
from bot.conversation.storage import Departed, Store, StoreUnavailable, Transaction
from bot.conversation.timers import TICK, fall, is_due

KEPT = 48 * 3600.0
"""Seconds for which a handled update's number and a made call's row are kept (`update_id` may start anew)."""
CHORES = 30.0
FORGOTTEN = 5000
PAUSE = 0.25
LONGEST_END = 6.0
"""Seconds that the loops have to end; what is not written down by then is done again at the next start."""
LAST_ALIVE = "last_alive"
JUMP = 60.0
"""Seconds by which the domain clock was moved, from which it is written down at once that the bot is here."""

log = structlog.get_logger()


class Shell:
    """Everything between what Telegram sends and what it is told; all state is in the store.

    `limits` are the sender's, `real` is real time in seconds since 1970, `departed` outlives the store's backups.
    """

    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        limits: Limits | None = None,
        real: Callable[[], float] = time.time,
        departed: Departed | None = None,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._real = real
        self._departed = departed
        self._unclean, self._under_way = True, 0
        self._handler = Handler(store, rooms, real)
        self._limits = limits or Limits()
        self.counts = Counts()
        self._sender = self._new_sender()
        self._lifeline = Lifeline(rooms)
        self._flood = Flood(rooms, self._limits.free)
        self._inbox_bell = asyncio.Event()
        self._end = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []
        self._handling = False
        self._outage: Outage | None = None
        self._woke = real()
        self._seen = 0.0

    async def take(self, updates: Sequence[Json], offset: int | None = None) -> int:
        """Store raw updates, all at once; they are on the disk when this returns. How many were new.

        `offset` is kept beside them (see `polling_offset`).

        Raises:
            StoreUnavailable: nothing was stored, and Telegram must not be told that it was.
        """
        helping = asyncio.create_task(self._lifeline.stand_by(updates), name="lifeline")
        try:
            new = await self._store.write(take_in, self._rooms, updates, offset, self._real(), self._flood)
        except StoreUnavailable:
            await self._lifeline.answer(updates)
            await self._lifeline.excuse(updates)
            raise
        finally:
            helping.cancel()
        self._lifeline.works_again()
        self._heard()
        return new

    async def polling_offset(self) -> int | None:
        """The offset that was stored last, or None."""
        found = await self._store.read(lambda transaction: transaction.settings.get(OFFSET))
        return found if isinstance(found, int) else None

    async def last_alive(self) -> float | None:
        """When the process before this one was last seen alive, in seconds of real time, or None for the first."""
        found = await self._store.read(lambda transaction: transaction.settings.get(LAST_ALIVE))
        return float(found) if isinstance(found, int | float) else None

    async def wake(self) -> None:
        """See how long nobody was here, before anything else is done.

        Raises:
            StoreUnavailable: it could not be written down.
        """
        self._woke = self._real()
        self._outage = await self._store.write(look_back, self._rooms, self._real())

    def start(self) -> None:
        """Start the loops, in the running event loop."""
        loops: list[Callable[[], Awaitable[float]]] = [self._handle, self._fall, self._do_chores]
        bells = [self._inbox_bell, asyncio.Event(), asyncio.Event()]
        self._loops = [
            asyncio.create_task(self._again(turn, bell), name=turn.__name__)
            for turn, bell in zip(loops, bells, strict=True)
        ]
        self._loops.append(asyncio.create_task(self._deliver(), name="deliver"))
        self._store.listen(self._heard, self._wake)

    async def stop(self) -> None:
        """End: what is being handled is finished, calls in flight are written down; well under 10 s."""
        self._end.set()
        self._sender.stop()
        _, late = await asyncio.wait(self._loops, timeout=LONGEST_END)
        for loop in late:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._loops = []
        await self._store.write(self._alive)

    async def forget_again(self) -> int:
        """Delete again whom an older backup has brought back, before anything is sent; how many there were.

        Raises:
            StoreUnavailable: it could not be written down.
            OSError: the departed can't be read.
        """
        departed = self._departed
        entries = await asyncio.to_thread(departed.entries) if departed is not None else {}

        def work(transaction: Transaction) -> int:
            forgetting.watch_all(transaction, self._rooms.clock())
            applied = frozenset(transaction.settings.get(forgetting.APPLIED) or ())
            missing = {number: who for number, who in entries.items() if number not in applied}
            if not missing or departed is None:
                return 0
            people = departed.those_of(transaction.deletions.people(), missing.values())
            composer = Composer(transaction, self._rooms, self._rooms.clock())
            composer.follow(forgetting.overtake(transaction, people, missing))
            composer.save(self._real())
            return len(people)

        return await self._store.write(work)

    async def muster(self, started: Mapping[int, bool]) -> None:
        """See to it that nobody's work waits for somebody who is not there.

        `started` says of each agent's chat whether the bot may write there.

        Raises:
            StoreUnavailable: it could not be written down.
        """
        await self._store.write(call_muster, started, self._rooms)

    async def own_chats(self) -> frozenset[int]:
        """The private chats of the agents to whom the bot can write, as it is known by now.

        Raises:
            StoreUnavailable: it can't be read.
        """
        return await self._store.read(own_chats, self._rooms)

    async def idle(self) -> bool:
        """Whether nothing is left to do now: nothing to handle, nothing due to be sent, nothing in flight."""
        if self._handling or not self._sender.resting:
            return False
        return not await self._store.read(self._waits)

    def look(self) -> None:
        """Something else than the shell put rows into the inbox or the outbox: look at once."""
        self._heard()
        self._wake()

    def _waits(self, transaction: Transaction) -> bool:
        real = self._real()
        sendable = any(row.due <= real + 1 for row in transaction.outbox.due(50, ()))
        return sendable or bool(transaction.inbox.waiting(1)) or is_due(transaction, self._rooms.clock)

    def _heard(self) -> None:
        self._inbox_bell.set()

    def _wake(self) -> None:
        self._sender.wake()

    def _new_sender(self) -> Sender:
        return Sender(self._store, self._rooms, self._limits, self._heard, self._real, self.counts)

    async def _deliver(self) -> None:
        """Send while this process leads, each time with a sender that has seen nothing of the others' yet."""
        ending = asyncio.create_task(self._end.wait())
        while not self._end.is_set():
            await _either(ending, self._store.lead.until(True))
            if self._end.is_set():
                break
            await self._begin_to_lead()
            self._sender = self._new_sender()
            sending = asyncio.create_task(self._sender.run())
            await _either(ending, self._store.lead.until(False))
            self._sender.stop()
            await sending
        await ending

    async def _begin_to_lead(self) -> None:
        """Updates are fetched here from now on: what was stored before may be a part of what waits at Telegram."""
        written = False
        while not written and not self._end.is_set():
            try:
                await self._store.write(lambda transaction: transaction.settings.put(LISTENING, self._real()))
                written = True
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=str(error))
                await ring(self._end, PAUSE)

    async def _again(self, turn: Callable[[], Awaitable[float]], bell: asyncio.Event) -> None:
        """One loop: a turn, then the pause that it asks for or until its bell rings; no fault ends it."""
        ending = asyncio.create_task(self._end.wait())
        while not self._end.is_set():
            bell.clear()
            try:
                pause = await turn()
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=str(error))
                pause = PAUSE
            except Exception as error:
                log.error("loop_failed", loop=turn.__name__, reason=place_of(error))
                pause = PAUSE
            if pause > 0:
                await _either(ending, ring(bell, pause))
        await ending

    async def _handle(self) -> float:
        self._handling = True
        try:
            turn = await self._handler.turn()
        finally:
            self._handling = False
        if turn.added or turn.handled:
            self._wake()
        self.counts.acts += turn.handled
        self._look_back(turn.handled)
        if turn.more:
            return 0.0
        return POLL if turn.wake is None else min(POLL, max(0.001, turn.wake - self._real()))

    def _look_back(self, handled: int) -> None:
        """Tell in one line what the absence was, once all that had waited is handled."""
        if self._outage is None:
            return
        self._outage.handled += handled
        if not handled and self._real() - self._woke > CALM:
            self._outage.report()
            self._outage = None

    async def _fall(self) -> float:
        if abs(self._rooms.clock().timestamp() - self._seen) > JUMP:
            await self._store.write(self._alive)
        # One look for both, as this is what a bot that nobody writes to does all day.
        due, unnoted, under_way = await self._store.read(_look, self._rooms.clock)
        if due:
            fell, released = await self._store.write(fall, self._rooms.clock, self._real())
            if fell:
                self._heard()
            if released:
                self._wake()
        if self._store.lead.held:
            await self._note_deletions(unnoted, under_way)
        return TICK

    async def _note_deletions(self, unnoted: Sequence[tuple[int, int]], under_way: int) -> None:
        """Write deletions into the departed, and let nothing of what was deleted remain in the store's files."""
        self._unclean |= under_way < self._under_way
        self._under_way = under_way
        for deletion, person in unnoted:
            if self._departed is not None:
                await asyncio.to_thread(self._departed.add, deletion, person)
            if await self._store.write(forgetting.note, deletion, self._real()):
                self._heard()
        if self._unclean:
            self._unclean = not await self._store.scrub()

    async def _do_chores(self) -> float:
        before = self._real() - KEPT
        await self._store.write(self._alive)
        await self._store.write(lambda transaction: transaction.inbox.forget(before, FORGOTTEN))
        await self._store.write(lambda transaction: transaction.outbox.forget(before, FORGOTTEN))
        return CHORES

    def _alive(self, transaction: Transaction) -> None:
        transaction.settings.put(LAST_ALIVE, self._real())
        be_seen(transaction, self._rooms.clock)
        self._seen = self._rooms.clock().timestamp()


def _look(transaction: Transaction, clock: Clock) -> tuple[bool, list[tuple[int, int]], int]:
    """Whether anything has fallen due, the deletions that are not noted yet, and how many are under way."""
    return is_due(transaction, clock), transaction.deletions.unnoted(), transaction.deletions.under_way()


async def _either(ending: asyncio.Task[Any], waiting: Coroutine[Any, Any, None]) -> None:
    """Wait for this, but no longer than until the end."""
    task = asyncio.create_task(waiting)
    try:
        await asyncio.wait({task, ending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        task.cancel()
