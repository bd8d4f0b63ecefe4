"""The sender: makes the calls of the outbox in order per chat, a few at a time, under Telegram's limits."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from bot.conversation.compose import PRESS
from bot.conversation.counts import Counts, name_of
from bot.conversation.forgetting import takes_away
from bot.conversation.handle import place_of
from bot.conversation.pace import Limits, Pace
from bot.conversation.ports import Call, Json, Outcome, Rejected
from bot.conversation.resolve import Moot, looks_up, resolve
from bot.conversation.rooms import Rooms
from bot.conversation.rows import OutboxRow, Rank, request_of
from bot.conversation.settle import Made, Settled, Settler
from bot.conversation.storage import Store, StoreUnavailable

IN_FLIGHT = 8
"""Calls at once: a client's cost a call grows with its open connections, and order per chat needs no more."""
UNSETTLED = 32
"""Calls at most that were made and not yet written down; after a hard kill only these can be made twice."""
DOUBT = 2.0
"""Seconds for which a message whose fate is not yet written down keeps other messages back."""
WINDOW = 128
POLL = 0.5
"""Seconds after which the outbox is looked at in any case."""
PAUSE = 0.25
LAST_CALLS = 5.0
"""Seconds that calls in flight have to end when the process is asked to."""
TIDY = 30.0

log = structlog.get_logger()


class Sender:
    """Sends what is due. `on_told` is called when a delivery was put into the inbox."""

    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        limits: Limits,
        on_told: Callable[[], None],
        real: Callable[[], float] = time.time,
        counts: Counts | None = None,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._on_told = on_told
        self._real = real
        self._counts = counts or Counts()
        self._pace = Pace(limits)
        self._settler = Settler(rooms, real)
        self._bell = asyncio.Event()
        self._settle_bell = asyncio.Event()
        self._stopping = False
        self._stale = True
        self._full = False
        self._looked = 0.0
        self._window: list[OutboxRow] = []
        self._missed: frozenset[str] = frozenset()
        self._crowd: frozenset[str] = frozenset()
        self._turn = 0
        self._flying: set[int] = set()
        # At Telegram's pace messages leave one by one, each written down before the next: a hard kill then repeats one
        # at most. One that takes long (Telegram hangs, the network is slow) holds others up no more than a moment.
        # News to many leave one by one at any pace.
        self._one_by_one = limits.one_by_one
        self._in_doubt: dict[int, float] = {}
        self._news: set[int] = set()
        self._busy: set[str] = set()
        self._rest: dict[str, float] = {}
        self._calls: set[asyncio.Task[None]] = set()
        self._made: list[Made] = []
        self._tidied = 0.0

    def wake(self) -> None:
        """Rows were added: look at once."""
        self._stale = True
        self._bell.set()

    def stop(self) -> None:
        """Start no more calls."""
        self._stopping = True
        self._bell.set()

    @property
    def resting(self) -> bool:
        """Whether no call is in flight or waits to be written down."""
        return not self._busy

    async def run(self) -> None:
        """Send until `stop`, then let the calls in flight end."""
        settling = asyncio.create_task(self._settle())
        while not self._stopping:
            self._bell.clear()
            try:
                await self._fill()
                pause = self._start()
            except StoreUnavailable as error:
                log.error("store_unavailable", reason=str(error))
                pause = PAUSE
            except Exception as error:
                log.error("sender_failed", reason=place_of(error))
                pause = PAUSE
            await ring(self._bell, min(pause, POLL))
        if self._calls:
            await asyncio.wait(self._calls, timeout=LAST_CALLS)
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        self._settle_bell.set()
        await settling

    async def _fill(self) -> None:
        """Look into the outbox again if what was seen last is used up, too old, or no longer true."""
        now = self._real()
        rested = [lane for lane, until in self._rest.items() if until <= now]
        for lane in rested:
            del self._rest[lane]
        old = not 0.0 <= now - self._looked < POLL
        if not (self._stale or rested or old or (self._full and not self._window)):
            return
        self._stale = False
        self._missed, self._crowd = frozenset(self._rest.keys() | self._crowd), frozenset()
        while True:
            # A call that ends while we look may put others before it or its chat to rest: then look again.
            turn, flying = self._turn, frozenset(self._flying)
            rows = await self._store.read(lambda transaction: transaction.outbox.due(WINDOW, self._missed))
            if turn == self._turn:
                break
        self._window = [row for row in rows if row.id not in flying]
        self._full = len(rows) == WINDOW
        self._looked = now

    def _start(self) -> float:
        """Start every call that may go now; seconds until another may."""
        real, now = self._real(), time.monotonic()
        self._tidy(now)
        waiting: set[str] = set()
        left: list[OutboxRow] = []
        pause = min([POLL, *(until - real for until in self._rest.values())])
        for n, row in enumerate(self._window):
            slot = 0.0 if row.lane.startswith(PRESS) else self._pace.overall(now)
            crowded = len(self._calls) >= IN_FLIGHT or len(self._busy) >= UNSETTLED
            if slot > 0 or crowded or (row.rank is Rank.NEWS and self._news):
                pause = min(pause, slot or POLL)
                left += self._window[n:]
                break
            wait = self._wait(row, real, now) if row.lane not in waiting else POLL
            wait = max(wait, self._doubt(row, now))
            if wait > 0:
                waiting.add(row.lane)
                left.append(row)
                pause = min(pause, wait)
            else:
                self._begin(row, now)
        else:
            if self._full and left:
                # All that is seen must wait; behind it there may be chats that need not.
                self._crowd = frozenset(waiting)
                self._stale = True
        self._window = left
        return max(pause, 0.001)

    def _wait(self, row: OutboxRow, real: float, now: float) -> float:
        if row.lane in self._busy:
            return POLL
        rest = max(self._rest.get(row.lane, 0.0), row.due) - real
        if rest > 0:
            return rest
        if row.lane.startswith(PRESS):
            return 0.0
        return self._pace.chat(row.lane, now, messages_of(row))

    def _doubt(self, row: OutboxRow, now: float) -> float:
        """Seconds for which this message waits for the fate of another; of the rest only deletions of people wait."""
        if not self._in_doubt or not (messages_of(row) or takes_away(row)):
            return 0.0
        return max((began + DOUBT - now for began in self._in_doubt.values()), default=0.0)

    def _begin(self, row: OutboxRow, now: float) -> None:
        self._busy.add(row.lane)
        self._flying.add(row.id)
        if row.rank is Rank.NEWS:
            self._news.add(row.id)
        if self._one_by_one and messages_of(row):
            self._in_doubt[row.id] = now
        if not row.lane.startswith(PRESS):
            self._pace.take(row.lane, now, messages_of(row))
        call = asyncio.create_task(self._make(row))
        self._calls.add(call)
        call.add_done_callback(self._ended)

    def _ended(self, call: asyncio.Task[None]) -> None:
        self._calls.discard(call)
        self._bell.set()

    async def _make(self, row: OutboxRow) -> None:
        params: Mapping[str, Json] = row.params
        outcome: Outcome
        try:
            if looks_up(params):
                params = await self._store.read(resolve, row.method, params)
            outcome = await self._rooms.perform(Call(row.method, row.lane, params))
        except Moot as moot:
            outcome = Rejected(str(moot), harmless=True)
        except StoreUnavailable:
            self._free([row], Settled(rest={row.lane: self._real() + PAUSE}, stale=True))
            return
        except Exception as error:
            log.error("call_failed", method=row.method, row=row.id, reason=place_of(error))
            outcome = Rejected(place_of(error))
        self._counts.calls[name_of(outcome)] += 1
        log.debug("called", request=request_of(row.cause), row=row.id, method=row.method, outcome=name_of(outcome))
        # The lookups stay in the row, so that what is made anew is found again.
        self._made.append(Made(row, outcome))
        self._settle_bell.set()

    async def _settle(self) -> None:
        """Write down how calls went, all that have ended since the last time in one transaction."""
        while not (self._stopping and not self._made and not self._calls):
            await ring(self._settle_bell, POLL)
            self._settle_bell.clear()
            made, self._made = self._made, []
            if made and not await self._written(made):
                for one in made if len(made) > 1 else ():
                    await self._written([one])
            if self._made:
                self._settle_bell.set()

    async def _written(self, made: list[Made]) -> bool:
        """Write these outcomes down; False when one of them can't be and all are still to be written, one by one."""
        try:
            settled = await self._store.write(self._settler.settle, made)
        except StoreUnavailable as error:
            # They were made: this must be written down before anything else goes to these chats.
            log.error("store_unavailable", reason=str(error))
            self._made = made + self._made
            await ring(asyncio.Event(), PAUSE)
            return True
        except Exception as error:
            if len(made) > 1:
                return False
            reason = place_of(error)
            log.error("outcome_not_kept", method=made[0].row.method, row=made[0].row.id, reason=reason)
            self._made = [replace(made[0], outcome=Rejected(reason)), *self._made]
            # What can't even be refused is left to the next start: its chat stays as it is until then.
            if made[0].outcome == Rejected(reason):
                self._made = self._made[1:]
            return True
        self._settler.kept(settled)
        self._free([one.row for one in made], settled)
        return True

    def _free(self, rows: list[OutboxRow], settled: Settled) -> None:
        lanes = {row.lane for row in rows}
        self._busy -= lanes
        self._flying -= {row.id for row in rows}
        self._news -= {row.id for row in rows}
        for row in rows:
            self._in_doubt.pop(row.id, None)
        self._rest |= settled.rest
        if settled.rest or settled.stale:
            self._window = [row for row in self._window if row.lane not in lanes]
            self._turn += 1
            self._stale = True
        self._stale |= not lanes.isdisjoint(self._missed)
        self._bell.set()
        if settled.told:
            self._on_told()

    def _tidy(self, now: float) -> None:
        if now - self._tidied > TIDY:
            self._tidied = now
            self._pace.forget(now)


def messages_of(row: OutboxRow) -> int:
    """How many messages a call makes in its chat; Telegram counts an album by its files, and no changes."""
    if not row.method.startswith(("send", "copy", "forward")) or row.method == "sendChatAction":
        return 0
    media = row.params.get("media")
    return len(media) if isinstance(media, list) else 1


async def ring(bell: asyncio.Event, seconds: float) -> None:
    """Wait for the bell, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return
