"""Handles what is in the inbox: a batch a transaction, and one by one where a batch fails."""

import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple, cast

import structlog

from bot.conversation import aloud
from bot.conversation.compose import Composer
from bot.conversation.forgetting import forgotten
from bot.conversation.gather import Act, Ready, ready
from bot.conversation.intake import sender_of
from bot.conversation.load import Seat, load
from bot.conversation.ports import Json
from bot.conversation.rooms import Rooms
from bot.conversation.rows import DELIVERY, FORGOTTEN, RULES, TELEGRAM, TIMER, Claimed, InboxRow, request_of
from bot.conversation.rule_rows import news_of
from bot.conversation.storage import Store, StoreUnavailable, Transaction
from bot.core.authors import author
from bot.core.effects import Answer, Effect, Say, TellHumans, To, Words
from bot.core.events import Delivery, Event, Fell, Said
from bot.core.world import Move, World

BATCH = 50
"""Acts at most in one transaction: one wait for the disk for all of them, and nobody waits long behind them."""
WINDOW = 200
"""Rows that are looked at for one batch; some of them may wait for the rest of an album or of a flood."""
WIDEST = 3200
"""Rows at most that are looked at where those in front all wait or one of them may go on, so that nobody stands behind
somebody's flood, and a flood is not handled in slices."""
TRIES = 3
LISTENING = "listening_since"
"""The setting that says since when the process that leads has fetched updates, in seconds of real time."""

log = structlog.get_logger()


class Turn(NamedTuple):
    """What one turn did: acts handled, calls that were added, and when (real time) the next act will be whole.

    `more` is true when further acts are ready already.
    """

    handled: int
    added: int
    wake: float | None
    more: bool


TAKEN = Turn(0, 0, None, False)
"""Another process has the act."""


class Handler:
    """Takes the oldest acts of the inbox through `step`, exactly once each."""

    def __init__(self, store: Store, rooms: Rooms, real: Callable[[], float] = time.time) -> None:
        self._store = store
        self._rooms = rooms
        self._real = real
        self._since = real()

    async def turn(self) -> Turn:
        """Handle one batch of what is ready.

        Raises:
            StoreUnavailable: nothing was handled; the same acts are there at the next turn.
        """
        try:
            return await self._store.write(self._batch)
        except StoreUnavailable:
            raise
        except Exception as error:
            # One of them can't be handled, and took the others with it: nothing was kept. Now each by itself.
            log.info("batch_rolled_back", reason=place_of(error))
        acts, wake, _ = await self._store.read(self._look)
        turns: list[Turn] = []
        stuck: set[str] = set()
        for act in acts[:BATCH]:
            if act[0].lane not in stuck:
                turns.append(await self._alone(act))
                if not turns[-1].handled:
                    stuck.add(act[0].lane)
        return Turn(sum(turn.handled for turn in turns), sum(turn.added for turn in turns), wake, more=True)

    def _batch(self, transaction: Transaction) -> Turn:
        window, enough = WINDOW, BATCH
        claimed, (acts, wake, cut) = self._claimed(transaction, window, enough)
        while claimed.more and (cut or not acts) and window < WIDEST:
            window = enough = window * 4
            claimed, (acts, wake, cut) = self._claimed(transaction, window, enough)
        more = bool(acts) and (len(acts) > BATCH or claimed.more)
        return self._handle(transaction, acts[:BATCH], wake, more)

    def _claimed(self, transaction: Transaction, window: int, enough: int) -> tuple[Claimed, Ready]:
        claimed = transaction.inbox.claim(window, enough)
        since = self._listened_since(transaction, claimed.rows)
        # Beyond the widest look an act is taken as far as it is seen, or nobody would ever come to it.
        return claimed, ready(claimed.rows, self._real(), since, claimed.more and window < WIDEST)

    def _listened_since(self, transaction: Transaction, rows: Sequence[InboxRow]) -> float:
        """Since when somebody has listened without a break: this process, or the one that leads."""
        if not any(row.gather for row in rows):
            return self._since
        return max(self._since, transaction.settings.get(LISTENING) or 0.0)

    def _look(self, transaction: Transaction) -> Ready:
        rows = transaction.inbox.waiting(WIDEST)
        return ready(rows, self._real(), self._listened_since(transaction, rows))

    async def _alone(self, act: Act) -> Turn:
        try:
            return await self._store.write(self._one, act)
        except StoreUnavailable:
            raise
        except Exception as error:
            reason = place_of(error)
            request = request_of(act[0].id)
            log.warning("act_failed", request=request, source=act[0].source, tries=act[0].tries + 1, reason=reason)
            return await self._store.write(self._failed, act, reason)

    def _one(self, transaction: Transaction, act: Act) -> Turn:
        if not transaction.inbox.claim_again(act):
            return TAKEN
        return self._handle(transaction, [act], None, False)

    def _handle(self, transaction: Transaction, acts: Sequence[Act], wake: float | None, more: bool) -> Turn:
        composer = Composer(transaction, self._rooms, self._rooms.clock())
        for act in acts:
            event = _event_of(transaction, act, self._rooms, composer.now)
            if event is not None:
                world, seat = load(transaction, self._rooms, event, composer.now)
                save(transaction, composer, world, seat, self._rooms.step(world, event))
            follow = composer.because_of(act[0].id)
            log.debug("handled", request=request_of(act[0].id), source=act[0].source, parts=len(act), calls=follow)
        transaction.inbox.done([row.id for act in acts for row in act])
        return Turn(len(acts), composer.save(self._real()), wake, more)

    def _failed(self, transaction: Transaction, act: Act, reason: str) -> Turn:
        if not transaction.inbox.claim_again(act):
            return TAKEN
        if act[0].tries + 1 < TRIES:
            transaction.inbox.failed(act[0].id, reason)
            return Turn(0, 0, None, True)
        transaction.inbox.park([row.id for row in act], reason)
        composer = Composer(transaction, self._rooms, self._rooms.clock())
        told = TellHumans(Words("admin.update_parked", fields={"row": act[0].id, "reason": reason}))
        try:
            composer.follow([*apologies(transaction, act), told])
        except Exception as error:
            # It must be put aside all the same, or it would hold its chat up for ever.
            log.error("apology_failed", request=request_of(act[0].id), reason=place_of(error))
        return Turn(1, composer.save(self._real()), None, True)


def save(transaction: Transaction, composer: Composer, world: World, seat: Seat, move: Move) -> None:
    """Keep what a step changed, and let follow what it decided."""
    people, initiatives = transaction.people, transaction.initiatives
    if seat.person and (move.person != world.person or (seat.private and not seat.known)):
        people.save(move.person)
    if seat.key and move.talk != world.talk:
        people.save_talk(seat.key, seat.person, move.talk)
    for initiative in move.changed.values():
        initiatives.save(initiative)
    composer.follow(move.effects, partial(author, move))


def _event_of(transaction: Transaction, act: Act, rooms: Rooms, now: datetime) -> Event | None:
    if act[0].source == FORGOTTEN:
        return forgotten(transaction, act[0].body["id"], now)
    event = event_of(act, rooms, now)
    if isinstance(event, Said) and aloud.may_press(event) and rooms.frame().agent_of(event.chat.id) is None:
        # For staff a word in their own chat may be an answer that is to be sent to a citizen.
        return aloud.heard(event, rooms.intent(event.text), transaction.offered.of(event.chat.id)) or event
    return event


def event_of(act: Act, rooms: Rooms, now: datetime) -> Event | None:
    """The event that an act is; None when nobody needs it."""
    first = act[0]
    match first.source:
        case source if source == TELEGRAM:
            return rooms.translate([row.body for row in act], now)
        case source if source == TIMER:
            return _fell(first.body, now)
        case source if source == DELIVERY:
            return Delivery(**first.body, at=now)
        case source if source == RULES:
            return news_of(first.body, now)
    raise ValueError(f"no such source: {first.source}")


def _fell(body: Mapping[str, Json], now: datetime) -> Fell:
    due = datetime.fromisoformat(body["due"]).astimezone(now.tzinfo)
    return Fell(body["key"], body["kind"], body["about"], body["chat"], due, now)


def apologies(transaction: Transaction, act: Act) -> list[Effect]:
    """What a person hears whose act can't be handled: never silence."""
    row: InboxRow = act[-1]
    if row.source != TELEGRAM or not isinstance(row.body, Mapping):
        return []
    effects: list[Effect] = []
    press = row.body.get("callback_query")
    spoken = press or row.body.get("message") or row.body.get("edited_message")
    if isinstance(press, Mapping) and isinstance(press.get("id"), str):
        effects.append(Answer(cast(str, press["id"])))
    chat = int(row.lane) if row.lane.isdigit() else 0
    if chat and isinstance(spoken, Mapping) and sender_of(spoken) == chat:
        person = transaction.people.person(chat)
        effects.append(Say(To(chat), Words("citizen.not_understood_fault", person.lang if person else "da")))
    return effects


def place_of(error: BaseException) -> str:
    """The kind of an error and the line where it arose; not its words, which may be a citizen's."""
    frames = traceback.extract_tb(error.__traceback__)
    where = next((frame for frame in reversed(frames) if "/bot/" in frame.filename.replace("\\", "/")), None)
    return type(error).__name__ + (f" at {where.filename.rpartition('/')[2]}:{where.lineno}" if where else "")
