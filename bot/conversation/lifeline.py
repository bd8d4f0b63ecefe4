"""Answers while nothing can be stored, past inbox and outbox: danger at once, and everybody else with the truth."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog

from bot.conversation.ports import Json
from bot.conversation.rooms import Rooms
from bot.core.doorway import emergency_words
from bot.core.effects import Answer, Effect, Say, To, Words
from bot.core.events import Pressed, Said

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
        self._excused: set[int] = set()

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
        self._remember(number)

    def _remember(self, number: int) -> None:
        self._answered[number] = None
        while len(self._answered) > REMEMBERED:
            del self._answered[next(iter(self._answered))]

    async def excuse(self, updates: Sequence[Json]) -> None:
        """Say that nothing can be received now: to each person once, and to each press. Never raises."""
        for update in updates:
            try:
                await self._excuse_one(update)
            except Exception as error:
                log.error("lifeline_failed", reason=type(error).__name__)

    def works_again(self) -> None:
        """What is written is stored again: who writes when it fails the next time is told anew."""
        self._excused.clear()

    async def _excuse_one(self, update: Json) -> None:
        number = update.get("update_id") if isinstance(update, Mapping) else None
        if not isinstance(number, int) or number in self._answered:
            return
        event = self._rooms.translate([update], self._rooms.clock())
        told: Effect
        if isinstance(event, Pressed):
            told = Answer(event.callback_id, Words("citizen.not_stored.press", self._lang(event.sender.lang)), True)
        elif isinstance(event, Said) and event.chat.kind == "private" and event.chat.id not in self._excused:
            heard = self._rooms.route(event.text).lang if event.text.strip() else event.sender.lang
            phone = self._rooms.frame().contact.phone
            told = Say(To(event.chat.id), Words("citizen.not_stored.said", self._lang(heard), {"phone": phone}))
            self._excused.add(event.chat.id)
        else:
            return
        self._remember(number)
        for call in self._rooms.render(told, self._rooms.speak):
            await self._rooms.perform(call)

    def _lang(self, heard: str) -> str:
        return heard if heard in self._rooms.frame().languages else "da"
