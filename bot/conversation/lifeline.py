"""Answers acute danger when nothing can be stored: past inbox and outbox, because a number to call cannot wait."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from bot.conversation.ports import Json
from bot.conversation.rooms import Rooms
from bot.core.doorway import emergency_words
from bot.core.effects import Say, To
from bot.core.events import Said

PATIENCE = 0.7
"""Seconds that the store has before danger is answered without it: the citizen must have the number within two."""
REMEMBERED = 1000
"""Updates whose numbers are kept, so that nobody is told twice while Telegram sends the same ones again."""

log = structlog.get_logger()


class Lifeline:
    """Looks for danger in raw updates that wait for the store, and answers it at once."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._answered: dict[int, None] = {}

    async def stand_by(self, updates: Sequence[Json]) -> None:
        """Answer them once the store has had its time; whoever waits for the store cancels this."""
        await asyncio.sleep(PATIENCE)
        await self.answer(updates)

    async def answer(self, updates: Sequence[Json]) -> None:
        """Send the number to each citizen whose words tell of danger. Never raises: it stands in for what failed."""
        for update in updates:
            try:
                await self._answer_one(update)
            except Exception as error:
                log.error("lifeline_failed", reason=type(error).__name__)

    async def _answer_one(self, update: Json) -> None:
        number = update.get("update_id") if isinstance(update, Mapping) else None
        if not isinstance(number, int) or number in self._answered:
            return
        event = self._rooms.translate([update], self._rooms.clock())
        if not isinstance(event, Said) or event.chat.kind != "private" or not event.text.strip():
            return
        frame = self._rooms.frame()
        match = self._rooms.route(event.text)
        if match.kind != "emergency" or frame.agent_of(event.sender.id) is not None or self._rooms.intent(event.text):
            return
        lang = match.lang if match.lang in frame.languages else "da"
        told = Say(To(event.chat.id), emergency_words(frame, match.emergency, lang))
        for call in self._rooms.render(told, self._rooms.speak):
            await self._rooms.perform(call)
        log.warning("danger_answered_without_the_store", update=number)
        self._answered[number] = None
        while len(self._answered) > REMEMBERED:
            del self._answered[next(iter(self._answered))]
