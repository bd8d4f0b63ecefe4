"""The whole bot without a process or a clock: real store, dialogue, rules and texts, and a Telegram of lists."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import StaticPool, create_engine

from bot.conversation.handle import Handler
from bot.conversation.intake import take_in
from bot.conversation.ports import Call, Outcome, Rejected, Sent, Unreachable
from bot.conversation.resolve import Moot, looks_up, resolve
from bot.conversation.rooms import Rooms
from bot.conversation.rows import OutboxRow
from bot.conversation.rule_rows import ERRAND
from bot.conversation.settle import Made, Settler
from bot.conversation.timers import fall
from bot.core import dialogue
from bot.core.events import Event
from bot.core.initiative import Initiative
from bot.core.world import Move, World
from bot.routing.learned import accept_quickly
from bot.routing.live import Accepted
from bot.store.migrations import migrate
from bot.store.transaction import Transaction
from bot.telegram_io.intake import spare
from bot.telegram_io.render import render
from bot.telegram_io.translate import Translator
from bot.texts.understanding import understand
from tests.book import BOOK
from tests.core.town import NOW
from tests.journeys.process import ROOT
from tests.journeys.surroundings import learned

GROUP = -1001234567890
AGENTS = {"mette": 2001, "bo": 2002, "signe": 2003, "farid": 2004, "lone": 2005, "peter": 2006, "karen": 2007}
ADMIN = 2101
MOST_ROUNDS = 60


@cache
def rules() -> Accepted:
    """The shipped rules, as learned once for all journeys."""
    accepted = accept_quickly((ROOT / "routing_rules.yaml").read_bytes(), AGENTS, GROUP, learned())
    assert isinstance(accepted, Accepted)
    return accepted


class Engine:
    """Feeds updates and lets time pass; `calls` are all that were made, `failed` what could not be handled."""

    def __init__(self, accepted: Accepted | None = None, step: Callable[[World, Event], Move] = dialogue.step) -> None:
        accepted = accepted or rules()
        self.now = NOW
        self.real = time.time()
        self.calls: list[Call] = []
        self.blocked: set[int] = set()
        self.messages: dict[int, list[dict[str, Any]]] = {}
        self._next = 100
        self._updates = 0
        frame = accepted.frame.in_use({}, frozenset({ADMIN}), "skab_bot")
        self.rooms = Rooms(
            step=step, needs=dialogue.needs, translate=Translator("skab_bot"), render=render,
            speak=BOOK.speak, perform=_never, clock=lambda: self.now, frame=lambda: frame,
            route=lambda text: accepted.router.match(text, today=self.now.date()), intent=understand,
            answer=lambda _words, _lang: None,
            renew=lambda chat, one: dialogue.renew(frame, self.now, chat, one), moved=lambda _old, _new: None,
        )  # fmt: skip
        self._handler = Handler(_NoStore(), self.rooms, lambda: self.real)  # type: ignore[arg-type]
        self._settler = Settler(self.rooms, lambda: self.real)
        self._engine = create_engine("sqlite://", poolclass=StaticPool)
        with self._engine.begin() as connection:
            migrate(connection)

    def close(self) -> None:
        """Let go of the memory."""
        self._engine.dispose()

    def hears(self, kind: str, body: Mapping[str, Any]) -> list[Call]:
        """One update, and all that follows from it; the calls that were made."""
        before = len(self.calls)
        self._updates += 1
        update = spare({"update_id": self._updates, kind: dict(body)})
        with self._engine.begin() as connection:
            take_in(Transaction(connection), self.rooms, [update], None, self.real)
        self._works()
        return self.calls[before:]

    def waits(self, span: timedelta, pace: timedelta = timedelta(hours=1)) -> list[Call]:
        """Time passes; what falls due meanwhile happens at its own hour, or as soon as the next pace is over."""
        before, until = len(self.calls), self.now + span
        while self.now < until:
            self.now = min(until, self.now + pace)
            self._works()
        return self.calls[before:]

    def ideas(self) -> dict[int, Initiative]:
        """All that have not ended."""
        with self._engine.connect() as connection:
            return Transaction(connection).initiatives.open()

    def rows(self, query: str) -> list[Any]:
        """Look into the database."""
        with self._engine.connect() as connection:
            return list(connection.exec_driver_sql(query).all())

    def message(self, chat: int) -> int:
        """The number of the next message in a chat."""
        del chat
        self._next += 1
        return self._next

    def _works(self) -> None:
        """Handle, send and let fall due until nothing is left to do."""
        for _ in range(MOST_ROUNDS):
            self.real += 5
            with self._engine.begin() as connection:
                transaction = Transaction(connection)
                fell, released = fall(transaction, self.rooms.clock, self.real)
                turn = self._handler._batch(transaction)
                sent = self._sends(transaction)
            if not (fell or released or turn.handled or sent):
                return
        raise AssertionError("it never comes to rest: what follows goes round and round")

    def _sends(self, transaction: Transaction) -> int:
        rows = transaction.outbox.due(50, ())
        for row in rows:
            self._settler.settle(transaction, [Made(row, self._outcome(transaction, row))])
        return len(rows)

    def _outcome(self, transaction: Transaction, row: OutboxRow) -> Outcome:
        params = row.params
        if row.method.startswith(ERRAND):
            return Rejected("nobody keeps the rules here", harmless=True)
        if looks_up(params):
            try:
                params = resolve(transaction, row.method, params)
            except Moot as moot:
                return Rejected(str(moot), harmless=True)
        chat = params.get("chat_id")
        if chat in self.blocked:
            return Unreachable("bot was blocked by the user")
        self.calls.append(Call(row.method, row.lane, params))
        return self._answer(row.method, params)

    def _answer(self, method: str, params: Mapping[str, Any]) -> Outcome:
        chat = params.get("chat_id")
        if method == "createForumTopic":
            return Sent({"message_thread_id": self.message(0), "name": params["name"]})
        if method == "sendMediaGroup":
            return Sent([{"message_id": self._stands(chat, params)} for _ in params["media"]])
        if method.startswith(("send", "copy")):
            return Sent({"message_id": self._stands(chat, params)})
        return Sent(True)

    def _stands(self, chat: Any, params: Mapping[str, Any]) -> int:
        number = self.message(chat)
        keys = (params.get("reply_markup") or {}).get("inline_keyboard", ())
        data = [key["callback_data"] for row in keys for key in row if "callback_data" in key]
        kept = {"id": number, "data": data, "thread": params.get("message_thread_id")}
        self.messages.setdefault(int(chat), []).append(kept)
        return number


class _NoStore:
    """The handler's batches are run within a transaction that is open already."""


async def _never(_: Call) -> Outcome:
    raise AssertionError("calls are made by the engine")


def said(calls: Sequence[Call], chat: int) -> list[str]:
    """The texts of new messages to a chat."""
    return [
        str(call.params.get("text") or call.params.get("caption") or "")
        for call in calls
        if call.params.get("chat_id") == chat and call.method.startswith(("send", "copy"))
    ]
