"""Updates waiting for the bot: the queue, who may see which kind, and getUpdates with long polling."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.bell import Bell
from bot.sandbox.clock import Clock
from bot.sandbox.errors import bad_request, conflict

KEPT_SECONDS = 24 * 3600
AHEAD = 10  # an offset may lie so far ahead of the newest id and still be taken for real
# A bot that names no kinds gets all but these; https://core.telegram.org/bots/api#getupdates
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """One waiting update; `at` is in the sandbox's time, `body` is what the bot gets."""

    id: int
    at: float
    chat: int | None
    body: dict[str, Any]


class UpdateQueue:
    """The updates that the bot has not confirmed yet, oldest first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.next_id = 100_001
        self.waiting: deque[Update] = deque()
        self.allowed: frozenset[str] | None = None
        self.bell = Bell()
        self.webhook_bell = Bell()
        self.webhook: Any = None
        self._held_from: int | None = None
        self._poll: object | None = None

    def add(self, kind: str, payload: dict[str, Any], chat: int | None) -> int | None:
        """Queue an update of a kind, unless the bot has said that it doesn't want that kind; returns its id."""
        if self.allowed is None:
            if kind in ONLY_ON_REQUEST:
                return None
        elif kind not in self.allowed:
            return None
        return self.inject({kind: payload}, chat)

    def inject(self, body: dict[str, Any], chat: int | None = None) -> int:
        """Queue an update as it is; it gets an update id if it has none."""
        update_id = int(body.get("update_id", self.next_id))
        self.next_id = max(self.next_id, update_id + 1)
        self.waiting.append(Update(update_id, self._clock.now(), chat, {"update_id": update_id, **body}))
        self.bell.ring()
        return update_id

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember which kinds the bot wants; None leaves it as it was, an empty list means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def hold(self, hold: bool, only_first: int = 0) -> None:
        """Keep updates back, all but the next `only_first`; or let them go."""
        self._held_from = (self.waiting[0].id if self.waiting else self.next_id) + only_first if hold else None
        self.bell.ring()

    def renumber(self, next_id: int) -> None:
        """Let ids go on from any number, as Telegram does after a week of silence; nothing may be waiting."""
        if self.waiting:
            raise ValueError(f"{len(self.waiting)} updates are waiting")
        self.next_id = next_id

    def clear(self) -> None:
        """Throw away all that waits, the webhook, and what was set about them."""
        self.waiting.clear()
        self.allowed = None
        self.set_webhook(None)
        self.hold(False)

    def set_webhook(self, webhook: Any) -> None:
        """Deliver to a webhook from now on, or to getUpdates again (None); a poll that waits is ended."""
        self.webhook = webhook
        self.bell.ring()
        self.webhook_bell.ring()

    def take(self, update: Update) -> None:
        """Forget one update, since a webhook has taken it."""
        if self.waiting and self.waiting[0] is update:
            self.waiting.popleft()
        elif update in self.waiting:
            self.waiting.remove(update)
        self.bell.ring()

    def confirm(self, before: int) -> None:
        """Forget the updates with an id under `before`; a negative number keeps that many from the end.

        A number from before the ids began anew lies far ahead of them; as with Telegram it then confirms nothing.
        """
        if before > self.next_id + AHEAD:
            return
        if before < 0:
            while len(self.waiting) > -before:
                self.waiting.popleft()
            return
        while self.waiting and self.waiting[0].id < before:
            self.waiting.popleft()

    def ready(self, limit: int = 100) -> list[Update]:
        """At most `limit` updates that may go out now; those older than 24 hours are gone for good."""
        oldest = self._clock.now() - KEPT_SECONDS
        while self.waiting and self.waiting[0].at < oldest:
            self.waiting.popleft()
        found: list[Update] = []
        for update in self.waiting:
            if len(found) == limit or (self._held_from is not None and update.id >= self._held_from):
                break
            found.append(update)
        return found

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """getUpdates: confirm, then wait up to `seconds`; a second poll ends the first with 409."""
        if self.webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        mine = self._poll = object()
        self.bell.ring()
        if offset:
            self.confirm(offset)
        deadline = time.monotonic() + min(seconds, 50)
        while True:
            found = self.ready(limit)
            if found or not await self.bell.wait(deadline - time.monotonic()):
                return [update.body for update in found]
            if self.webhook is not None:
                raise conflict("terminated by setWebhook request")
            if self._poll is not mine:
                raise conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )


def kinds_from(value: Any) -> list[str] | None:
    """The `allowed_updates` parameter as a list of kinds; None if it was not given."""
    if value is None or value == "":
        return None
    try:
        kinds = json.loads(value) if isinstance(value, str) else value
    except ValueError as error:
        raise bad_request("can't parse allowed updates JSON object") from error
    if not isinstance(kinds, list):
        raise bad_request("can't parse allowed updates: expected Array of String")
    return [str(kind) for kind in kinds]
