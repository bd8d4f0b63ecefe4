"""Puts the board's editions together from the store: a new one as soon as something public has changed."""

import asyncio
import itertools
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as hour

from bot.core import display, numbers
from bot.core.display import Shown
from bot.core.frame import Frame
from bot.core.numbers import Numbers
from bot.core.tally import Counted
from bot.core.world import Gathering
from bot.store.database import Database
from bot.store.transaction import Transaction
from bot.web.edition import Edition

FRESH = 1.0
"""Seconds for which an edition is shown before anybody looks whether it still holds."""
REST = 10.0
"""How many times as long as the last look took nobody looks again: reading never takes more than a tenth of the day."""
PATIENCE = 2.0
"""Seconds for which readers still get the edition before while somebody looks; an older one is shown to nobody."""
AT_ONCE = 2000
"""Initiatives that are read with one question."""


@dataclass(slots=True)
class _Seen:
    """What was found in the store last, and the time within which the clock alone can't change it.

    All that ever were are kept as they count: to read ten thousand anew takes a third of a second, and everybody
    waits for it; to look which have changed takes a tenth of that.
    """

    state: tuple[int, ...] = ()
    rules: str = ""
    since: datetime | None = None
    until: datetime | None = None
    versions: dict[int, int] = field(default_factory=dict)
    rows: dict[int, Counted] = field(default_factory=dict)
    shown: dict[int, Shown] = field(default_factory=dict)
    numbers: Numbers | None = None


class Noticeboard:
    """The editions of the board. `places` finds the municipality's places in the approved words.

    `meetings` gives those of the calendar that are still to come.
    """

    def __init__(
        self,
        store: Database,
        frame: Callable[[], Frame],
        clock: Callable[[], datetime],
        places: Callable[[str], tuple[str, ...]],
        follow: str,
        meetings: Callable[[], tuple[Gathering, ...]] = tuple,
    ) -> None:
        self._store = store
        self._frame = frame
        self._clock = clock
        self._places = places
        self._follow = follow
        self._meetings = meetings
        self._seen = _Seen()
        self._edition: Edition | None = None
        self._holds = 0.0
        self._looking = asyncio.Lock()
        self._number = itertools.count(1)
        self._born = f"{time.time_ns():x}"

    async def edition(self) -> Edition:
        """The edition of now; what is hidden or taken back is gone from it within a second, a few where it is long."""
        patience = PATIENCE if self._looking.locked() else 0.0
        if self._edition is not None and time.monotonic() < self._holds + patience:
            return self._edition
        async with self._looking:
            if self._edition is None or time.monotonic() >= self._holds:
                began = time.monotonic()
                self._edition = await self._look(self._edition)
                done = time.monotonic()
                self._holds = done + max(FRESH, REST * (done - began))
            return self._edition

    async def _look(self, last: Edition | None) -> Edition:
        frame, now = self._frame(), self._clock()
        changed = await self._store.read(self._read, frame, now)
        meetings = self._meetings()
        if last is not None and not changed and meetings == last.meetings:
            return last
        counted = self._seen.numbers or numbers.count((), now)
        mark = f"{self._born}-{next(self._number)}"
        shown = dict(self._seen.shown)
        versions = {number: self._seen.versions[number] for number in shown}
        edition = Edition(mark, now, frame, shown, counted, self._follow, versions, meetings)
        await asyncio.to_thread(edition.sort)
        return edition

    def _read(self, transaction: Transaction, frame: Frame, now: datetime) -> bool:
        """Look whether anything is new, and read what is."""
        seen = self._seen
        state = transaction.ledger.state()
        passed = seen.since is None or seen.until is None or not seen.since <= now < seen.until
        if state == seen.state and frame.rules_hash == seen.rules and not passed:
            return False
        versions = transaction.ledger.versions()
        news = [number for number, version in versions.items() if seen.versions.get(number) != version]
        rows = seen.rows | {one.number: one for some in _parts(news) for one in transaction.ledger.some(some)}
        # By other rules everything may be shown otherwise, and nothing counts otherwise.
        again = set(news if frame.rules_hash == seen.rules else versions)
        shown = {number: one for number, one in seen.shown.items() if number not in again}
        for some in _parts([number for number in again if rows[number].public]):
            shown |= self._shown(transaction, some)
        changes = _changes_next(rows.values(), shown, now)
        counted = numbers.count(rows.values(), now)
        self._seen = _Seen(state, frame.rules_hash, now, changes, versions, rows, shown, counted)
        return True

    def _shown(self, transaction: Transaction, some: list[int]) -> dict[int, Shown]:
        happened = transaction.ledger.happened(some, display.SHOWN_KINDS)
        found: dict[int, Shown] = {}
        for number, initiative in transaction.initiatives.some(some).items():
            places = self._places(f"{initiative.title}. {initiative.public_words}")
            one = display.show(initiative, happened.get(number, ()), places)
            if one is not None:
                found[number] = one
        return found


def _parts(all_of_them: list[int]) -> Iterator[list[int]]:
    return (all_of_them[first : first + AT_ONCE] for first in range(0, len(all_of_them), AT_ONCE))


def _changes_next(rows: Collection[Counted], shown: Mapping[int, Shown], now: datetime) -> datetime:
    """The next moment at which something falls due, or the day ends."""
    midnight = datetime.combine(now.date() + timedelta(days=1), hour(), tzinfo=now.tzinfo)
    dates = [one.first_due for one in rows if one.first_due > now]
    dates += [one.step.due for one in shown.values() if one.step is not None and one.step.due > now]
    return min([midnight, *(due + timedelta(seconds=1) for due in dates)])
